"""Giving things to a colleague: customers by managers and admins, an open task also by whoever is to do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from crm import customers, departures, members, tasks
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, Task
from crm.tasks import Errand


class ColleagueNotFound(LookupError):
    """No such member, or one who does not sell."""


def takers(db: Session, actor: Actor, but: int | None = None) -> list[Member]:
    """The reps of the team to whom something may be given, but for one."""
    return [member for member in members.present(db, actor.team_id) if member.is_rep and member.member_id != but]


def give_customer(
    db: Session, actor: Actor, customer_id: int, member_id: int, now: datetime
) -> tuple[Customer, Member]:
    """The customer is the colleague's, with the open tasks that its owner had about it; as a lead it begins anew.

    Raises: members.NotAllowed; customers.CustomerNotFound; ColleagueNotFound
    """
    actor.require("manager")
    taker = _taker(db, actor, member_id)
    row = customers.get(db, actor, customer_id)
    if row.owner_id == taker.member_id:
        return row, taker
    moved = update(Task).where(
        Task.customer_id == customer_id,
        Task.assignee_id == row.owner_id,
        Task.done_at.is_(None),
        Task.cancelled_at.is_(None),
    )
    db.execute(moved.values(assignee_id=taker.member_id).execution_options(synchronize_session="fetch"))
    about = or_(
        Outbox.customer_id == customer_id, Outbox.task_id.in_(select(Task.task_id).where(_is_of(customer_id, taker)))
    )
    _pass_on(db, taker, about, Outbox.member_id == row.owner_id)
    row.owner_id, row.assigned_at, row.lead_rung, row.updated_at = taker.member_id, now, 0, now
    return row, taker


def give_task(db: Session, actor: Actor, task_id: int, member_id: int) -> tuple[Errand, Member]:
    """The open task is the colleague's; the customer it is about stays its owner's.

    Raises: tasks.TaskNotFound, also for somebody else's unless the actor sees the team; tasks.TaskClosed;
    ColleagueNotFound
    """
    taker = _taker(db, actor, member_id)
    errand = tasks.get_open(db, actor, task_id)
    errand.task.assignee_id = taker.member_id
    _pass_on(db, taker, Outbox.task_id == task_id)
    return replace(errand, assignee=taker.name), taker


def _is_of(customer_id: int, taker: Member) -> ColumnElement[bool]:
    return and_(Task.customer_id == customer_id, Task.assignee_id == taker.member_id)


def _pass_on(db: Session, taker: Member, *about: ColumnElement[bool]) -> None:
    """What is planned about it and waits reaches the colleague: its key is taken, nothing would be planned again."""
    waiting = update(Outbox).where(Outbox.state == "pending", Outbox.push.in_(departures.INHERITED), *about)
    passed_on = waiting.values(member_id=taker.member_id, chat_id=taker.user_id)
    db.execute(passed_on.execution_options(synchronize_session=False))


def _taker(db: Session, actor: Actor, member_id: int) -> Member:
    theirs = (Member.member_id == member_id, Member.team_id == actor.team_id, Member.left_at.is_(None))
    member = db.scalar(select(Member).where(*theirs, Member.is_rep.is_(True)))
    if member is None:
        raise ColleagueNotFound(member_id)
    return member
