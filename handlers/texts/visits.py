"""Words around visits: the day's list by place, one visit, whom to visit somewhere, a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby

from crm.outbox import About
from crm.tables import Customer
from crm.visit_weeks import RepWeek, Week
from crm.visits import Stop
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import customers, days
from handlers.texts.cards import clip, phone

HOW_TO = (
    "按地方排：<code>拜访计划 明天 浦东</code>、<code>扫楼 国贸大厦</code>；"
    "点名排：<code>拜访计划 周五 张伟、李娜</code>。"
)
NOT_FOUND = "找不到这次拜访了，可能不在你名下。发 /visits 看现在的清单。"
BAD_DAY = "拜访只能排在今天到一年以内，例如：<code>拜访计划 明天 浦东</code>"
RESULTS = {"met": "见到了", "interested": "有意向", "nobody": "没人", "dropped": "不去了"}
_MARKS = {"met": "✅", "interested": "🎯", "nobody": "🚪", "dropped": "🗑"}
_LATER = {"tomorrow": "明天", "overmorrow": "后天", "week": "下周"}
_DEFINITION = (
    "<b>拜访周报的口径</b>\n"
    "· 周一到周日，按销售自己的日历；截止到现在。\n"
    "· 排 = 现在排在这一周的拜访（改期的算改后那天，不去了的不算）。\n"
    "· 见到 = 这一周点了 [见到了] 或 [有意向] 的；有意向是其中一部分；没人 = 点了 [没人] 的。"
    "按点的那天算，同一位去两次算两次。\n"
    "· 见到率 = 见到 ÷（见到 + 没人）。\n"
    "· 剩 = 现在还没结果、排在今天或以前的，和看的是哪一周无关。没去的第二天自动还在清单里。\n"
    "· 主管看全队，销售看自己。"
)


def listed(
    stops: Sequence[Stop],
    spots: Sequence[tuple[str, int]],
    done: Mapping[str, int],
    day: date,
    today: date,
    offset: int,
    following: int | None,
    sees_team: bool,
) -> Say:
    """The visits of a day, place by place."""
    total = sum(number for _, number in spots)
    lines = [f"🚗 <b>{days.day(day, today)}要拜访 {total} 位</b>"] if total else []
    if not total:
        lines = [f"🚗 {days.day(day, today)}没有排拜访。\n{HOW_TO}"] if not done else ["🚗 今天排的都去过了。"]
    counts = dict(spots)
    number = offset
    for place, group in groupby(stops, key=lambda stop: stop.visit.place):
        lines.append(f"📍 <b>{esc(place)}</b>（{counts.get(place, 0)}）")
        for stop in group:
            number += 1
            lines.append(f"{number}. {_line(stop, today)}")
    if done and day == today:
        lines.append(f"今天已拜访：{_counted(done)}")
    made = [
        Button(clip(f"{at} {_name(stop)}", 14), buttons.ShowVisit(stop.visit.visit_id))
        for at, stop in enumerate(stops, offset + 1)
    ]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = [Button("更多", buttons.ListVisits(day.toordinal(), following))] if following is not None else []
    last.append(Button("全队本周" if sees_team else "本周", buttons.VisitWeek(0)))
    return Say("\n".join(lines), (*rows, tuple(last)))


def card(stop: Stop, numbers: Sequence[str], today: date, head: str = "") -> Say:
    """One visit with its results."""
    visit, customer = stop.visit, stop.customer
    lines = [head, f"🚗 <b>{esc(_label(stop))}</b> · {days.day(visit.planned_on, today)}", f"📍 {esc(visit.place)}"]
    if customer is not None:
        where = customer.address or customer.region
        lines[-1] += f" · {esc(where)}" if where and where != visit.place else ""
        lines += [f"📞 {phone(number)}" for number in numbers[:2]]
    if stop.task is not None:
        lines.append(f"⏰ {esc(clip(stop.task.what, 60))}")
    about = About(customer.customer_id if customer is not None else None)
    text = "\n".join(line for line in lines if line)
    if visit.outcome is not None:
        return Say(f"{text}\n{_MARKS[visit.outcome]} {RESULTS[visit.outcome]}", _ended_rows(stop), about=about)
    visit_id = visit.visit_id
    first = tuple(Button(RESULTS[code], buttons.EndVisit(visit_id, code)) for code in ("met", "nobody"))
    second = (
        Button("改天 ▸", buttons.PutOffVisit(visit_id, "")),
        Button(RESULTS["interested"], buttons.EndVisit(visit_id, "interested")),
    )
    return Say(text, (first, second, _last(stop)), about=about)


def when(stop: Stop) -> Say:
    """On which other day."""
    visit_id = stop.visit.visit_id
    row = tuple(Button(words, buttons.PutOffVisit(visit_id, code)) for code, words in _LATER.items())
    last = (Button("不去了", buttons.EndVisit(visit_id, "dropped")), Button("返回", buttons.ShowVisit(visit_id)))
    about = About(stop.customer.customer_id if stop.customer is not None else None)
    return Say(f"🚗 {esc(_label(stop))} 改到哪天去？", (row, last), about=about)


def ended(stop: Stop, remaining: int) -> Say:
    """After a result."""
    outcome = stop.visit.outcome or ""
    again = "" if stop.changed else "之前已记："
    lines = [f"{_MARKS[outcome]} {again}{RESULTS[outcome]}：<b>{esc(_label(stop))}</b>"]
    if outcome in ("met", "interested"):
        if stop.customer is not None:
            lines.append("谈了什么？回复这条写一句，就记到这位客户名下。")
        else:
            lines.append("遇到新客户就发：<code>加客户 王总 13800138000 公司名 扫楼</code>")
    if stop.task is not None and outcome in ("met", "interested", "dropped"):
        lines.append(f"⏰ 待办「{esc(clip(stop.task.what, 40))}」{'已取消' if outcome == 'dropped' else '已完成'}")
    lines.append(f"今天还剩 {remaining} 位。" if remaining else "今天的都去过了。")
    about = About(stop.customer.customer_id if stop.customer is not None else None)
    return Say("\n".join(lines), _ended_rows(stop), about=about)


def moved(stop: Stop, today: date) -> Say:
    """After another day was chosen."""
    on = days.day(stop.visit.planned_on, today)
    task = "，待办一起改了" if stop.task is not None else ""
    about = About(stop.customer.customer_id if stop.customer is not None else None)
    return Say(f"🚗 {esc(_label(stop))} 改到{on}{task}。", (_last(stop),), about=about)


def planned(stops: Sequence[Stop], on: date, today: date) -> Say:
    """Visits were planned."""
    names = "、".join(esc(_label(stop)) for stop in stops[:8])
    more = f" 等 {len(stops)} 位" if len(stops) > 8 else ""
    head = "✅ 排好" if any(stop.changed for stop in stops) else "之前就排在"
    about = About(stops[0].customer.customer_id) if len(stops) == 1 and stops[0].customer is not None else About()
    return Say(f"{head}{days.day(on, today)}：{names}{more}", (_see(on),), about=about)


def candidates(
    found: Sequence[Customer], total: int, place: str, draft_id: int, offset: int, page: int, on: date, today: date
) -> Say:
    """Whom to visit there; nobody known: the place itself."""
    spoken = days.day(on, today)
    day = on.toordinal()
    if not total:
        rows = ((Button(f"{_near(on, today)}去扫一遍", buttons.AddVisits(draft_id, 0, -1, day)), _see(on)[0]),)
        return Say(f"「{esc(place)}」还没有可排的客户（地区、地址、公司里都没写到，或都排好了）。", rows)
    lines = [f"📍 <b>{esc(place)}</b> 可拜访 {total} 位，值钱的、久没聊的在前，排到{spoken}："]
    lines += [f"{at}. {esc(customers.label(row))}{_where(row)}" for at, row in enumerate(found, offset + 1)]
    every = f"{_near(on, today)}去这 {len(found)} 位"
    rows_made: list[tuple[Button, ...]] = [(Button(every, buttons.AddVisits(draft_id, offset, 0, day)),)]
    if on == today:
        tomorrow = (on + timedelta(days=1)).toordinal()
        rows_made[0] += (Button("明天去", buttons.AddVisits(draft_id, offset, 0, tomorrow)),)
    made = [Button(f"＋{row.name[:10]}", buttons.AddVisits(draft_id, offset, row.customer_id, day)) for row in found]
    rows_made += [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    if offset + page < total:
        rows_made.append((Button("更多", buttons.VisitCandidates(draft_id, offset + page)),))
    return Say("\n".join(lines), tuple(rows_made))


def added(said: Say, stops: Sequence[Stop], on: date, today: date) -> Say:
    """The candidates that are left, below those just planned."""
    names = "、".join(esc(_label(stop)) for stop in stops)
    return Say(f"✅ {names} 排到{days.day(on, today)}\n{said.text}", (*said.rows[:3], _see(on)))


def week(found: Week, back: int) -> Say:
    """A week, rep by rep."""
    head = f"🚗 <b>拜访 {found.monday.month}月{found.monday.day}日–{found.sunday.month}月{found.sunday.day}日</b>"
    lines = [head, *(f"{esc(row.member.name)}：{_week_line(row)}" for row in found.reps)]
    met, nobody = sum(row.met for row in found.reps), sum(row.nobody for row in found.reps)
    if met + nobody:
        lines.append(f"合计见到 {met}，没人 {nobody}，见到率 {met / (met + nobody):.0%}")
    elif not any(row.planned for row in found.reps):
        lines.append(f"这一周没有拜访记录。\n{HOW_TO}")
    row = [Button("口径", buttons.DefineVisits(back)), Button("上一周", buttons.VisitWeek(back + 1))]
    if back:
        row.append(Button("本周", buttons.VisitWeek(0)))
    return Say("\n".join(lines), (tuple(row), (Button("我的清单", buttons.ListVisits(0, 0)),)))


def definition(back: int) -> Say:
    """How the figures of a week come about."""
    return Say(_DEFINITION, ((Button("返回", buttons.VisitWeek(back)),),))


def over(error: BaseException) -> Say:
    """A second, different result."""
    row = (Button("重新选", buttons.ReopenVisit(getattr(error, "visit_id", 0))),)
    return Say("这次拜访已经有结果了，要改就点 [重新选]。", (row,))


def day_line(spots: Sequence[tuple[str, int]], is_planned: bool) -> str:
    """Today's visits in one line of the day's list; where none `is_planned` for today, those that are left over."""
    total = sum(number for _, number in spots)
    named = "、".join(f"{esc(place)} {number}" for place, number in spots[:3])
    rest = "…" if len(spots) > 3 else ""
    return f"🚗 {'今天拜访' if is_planned else '之前没去成的'} {total} 位：{named}{rest}，清单 /visits"


def _ended_rows(stop: Stop) -> Rows:
    visit_id = stop.visit.visit_id
    first = [Button("撤销", buttons.ReopenVisit(visit_id))]
    if stop.visit.outcome == "nobody" and stop.customer is not None:
        first += [Button(f"{_LATER[code]}再去", buttons.PutOffVisit(visit_id, code)) for code in ("tomorrow", "week")]
    return tuple(first), _last(stop)


def _last(stop: Stop) -> tuple[Button, ...]:
    row = [Button("清单", buttons.ListVisits(0, 0))]
    if stop.customer is not None:
        row.append(Button("看客户", buttons.ShowCustomer(stop.customer.customer_id)))
    return tuple(row)


def _see(on: date) -> tuple[Button, ...]:
    return (Button("看清单", buttons.ListVisits(on.toordinal(), 0)),)


def _line(stop: Stop, today: date) -> str:
    late = (
        f"（{stop.visit.planned_on.month}月{stop.visit.planned_on.day}日剩下）" if stop.visit.planned_on < today else ""
    )
    what = f" ⏰{esc(clip(stop.task.what, 24))}" if stop.task is not None else ""
    return f"{esc(_label(stop))}{late}{what}"


def _label(stop: Stop) -> str:
    return customers.label(stop.customer) if stop.customer is not None else f"{stop.visit.place}（扫楼）"


def _name(stop: Stop) -> str:
    return stop.customer.name if stop.customer is not None else "扫楼"


def _where(row: Customer) -> str:
    where = row.address or row.region
    return f" · {esc(clip(where, 20))}" if where else ""


def _near(on: date, today: date) -> str:
    ahead = (on - today).days
    return days.NEAR.get(ahead, f"{on.month}月{on.day}日")


def _counted(done: Mapping[str, int]) -> str:
    return "、".join(f"{words} {done[code]}" for code, words in RESULTS.items() if done.get(code))


def _week_line(row: RepWeek) -> str:
    rate = f"，见到率 {row.found_rate:.0%}" if row.found_rate is not None else ""
    return f"排 {row.planned}，见到 {row.met}（有意向 {row.interested}），没人 {row.nobody}，剩 {row.left}{rate}"
