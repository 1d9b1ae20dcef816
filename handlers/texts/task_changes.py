"""What is said when words move a task or call it off: from when to when, which one is meant, that none was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.task_changes import Changed, Moment
from crm.tasks import Errand
from handlers import buttons
from handlers.buttons.drafts import DraftAs, DropDraft
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, tasks

BACK = "⏰ 已改回"
NEW_TASK = "⏰ 没找到要改的那条，已新定提醒"
NEW_NOTE = "🔎 没找到要改的待办，已记到"
NOTHING_OPEN = "没找到要改的待办，现在没有未完成的事。要新定请发：<code>提醒 明天下午3点 给王总回电话</code>"
LISTED = 6  # tasks below a question


def changed(made: Changed, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """The task is moved or called off; one tap brings it back. `also`: what else was stored."""
    errand = made.errand
    undo = buttons.UndoTaskChange(made.draft_id)
    if errand.task.cancelled_at is not None:
        card = tasks.cancelled(errand, zone, now)
        rows: Rows = ((Button("恢复", undo),),)
        return Say(_lines(card.text, also), rows, about=card.about)
    card = tasks.card(errand, zone, now, tasks.MOVED)
    was = f"原来：{tasks.moment(*made.was, zone, now)}"
    return Say(_lines(card.text, was, also), ((Button("改回", undo),), *card.rows), about=card.about)


def stopped(made: Changed, zone: ZoneInfo, now: datetime) -> Say:
    """The repetition is called off; one tap brings it back."""
    said = changed(made, zone, now)
    return Say(f"{tasks.STOPPED}\n{said.text}", said.rows, about=said.about)


def over(errand: Errand, to: Moment, zone: ZoneInfo, now: datetime) -> Say:
    """The task would be due before now: the next text is the time."""
    asked = tasks.ask_retime(errand, zone, now)
    return Say(f"{tasks.moment(*to, zone, now)} 已经过了。{asked.text}", asked.rows, about=asked.about)


def back(errand: Errand, zone: ZoneInfo, now: datetime) -> Say:
    """The change was undone."""
    return tasks.card(errand, zone, now, BACK)


def which(
    text: str,
    draft_id: int,
    found: Sequence[Errand],
    moments: Mapping[int, Moment | None],
    zone: ZoneInfo,
    now: datetime,
    may_be_new: bool,
    also: str = "",
) -> Say:
    """Which of several tasks is meant; each button does the move."""
    off = all(moments[errand.task.task_id] is None for errand in found)
    lines = [f"{'取消' if off else '改'}的是哪一件？", f"<i>{esc(cards.clip(text, 300))}</i>"]
    made = []
    for number, errand in enumerate(found, 1):
        who = f" · {tasks.named(errand.customer)}" if errand.customer else ""
        was = tasks.moment(errand.task.due_at, errand.task.has_time, zone, now)
        to = moments[errand.task.task_id]
        then = f" → {tasks.moment(*to, zone, now)}" if to is not None else ""
        lines.append(f"{number}. {esc(cards.clip(errand.task.what, 60))}{who} · {was}{then}")
        made.append(Button(f"{'取消' if off else '改'} {number}", buttons.ChangeTask(draft_id, errand.task.task_id)))
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    new = (Button("都不是，新定提醒", DraftAs(draft_id, "remind")),) if may_be_new else ()
    rows.append((*new, Button("都不动", DropDraft(draft_id))))
    return Say(_lines(*lines, also), tuple(rows))


def noted(name: str) -> str:
    """The words are a note, too."""
    return f"📝 这句也记到 {esc(name)} 了"


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
