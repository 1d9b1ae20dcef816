"""Tasks: what a member will do and when; done, put off, moved, taken back, and what follows a repeated one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from crm import customers, members, promises
from crm.customers import Origin
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Member, Task, Team
from nlp import when

MORNING = time(9)  # 明早, and the hour of a task that is put off to a day
TIMED = ("morning", "tomorrow", "week")  # the other days have no hour: they stand on the card of the day
LOOKED_AT = 200  # open tasks among which a finished one is sought


class TaskNotFound(LookupError):
    """There is no such task, or it is none of the member's business."""


class TaskClosed(RuntimeError):
    """The task is done or taken back: it cannot be moved."""

    def __init__(self, task_id: int) -> None:
        super().__init__(task_id)
        self.task_id = task_id


class ChoiceUnknown(ValueError):
    """No such way to put a task off."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A task with its customer, its assignee's name and the occurrence after it. `changed`: this call did it."""

    task: Task
    customer: Customer | None
    assignee: str
    following: Task | None = None
    changed: bool = True


def is_open() -> ColumnElement[bool]:
    """True for tasks neither done nor taken back."""
    return and_(Task.done_at.is_(None), Task.cancelled_at.is_(None))


def with_living_customer() -> Select[tuple[Task, Customer, str]]:
    """Tasks with their customer and assignee's name; those of erased customers are left out."""
    return (
        select(Task, Customer, Member.name)
        .join(Member, Member.member_id == Task.assignee_id)
        .outerjoin(Customer, Customer.customer_id == Task.customer_id)
        .where(or_(Task.customer_id.is_(None), Customer.deleted_at.is_(None)))
    )


def get(db: Session, actor: Actor, task_id: int, *, to_change: bool = False) -> Errand:
    """The task: the member's own, or any of the team for who sees the team; `to_change`: nobody else changes it now.

    Raises: TaskNotFound
    """
    wanted = with_living_customer().where(Task.task_id == task_id, Task.team_id == actor.team_id)
    if not actor.sees_team:
        wanted = wanted.where(Task.assignee_id == actor.member_id)
    if to_change:
        wanted = wanted.with_for_update(of=Task).execution_options(populate_existing=True)
    row = db.execute(wanted).one_or_none()
    if row is None:
        raise TaskNotFound(task_id)
    return _errand(db, row)


def add(
    db: Session, actor: Actor, customer_id: int | None, todo: Todo, now: datetime, origin: Origin | None = None
) -> Errand:
    """The reminder is the member's own.

    Raises: customers.CustomerNotFound
    """
    if customer_id is not None:
        customers.get(db, actor, customer_id)
    row = promises.add(db, actor, customer_id, None, todo, "reminder", now, origin)
    return get(db, actor, row.task_id)


def find_by_origin(db: Session, actor: Actor, origin: Origin) -> Errand | None:
    """The member's open reminder that was made from this message."""
    if origin.message_id is None:
        return None
    mine = (Task.source_chat_id == origin.chat_id, Task.source_message_id == origin.message_id)
    row = db.execute(
        with_living_customer()
        .where(*mine, Task.assignee_id == actor.member_id, is_open())
        .order_by(Task.task_id.desc())
    ).first()
    return _errand(db, row) if row is not None else None


def complete(db: Session, actor: Actor, task_id: int, now: datetime) -> Errand:
    """The task is done, and the next of a repeated one is a row; a second time changes nothing.

    Raises: TaskNotFound; TaskClosed when it was taken back
    """
    errand = get(db, actor, task_id, to_change=True)
    task = errand.task
    if task.done_at is not None:
        return _unchanged(errand)
    if task.cancelled_at is not None:
        raise TaskClosed(task_id)
    task.done_at = now
    follow(db, task, actor.zone, now)
    return get(db, actor, task_id)


def reopen(db: Session, actor: Actor, task_id: int) -> Errand:
    """The task is open again, done or taken back as it was; what followed it stays.

    Raises: TaskNotFound
    """
    errand = get(db, actor, task_id)
    task = errand.task
    if task.done_at is None and task.cancelled_at is None:
        return _unchanged(errand)
    task.done_at = task.cancelled_at = None
    return errand


def cancel(db: Session, actor: Actor, task_id: int, now: datetime) -> Errand:
    """The task is taken back; nothing follows one whose time had not come. A second time changes nothing.

    Raises: TaskNotFound; TaskClosed when it is done
    """
    errand = get(db, actor, task_id)
    if errand.task.cancelled_at is not None:
        return _unchanged(errand)
    if errand.task.done_at is not None:
        raise TaskClosed(task_id)
    errand.task.cancelled_at = now
    return errand


def end_series(db: Session, actor: Actor, task_id: int, now: datetime) -> Errand:
    """Nothing follows the task any more: its open later occurrences are taken back.

    Raises: TaskNotFound
    """
    errand = get(db, actor, task_id)
    row: Task | None = errand.task
    while row is not None:
        if row is not errand.task and row.done_at is None:
            row.cancelled_at = row.cancelled_at or now
        row.recurrence = None
        row = db.get(Task, row.next_task_id) if row.next_task_id is not None else None
    return Errand(errand.task, errand.customer, errand.assignee)


def get_open(db: Session, actor: Actor, task_id: int) -> Errand:
    """The task, still to be done.

    Raises: TaskNotFound; TaskClosed
    """
    errand = get(db, actor, task_id)
    if errand.task.done_at is not None or errand.task.cancelled_at is not None:
        raise TaskClosed(task_id)
    return errand


def retime(db: Session, actor: Actor, task_id: int, todo: Todo, now: datetime) -> Errand:
    """The open task is due when `todo` says; a new repetition replaces the old one, none leaves it.

    What follows an occurrence that is moved comes when it would have come.

    Raises: TaskNotFound; TaskClosed
    """
    errand = get_open(db, actor, task_id)
    if todo.recurrence is None:
        follow(db, errand.task, actor.zone, now)
    errand.task.due_at, errand.task.has_time = todo.due_at, todo.has_time
    errand.task.recurrence = todo.recurrence or errand.task.recurrence
    return errand


def snooze(db: Session, actor: Actor, task_id: int, choice: str, now: datetime) -> Errand:
    """The open task is put off: hour | morning | week.

    Raises: TaskNotFound; TaskClosed; ChoiceUnknown
    """
    errand = get_open(db, actor, task_id)
    follow(db, errand.task, actor.zone, now)
    errand.task.due_at, errand.task.has_time = chosen(choice, actor.zone, now)
    return errand


def chosen(choice: str, zone: ZoneInfo, now: datetime) -> tuple[datetime, bool]:
    """The instant a button stands for, and whether its hour counts.

    Raises: ChoiceUnknown
    """
    local = now.astimezone(zone)
    ahead = {"morning": 1, "tomorrow": 1, "overmorrow": 2, "week": 7, "monday": 7 - local.weekday()}
    if choice == "hour":
        return (now + timedelta(hours=1)).replace(second=0, microsecond=0), True
    if choice == "afternoon":
        at = datetime.combine(local.date(), time(15), zone)
        return (at if at > now else (now + timedelta(hours=1)).replace(second=0, microsecond=0)), True
    if choice not in ahead:
        raise ChoiceUnknown(choice)
    return datetime.combine(local.date() + timedelta(days=ahead[choice]), MORNING, zone), choice in TIMED


def follow(db: Session, task: Task, zone: ZoneInfo, now: datetime) -> Task | None:
    """The next occurrence of a repeated task is a row, the first that lies ahead; None when there is none to make.

    The caller holds the task's row, so that no other replica makes the same one.
    """
    if task.recurrence is None or task.next_task_id is not None:
        return None
    try:
        due_at = when.next_occurrence(task.recurrence, task.due_at.astimezone(zone))
        while due_at <= now:
            due_at = when.next_occurrence(task.recurrence, due_at)
    except when.SeriesOver:
        task.recurrence = None  # this was the last
        return None
    following = Task(
        team_id=task.team_id,
        customer_id=task.customer_id,
        assignee_id=task.assignee_id,
        created_by_id=task.created_by_id,
        note_id=None,
        kind=task.kind,
        what=task.what,
        due_at=due_at,
        has_time=task.has_time,
        recurrence=task.recurrence,
        created_at=now,
    )
    db.add(following)
    db.flush([following])
    task.next_task_id = following.task_id
    return following


def roll(db: Session, team: Team, now: datetime, limit: int) -> int:
    """Repeated tasks whose time has come have their next row; what was missed before gives way, what was moved not."""
    due = select(Task).where(Task.team_id == team.team_id, is_open(), Task.due_at <= now)
    due = due.where(Task.recurrence.is_not(None), Task.next_task_id.is_(None)).limit(limit)
    rolling = list(db.scalars(due.with_for_update(skip_locked=True)))  # what another replica rolls now is left to it
    for task in rolling:
        follow(db, task, members.zone_of(db.get_one(Member, task.assignee_id), team), now)
    ids = [task.task_id for task in rolling]
    if ids:
        before = select(Task.task_id).where(Task.next_task_id.in_(ids))
        missed = or_(Task.next_task_id.in_(ids), Task.next_task_id.in_(before))
        db.execute(update(Task).where(missed, is_open(), Task.due_at <= now).values(cancelled_at=now))
    return len(rolling)


def find_open(db: Session, actor: Actor, limit: int = LOOKED_AT) -> list[Errand]:
    """The member's open tasks, those due first before the others."""
    mine = with_living_customer().where(Task.assignee_id == actor.member_id, is_open())
    rows = db.execute(mine.order_by(Task.due_at, Task.task_id).limit(limit))
    return [Errand(row[0], row[1], row[2]) for row in rows]


def _errand(db: Session, row: Sequence[object]) -> Errand:
    task, customer, assignee = row
    assert isinstance(task, Task)
    following = db.get(Task, task.next_task_id) if task.next_task_id is not None else None
    return Errand(task, customer if isinstance(customer, Customer) else None, str(assignee), following)


def _unchanged(errand: Errand) -> Errand:
    return Errand(errand.task, errand.customer, errand.assignee, errand.following, changed=False)
