"""Which open task words put off or call off (拜访孙丽改到后天, 周五那个不用去了); the change can be undone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy.orm import Session

from crm import customers, day_order, drafts, named, outbox, task_moments, task_names, tasks, understanding
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Customer, Draft, Task
from crm.task_moments import Moment
from crm.tasks import Errand
from crm.understanding import Message, Understanding
from nlp import lazy, when
from nlp.reader import moves, visits_off
from nlp.reader.moves import Change

KIND = "task_change"  # of the draft that undoes one
UNTOLD: Literal["untold"] = "untold"  # the words change no task
JUST_NOW = timedelta(minutes=10)  # a reminder made then is what 改到后天 means
_FOR_GOOD = lazy.regex("以后|今后|往后|每次|从今往后")
_CLAUSE = lazy.regex(r"[,，。;；!！\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """The tasks that may be meant; `is_sure`: the only one is. `change` says what is to happen to it.

    customer: whose tasks were told, or who was shown last where nobody is named and no task is his
    is_named: the words name a customer
    fits: all that was said of the task holds of those found
    for_good: each time to come is meant (看库存以后改到9点)
    """

    change: Change
    errands: tuple[Errand, ...]
    is_sure: bool
    customer: Customer | None = None
    is_named: bool = False
    fits: bool = True
    for_good: bool = False

    def moments(self, actor: Actor) -> dict[int, Moment | None]:
        """Task → when it would be due; None: called off."""
        return {
            errand.task.task_id: task_moments.due(self.change, (errand.task.due_at, errand.task.has_time), actor)
            for errand in self.errands
        }


@dataclass(frozen=True, slots=True)
class Changed:
    """The task as it is now, when it was due before, and the draft that undoes the change."""

    errand: Errand
    was: Moment
    draft_id: int


@dataclass(frozen=True, slots=True)
class Undone:
    """The task after an undo; without `is_back` it was changed since and stays as it is."""

    errand: Errand
    is_back: bool


def meant(db: Session, actor: Actor, message: Message, seen: Understanding, now: datetime) -> Found | None:
    """The open tasks of the member which the message changes, none where none fits; None where it changes no task."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    called = next((words for row in whose if (words := named.words_for(row, message.text))), "")
    local = actor.local(now)
    change = moves.told(message.text, local, called) or visits_off.told(message.text, local, called)
    if change is None:
        return None
    if change.kind == "move" and change.is_hour and _FOR_GOOD.search(change.words):
        change = replace(change, words=_FOR_GOOD.sub("", change.words))
        found = _unnamed(
            db, actor, change, [one for one in tasks.find_open(db, actor) if one.task.recurrence], now, message.text
        )
        return replace(found, for_good=found.is_sure) if found is not None and found.errands else None
    mine = [one for one in tasks.find_open(db, actor) if not change.is_visit or visits_off.is_visit(one.task.what)]
    if called == "" and _names_another(message.text, mine, actor.local(now)):
        return None
    if (replied := _replied(db, message, mine)) is not None:
        return Found(change, (replied,), True, replied.customer)
    if change.is_afterthought:
        return None
    if called:
        fitting, fits = _fitting(mine, change, [row.customer_id for row in whose], actor)
        is_clear = fits and not change.is_news and not _tells_of_two(db, actor, message.text)
        customer = whose[0] if len(whose) == 1 else None
        return Found(change, tuple(fitting), is_clear and len(fitting) == 1, customer, True, fits)
    return _unnamed(db, actor, change, mine, now, message.text)


def _unnamed(
    db: Session, actor: Actor, change: Change, mine: Sequence[Errand], now: datetime, text: str
) -> Found | None:
    """The tasks meant where nobody is named; one of another than was shown last is not sure when nothing is told."""
    shown = customers.find_many(db, actor, [actor.current_customer_id] if actor.current_customer_id else [])
    customer = shown[0] if shown else None
    found, fits = _fitting(mine, change, (), actor)
    if found or change.earlier is not None or change.words:
        is_named = not change.words or (bool(found) and task_names.is_named_by(change.words, found[0], text))
        return Found(change, tuple(found), fits and len(found) == 1 and is_named, fits=fits)
    if change.is_every:
        return Found(change, tuple(mine), len(mine) == 1)
    found = _latest(mine, actor, now, change.corrects)
    if change.corrects and not found:
        return None
    is_his = customer is None or any(errand.task.customer_id == customer.customer_id for errand in found)
    return Found(change, tuple(found), len(found) == 1 and is_his, None if is_his else customer)


def _tells_of_two(db: Session, actor: Actor, text: str) -> bool:
    """True when one clause names two customers: which of them is met, and by whom, is not clear."""
    rows = understanding.touched(db, actor, text).values()
    called = [{words for row in rows if (words := named.words_for(row, clause))} for clause in _CLAUSE.split(text)]
    return any(len({one for one in each if not any(one in other for other in each - {one})}) > 1 for each in called)


def apply(
    db: Session, actor: Actor, task_id: int, to: Moment | None, now: datetime, origin: Origin | None = None
) -> Changed:
    """The task is due then, or called off where that is None; the draft brings back what was.

    `origin`: the message that told of it.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    errand, data = _put(db, actor, task_id, to, now)
    was = _moment(data["due_at"], data["has_time"])
    if origin is not None:
        data |= {"chat_id": origin.chat_id, "message_id": origin.message_id}
    draft = drafts.keep(db, actor, KIND, "", data, now)
    return Changed(errand, was, draft.draft_id)


def apply_all(db: Session, actor: Actor, to: Mapping[int, Moment | None], now: datetime) -> tuple[int, int]:
    """Those of the tasks that are still open are changed: how many, and the draft that brings all of them back."""
    open_ids = {errand.task.task_id for errand in tasks.find_open(db, actor)}
    held = [_put(db, actor, task_id, moment, now)[1] for task_id, moment in to.items() if task_id in open_ids]
    return len(held), drafts.keep(db, actor, KIND, "", {"tasks": held}, now).draft_id


def _put(db: Session, actor: Actor, task_id: int, to: Moment | None, now: datetime) -> tuple[Errand, dict[str, Any]]:
    """The task as it is now, and what brings back how it was."""
    errand = tasks.get_open(db, actor, task_id)
    was = (errand.task.due_at, errand.task.has_time)
    data: dict[str, Any] = {"task_id": task_id, "due_at": was[0].isoformat(), "has_time": was[1]}
    data["left"] = [to[0].isoformat(), to[1]] if to is not None else None
    if to is None:
        return tasks.cancel(db, actor, task_id, now), data
    tasks.follow(db, errand.task, actor.zone, now)
    tells_ahead = day_order.event_on(errand.task, actor.zone) is not None
    errand.task.due_at, errand.task.has_time = to
    if tells_ahead and day_order.event_on(errand.task, actor.zone) is None:  # the thing itself is moved
        data["what"], errand.task.what = errand.task.what, day_order.without_event(errand.task.what)
    return errand, data


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> list[Undone]:
    """The tasks are open and due as they were before the change, unless something else was done to them since;
    what followed them follows again.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; tasks.TaskNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    return [_put_back(db, actor, held) for held in data.get("tasks", [data])]


def _put_back(db: Session, actor: Actor, data: Mapping[str, Any]) -> Undone:
    errand = tasks.get(db, actor, int(data["task_id"]), to_change=True)
    if not _is_as_left(errand.task, data):
        return Undone(errand, False)
    errand = tasks.reopen(db, actor, errand.task.task_id)
    errand.task.due_at, errand.task.has_time = _moment(data["due_at"], data["has_time"])
    errand.task.what = data.get("what", errand.task.what)
    if "next" in data:
        errand.task.next_task_id = data["next"]
    for key, recurrence, was_open in data.get("series", ()):
        row = db.get_one(Task, key)
        row.recurrence = recurrence
        if was_open:
            row.cancelled_at = None
    return Undone(errand, True)


def _moment(due_at: str, has_time: bool) -> Moment:
    return datetime.fromisoformat(due_at), bool(has_time)


def of_message(db: Session, actor: Actor, origin: Origin) -> Draft | None:
    """The change that the member's message made or asks about, as the draft that holds it."""
    if origin.message_id is None:
        return None
    draft = drafts.find_open_by_message(db, actor, (KIND, "note"), origin.message_id)
    return draft if draft is not None and (draft.kind == KIND or "moments" in draft.data) else None


def again(
    db: Session, actor: Actor, draft: Draft, text: str, now: datetime
) -> tuple[Errand, Moment | Literal["untold"] | None]:
    """The task that the draft changed, and what its message makes of it as it is worded now; UNTOLD: no change.

    Raises: tasks.TaskNotFound
    """
    errand = tasks.get(db, actor, int(draft.data["task_id"]))
    called = named.words_for(errand.customer, text) if errand.customer is not None else ""
    change = moves.told(text, actor.local(now), called)
    was = _moment(draft.data["due_at"], draft.data["has_time"])
    return errand, task_moments.due(change, was, actor) if change is not None else UNTOLD


def _is_as_left(task: Task, data: Mapping[str, Any]) -> bool:
    """True when the task is as the change made it."""
    left = data.get("left")
    due_at, has_time = left or (data["due_at"], data["has_time"])
    is_off = task.cancelled_at is not None
    is_due_then = task.due_at == datetime.fromisoformat(due_at) and task.has_time == has_time
    return task.done_at is None and is_off == (left is None) and is_due_then


def _names_another(text: str, mine: Sequence[Errand], local: datetime) -> bool:
    """True when the text opens with somebody whom we do not know; 周五 is nobody, nor is what a task is called."""
    head = named.opening(text)
    if head is None or when.first(head, local) is not None:
        return False
    return not any(head in errand.task.what for errand in mine)


def _replied(db: Session, message: Message, mine: Sequence[Errand]) -> Errand | None:
    """The open task below whose card the message stands."""
    row = outbox.find_by_message(db, message.chat_id, message.replied_to) if message.replied_to else None
    task_id = row.task_id if row is not None else None
    return next((errand for errand in mine if errand.task.task_id == task_id), None) if task_id else None


def _fitting(
    mine: Sequence[Errand], change: Change, owners: Collection[int], actor: Actor
) -> tuple[list[Errand], bool]:
    """The tasks that customer, day and words speak of, and whether all that was said fits them."""
    pool = [errand for errand in mine if not owners or errand.task.customer_id in owners]
    on_day = [errand for errand in pool if task_moments.is_on(change.earlier, errand.task, actor)]
    alike = [errand for errand in pool if task_names.is_alike(change.words, errand)]
    alike = alike or [errand for errand in pool if owners and task_names.sounds_like(change.words, errand)]
    alike = alike or [errand for errand in pool if owners and _ends_with(change.words, errand)]
    alike = _titled(alike, change.words) or alike
    if change.words:
        both = [errand for errand in alike if errand in on_day]
        if change.earlier is None or both:
            return (both or alike), True
        return (alike or (on_day if owners else [])), False
    said = on_day or (pool if owners else [])
    hinted = [errand for errand in said if task_names.is_alike(change.hint, errand)]
    return (hinted or said), bool(on_day) or change.earlier is None


def _titled(alike: Sequence[Errand], words: str) -> list[Errand]:
    """Those that are called just so: 看库存 is not 拜访宋海涛; of a repetition the one that is due."""
    found = [errand for errand in alike if len(words) > 1 and words in errand.task.what]
    later = {errand.task.next_task_id for errand in found}
    return [errand for errand in found if errand.task.task_id not in later]


def _ends_with(words: str, errand: Errand) -> bool:
    """True for 重新招标 开标 of 开标 我们投42万: why it is moved stands before what the task is called."""
    name = errand.customer.name if errand.customer is not None else ""
    called = re.split(r"\W", errand.task.what.replace(name, "").strip())[0].removeprefix("去")
    return len(called) > 1 and words.endswith(called)


def _latest(mine: Sequence[Errand], actor: Actor, now: datetime, corrects: bool) -> list[Errand]:
    """The reminders made just now, else those of the customer shown last, else all; of a correction the last made."""
    fresh = [errand for errand in mine if errand.task.created_at >= now - JUST_NOW]
    if fresh or corrects:
        return sorted(fresh, key=lambda errand: errand.task.task_id)[-1:] if corrects else fresh
    shown = [errand for errand in mine if errand.task.customer_id == actor.current_customer_id is not None]
    return shown or list(mine)
