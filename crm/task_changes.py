"""Which open task words put off or call off (拜访孙丽改到后天, 周五那个不用去了); the change can be undone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import drafts, named, outbox, promises, tasks
from crm.members import Actor
from crm.tables import Customer, Task
from crm.tasks import Errand
from crm.understanding import Message, Understanding
from nlp import when
from nlp.reader import moves
from nlp.reader.moves import Change
from nlp.when import When

KIND = "task_change"  # of the draft that undoes one
ALIKE = 0.6  # share of the told characters that the task must hold
JUST_NOW = timedelta(minutes=10)  # a reminder made then is what 改到后天 means
_CLASSES = (
    re.compile("拜访|见面|会面|碰面|面谈|碰头|上门|走访|过去|去一?趟|见|去|来|约|看"),
    re.compile("电话|回电|致电|通话|联系|回访|打给|打"),
    re.compile("会议|开会|例会|早会|晨会|会$|会(?![议员场计展面])"),
    re.compile("吃饭|饭局|请客|聚餐|喝茶|喝酒|饭"),
)
Moment = tuple[datetime, bool]  # due at, and whether its hour counts


@dataclass(frozen=True, slots=True)
class Found:
    """The tasks that may be meant; `is_sure`: the only one is. `change` says what is to happen to it."""

    change: Change
    errands: tuple[Errand, ...]
    is_sure: bool
    customer: Customer | None = None

    def moments(self, actor: Actor) -> dict[int, Moment | None]:
        """Task → when it would be due; None: called off."""
        return {errand.task.task_id: _due(self.change, errand.task, actor) for errand in self.errands}


@dataclass(frozen=True, slots=True)
class Changed:
    """The task as it is now, when it was due before, and the draft that undoes the change."""

    errand: Errand
    was: Moment
    draft_id: int


def meant(db: Session, actor: Actor, message: Message, seen: Understanding, now: datetime) -> Found | None:
    """The open tasks of the member which the message changes, none where none fits; None where it changes no task."""
    whose = [seen.customer] if seen.customer is not None else seen.candidates
    called = next((words for row in whose if (words := named.words_for(row, message.text))), "")
    change = moves.told(message.text, actor.local(now), called)
    if change is None:
        return None
    mine = tasks.find_open(db, actor)
    if called == "" and _names_another(message.text, mine, actor.local(now)):
        return None
    if (replied := _replied(db, message, mine)) is not None:
        return Found(change, (replied,), True, replied.customer)
    owners = [row.customer_id for row in whose] if called else []
    customer = whose[0] if called and len(whose) == 1 else None
    found, is_sure = _fitting(mine, change, owners, actor)
    if not found and not owners and change.earlier is None and not change.words:
        found, is_sure = _latest(mine, actor, now, change.corrects), True
        if change.corrects and not found:
            return None
    return Found(change, tuple(found), is_sure and len(found) == 1, customer)


def apply(db: Session, actor: Actor, task_id: int, to: Moment | None, now: datetime) -> Changed:
    """The task is due then, or called off where that is None; the draft brings back what was.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    errand = tasks.get_open(db, actor, task_id)
    was = (errand.task.due_at, errand.task.has_time)
    data = {"task_id": task_id, "due_at": was[0].isoformat(), "has_time": was[1]}
    if to is None:
        errand = tasks.cancel(db, actor, task_id, now)
    else:
        errand.task.due_at, errand.task.has_time = to
    draft = drafts.keep(db, actor, KIND, "", data, now)
    return Changed(errand, was, draft.draft_id)


def repeated(db: Session, actor: Actor, seen: Understanding) -> Errand | None:
    """The one repeated task of which 打卡提醒停掉 speaks; None where the words mean none, several or a task done."""
    if not moves.stops(seen.text):
        return None
    customer_id = seen.customer.customer_id if seen.customer is not None else None
    found = tasks.matching(tasks.find_open(db, actor), seen.reading.task_what or "", customer_id)
    later = {errand.task.next_task_id for errand in found}
    first = [errand for errand in found if errand.task.task_id not in later]
    return first[0] if len(first) == 1 and first[0].task.recurrence else None


def stop(db: Session, actor: Actor, task_id: int, now: datetime) -> Changed:
    """The task and all that would follow it are called off; the draft brings the repetition back.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    row: Task | None = tasks.get_open(db, actor, task_id).task
    series = []
    while row is not None:
        series.append([row.task_id, row.recurrence, row.done_at is None and row.cancelled_at is None])
        row = db.get(Task, row.next_task_id) if row.next_task_id is not None else None
    made = apply(db, actor, task_id, None, now)
    tasks.end_series(db, actor, task_id, now)
    draft = drafts.get(db, actor, made.draft_id)
    draft.data = {**draft.data, "series": series}
    return made


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> Errand:
    """The task is open and due as it was before the change, and what followed it follows again.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; tasks.TaskNotFound
    """
    data = drafts.take(db, actor, draft_id, now, (KIND,)).data
    errand = tasks.reopen(db, actor, int(data["task_id"]))
    errand.task.due_at, errand.task.has_time = datetime.fromisoformat(data["due_at"]), bool(data["has_time"])
    for key, recurrence, was_open in data.get("series", ()):
        row = db.get_one(Task, key)
        row.recurrence = recurrence
        if was_open:
            row.cancelled_at = None
    return errand


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
    on_day = [errand for errand in pool if _is_on(change.earlier, errand.task, actor)]
    alike = [errand for errand in pool if _is_alike(change.words, errand)]
    if change.words:
        both = [errand for errand in alike if errand in on_day]
        if change.earlier is None or both:
            return (both or alike), True
        return (alike or (on_day if owners else [])), False
    said = on_day or (pool if owners else [])
    hinted = [errand for errand in said if _is_alike(change.hint, errand)]
    return (hinted or said), bool(on_day) or change.earlier is None


def _latest(mine: Sequence[Errand], actor: Actor, now: datetime, corrects: bool) -> list[Errand]:
    """The reminders made just now, else those of the customer shown last, else all; of a correction the last made."""
    fresh = [errand for errand in mine if errand.task.created_at >= now - JUST_NOW]
    if fresh or corrects:
        return sorted(fresh, key=lambda errand: errand.task.task_id)[-1:] if corrects else fresh
    shown = [errand for errand in mine if errand.task.customer_id == actor.current_customer_id is not None]
    return shown or list(mine)


def _is_on(day: When | None, task: Task, actor: Actor) -> bool:
    """True when the task was due on the day that was told, at its hour if one was."""
    if day is None or day.on is None:
        return False
    due = actor.local(task.due_at)
    return due.date() == day.on and (day.at is None or not task.has_time or due.time() == day.at.time())


def _is_alike(words: str, errand: Errand) -> bool:
    """True when the task is called so, or is of the same kind: 见面 is a visit."""
    if not words:
        return False
    customer = errand.customer
    name, firm = (customer.name, customer.company or "") if customer is not None else ("", "")
    told, what = set(re.sub(r"\W", "", words)), errand.task.what
    if told and len(told & set(f"{what}{name}{firm}")) / len(told) >= ALIKE:
        return True
    bare = what.replace(name, "") if name else what
    return len(words) <= 4 and any(kind.search(words) and kind.search(bare) for kind in _CLASSES)


def _due(change: Change, task: Task, actor: Actor) -> Moment | None:
    """When the task is due after the change; a day alone keeps the hour, an hour alone the day and its half."""
    if change.kind == "cancel":
        return None
    due = actor.local(task.due_at)
    if change.by is not None:
        has_time = task.has_time or abs(change.by) % timedelta(days=1) != timedelta(0)
        return due + change.by, has_time
    later = change.later
    if later is not None and later.at is not None:
        on = due.date() if change.is_hour else later.at.date()
        hour = _in_same_half(later, due.hour) if task.has_time else later.at.hour
        return datetime.combine(on, later.at.timetz().replace(hour=hour)), True
    assert later is not None
    assert later.on is not None
    if task.has_time:
        return datetime.combine(later.on, due.timetz()), True
    return promises.on_day(later.on, actor.zone), False


_BARE_HOUR = re.compile(r"(?<![\d:])(?:[1-9]|1[01]|[一二两三四五六七八九十]|十一)(?:点|[:：]\d\d)")
_PART_OF_DAY = re.compile(r"(?i)[早晚午夜晨]|(?<![a-z])[ap]\.?m")
_EARLIEST, _EVENING, _LATEST = 7, 18, 21  # a morning's hours begin, an evening's begin, a working day's end


def _in_same_half(later: When, was: int) -> int:
    """The hour in the half of the day in which the task stood (8:30 → 改8点 is 08:00), unless its words name one.

    One o'clock after a morning is in the afternoon, eleven after an afternoon is before noon.
    """
    assert later.at is not None
    if not _BARE_HOUR.search(later.words) or _PART_OF_DAY.search(later.words):
        return later.at.hour
    early = later.at.hour % 12
    if was < 12:
        return early if early >= min(_EARLIEST, was) else early + 12
    return early if early + 12 > _LATEST and was < _EVENING else early + 12
