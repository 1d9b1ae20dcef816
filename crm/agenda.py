"""A member's day: what is due, whose birthday it is, who complains, whom we may lose; what has its hour first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.selectable import CompoundSelect

from almanac import birthdays
from almanac.birthdays import Feb29
from almanac.lunar import ImpossibleLunarDate
from crm import customers, day_items, day_order, debts_due, held, promises, risk, settings, tasks, touches, visits
from crm.day_items import Day, Item
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Complaint, Customer, CustomerSummary, Note, Task, Team
from crm.tasks import Errand

BIRTHDAYS_AHEAD = 3  # days
LOOKED_AT = 100  # of a kind
RISKS = 8  # the list of all is /risk
OVERDUE_SHOWN = 2  # the other overdue ones are one line: they would own the day's list for ever


def today(db: Session, actor: Actor, now: datetime) -> Day:
    """The member's things of today.

    First tasks with an hour to come, by the hour, as a timetable; urgent complaints; then what is of today, first what
    nothing else tells (tasks of the day, money that falls due), then birthdays, complaints of the last days and tasks
    that have rung; customers at risk and money due for some days; at most two overdue tasks; birthdays of the next
    three days and of the team's days of preparation; older complaints and debts; birthdays of today of which nobody was
    reminded, with the reason. Within each by value × urgency × ease. Whoever was greeted is in none of them.

    Value: 3 for customers of a high-value group, 2 for a low-value one, 1 without value, 1.5 where nothing is known.
    Urgency: 4 for an urgent complaint; 3 for a birthday today and an overdue task (growing by 0.1 a day, to 4); 2.5 for
    a task of the day, money due today and a plain complaint; 2 for a solved one whose customer is to be told, and for
    money that was due; 1 plus the churn probability for a customer at risk; 1 for a birthday to come. Ease: how little
    it takes: a greeting 1.5, a task 1.2, a call to keep somebody or for money 1.0, a complaint 0.9. Ties: older first.
    """
    team = db.get_one(Team, actor.team_id)
    late = sorted(_tasks(db, actor, now, overdue=True), key=day_order.by_score)
    shown = late[:OVERDUE_SHOWN]
    found = [*_tasks(db, actor, now), *shown, *_complaints(db, actor), *_risks(db, actor, now)]
    if actor.is_rep:
        found += [*_birthdays(db, actor, team, now), *debts_due.of_day(db, actor, now)]
    ordered = sorted(found, key=lambda item: day_order.key(item, actor.zone, now))
    return Day(ordered, count_overdue(db, actor, now) - len(shown) if late else 0)


def on_card(db: Session, actor: Actor, items: Iterable[Item], now: datetime) -> list[Item]:
    """Without the birthdays to come: those have a message of their own on the days that the team set.

    Where there are more of them than messages, the card names them on those days.
    """
    wishes, today, kept = settings.of(db.get_one(Team, actor.team_id)), actor.today(now), list(items)
    told = {today, *(today + timedelta(days=ahead) for ahead in wishes.birthday_lead_days)}
    number = sum(item.kind == "birthday" and item.on in told and item.held is None for item in kept)
    named = told if number > wishes.birthdays_per_day else {today}
    return [item for item in kept if item.kind != "birthday" or item.on in named]


def that_cannot_wait(items: Iterable[Item], actor: Actor, now: datetime) -> list[Item]:
    """On a day off: whatever is due today, for that is the day that somebody named, and today's birthdays."""
    return [
        item
        for item in items
        if (item.task is not None and not item.is_late)
        or (item.kind == "birthday" and item.on == actor.today(now) and item.held is None)
    ]


def find_overdue(db: Session, actor: Actor, now: datetime, limit: int, offset: int = 0) -> list[Errand]:
    """The member's open tasks of the days before, the oldest first."""
    late = tasks.with_living_customer().where(*_overdue(actor, now)).order_by(Task.due_at, Task.task_id)
    return [Errand(row[0], row[1], row[2]) for row in db.execute(late.limit(limit).offset(offset))]


def count_overdue(db: Session, actor: Actor, now: datetime) -> int:
    """How many open tasks of the member are of the days before."""
    late = tasks.with_living_customer().where(*_overdue(actor, now))
    return int(db.scalar(select(func.count()).select_from(late.subquery())) or 0)


def put_off(db: Session, actor: Actor, task_id: int, now: datetime) -> Errand:
    """The open task is due tomorrow, at its hour if it has one.

    Raises: tasks.TaskNotFound; tasks.TaskClosed
    """
    task = tasks.get_open(db, actor, task_id).task
    at = actor.local(task.due_at).time() if task.has_time else promises.DAY_STARTS
    due_at = datetime.combine(actor.today(now) + timedelta(days=1), at, actor.zone)
    return tasks.retime(db, actor, task_id, Todo(task.what, due_at, task.has_time), now)


def day_end(actor: Actor, now: datetime) -> datetime:
    """The midnight that ends the team's day."""
    return datetime.combine(actor.today(now) + timedelta(days=1), time(0), actor.zone)


def _start(end: datetime) -> datetime:
    return datetime.combine(end.date() - timedelta(days=1), time(0), end.tzinfo)


def _overdue(actor: Actor, now: datetime) -> tuple[ColumnElement[bool], ...]:
    """A missed one of a series gives way to the next on the day of that; what told ahead of today is of today."""
    end = day_end(actor, now)
    following = aliased(Task)
    is_followed = exists().where(following.task_id == Task.next_task_id, following.due_at < end).correlate(Task)
    is_today = day_order.tells_of(actor.today(now), actor.zone)
    return Task.assignee_id == actor.member_id, tasks.is_open(), Task.due_at < _start(end), ~is_followed, ~is_today


def born_on(day: date, feb29: Feb29) -> CompoundSelect[tuple[int]]:
    """The ids of all customers, of any team, whose birthday is kept on the day: two look-ups by index."""
    keys = birthdays.keys_on(day, feb29)
    solar = [and_(Customer.solar_month == month, Customer.solar_day == number) for month, number in keys.solar]
    lunar = [
        and_(Customer.lunar_month == month, Customer.lunar_day == number, Customer.lunar_leap.is_(leap))
        for month, number, leap in keys.lunar
    ]
    return union(select(Customer.customer_id).where(or_(*solar)), select(Customer.customer_id).where(or_(*lunar)))


def keeps_on(row: Customer, day: date, feb29: Feb29) -> bool:
    """True when the customer's birthday is kept on the day."""
    keys = birthdays.keys_on(day, feb29)
    lunar = (row.lunar_month, row.lunar_day, row.lunar_leap)
    return (row.solar_month, row.solar_day) in keys.solar or lunar in keys.lunar


def feb29_of(team: Team) -> Feb29:
    """How the team keeps 29 February in a common year."""
    return settings.of(team).feb29


def _mine(actor: Actor) -> ColumnElement[bool]:
    """A rep's day is about the rep's own customers, also when the rep is manager too; a manager's about the team's."""
    own = and_(customers.in_team(actor), Customer.owner_id == actor.member_id)
    return own if actor.is_rep else customers.visible(actor)


def _tasks(db: Session, actor: Actor, now: datetime, overdue: bool = False) -> list[Item]:
    end = day_end(actor, now)
    due = tasks.with_living_customer()
    if overdue:
        due = due.where(*_overdue(actor, now)).order_by(Task.due_at.desc(), Task.task_id)
    else:
        due = due.where(Task.assignee_id == actor.member_id, tasks.is_open(), Task.due_at < end)
        is_due = and_(Task.due_at >= _start(end), ~visits.is_on_visit_list(actor, actor.today(now)))
        due = due.where(or_(is_due, day_order.tells_of(actor.today(now), actor.zone))).order_by(
            Task.due_at, Task.task_id
        )
    rows = db.execute(due.limit(LOOKED_AT)).all()
    summaries = _summaries(db, [row[1].customer_id for row in rows if row[1] is not None])
    items = []
    for task, customer, _ in rows:
        summary = summaries.get(customer.customer_id) if customer is not None else None
        score = day_items.value(summary) * _task_urgency(task, actor, now) * day_items.EASE["task"]
        items.append(Item("task", score, customer, task=task, words=task.what, summary=summary, is_late=overdue))
    return items


def _task_urgency(task: Task, actor: Actor, now: datetime) -> float:
    overdue = (actor.today(now) - actor.local(task.due_at).date()).days
    if overdue > 0:
        return min(3 + 0.1 * overdue, 4)
    return 3 if task.has_time else 2.5


def _summaries(db: Session, customer_ids: list[int]) -> dict[int, CustomerSummary]:
    if not customer_ids:
        return {}
    rows = db.scalars(select(CustomerSummary).where(CustomerSummary.customer_id.in_(customer_ids)))
    return {row.customer_id: row for row in rows}


def _birthdays(db: Session, actor: Actor, team: Team, now: datetime) -> list[Item]:
    first, wishes = actor.today(now), settings.of(team)
    items = []
    for ahead in sorted({*range(BIRTHDAYS_AHEAD + 1), *wishes.birthday_lead_days}):
        day = first + timedelta(days=ahead)
        greeted = touches.written_on(touches.matter_of("birthday", day))
        try:
            born = born_on(day, wishes.feb29)
        except ImpossibleLunarDate:
            continue
        wanted = (
            select(Customer, CustomerSummary)
            .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
            .where(Customer.customer_id.in_(born), _mine(actor), Customer.no_contact.is_(False), ~greeted)
            .limit(LOOKED_AT)
        )
        for customer, summary in db.execute(wanted):
            score = day_items.value(summary) * (1 if ahead else 3) * day_items.EASE["birthday"]
            items.append(Item("birthday", score, customer, on=day, summary=summary))
    return _with_reasons(db, team, items, first, now)


def _with_reasons(db: Session, team: Team, items: list[Item], on: date, now: datetime) -> list[Item]:
    """The birthdays, those of the day with the reason for which nobody was reminded."""
    born = [item.customer.customer_id for item in items if item.on == on and item.customer is not None]
    matter = touches.matter_of("birthday", on)
    reasons = held.reasons_of(db, team, born, now, matter, again=True) if born else {}
    return [
        replace(item, held=reasons.get(item.customer.customer_id) if item.on == on and item.customer else None)
        for item in items
    ]


def _complaints(db: Session, actor: Actor) -> list[Item]:
    wanted = (
        select(Complaint, Customer, Note.text, CustomerSummary)
        .join(Customer, Customer.customer_id == Complaint.customer_id)
        .join(Note, Note.note_id == Complaint.note_id)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None), _mine(actor))
        .where(Complaint.stage != "told")
        .order_by(Complaint.urgent.desc(), Complaint.opened_at)
        .limit(LOOKED_AT)
    )
    return [
        Item(
            "complaint",
            day_items.value(of) * _urgency(case) * day_items.EASE["complaint"],
            who,
            complaint=case,
            words=text,
            summary=of,
        )
        for case, who, text, of in db.execute(wanted)
    ]


def _urgency(complaint: Complaint) -> float:
    return 2 if complaint.stage == "resolved" else 4 if complaint.urgent else 2.5


def _risks(db: Session, actor: Actor, now: datetime) -> list[Item]:
    wanted = (
        select(Customer, CustomerSummary)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(_mine(actor), risk.may_be_lost(actor.today(now)), CustomerSummary.value_fen > 0)
        .where(Customer.no_contact.is_(False), Customer.stage != "lost", ~risk.is_judged())
        .order_by(*risk.most_at_stake())
        .limit(RISKS)
    )
    return [
        Item(
            "risk",
            day_items.value(summary) * (1 + (summary.churn_probability or 0)) * day_items.EASE["risk"],
            customer,
            summary=summary,
        )
        for customer, summary in db.execute(wanted)
    ]
