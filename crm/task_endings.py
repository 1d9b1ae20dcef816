"""Which reminder is not wanted any more (每周一的看库存别提醒了): a repetition ends, a single task is called off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm import task_names, task_words, tasks
from crm.members import Actor
from crm.tasks import Errand
from crm.understanding import Understanding
from nlp.reader import endings, moves
from nlp.reader.endings import Ending
from nlp.when import occurrences


@dataclass(frozen=True, slots=True)
class Ended:
    """The reminders that may be meant; one alone is, if it `fits`: else none is of that kind, and these are others."""

    ending: Ending
    errands: tuple[Errand, ...]
    fits: bool = True


def meant(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Ended | None:
    """The reminders that the words end; None where they end none, or tell of a task that was done."""
    ending = endings.told(seen.text, actor.local(now))
    if ending is None:
        return _stopped(db, actor, seen)
    first = _firsts(tasks.find_open(db, actor))
    if seen.action == "done":
        return _done(first, seen, ending)
    change = moves.told(seen.text, actor.local(now))
    if (change is not None and not ending.lasting) or not (ending.words or ending.rule or ending.on):
        return None  # 取消打卡提醒 calls one off; 不用提醒了 names none
    fitting = [errand for errand in first if _fits(errand, ending, seen, actor)]
    repeated = [errand for errand in fitting if errand.task.recurrence]
    is_clear = seen.customer is None or not endings.is_urged(seen.text)  # 孙丽打电话的事别催了: her wish, or said to us
    if fitting or not is_clear:
        return Ended(ending, tuple(repeated or fitting), is_clear) if fitting else None
    others = tuple(errand for errand in first if errand.task.recurrence)
    return Ended(ending, others, False) if seen.action in ("remind", "unclear") else None


def _stopped(db: Session, actor: Actor, seen: Understanding) -> Ended | None:
    """The repeated reminder of which 跟进孙丽 停掉 speaks; what stands still without being one is no task's end."""
    ending = endings.stopped(seen.text)
    if ending is None:
        return None
    mine = [one for one in _firsts(tasks.find_open(db, actor)) if one.task.recurrence]
    fitting = tuple(one for one in mine if _fits(one, ending, seen, actor) and _is_its_title(one, ending))
    return Ended(ending, fitting) if fitting else None


def _is_its_title(errand: Errand, ending: Ending) -> bool:
    """True for 跟进孙丽 and 孙丽那个; the card of 孙丽的卡停掉 is hers, and a sign that she leaves."""
    name = errand.customer.name if errand.customer is not None else ""
    rest = ending.words.replace(name, "") if name else ending.words
    return ending.is_pointed or (bool(rest) and rest in errand.task.what)


def _done(first: Sequence[Errand], seen: Understanding, ending: Ending) -> Ended | None:
    """The one repeated task of which 打卡提醒停掉 speaks."""
    customer_id = seen.customer.customer_id if seen.customer is not None else None
    found = task_words.matching(first, seen.reading.task_what or "", customer_id)
    return Ended(ending, tuple(found)) if len(found) == 1 and found[0].task.recurrence else None


def _firsts(mine: Sequence[Errand]) -> list[Errand]:
    """The tasks without the later occurrences of a repetition that is open already."""
    later = {errand.task.next_task_id for errand in mine}
    return [errand for errand in mine if errand.task.task_id not in later]


def _fits(errand: Errand, ending: Ending, seen: Understanding, actor: Actor) -> bool:
    """True when customer, words and days are those of the task."""
    task = errand.task
    if seen.customer is not None and task.customer_id not in (None, seen.customer.customer_id):
        return False
    if ending.words and not task_names.is_alike(ending.words, errand):
        return False
    stood, code = actor.local(task.due_at), task.recurrence or ""
    if ending.rule:
        return _without_hour(code) == ending.rule or (bool(code) and ending.rule == "DAILY" and code[:6] != "WEEKLY")
    if ending.weekday is not None:
        listed = code.split(";")[1].split(",") if ";" in code else ()
        return occurrences.CODES[ending.weekday] in listed or stood.weekday() == ending.weekday
    return ending.on is None or stood.date() == ending.on


def _without_hour(code: str) -> str:
    return ";".join(piece for piece in code.split(";") if not (piece[:1] in "TU" and piece[1:3].isdigit()))
