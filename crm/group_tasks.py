"""Tasks for a whole group: one a customer for its owner, proposed, made by one press and taken back by another.

A draft holds what was proposed (who, by when) and then the tasks that were made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import customers, drafts, members, outbox, promises, tasks
from crm.members import Actor
from crm.outbox import Planned
from crm.tables import Customer, CustomerSummary, Draft, Member, Outbox, Task
from scoring.groups import Group

KIND = "group_tasks"
PUSH, UNDONE_PUSH = "group_tasks", "group_tasks_undone"
MOST = 200  # tasks of one press, the customers with most money first
A_DAY = 10  # of one owner's; the rest go to the next working days
PLANNED_WITHIN = timedelta(days=7)  # who has an open task as near as that gets no second one


class NobodyLeft(ValueError):
    """No customer of the group is without a task and may be called: `.args` are how many there are."""


class AlreadyUndone(RuntimeError):
    """The tasks were taken back before, or never made."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What would be made: for how many of `customers`, for whom, and over how many working days.

    `planned`: how many have a task already; `left_alone`: want no contact or have no owner who is here.
    """

    draft_id: int
    group: Group
    customers: int
    chosen: int
    planned: int
    left_alone: int
    by_owner: list[tuple[str, int]]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Batch:
    """Tasks that were made together: (owner's name, how many), most first; `undone` of them were taken back."""

    draft_id: int
    group: Group
    by_owner: list[tuple[str, int]]
    undone: int = 0
    done: int = 0

    @property
    def count(self) -> int:
        """How many tasks were made."""
        return sum(number for _, number in self.by_owner)


def propose(db: Session, actor: Actor, group: Group, now: datetime) -> Proposal:
    """What tasks for this group would be; nothing is made yet.

    Raises: NobodyLeft
    """
    fits = _in_group(actor, group)
    total = _count(db, fits)
    callable_ = and_(fits, _callable())
    free = and_(callable_, ~has_task(now))
    rows = db.execute(
        _customers(free, Customer.customer_id, Customer.owner_id, Member.name)
        .order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
        .limit(MOST)
    ).all()
    if not rows:
        raise NobodyLeft(total)
    may_call = _count(db, callable_)
    dated = _dated([(row[0], row[1]) for row in rows], actor.today(now))
    days = [on for _, _, on in dated]
    data = {"group": str(group), "tasks": [[c, o, on.isoformat()] for c, o, on in dated]}
    draft = drafts.keep(db, actor, KIND, str(group), data, now)
    counted = Counter(row[2] for row in rows).most_common()
    planned = may_call - _count(db, free)
    return Proposal(draft.draft_id, group, total, len(rows), planned, total - may_call, counted, min(days), max(days))


def make(db: Session, actor: Actor, draft_id: int, what: str, now: datetime) -> Batch:
    """Each customer that was proposed, and still has that owner and no other task, has a task; owners hear of it once.

    Raises: drafts.DraftNotFound; drafts.DraftResolved; NobodyLeft
    """
    draft = drafts.take(db, actor, draft_id, now, (KIND,))
    wanted = {int(row[0]): (int(row[1]), date.fromisoformat(row[2])) for row in draft.data["tasks"]}
    rows = db.execute(
        _customers(
            and_(customers.visible(actor), Customer.customer_id.in_(wanted), _callable(), ~has_task(now)),
            *(Customer.customer_id, Customer.owner_id, Member.name),
        )
    ).all()
    kept = [(c, o, name, wanted[c][1]) for c, o, name in rows if wanted[c][0] == o]
    if not kept:
        raise NobodyLeft(len(wanted))
    made = db.scalars(
        insert(Task).returning(Task.task_id),
        [_task(actor, c, o, what, on, now) for c, o, _, on in kept],
    ).all()
    draft.data = {**draft.data, "made": list(made), "what": what}
    _tell(db, actor, draft_id, PUSH, [o for _, o, _, _ in kept], now)
    return Batch(draft_id, Group(draft.data["group"]), Counter(name for _, _, name, _ in kept).most_common())


def undo(db: Session, actor: Actor, draft_id: int, now: datetime) -> Batch:
    """The open tasks of the batch are taken back; those done meanwhile stay. Owners who heard of them hear of it.

    Raises: drafts.DraftNotFound; AlreadyUndone
    """
    draft = _batch(db, actor, draft_id)
    if draft is None:
        raise drafts.DraftNotFound(draft_id)
    made = draft.data.get("made")
    if not made or draft.data.get("undone"):
        raise AlreadyUndone(draft_id)
    rows = list(db.scalars(select(Task).where(Task.task_id.in_(made)).with_for_update()))
    still_open = [row for row in rows if row.done_at is None and row.cancelled_at is None]
    for row in still_open:
        row.cancelled_at = now
    draft.data = {**draft.data, "undone": True}
    db.flush()
    heard = _heard(db, draft_id, {row.assignee_id for row in still_open})
    _tell(db, actor, draft_id, UNDONE_PUSH, [r.assignee_id for r in still_open if r.assignee_id in heard], now)
    done = sum(row.done_at is not None for row in rows)
    return Batch(draft_id, Group(draft.data["group"]), [("", len(rows))], len(still_open), done)


def of_owner(db: Session, draft_id: int, member_id: int) -> list[tuple[Task, Customer]]:
    """The owner's open tasks of a batch with their customers, soonest first."""
    draft = db.get(Draft, draft_id)
    made = draft.data.get("made") or [] if draft is not None else []
    rows = tasks.with_living_customer().where(Task.task_id.in_(made), Task.assignee_id == member_id, tasks.is_open())
    return [(row[0], row[1]) for row in db.execute(rows.order_by(Task.due_at, Task.task_id))]


def undone_of(db: Session, draft_id: int, member_id: int) -> int:
    """How many of the owner's tasks of a batch were taken back."""
    draft = db.get(Draft, draft_id)
    made = draft.data.get("made") or [] if draft is not None else []
    gone = (Task.task_id.in_(made), Task.assignee_id == member_id, Task.cancelled_at.is_not(None))
    return int(db.scalar(select(func.count()).select_from(Task).where(*gone)) or 0)


def _in_group(actor: Actor, group: Group) -> ColumnElement[bool]:
    mine, kept = customers.visible(actor), CustomerSummary.value_group
    if group is Group.NO_VALUE:
        return and_(mine, func.coalesce(kept, "no_value") == "no_value")
    return and_(mine, CustomerSummary.team_id == actor.team_id, kept == str(group))


def _callable() -> ColumnElement[bool]:
    return and_(Customer.no_contact.is_(False), Member.member_id.is_not(None), Member.left_at.is_(None))


def has_task(now: datetime) -> ColumnElement[bool]:
    """True for customers with an open task that is due within a week."""
    mine = (Task.customer_id == Customer.customer_id, tasks.is_open(), Task.due_at <= now + PLANNED_WITHIN)
    return exists().where(*mine).correlate(Customer)


def _customers(fits: ColumnElement[bool], *columns: Any) -> Any:
    joined = select(*columns).select_from(Customer)
    joined = joined.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    return joined.outerjoin(Member, Member.member_id == Customer.owner_id).where(fits)


def _count(db: Session, fits: ColumnElement[bool]) -> int:
    return int(db.scalar(_customers(fits, func.count(Customer.customer_id))) or 0)


def _dated(chosen: Sequence[tuple[int, int]], today: date) -> list[tuple[int, int, date]]:
    """Each customer with its owner and a day: A_DAY an owner from the next working day on."""
    days = [workdays.next_workday(today)]
    given: Counter[int] = Counter()
    dated = []
    for customer_id, owner_id in chosen:
        place = given[owner_id] // A_DAY
        while len(days) <= place:
            days.append(workdays.next_workday(days[-1]))
        given[owner_id] += 1
        dated.append((customer_id, owner_id, days[place]))
    return dated


def _task(actor: Actor, customer_id: int, owner_id: int, what: str, on: date, now: datetime) -> dict[str, Any]:
    return {
        "team_id": actor.team_id,
        "customer_id": customer_id,
        "assignee_id": owner_id,
        "created_by_id": actor.member_id,
        "kind": "follow_up",
        "what": what,
        "due_at": promises.on_day(on, actor.zone),
        "has_time": False,
        "created_at": now,
    }


def _tell(db: Session, actor: Actor, draft_id: int, push: str, owner_ids: Sequence[int], now: datetime) -> None:
    """Each of the owners but the actor has one message planned."""
    owners = {owner_id for owner_id in owner_ids if owner_id != actor.member_id}
    planned = [
        Planned(
            key=f"{push}:{draft_id}:{member.member_id}",
            push=push,
            team_id=actor.team_id,
            chat_id=member.user_id,
            due_at=now,
            data={"draft_id": draft_id, "by": actor.name},
            member_id=member.member_id,
        )
        for member in members.present(db, actor.team_id)
        if member.member_id in owners
    ]
    outbox.enqueue(db, planned, now)


def _heard(db: Session, draft_id: int, owner_ids: set[int]) -> set[int]:
    """Those of the owners whose message of the batch has gone out."""
    keys = {f"{PUSH}:{draft_id}:{owner_id}": owner_id for owner_id in owner_ids}
    sent = select(Outbox.key).where(Outbox.key.in_(keys), Outbox.state == "sent")
    return {keys[key] for key in db.scalars(sent) if key is not None}


def _batch(db: Session, actor: Actor, draft_id: int) -> Draft | None:
    mine = (Draft.draft_id == draft_id, Draft.member_id == actor.member_id, Draft.kind == KIND)
    return db.scalar(select(Draft).where(*mine, Draft.team_id == actor.team_id).with_for_update())
