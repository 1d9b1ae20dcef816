"""The day's list, as /today and as the morning card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from crm.agenda import Item
from crm.members import Actor
from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, tasks
from handlers.texts.days import WEEKDAYS

PAGE = 6  # with [更多] and [撤销完成] the keyboard stays within eight buttons
NOTHING = "今天没有要办的事。想起什么就发：<code>提醒 明天下午3点 给王总回电话</code>"
NOTHING_ON_CARD = "今天没有排事，适合主动联系一位许久没聊的客户。发 /risk 看看谁该联系。"
NO_TASKS = "今天没有待办"
RESTING = "休息日，没有必须今天办的事"
MARKS = {"task": "⏰", "birthday": "🎂", "complaint": "⚠️", "risk": "📉"}


def today(items: Sequence[Item], offset: int, zone: ZoneInfo, now: datetime, finished: Errand | None = None) -> Say:
    """A page of the list, each line with a button of its own that acts in place."""
    on = now.astimezone(zone).date()
    head = f"📋 <b>今天 {_spoken(on)}</b> · {len(items)} 件" if items else f"📋 <b>今天 {_spoken(on)}</b>"
    return _page(head, NOTHING, items, offset, zone, now, finished)


def morning(actor: Actor, items: Sequence[Item], zone: ZoneInfo, now: datetime) -> Say:
    """The morning card."""
    on = now.astimezone(zone).date()
    head = f"☀️ <b>{esc(actor.name)}，早上好</b>，今天是{_spoken(on)}"
    if items:
        head += f"，有 {len(items)} 件事，最值得先做的在前："
    return _page(head, NOTHING_ON_CARD, items, 0, zone, now, None)


def _page(
    head: str,
    nothing: str,
    items: Sequence[Item],
    offset: int,
    zone: ZoneInfo,
    now: datetime,
    finished: Errand | None,
) -> Say:
    offset = offset if 0 <= offset < len(items) else 0
    shown = items[offset : offset + PAGE]
    lines = [head]
    if finished is not None:
        verb = "已完成" if finished.changed else "之前已完成"
        lines.append(f"✅ {verb}：{esc(cards.clip(finished.task.what, 60))}")
    lines += [f"{number}. {line(item, zone, now)}" for number, item in enumerate(shown, offset + 1)]
    if not items:
        lines.append(nothing)
    made = [_button(number, item, offset) for number, item in enumerate(shown, offset + 1)]
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    last = []
    if finished is not None:
        last.append(Button("撤销完成", buttons.Today(offset, 0, finished.task.task_id)))
    if len(items) > PAGE:
        following = offset + PAGE if offset + PAGE < len(items) else 0
        last.append(Button("更多" if following else "回到开头", buttons.Today(following, 0, 0)))
    return Say("\n".join(lines), _with(rows, last))


def line(item: Item, zone: ZoneInfo, now: datetime) -> str:
    """One thing of the day."""
    who = tasks.named(item.customer) if item.customer is not None else ""
    mark = MARKS[item.kind]
    if item.task is not None:
        about = f" · {who}" if who else ""
        return f"{mark} {esc(cards.clip(item.words, 60))}{about} · {tasks.short(item.task, zone, now)}"
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
    if item.kind == "birthday" and item.on is not None:
        return Button(f"祝福 {number}", buttons.ShowGreeting(item.customer.customer_id, item.on.toordinal()))
    return Button(f"查看 {number}", buttons.ShowCustomer(item.customer.customer_id))


def _with(rows: list[tuple[Button, ...]], last: list[Button]) -> Rows:
    return (*rows, tuple(last)) if last else tuple(rows)


def _spoken(on: date) -> str:
    return f"{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}"
