"""The day's list, as /today and as the morning card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm import day_order
from crm.day_items import Day, Item
from crm.day_order import Place
from crm.members import Actor
from crm.outbox import About
from crm.tables import Customer, Member, Task
from crm.tasks import Errand
from handlers import buttons
from handlers.buttons.credit import ShowCredit
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, day_folds, held, risk_facts, tasks
from handlers.texts.days import NEAR, WEEKDAYS

NOTHING = "今天没有要办的事。想起什么就发：<code>提醒 明天下午3点 给王总回电话</code>"
NOTHING_ON_CARD = "今天没有排事，适合主动联系一位许久没聊的客户。发 /risk 看看谁该联系。"
NO_TASKS = "今天没有待办"
ARRANGE = "arrange"
TAKERS = 7  # colleagues offered
MARKS = {"task": "⏰", "birthday": "🎂", "complaint": "⚠️", "risk": "📉", "debt": "💰"}


def today(
    day: Day,
    offset: int,
    zone: ZoneInfo,
    now: datetime,
    changed: Errand | None = None,
    choosing: str = "",
    note: str = "",
    may_give: bool = False,
) -> Say:
    """A page of the list, each line with a button of its own that acts in place.

    `choosing`: what is to be done with one of them, 'put off' or, for who may give things away too, 'arrange'; `note`:
    what has just been done; `may_give`: the reader may give things to colleagues.
    """
    on = now.astimezone(zone).date()
    head = f"📋 <b>今天 {_spoken(on)}</b>{_counted(day, zone, now, ' · ')}"
    return _page(head, NOTHING, day, offset, zone, now, changed, choosing, note, may_give)


def until_when(errand: Errand, offset: int) -> Say:
    """Until when the task is put off, or to whom it goes."""
    task_id = errand.task.task_id
    row = tuple(
        Button(words, buttons.PutOffTo(offset, task_id, choice))
        for choice, words in (("hour", "1 小时"), ("morning", "明早"), ("week", "下周"))
    )
    last = [Button("转给 ▸", buttons.GiveAway(offset, task_id, 0, 0)), Button("返回", buttons.Today(offset, 0, 0))]
    about = f" · {tasks.named(errand.customer)}" if errand.customer is not None else ""
    return Say(f"⏰ {esc(cards.clip(errand.task.what, 60))}{about}\n推迟到什么时候？", (row, tuple(last)))


def to_whom(what: str, colleagues: Sequence[Member], press: buttons.GiveAway) -> Say:
    """Which colleague is to have it."""
    made = [Button(m.name, replace(press, member_id=m.member_id)) for m in colleagues[:TAKERS]]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    asked = f"{what} 转给谁？" if made else f"{what}：团队里没有别的销售可以转。"
    back = buttons.Today(press.offset, 0, 0) if press.offset >= 0 else buttons.ShowTask(press.task_id)
    return Say(asked, (*rows, (Button("返回", back),)))


def thing(customer: Customer | None, what: str = "") -> str:
    """A task or a customer in a sentence."""
    parts = [esc(cards.clip(what, 60)) if what else "", tasks.named(customer) if customer is not None else ""]
    return " · ".join(part for part in parts if part)


def given_away(what: str, colleague: str) -> str:
    """What has been done, above the list."""
    return f"🤝 已转给 {esc(colleague)}：{what}"


def given_to_you(what: str, giver: str, customer: Customer | None) -> Say:
    """To the colleague who has it now."""
    rows: Rows = ((Button("查看客户", buttons.ShowCustomer(customer.customer_id)),),) if customer is not None else ()
    about = About(customer.customer_id) if customer is not None else About()
    return Say(f"🤝 {esc(giver)} 转给您：{what}", rows, about=about)


def morning(actor: Actor, day: Day, zone: ZoneInfo, now: datetime) -> Say:
    """The morning card."""
    on = now.astimezone(zone).date()
    head = f"☀️ <b>{esc(actor.name)}，早上好</b>，今天是{_spoken(on)}{_counted(day, zone, now, '：')}"
    return _page(head, NOTHING_ON_CARD, day, 0, zone, now, may_give=actor.sees_team)


def _counted(day: Day, zone: ZoneInfo, now: datetime, mark: str) -> str:
    """What today is about, counted; what may wait is not."""
    on = now.astimezone(zone).date()
    due = [item for item in day.items if item.kind == "debt" and day_order.place(item, zone, now) == Place.SILENT]
    counts = (
        (sum(item.task is not None and not item.is_late for item in day.items), "件待办"),
        (sum(item.kind == "birthday" and item.on == on and not item.held for item in day.items), "位生日"),
        (len(due), "笔款到期"),
        (sum(day_folds.is_urgent(item) for item in day.items), "件加急投诉"),
    )
    parts = [f"{number} {words}" for number, words in counts if number]
    return mark + "、".join(parts) if parts else ""


def _page(
    head: str,
    nothing: str,
    day: Day,
    offset: int,
    zone: ZoneInfo,
    now: datetime,
    changed: Errand | None = None,
    choosing: str = "",
    note: str = "",
    may_give: bool = False,
) -> Say:
    items = day.items
    offset = offset if 0 <= offset < len(items) else 0
    shown = day_folds.page(items, offset, zone, now)
    behind = items[offset + len(shown) :]
    lines = [head, *_told(changed, zone, now), *([note] if note else [])]
    lines += [f"{number}. {line(item, zone, now)}" for number, item in enumerate(shown, offset + 1)]
    if not items and not day.overdue:
        lines.append(nothing)
    lines += day_folds.below(shown, behind, zone, now, line) if not offset else []
    if overdue := day.overdue + sum(item.is_late for item in behind):
        lines.append(f"另有 {overdue} 件拖了，点 [清一清] 一件件过。")
    lines += day_folds.held_back(behind)
    if choosing:
        lines.append("推迟哪一件？" if choosing == "put off" else "安排哪一件？点号码，推迟或转给同事。")
    numbered = [
        (n, item) for n, item in enumerate(shown, offset + 1) if not choosing or item.task or choosing == ARRANGE
    ]
    made = [_arrange(n, item, offset) if choosing else _button(n, item, offset) for n, item in numbered]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    return Say("\n".join(lines), _with(rows, _last(day, offset, shown, changed, choosing, may_give)))


def _told(changed: Errand | None, zone: ZoneInfo, now: datetime) -> list[str]:
    """What a press has just done."""
    if changed is None:
        return []
    what = esc(cards.clip(changed.task.what, 60))
    if changed.task.done_at is None:
        return [f"⏰ 已推迟：{what} · {tasks.moment(changed.task.due_at, changed.task.has_time, zone, now)}"]
    return [f"✅ {'已完成' if changed.changed else '之前已完成'}：{what}"]


def _last(
    day: Day, offset: int, shown: Sequence[Item], changed: Errand | None, choosing: str, may_give: bool
) -> list[Button]:
    if choosing:
        return [Button("返回", buttons.Today(offset, 0, 0))]
    last = []
    if changed is not None and changed.task.done_at is not None:
        last.append(Button("撤销完成", buttons.Today(offset, 0, changed.task.task_id)))
    elif may_give and shown:
        last.append(Button("推迟/转给 ▸", buttons.PutOff(offset, 0)))
    elif any(item.task is not None for item in shown):
        last.append(Button("推迟 ▸", buttons.PutOff(offset, 0)))
    if day.overdue or any(item.is_late and item not in shown for item in day.items[offset:]):
        last.append(Button("清一清", buttons.Overdue(0, 0, "")))
    if len(day.items) > len(shown):
        following = offset + len(shown) if offset + len(shown) < len(day.items) else 0
        last.append(Button("更多" if following else "回到开头", buttons.Today(following, 0, 0)))
    return last


def line(item: Item, zone: ZoneInfo, now: datetime) -> str:
    """One thing of the day."""
    who = tasks.named(item.customer) if item.customer is not None else ""
    mark = MARKS[item.kind]
    if item.task is not None:
        about = f" · {who}" if who else ""
        return f"{mark} {esc(cards.clip(item.words, 60))}{about} · {_when(item, item.task, zone, now)}"
    if item.kind == "birthday" and item.on is not None and item.held is not None:
        return f"🤫 {who} 今天生日，没提醒：{esc(held.words(item.held))}"
    if item.kind == "birthday" and item.on is not None:
        return f"{mark} {who} {_birthday(item.on, now.astimezone(zone).date())}"
    if item.kind == "complaint":
        if day_folds.is_solved(item):
            return f"📣 投诉已解决，还没告诉客户：{who} {esc(cards.clip(item.words, 40))}"
        urgent = "加急" if day_folds.is_urgent(item) else ""
        return f"{mark} {urgent}投诉未结：{who} {esc(cards.clip(item.words, 40))}"
    if item.kind == "debt" and item.on is not None:
        return f"{mark} {who} 欠款 {cards.money(item.fen)} {_due(item.on, now.astimezone(zone).date())}"
    return f"{mark} {who} 可能流失{_odds(item)}，联系一下"


def _when(item: Item, task: Task, zone: ZoneInfo, now: datetime) -> str:
    """The hour, or of what is told ahead of its day that day: 拜访宋海涛 · 明天 10:00, and when it reminds today."""
    on, today = day_order.event_on(task, zone), now.astimezone(zone).date()
    if on is None or on < today:
        return tasks.short(task, zone, now)
    at = day_order.event_at(task, zone)
    then = _ahead((on - today).days) + (f" {at:%H:%M}" if at is not None else "")
    rings = task.has_time and task.due_at.astimezone(zone).date() == today
    return f"{tasks.short(task, zone, now)} 提醒 · {then}" if rings else then


def _due(on: date, today: date) -> str:
    late = (today - on).days
    return f"{on.month}月{on.day}日到期，已过 {late} 天" if late else "今天到期"


def _birthday(on: date, today: date) -> str:
    if on == today:
        return "今天生日"
    return f"{_ahead((on - today).days)}生日（{_spoken(on)}）"


def _ahead(number: int) -> str:
    """In so many days: 今天, 后天, 大后天, 4天后."""
    return NEAR.get(number) or ("大后天" if number == 3 else f"{number}天后")


def _odds(item: Item) -> str:
    return f" {odds}" if (odds := risk_facts.chance(item.summary)) else ""


def _button(number: int, item: Item, offset: int) -> Button:
    if item.task is not None:
        return Button(f"完成 {number}", buttons.Today(offset, item.task.task_id, 0))
    assert item.customer is not None
    if item.kind == "birthday" and item.on is not None and item.held is None:
        return Button(f"祝福 {number}", buttons.ShowGreeting(item.customer.customer_id, item.on.toordinal()))
    if item.kind == "debt":
        return Button(f"看账 {number}", ShowCredit(item.customer.customer_id))
    return Button(f"查看 {number}", buttons.ShowCustomer(item.customer.customer_id))


def _arrange(number: int, item: Item, offset: int) -> Button:
    if item.task is not None:
        return Button(f"推迟 {number}", buttons.PutOff(offset, item.task.task_id))
    assert item.customer is not None
    return Button(f"转给 {number}", buttons.GiveAway(offset, 0, item.customer.customer_id, 0))


def _with(rows: list[tuple[Button, ...]], last: list[Button]) -> Rows:
    return (*rows, tuple(last)) if last else tuple(rows)


def _spoken(on: date) -> str:
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"


def no_such_day(words: str) -> str:
    """The day that was asked about does not exist."""
    return f"日历上没有「{esc(words)}」这一天，换个日子再问我吧。"
