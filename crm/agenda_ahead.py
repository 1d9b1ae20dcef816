"""What lies ahead of a member: tasks and birthdays of the days to come, as 明天有什么安排 asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from almanac.lunar import ImpossibleLunarDate
from crm import agenda, customers, day_order, tasks
from crm.members import Actor
from crm.tables import Customer, Task, Team

LONGEST = 62  # days
LOOKED_AT = 300  # tasks


@dataclass(frozen=True, slots=True)
class Thing:
    """A task, or without one the birthday of a customer, of a day; of a task told ahead also the day of the thing."""

    on: date
    customer: Customer | None
    task: Task | None = None


def find_of_team(db: Session, actor: Actor, first: date, last: date, word: str = "") -> list[Thing]:
    """The open tasks of everybody whom the member sees, his own first; those that hold the word, if any does."""
    if not actor.sees_team:
        found = find(db, actor, first, last)
    else:
        found = _tasks(db, actor, None, first, min(last, first + timedelta(days=LONGEST)))
        found.sort(key=lambda thing: (_is_anothers(thing, actor), thing.on, _hour(thing, actor)))
    held = [thing for thing in found if word and thing.task is not None and word in thing.task.what]
    return held or found


def _is_anothers(thing: Thing, actor: Actor) -> bool:
    return thing.task is not None and thing.task.assignee_id != actor.member_id


def find(db: Session, actor: Actor, first: date, last: date, member_id: int | None = None) -> list[Thing]:
    """The member's open tasks of those days, and the birthdays of the member's own customers, by day and hour.

    What a task tells of ahead of its day (拜访宋海涛（4月1日 10:00）) stands on that day where it is one of them.

    `member_id`: those of this colleague, for who sees the team.
    Raises: members.NotAllowed
    """
    if member_id not in (None, actor.member_id):
        actor.require("manager")
    whose = member_id or actor.member_id
    last = min(last, first + timedelta(days=LONGEST))
    found = [*_tasks(db, actor, whose, first, last), *_born(db, actor, whose, first, last)]
    return sorted(found, key=lambda thing: (thing.on, _hour(thing, actor)))


def _tasks(db: Session, actor: Actor, whose: int | None, first: date, last: date) -> list[Thing]:
    """The open tasks of those days; without `whose` everybody's of the team."""
    start = datetime.combine(first, time(0), actor.zone)
    end = datetime.combine(last + timedelta(days=1), time(0), actor.zone)
    due = tasks.with_living_customer().where(
        _of(actor, whose), tasks.is_open(), Task.due_at >= start, Task.due_at < end
    )
    rows = db.execute(due.order_by(Task.due_at, Task.task_id).limit(LOOKED_AT))
    ahead = _told_ahead(db, actor, whose, first, last)
    on_its_day = {thing.task for thing in ahead}
    return [
        *(Thing(actor.local(row[0].due_at).date(), row[1], row[0]) for row in rows if row[0] not in on_its_day),
        *ahead,
    ]


def _of(actor: Actor, whose: int | None) -> ColumnElement[bool]:
    return Task.team_id == actor.team_id if whose is None else Task.assignee_id == whose


def _told_ahead(db: Session, actor: Actor, whose: int | None, first: date, last: date) -> list[Thing]:
    since = datetime.combine(first - timedelta(days=LONGEST), time(0), actor.zone)
    end = datetime.combine(last + timedelta(days=1), time(0), actor.zone)
    told = tasks.with_living_customer().where(
        *(_of(actor, whose), tasks.is_open(), Task.due_at >= since, Task.due_at < end),
        Task.what.contains("日"),
        Task.what.endswith("）"),
    )
    found = []
    for task, customer, _ in db.execute(told.order_by(Task.due_at, Task.task_id).limit(LOOKED_AT)):
        on = day_order.event_on(task, actor.zone)
        if on is not None and first <= on <= last:
            found.append(Thing(on, customer, task))
    return found


def all_open(db: Session, actor: Actor) -> list[Thing]:
    """The member's open tasks, the overdue and the repeated ones with them, those due first before the others."""
    mine = tasks.find_open(db, actor, LOOKED_AT)
    later = {errand.task.next_task_id for errand in mine}
    kept = (errand for errand in mine if errand.task.task_id not in later)
    return [Thing(actor.local(one.task.due_at).date(), one.customer, one.task) for one in kept]


def _hour(thing: Thing, actor: Actor) -> tuple[bool, float]:
    """What has its hour first; then what is of the day."""
    task = thing.task
    if task is None:
        return True, 0.0
    if actor.local(task.due_at).date() != thing.on:
        at = day_order.event_at(task, actor.zone)
        return at is None, at.timestamp() if at is not None else 0.0
    return not task.has_time, task.due_at.timestamp()


def _born(db: Session, actor: Actor, whose: int, first: date, last: date) -> list[Thing]:
    feb29 = agenda.feb29_of(db.get_one(Team, actor.team_id))
    mine = and_(customers.in_team(actor), Customer.owner_id == whose)
    found = []
    for on in (first + timedelta(days=ahead) for ahead in range((last - first).days + 1)):
        try:
            ids = agenda.born_on(on, feb29)
        except ImpossibleLunarDate:
            continue
        found += [Thing(on, row) for row in db.scalars(select(Customer).where(mine, Customer.customer_id.in_(ids)))]
    return found
