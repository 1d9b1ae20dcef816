"""A repetition as a whole: at another hour from now on, or at its end; task_changes.undo brings back what was."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import drafts, task_changes, tasks
from crm.customers import Origin
from crm.members import Actor
from crm.tables import Task
from crm.task_moments import Moment
from nlp import lazy, when

_HOUR = lazy.regex(r";T\d\d:\d\d")


def retime(
    db: Session, actor: Actor, task_id: int, to: Moment | None, now: datetime, origin: Origin | None = None
) -> task_changes.Changed:
    """The repetition comes at that hour from now on; the draft brings the old hour back.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    assert to is not None
    first = tasks.get_open(db, actor, task_id).task
    series = _as_it_is(db, first)
    code = f"{_HOUR.sub('', first.recurrence or '')};T{actor.local(to[0]):%H:%M}"
    moment = to if to[0] > now else (_next(code, actor.local(now)) or to[0], True)
    following, first.next_task_id, first.recurrence = first.next_task_id, None, None  # what follows comes anew
    made = task_changes.apply(db, actor, task_id, moment, now)
    for key, _, was_open in series[1:]:
        later = db.get_one(Task, key)
        later.cancelled_at = now if was_open else later.cancelled_at
    first.recurrence = code
    draft = drafts.get(db, actor, made.draft_id)
    ids = {"chat_id": origin.chat_id, "message_id": origin.message_id} if origin is not None else {}
    draft.data = {**draft.data, "series": series, "next": following, **ids}
    return made


def _next(code: str, local: datetime) -> datetime | None:
    try:
        return when.next_occurrence(code, local)
    except when.SeriesOver:
        return None


def stop(db: Session, actor: Actor, task_id: int, now: datetime) -> task_changes.Changed:
    """The task and all that would follow it are called off; the draft brings the repetition back.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    series = _as_it_is(db, tasks.get_open(db, actor, task_id).task)
    made = task_changes.apply(db, actor, task_id, None, now)
    tasks.end_series(db, actor, task_id, now)
    draft = drafts.get(db, actor, made.draft_id)
    draft.data = {**draft.data, "series": series}
    return made


def _as_it_is(db: Session, first: Task) -> list[tuple[int, str | None, bool]]:
    """Of the task and of each that follows it the id, the repetition and whether it is open, for the draft."""
    series, row = [], first
    while True:
        series.append((row.task_id, row.recurrence, row.done_at is None and row.cancelled_at is None))
        if row.next_task_id is None or (following := db.get(Task, row.next_task_id)) is None:
            return series
        row = following
