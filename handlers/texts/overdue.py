"""Clearing up what is overdue: two tasks at a time, each done, put off to tomorrow or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, tasks

PAGE = 2  # three buttons each, and two below: eight


def overdue(
    found: Sequence[Errand], total: int, offset: int, zone: ZoneInfo, now: datetime, changed: Errand | None = None
) -> Say:
    """The overdue tasks from `offset`, `total` in all; what a press has just done stands above them."""
    lines = [*([_told(changed)] if changed is not None else []), f"🧹 <b>拖着的事</b> · {total} 件"]
    if not found:
        lines = [*lines[:-1], "🧹 拖着的事都清完了 👍"]
    rows = []
    for number, errand in enumerate(found, offset + 1):
        who = f" · {tasks.named(errand.customer)}" if errand.customer is not None else ""
        lines.append(f"{number}. {esc(cards.clip(errand.task.what, 60))}{who} · {tasks.short(errand.task, zone, now)}")
        rows.append(_choices(number, errand, offset))
    return Say("\n".join(lines), (*rows, _below(total, offset, changed)))


def _choices(number: int, errand: Errand, offset: int) -> tuple[Button, ...]:
    task_id = errand.task.task_id
    return (
        Button(f"完成 {number}", buttons.Overdue(offset, task_id, "done")),
        Button("推迟到明天", buttons.Overdue(offset, task_id, "tomorrow")),
        Button("不做了", buttons.Overdue(offset, task_id, "dropped")),
    )


def _below(total: int, offset: int, changed: Errand | None) -> tuple[Button, ...]:
    back = Button("返回", buttons.Today(0, 0, 0))
    if changed is not None and (changed.task.done_at or changed.task.cancelled_at):
        return Button("撤销", buttons.Overdue(offset, changed.task.task_id, "open")), back
    if total <= PAGE:
        return (back,)
    following = offset + PAGE if offset + PAGE < total else 0
    return Button("更多" if following else "回到开头", buttons.Overdue(following, 0, "")), back


def _told(changed: Errand) -> str:
    what = esc(cards.clip(changed.task.what, 60))
    if changed.task.done_at is not None:
        return f"✅ {'已完成' if changed.changed else '之前已完成'}：{what}"
    if changed.task.cancelled_at is not None:
        return f"↩️ {'不做了' if changed.changed else '之前已撤销'}：{what}"
    return f"⏰ {what}：{'已推迟到明天' if changed.changed else '还在列表里'}"
