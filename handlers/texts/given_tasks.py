"""How the work of colleagues stands, and which of it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from crm.given_tasks import Asked
from crm.tasks import Errand
from handlers import buttons
from handlers.say import Button, Say, esc
from handlers.texts import cards, tasks

LISTED = 15
NOTHING_GIVEN = "没找到派给这位同事的未完成的事，什么都没有改动。"


def stands(asked: Asked, errands: Sequence[Errand], number: int, zone: ZoneInfo, now: datetime) -> Say:
    """The open tasks of the colleague, or all that were given away, with whose they are."""
    kind = "逾期的事" if asked.is_late else "未完成的事"
    whose = f"{esc(asked.who.name)} " if asked.who is not None else "全队" if asked.of_all else "您派出去的、"
    if not errands:
        return Say(f"👌 {whose.removesuffix('、')}没有{kind}。")
    lines = [f"📋 <b>{whose}{kind} {number} 件</b>"]
    for place, errand in enumerate(errands, 1):
        lines.append(f"{place}. {line(errand, zone, now, with_name=asked.who is None)}")
    if number > len(errands):
        lines.append(f"另有 {number - len(errands)} 件")
    return Say("\n".join(lines))


def which(errands: Sequence[Errand], zone: ZoneInfo, now: datetime) -> Say:
    """Which of the tasks given away is taken back."""
    lines = ["取消的是哪一件？", *(f"{n}. {line(each, zone, now, True)}" for n, each in enumerate(errands, 1))]
    made = [Button(f"取消 {n}", buttons.CancelTask(each.task.task_id)) for n, each in enumerate(errands, 1)]
    return Say("\n".join(lines), tuple(tuple(made[at : at + 3]) for at in range(0, len(made), 3)))


def line(errand: Errand, zone: ZoneInfo, now: datetime, with_name: bool) -> str:
    """What, of whom, when, and whether it is late."""
    task = errand.task
    late = " ❗已逾期" if task.due_at.astimezone(zone).date() < now.astimezone(zone).date() else ""
    customer = f" · {tasks.named(errand.customer)}" if errand.customer is not None else ""
    who = f" · {esc(errand.assignee)}" if with_name else ""
    return (
        f"{esc(cards.clip(task.what, 60))}{customer}{who} · {tasks.moment(task.due_at, task.has_time, zone, now)}{late}"
    )
