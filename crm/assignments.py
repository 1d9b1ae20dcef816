"""Tasks for a colleague: 提醒小李明天联系程静, said by a manager."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, errands, members, tasks
from crm.customers import Origin
from crm.errands import Assignee, Request
from crm.members import Actor
from crm.promises import Todo
from crm.tables import Customer, Member
from crm.tasks import Errand
from crm.understanding import Message, Understanding

_OPENING = re.compile(r"^(?:请|麻烦|帮我|帮忙)?(?:提醒|通知|叫|让)?(?:一下)?[\s,，:：]*")
_MARKS = " \t,，:：、"


def read(db: Session, actor: Actor, message: Message, customer_id: int | None, now: datetime) -> Request:
    """The words after /remind, for the colleague whom they begin with, if they do.

    Raises: customers.CustomerNotFound
    """
    found = colleague(db, actor, message.text)
    if found is None:
        return errands.read(db, actor, message, customer_id, now)
    who, rest = found
    return replace(errands.read(db, actor, replace(message, text=rest), customer_id, now), assignee=who)


def understood(db: Session, actor: Actor, seen: Understanding, now: datetime) -> Request:
    """The free message that the reader took for a reminder."""
    found = colleague(db, actor, seen.text)
    if found is None:
        return errands.understood(actor, seen, now)
    who, rest = found
    return replace(errands.read(db, actor, Message(rest, actor.user_id), None, now), assignee=who)


def colleague(db: Session, actor: Actor, text: str) -> tuple[Assignee, str] | None:
    """The member named at the beginning and the words after the name; None for nobody, and where a customer is meant.

    A customer of exactly that name, and 小李的客户, are no colleague.
    """
    said = _OPENING.sub("", text, count=1)
    for member_id, name in members.who_begins(db, actor.team_id, said):
        rest = said.removeprefix(name).strip(_MARKS)
        if member_id != actor.member_id and rest and not rest.startswith("的") and not _is_customer(db, actor, name):
            return Assignee(member_id, name), rest
    return None


def add(
    db: Session,
    actor: Actor,
    customer_id: int | None,
    assignee_id: int | None,
    todo: Todo,
    now: datetime,
    origin: Origin | None = None,
) -> tuple[Errand, Member | None]:
    """The reminder is the colleague's, who is returned too; the member's own where none is named.

    Raises: customers.CustomerNotFound; members.NotAllowed; tasks.TaskNotFound for a colleague who has left
    """
    errand = tasks.add(db, actor, customer_id, todo, now, origin)
    if assignee_id is None or assignee_id == actor.member_id:
        return errand, None
    actor.require("manager")
    member = _member(db, actor, assignee_id)
    if member is None:
        raise tasks.TaskNotFound(errand.task.task_id)
    errand.task.assignee_id = member.member_id
    return replace(errand, assignee=member.name), member


def find(db: Session, actor: Actor, member_id: int | None) -> Assignee | None:
    """The colleague of that id, if still there."""
    member = _member(db, actor, member_id) if member_id is not None else None
    return Assignee(member.member_id, member.name) if member is not None else None


def _member(db: Session, actor: Actor, member_id: int) -> Member | None:
    theirs = (Member.member_id == member_id, Member.team_id == actor.team_id, Member.left_at.is_(None))
    return db.scalar(select(Member).where(*theirs))


def _is_customer(db: Session, actor: Actor, name: str) -> bool:
    named = select(Customer.customer_id).where(customers.visible(actor), Customer.name == name)
    return db.scalar(named.limit(1)) is not None
