"""A task that is put off or called off in words where none is open: the sentence is a note of the customer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from crm import promises, told_entries, understanding
from crm.members import Actor
from crm.promises import Todo
from crm.taggers import Taggers
from crm.task_changes import Found
from crm.understanding import Understanding
from nlp import lazy
from nlp.when import When

_MEETING = lazy.regex(
    "(?:不|再|那个|[去来约见])*(?:拜访|见面?|会面|碰面|面谈|碰头|上门|走访|过去|[去来约]|电话|回访|联系|通话|会议|开会|会"
    "|演示|吃饭|饭局|培训)?"
)
_MOVE = lazy.regex("改[到约期在去成]|改$|[推挪移延]迟?后?到|[同一原老]时间")
_NO_DEED = lazy.regex("[不再约]*")
MEET = "见面"  # what was put off, where only its days are told: 孙丽周四没空 改约周五


def as_note(
    actor: Actor, found: Found, seen: Understanding, tagger: Taggers | None, at: datetime
) -> Understanding | None:
    """The message as a note: what was called off plans nothing, what was put off is due on the later day.

    None where a task is open, or the words make the same by themselves.
    """
    change, customer = found.change, found.customer
    if found.errands or customer is None or not found.is_named or change.corrects or change.is_order:
        return None
    if change.kind == "cancel":
        makes_task = seen.action == "remind" or (seen.action == "note" and seen.todo is not None)
        return _noted(actor, found, seen, tagger, at, None) if makes_task else None
    if change.later is None:
        return None
    if seen.reading.ask is None and not change.is_again and seen.action in ("note", "remind"):
        todo = _todo(actor, _called(change.words), change.later)
        if seen.todo is not None and todo is not None and _is_misread(seen.todo, todo, change.earlier):
            return _noted(actor, found, seen, tagger, at, todo)
    is_told = change.earlier is not None or bool(change.words) or change.later.at is not None
    is_meeting = _MEETING.fullmatch(change.words) is not None and is_told
    if seen.action not in ("note", "unclear") or not is_meeting:
        return None
    return _noted(actor, found, seen, tagger, at, _todo(actor, _called(change.words), change.later))


def _is_misread(made: Todo, todo: Todo, earlier: When | None) -> bool:
    """True where the words by themselves make a task of the day that was put off, or one that is called a move.

    One of a day before the later time is another matter, where nothing is put off: 招标提前到4月10号 标书4月3号前交.
    """
    if earlier is None and made.due_at.date() < todo.due_at.date():
        return False
    return (made.due_at, made.has_time) != (todo.due_at, todo.has_time) or _MOVE.search(made.what) is not None


def _called(words: str) -> str:
    """The task as it stands in a list: 不去 is 去一趟."""
    what = words.removeprefix("不") if not _NO_DEED.fullmatch(words) else MEET
    return what if len(what) >= told_entries.SHORTEST_TASK else f"{what}一趟"


def _noted(
    actor: Actor, found: Found, seen: Understanding, tagger: Taggers | None, at: datetime, todo: Todo | None
) -> Understanding:
    assert found.customer is not None
    about = understanding.about(actor, found.customer, seen.text, tagger, at)
    reading = replace(about.reading, task_what=None, task_when=None, doubted_on=None)
    return replace(about, reading=reading, todo=todo)


def _todo(actor: Actor, what: str, later: When) -> Todo | None:
    if later.at is not None:
        return Todo(what, later.at, True)
    return Todo(what, promises.on_day(later.on, actor.zone), False) if later.on is not None else None
