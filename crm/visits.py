"""Visits: planned by customer, area or building, listed by place, done with a result; what is not done stays listed.

A visit may do a task of the member ('明天拜访张伟'): then the day's list shows it once, and its result ends the task.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, day_order, members, places, promises, tasks
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Task, Visit

OUTCOMES = ("met", "interested", "nobody", "dropped")
ENDING = ("met", "interested")  # what does the task that was to be done there
LATER = {"tomorrow": 1, "overmorrow": 2, "week": 7}
FURTHEST = timedelta(days=366)
LONGEST_PLACE = 40
MOST_AT_ONCE = 50
SPEAKS_OF_VISIT = ("拜访", "走访", "上门", "登门", "面谈", "见面", "扫楼", "去一趟")


class VisitNotFound(LookupError):
    """There is no such visit, or it is none of the member's business."""


class VisitOver(RuntimeError):
    """The visit has a result already."""

    def __init__(self, visit_id: int) -> None:
        super().__init__(visit_id)
        self.visit_id = visit_id


class DayImpossible(ValueError):
    """Nobody visits in the past, or in more than a year."""


class ChoiceUnknown(ValueError):
    """No such result or day."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit with its customer and the task it does. `changed` False: it was so already."""

    visit: Visit
    customer: Customer | None
    task: Task | None = None
    changed: bool = True


def plan(db: Session, actor: Actor, customer_ids: Iterable[int], on: date, place: str, now: datetime) -> list[Stop]:
    """The member visits these customers that day; one planned before is moved there. Those not visible are left out.

    Raises: DayImpossible
    """
    check_day(actor, on, now)
    found = customers.find_many(db, actor, list(dict.fromkeys(customer_ids))[:MOST_AT_ONCE])
    mine = (Visit.member_id == actor.member_id, Visit.outcome.is_(None))
    ids = [row.customer_id for row in found]
    planned = {row.customer_id: row for row in db.scalars(select(Visit).where(*mine, Visit.customer_id.in_(ids)))}
    stops = []
    for customer in found:
        row = planned.get(customer.customer_id)
        was = row.planned_on if row is not None else None
        if row is None:
            row = _new(actor, customer.customer_id, place or places.of(customer), on, now)
            db.add(row)
        row.planned_on = on
        stops.append(Stop(row, customer, changed=was != on))
    db.flush()
    return stops


def plan_place(db: Session, actor: Actor, place: str, on: date, now: datetime) -> Stop:
    """The member goes to the place, where no customer is known yet; planned twice it is one visit.

    Raises: DayImpossible; ChoiceUnknown without a place
    """
    check_day(actor, on, now)
    if not (place := place.strip()[:LONGEST_PLACE]):
        raise ChoiceUnknown(place)
    mine = (Visit.member_id == actor.member_id, Visit.outcome.is_(None), Visit.customer_id.is_(None))
    row = db.scalar(select(Visit).where(*mine, Visit.place == place))
    if row is not None:
        changed, row.planned_on = row.planned_on != on, on
        return Stop(row, None, changed=changed)
    row = _new(actor, None, place, on, now)
    db.add(row)
    db.flush([row])
    return Stop(row, None)


def adopt(db: Session, actor: Actor, day: date, now: datetime) -> None:
    """The member's open tasks of the day that speak of a visit are visits; those of moved tasks have moved along.

    What a task tells of ahead of its day is a visit of that day, not of the one on which it reminds.
    """
    end = datetime.combine(day + timedelta(days=1), time(0), actor.zone)
    start = end - timedelta(days=1)
    mine = (Task.assignee_id == actor.member_id, tasks.is_open(), Task.customer_id.is_not(None))
    speaks = or_(*(Task.what.contains(word) for word in SPEAKS_OF_VISIT))
    free = ~exists().where(Visit.task_id == Task.task_id).correlate(Task)
    is_due = or_(and_(Task.due_at >= start, Task.due_at < end), day_order.tells_of(day, actor.zone))
    for task in list(db.scalars(select(Task).where(*mine, is_due, speaks, free).limit(MOST_AT_ONCE))):
        if task.customer_id is None or _on(task, actor) != day:
            continue
        for stop in plan(db, actor, [task.customer_id], max(day, actor.today(now)), "", now):
            stop.visit.task_id = task.task_id
    tied = select(Visit, Task).join(Task, Task.task_id == Visit.task_id)
    tied = tied.where(Visit.member_id == actor.member_id, Visit.outcome.is_(None), tasks.is_open())
    for visit, task in db.execute(tied):
        visit.planned_on = _on(task, actor)
    db.flush()


def _on(task: Task, actor: Actor) -> date:
    return day_order.event_on(task, actor.zone) or actor.local(task.due_at).date()


def open_on(db: Session, actor: Actor, day: date, now: datetime, limit: int, offset: int = 0) -> list[Stop]:
    """The member's open visits of the day by place; on today's list also what was left over."""
    rows = _open(actor).where(_of_day(actor, day, now))
    ordered = rows.order_by(Visit.place, Visit.planned_on, Visit.visit_id)
    return [Stop(*row) for row in db.execute(ordered.limit(limit).offset(offset))]


def places_on(
    db: Session, actor: Actor, day: date, now: datetime, *, untimed: bool = False, since: date | None = None
) -> list[tuple[str, int]]:
    """The places of the day's open visits with their numbers, most first.

    `untimed`: without those whose task rings or told of them ahead; `since`: without those left over from before.
    """
    rows = _open(actor).where(_of_day(actor, day, now))
    if since is not None:
        rows = rows.where(Visit.planned_on >= since)
    if untimed:
        ahead = and_(Visit.planned_on == day, Task.due_at < datetime.combine(day, time(0), actor.zone))
        rows = rows.where(or_(Task.task_id.is_(None), and_(Task.has_time.is_(False), ~ahead)))
    number = func.count()
    grouped = rows.with_only_columns(Visit.place, number).group_by(Visit.place).order_by(number.desc(), Visit.place)
    return [(row[0], row[1]) for row in db.execute(grouped)]


def are_planned_for(db: Session, actor: Actor, day: date) -> bool:
    """True when an open visit of the member's is planned for that very day; what was left over is none."""
    return db.scalar(_open(actor).where(Visit.planned_on == day).with_only_columns(Visit.visit_id).limit(1)) is not None


def done_on(db: Session, actor: Actor, day: date) -> dict[str, int]:
    """The member's results of the day."""
    mine = (Visit.member_id == actor.member_id, Visit.team_id == actor.team_id, Visit.outcome_on == day)
    rows = db.execute(select(Visit.outcome, func.count()).where(*mine).group_by(Visit.outcome))
    return {str(row[0]): row[1] for row in rows}


def is_on_visit_list(actor: Actor, today: date) -> ColumnElement[bool]:
    """True of tasks without an hour that one of the member's open visits of today does: they are told there, once."""
    tied = exists().where(
        Visit.task_id == Task.task_id,
        Visit.member_id == actor.member_id,
        Visit.outcome.is_(None),
        Visit.planned_on <= today,
    )
    return and_(Task.has_time.is_(False), tied.correlate(Task))


def get(db: Session, actor: Actor, visit_id: int) -> Stop:
    """The visit: the member's own, or any of the team for who sees the team.

    Raises: VisitNotFound
    """
    wanted = _with_customer(actor).where(Visit.visit_id == visit_id, Visit.team_id == actor.team_id)
    if not actor.sees_team:
        wanted = wanted.where(Visit.member_id == actor.member_id)
    row = db.execute(wanted).one_or_none()
    if row is None:
        raise VisitNotFound(visit_id)
    return Stop(*row)


def close(db: Session, actor: Actor, visit_id: int, outcome: str, now: datetime) -> Stop:
    """The visit has this result; a visit that came off ends its task, one given up takes it back.

    Raises: VisitNotFound; VisitOver with another result; ChoiceUnknown
    """
    if outcome not in OUTCOMES:
        raise ChoiceUnknown(outcome)
    stop = get(db, actor, visit_id)
    visit, task = stop.visit, stop.task
    if visit.outcome == outcome:
        return Stop(visit, stop.customer, task, changed=False)
    if visit.outcome is not None:
        raise VisitOver(visit_id)
    visit.outcome, visit.outcome_at, visit.outcome_on = outcome, now, actor.today(now)
    if task is not None and task.done_at is None and task.cancelled_at is None:
        if outcome in ENDING:
            tasks.complete(db, actor, task.task_id, now)
        elif outcome == "dropped":
            tasks.cancel(db, actor, task.task_id, now)
    if outcome == "interested" and stop.customer is not None and stop.customer.stage in ("lead", "contacted"):
        stop.customer.stage, stop.customer.updated_at = "interested", now
    if stop.customer is not None:
        members.keep_current(db, actor, stop.customer.customer_id, now)
    db.flush()
    return stop


def put_off(db: Session, actor: Actor, visit_id: int, choice: str, now: datetime) -> Stop:
    """The visit, open or without success, is to be made on a later day, its task with it.

    Raises: VisitNotFound; VisitOver; ChoiceUnknown
    """
    if choice not in LATER:
        raise ChoiceUnknown(choice)
    on = actor.today(now) + timedelta(days=LATER[choice])
    stop = get(db, actor, visit_id)
    visit = stop.visit
    if visit.outcome is not None:
        if visit.outcome != "nobody" or stop.customer is None:
            raise VisitOver(visit_id)
        again = plan(db, actor, [stop.customer.customer_id], on, visit.place, now)[0]
        again.visit.task_id, visit.task_id = visit.task_id, None
        visit, stop = again.visit, again
    visit.planned_on = on
    task = db.get(Task, visit.task_id) if visit.task_id is not None else None
    if task is not None and task.done_at is None and task.cancelled_at is None:
        at = actor.local(task.due_at).time() if task.has_time else promises.DAY_STARTS
        tasks.retime(db, actor, task.task_id, Todo(task.what, datetime.combine(on, at, actor.zone), task.has_time), now)
    db.flush()
    return Stop(visit, stop.customer, task)


def reopen(db: Session, actor: Actor, visit_id: int, now: datetime) -> Stop:
    """The visit has no result again, and its task is open; one planned anew meanwhile gives way.

    Raises: VisitNotFound
    """
    stop = get(db, actor, visit_id)
    visit, task = stop.visit, stop.task
    if visit.outcome is None:
        return Stop(visit, stop.customer, task, changed=False)
    other = select(Visit).where(
        Visit.member_id == visit.member_id, Visit.customer_id == visit.customer_id, Visit.outcome.is_(None)
    )
    if (newer := db.scalar(other)) is not None:
        visit.task_id = visit.task_id or newer.task_id
        newer.outcome, newer.outcome_at, newer.outcome_on, newer.task_id = "dropped", now, actor.today(now), None
        db.flush([newer])
    if task is not None and visit.outcome != "nobody":
        tasks.reopen(db, actor, task.task_id)
    visit.outcome = visit.outcome_at = visit.outcome_on = None
    db.flush([visit])
    return stop


def check_day(actor: Actor, on: date, now: datetime) -> None:
    """Raises: DayImpossible"""
    if not actor.today(now) <= on <= actor.today(now) + FURTHEST:
        raise DayImpossible(on)


def _new(actor: Actor, customer_id: int | None, place: str, on: date, now: datetime) -> Visit:
    row = Visit(team_id=actor.team_id, member_id=actor.member_id, customer_id=customer_id, place=place[:LONGEST_PLACE])
    row.planned_on = row.first_planned_on = on
    row.created_by_id, row.created_at = actor.member_id, now
    return row


def _with_customer(actor: Actor) -> Select[tuple[Visit, Customer, Task]]:
    rows = select(Visit, Customer, Task).outerjoin(Customer, Customer.customer_id == Visit.customer_id)
    rows = rows.outerjoin(Task, Task.task_id == Visit.task_id)
    return rows.where(or_(Visit.customer_id.is_(None), customers.visible(actor)))


def _open(actor: Actor) -> Select[tuple[Visit, Customer, Task]]:
    """The member's visits without a result, whose task, where there is one, is not over either."""
    rows = _with_customer(actor).where(Visit.member_id == actor.member_id, Visit.outcome.is_(None))
    return rows.where(or_(Task.task_id.is_(None), tasks.is_open()))


def _of_day(actor: Actor, day: date, now: datetime) -> ColumnElement[bool]:
    return Visit.planned_on <= day if day == actor.today(now) else Visit.planned_on == day
