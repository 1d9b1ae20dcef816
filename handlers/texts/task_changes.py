"""What is said when words move a task or call it off: from when to when, which one is meant, that none was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.promises import Todo
from crm.tables import Customer
from crm.task_changes import Changed, Undone
from crm.task_moments import Moment
from crm.tasks import Errand
from handlers import buttons
from handlers.buttons.drafts import DraftAs, DraftToCustomer, DropDraft
from handlers.say import Button, Rows, Say, esc
from handlers.texts import cards, tasks

ALREADY = "⏰ 本来就是这个时间，没有改"
BACK = "⏰ 已改回"
CHANGED_SINCE = "这条后来又改动过，没有改回。现在是："
NOT_FOLLOWED = "改过的话里没看出要改到什么时候，待办没有动。现在是："
NEW_TASK = "⏰ 没找到要改的那条，已新定提醒"
NEW_NOTE = "🔎 没找到要改的待办，已记到"
NOTHING_OPEN = "没找到要改的待办，现在没有未完成的事。要新定请发：<code>提醒 明天下午3点 给王总回电话</code>"
NO_SUCH_REMINDER = "没找到这样的提醒，没有新定也没有取消。发 <code>今天</code> 看待办。"
EVERY = 0  # instead of a task
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


def unchanged(errand: Errand, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """The task is due then already."""
    card = tasks.card(errand, zone, now, ALREADY)
    return Say(_lines(card.text, also), card.rows, about=card.about)


def stopped(made: Changed, zone: ZoneInfo, now: datetime) -> Say:
    """The repetition is called off; one tap brings it back."""
    said = changed(made, zone, now)
    return Say(f"{tasks.STOPPED}\n{said.text}", said.rows, about=said.about)


def over(errand: Errand, to: Moment, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """The task would be due before now: the next text is the time."""
    asked = tasks.ask_retime(errand, zone, now)
    text = f"{tasks.moment(*to, zone, now)} 已经过了。{asked.text}"
    return Say(_lines(text, also), asked.rows, about=asked.about)


def back(all_undone: Sequence[Undone], zone: ZoneInfo, now: datetime) -> Say:
    """The change was undone, or the task was changed since and stays; of several how many."""
    if len(all_undone) != 1:
        count = sum(undone.is_back for undone in all_undone)
        rest = f"；{len(all_undone) - count} 件后来又改动过，没有动" if count < len(all_undone) else ""
        return Say(f"⏰ 已恢复 {count} 件{rest}。发 <code>今天</code> 看待办。")
    (undone,) = all_undone
    if undone.is_back:
        return tasks.card(undone.errand, zone, now, BACK)
    said = tasks.shown(undone.errand, zone, now)
    return Say(f"{CHANGED_SINCE}\n{said.text}", said.rows, about=said.about)


@dataclass(frozen=True, slots=True)
class Which:
    """A question about which of several tasks is meant.

    whose: the words may only be a note of this customer; every: how many there are, where all may be meant
    """

    text: str
    draft_id: int
    found: Sequence[Errand]
    moments: Mapping[int, Moment | None]
    may_be_new: bool = False
    whose: Customer | None = None
    every: int = 0


def all_off(count: int, draft_id: int) -> Say:
    """All open tasks were called off; one tap brings them back."""
    return Say(f"↩️ 已取消 {count} 件待办。", ((Button("全部恢复", buttons.UndoTaskChange(draft_id)),),))


def all_moved(count: int, draft_id: int) -> Say:
    """All of them are due at another time; one tap brings them back."""
    return Say(
        f"⏰ 已改 {count} 件待办，发 <code>我的任务</code> 看全部。",
        ((Button("全部改回", buttons.UndoTaskChange(draft_id)),),),
    )


def which(asked: Which, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """Which of several tasks is meant; each button does the move. `also`: what else was stored."""
    draft_id, moments = asked.draft_id, asked.moments
    off = all(moments[errand.task.task_id] is None for errand in asked.found)
    lines = [f"{'取消' if off else '改'}的是哪一件？", f"<i>{esc(cards.clip(asked.text, 300))}</i>"]
    made = []
    for number, errand in enumerate(asked.found, 1):
        who = f" · {tasks.named(errand.customer)}" if errand.customer else ""
        was = tasks.moment(errand.task.due_at, errand.task.has_time, zone, now)
        to = moments[errand.task.task_id]
        then = f" → {tasks.moment(*to, zone, now)}" if to is not None else ""
        lines.append(f"{number}. {esc(cards.clip(errand.task.what, 60))}{who} · {was}{then}")
        made.append(Button(f"{'取消' if off else '改'} {number}", buttons.ChangeTask(draft_id, errand.task.task_id)))
    rows = [tuple(made[at : at + 3]) for at in range(0, len(made), 3)]
    if asked.every:
        rows.insert(
            0, (Button(f"全部{'取消' if off else '改'}（{asked.every}）", buttons.ChangeTask(draft_id, EVERY)),)
        )
    if asked.whose is not None:
        label = f"记到 {cards.clip(asked.whose.name, 20)}"
        rows.append((Button(label, DraftToCustomer(draft_id, asked.whose.customer_id)),))
    new = (Button("都不是，新定提醒", DraftAs(draft_id, "remind")),) if asked.may_be_new else ()
    rows.append((*new, Button("都不动", DropDraft(draft_id))))
    return Say(_lines(*lines, also), tuple(rows))


def move_to(to: Moment, draft_id: int, task_id: int, zone: ZoneInfo) -> Button:
    """[上面那条改到 3月22日]: moves the reminder whose card stands above the list of that day."""
    on = to[0].astimezone(zone).date()
    return Button(f"上面那条改到 {on.month}月{on.day}日", buttons.ChangeTask(draft_id, task_id))


def not_followed(errand: Errand, zone: ZoneInfo, now: datetime, also: str = "") -> Say:
    """The edited message makes nothing of the task any more: it stays."""
    said = tasks.shown(errand, zone, now)
    return Say(_lines(NOT_FOLLOWED, said.text, also), said.rows, about=said.about)


def untouched(name: str) -> Say:
    """No task was changed; the words were noted before."""
    return Say(f"好，待办都没动；这句已记到 {esc(name)}。")


def noted(name: str) -> str:
    """The words are a note, too."""
    return f"📝 这句也记到 {esc(name)} 了"


def planned_anew(todo: Todo | None, zone: ZoneInfo, now: datetime) -> str:
    """A further line with what the note plans; '' where it plans nothing."""
    if todo is None:
        return ""
    return f"\n⏰ {esc(cards.clip(todo.what, 60))}：{tasks.moment(todo.due_at, todo.has_time, zone, now)}"


def _lines(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
