"""The day's list, as /today and as the morning card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.agenda import Day, Item
from crm.members import Actor
from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, held, tasks
from handlers.texts.days import WEEKDAYS

PAGE = 5  # with [推迟 ▸], [清一清] and [更多] the keyboard stays within eight buttons
NOTHING = "今天没有要办的事。想起什么就发：<code>提醒 明天下午3点 给王总回电话</code>"
NOTHING_ON_CARD = "今天没有排事，适合主动联系一位许久没聊的客户。发 /risk 看看谁该联系。"
NO_TASKS = "今天没有待办"
RESTING = "休息日，没有必须今天办的事"
MARKS = {"task": "⏰", "birthday": "🎂", "complaint": "⚠️", "risk": "📉"}


def today(
    day: Day, offset: int, zone: ZoneInfo, now: datetime, changed: Errand | None = None, choosing: bool = False
) -> Say:
    """A page of the list, each line with a button of its own that acts in place; `choosing`: one that puts it off."""
    on = now.astimezone(zone).date()
    head = f"📋 <b>今天 {_spoken(on)}</b>{_counted(day, on, ' · ')}"
    return _page(head, NOTHING, day, offset, zone, now, changed, choosing)


def morning(actor: Actor, day: Day, zone: ZoneInfo, now: datetime) -> Say:
    """The morning card."""
    on = now.astimezone(zone).date()
    head = f"☀️ <b>{esc(actor.name)}，早上好</b>，今天是{_spoken(on)}{_counted(day, on, '：')}"
    return _page(head, NOTHING_ON_CARD, day, 0, zone, now)


def _counted(day: Day, on: date, mark: str) -> str:
    """What today is about, counted; what may wait is not."""
    counts = (
        (sum(item.task is not None and not item.is_late for item in day.items), "件待办"),
        (sum(item.kind == "birthday" and item.on == on and not item.held for item in day.items), "位生日"),
        (sum(item.complaint is not None and item.complaint.urgent for item in day.items), "件加急投诉"),
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
    choosing: bool = False,
) -> Say:
    items = day.items
    offset = offset if 0 <= offset < len(items) else 0
    shown = items[offset : offset + PAGE]
    lines = [head, *_told(changed, zone, now)]
    lines += [f"{number}. {line(item, zone, now)}" for number, item in enumerate(shown, offset + 1)]
    if not items and not day.overdue:
        lines.append(nothing)
    if day.overdue:
        lines.append(f"另有 {day.overdue} 件拖了，点 [清一清] 一件件过。")
    behind = sum(item.held is not None for item in items[offset + PAGE :])
    if behind:
        lines.append(f"🤫 有 {behind} 件按规矩没提醒，点 [更多] 看原因。")
    if choosing:
        lines.append("哪一件推迟到明天？")
    numbered = [(number, item) for number, item in enumerate(shown, offset + 1) if not choosing or item.task]
    made = [_put_off(number, item, offset) if choosing else _button(number, item, offset) for number, item in numbered]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    return Say("\n".join(lines), _with(rows, _last(day, offset, shown, changed, choosing)))


def _told(changed: Errand | None, zone: ZoneInfo, now: datetime) -> list[str]:
    """What a press has just done."""
    if changed is None:
        return []
    what = esc(cards.clip(changed.task.what, 60))
    if changed.task.done_at is None:
        return [f"⏰ 已推迟到明天：{what} · {tasks.moment(changed.task.due_at, changed.task.has_time, zone, now)}"]
    return [f"✅ {'已完成' if changed.changed else '之前已完成'}：{what}"]


def _last(day: Day, offset: int, shown: Sequence[Item], changed: Errand | None, choosing: bool) -> list[Button]:
    if choosing:
        return [Button("返回", buttons.Today(offset, 0, 0))]
    last = []
    if changed is not None and changed.task.done_at is not None:
        last.append(Button("撤销完成", buttons.Today(offset, 0, changed.task.task_id)))
    elif any(item.task is not None for item in shown):
        last.append(Button("推迟 ▸", buttons.PutOff(offset, 0)))
    if day.overdue:
        last.append(Button("清一清", buttons.Overdue(0, 0, "")))
    if len(day.items) > PAGE:
        following = offset + PAGE if offset + PAGE < len(day.items) else 0
        last.append(Button("更多" if following else "回到开头", buttons.Today(following, 0, 0)))
    return last


def line(item: Item, zone: ZoneInfo, now: datetime) -> str:
    """One thing of the day."""
    who = tasks.named(item.customer) if item.customer is not None else ""
    mark = MARKS[item.kind]
    if item.task is not None:
        about = f" · {who}" if who else ""
        return f"{mark} {esc(cards.clip(item.words, 60))}{about} · {tasks.short(item.task, zone, now)}"
    if item.kind == "birthday" and item.on is not None and item.held is not None:
        return f"🤫 {who} 今天生日，没提醒：{esc(held.words(item.held))}"
    if item.kind == "birthday" and item.on is not None:
        return f"{mark} {who} {_birthday(item.on, now.astimezone(zone).date())}"
    if item.kind == "complaint":
        urgent = "加急" if item.complaint is not None and item.complaint.urgent else ""
        return f"{mark} {urgent}投诉未结：{who} {esc(cards.clip(item.words, 40))}"
    return f"{mark} {who} 可能流失{_odds(item)}，联系一下"


def _birthday(on: date, today: date) -> str:
    ahead = (on - today).days
    if ahead == 0:
        return "今天生日"
    words = {1: "明天", 2: "后天", 3: "大后天"}.get(ahead, f"{ahead}天后")
    return f"{words}生日（{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}）"


def _odds(item: Item) -> str:
    odds = item.summary.churn_probability if item.summary is not None else None
    return f" {odds:.0%}" if odds is not None else ""


def _button(number: int, item: Item, offset: int) -> Button:
    if item.task is not None:
        return Button(f"完成 {number}", buttons.Today(offset, item.task.task_id, 0))
    assert item.customer is not None
    if item.kind == "birthday" and item.on is not None and item.held is None:
        return Button(f"祝福 {number}", buttons.ShowGreeting(item.customer.customer_id, item.on.toordinal()))
    return Button(f"查看 {number}", buttons.ShowCustomer(item.customer.customer_id))


def _put_off(number: int, item: Item, offset: int) -> Button:
    assert item.task is not None
    return Button(f"推迟 {number}", buttons.PutOff(offset, item.task.task_id))


def _with(rows: list[tuple[Button, ...]], last: list[Button]) -> Rows:
    return (*rows, tuple(last)) if last else tuple(rows)


def _spoken(on: date) -> str:
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"
