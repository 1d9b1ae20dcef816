"""What is said of what each rep did."""

from __future__ import annotations

from charts import figures
from charts.leaderboard import LeaderRow
from crm.indicator_figures import Span
from crm.performance import PERIODS, SMALL, Line, Performance
from handlers import buttons
from handlers.say import Button, Rows, Say, esc

SPANS = {
    "today": "今天",
    "yesterday": "昨天",
    "this_week": "本周",
    "last_week": "上周",
    "this_month": "本月",
    "last_month": "上月",
}
DAYS = ("today", "yesterday")
A_ROW = 3  # spans
BY = {"fen": "金额", "activity": "跟进", "converted": "转化"}
UNITS = {"fen": "元", "activity": "次", "converted": "位"}
NO_FONT = "画不了图：服务器上没有中文字体。"
NOT_UNDERSTOOD = (
    "没听懂看哪一段：可以发 <code>团队表现 本周</code>、<code>上周</code>、"
    "<code>今天</code>、<code>昨天</code>、<code>本月</code>或<code>上月</code>。"
)
NOTHING = "这段时间还没有可以画的数。"


def team(found: Performance, team_name: str) -> Say:
    """Every rep's line, for who sees the team."""
    head = f"👥 <b>{esc(team_name)} 团队表现</b> · {_days(found.days)}"
    if not found.lines:
        return Say(f"{head}\n还没有销售。发 <code>/invite</code> 邀请。", _rows(found.days, pictures=False))
    lines = [f"{place}. {_line(line)}" for place, line in enumerate(found.lines, 1)]
    if found.others.orders or found.others.fen:
        lines.append(f"其他（主管等和没人名下的）：{figures.yuan(found.others.fen)}（{found.others.orders:.0f} 单）")
    if len(found.lines) > 1:
        lines.append(f"人均：{_words(found.mean, is_mean=True)}")
    return Say("\n".join([head, *lines, _small(found.lines)]).strip(), _rows(found.days, pictures=True))


def unsold(found: Performance) -> str:
    """Who of those who are there has no order in these days."""
    present = [line for line in found.lines if not line.has_left]
    without = "、".join(esc(line.name) for line in present if not line.orders)
    days = SPANS[found.days.name]
    return f"{days}还没开单的：<b>{without}</b>" if without else f"{days}每个人都开单了 👏"


def own(found: Performance, line: Line | None) -> Say:
    """The rep's own line beside the mean."""
    head = f"👤 <b>我的表现</b> · {_days(found.days)}"
    mine = _words(line) if line is not None else "还没有记录"
    lines = [head, f"我：{mine}", f"人均：{_words(found.mean, is_mean=True)}"]
    small = _small([line]) if line is not None else ""
    return Say("\n".join([*lines, small]).strip(), _rows(found.days, pictures=False))


def _line(line: Line) -> str:
    left = "（已离队）" if line.has_left else ""
    return f"<b>{esc(line.name)}</b>{left}：{_words(line)}"


def _words(line: Line, *, is_mean: bool = False) -> str:
    number = "{:.1f}".format if is_mean else "{:.0f}".format
    told = [f"跟进 {number(line.activity)}", f"{figures.yuan(line.fen)}（{number(line.orders)} 单）"]
    if line.conversion is not None:
        told.append(f"转化 {_share(line.conversion, line.converted, line.leads, is_mean)}")
    if line.answer_hours is not None:
        few = _mark(line.leads_answered, is_mean)
        told.append(f"响应 {line.answer_hours:.1f} 小时{few}")
    if line.kept is not None:
        told.append(f"承诺 {_share(line.kept, line.promises_kept, line.promises_due, is_mean)}")
    return " · ".join(told)


def _share(share: float, part: float, whole: float, is_mean: bool) -> str:
    return f"{share:.0%}" if is_mean else f"{share:.0%}（{part:.0f}/{whole:.0f}）{_mark(whole, is_mean)}"


def _mark(whole: float, is_mean: bool) -> str:
    return "*" if whole < SMALL and not is_mean else ""


def _small(lines: list[Line]) -> str:
    wholes = (whole for line in lines for whole in (line.leads, line.leads_answered, line.promises_due))
    return f"<i>* 不到 {SMALL} 个，别急着比</i>" if any(0 < whole < SMALL for whole in wholes) else ""


def _days(days: Span) -> str:
    first, last = days.first, days.last
    until = f"–{last.month}月{last.day}日" if days.name not in DAYS else ""
    return f"{SPANS[days.name]}（{first.month}月{first.day}日{until}）"


def _rows(days: Span, *, pictures: bool) -> Rows:
    others = [Button(SPANS[name], buttons.ShowPerformance(name)) for name in PERIODS if name != days.name]
    spans = tuple(tuple(others[at : at + A_ROW]) for at in range(0, len(others), A_ROW))
    define = Button("口径", buttons.DefinePerformance(days.name))
    if not pictures:
        return (*spans, (define,))
    drawn = tuple(Button(f"{name}榜", buttons.DrawPerformance(days.name, by)) for by, name in BY.items())
    return (*spans, drawn, (define,))


def bars(found: Performance, by: str) -> list[LeaderRow]:
    """The rows of the picture by fen | activity | converted; who is below half of the mean is marked."""
    scale = 0.01 if by == "fen" else 1.0
    half = getattr(found.mean, by) / 2
    return [
        LeaderRow(line.name, getattr(line, by) * scale, _note(line, by), behind=getattr(line, by) < half)
        for line in found.lines
    ]


def _note(line: Line, by: str) -> str:
    if by == "fen":
        return f"{line.orders:.0f} 单"
    if by == "activity":
        return f"其中联系 {line.touches:.0f}"
    return f"线索 {line.leads:.0f}{'，样本少' if 0 < line.leads < SMALL else ''}"


def picture_title(found: Performance, by: str, team_name: str) -> tuple[str, str, str]:
    """Title, subtitle and unit of the picture."""
    return f"{team_name}：{BY[by]}榜", f"{_days(found.days)}，橙色是不到人均一半", UNITS[by]


def caption(found: Performance, by: str, team_name: str) -> str:
    """Below the picture."""
    return f"{esc(team_name)}：{BY[by]}榜 · {_days(found.days)}"


def define(days: Span) -> Say:
    """What each number means."""
    until = "今天现在" if not days.is_over else "最后一天结束"
    lines = [
        "📐 <b>团队表现的口径</b>",
        "跟进：记的跟进 + 主动联系（祝福、活动、联系流失客户），记在做的人名下；导入的备注不算。",
        "金额：订单减退货，按订单日期，谁卖的算谁的，客户后来转给别人也不变；单数不含退货。",
        "转化：这段时间新来的线索里，到现在已经下过单的；导入的老客户不算。刚来的线索还没来得及，本周的会偏低。",
        "响应：新线索进来（或分给你）到第一次跟进或联系的平均小时数，按首次联系那天算，超过 7 天按 7 天算。",
        "承诺：这段时间到期的承诺里，当天结束前办完的。",
        f"人均：在队销售的平均，比例按全队合计；* 表示不到 {SMALL} 个。",
        f"窗口：{_days(days)}，算到{until}；近 7 天后补的记录每天凌晨算进来。销售只看自己的一行和人均。",
    ]
    return Say("\n".join(lines), ((Button("返回", buttons.ShowPerformance(days.name)),),))
