"""Giving things to a colleague: customers by managers and admins, an open task also by whoever is to do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from crm import audit, belongings, candidates, conditions, customers, members, tasks, transfers
from crm.belongings import CUSTOMER
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, Transfer
from crm.tasks import Errand
from crm.transfers import Share
from nlp.conditions import Condition

AT_ONCE = 500  # ids in one statement
POOL = "公海"
JUST_NOW = timedelta(hours=1)  # of what one gave 转回来 is said


class ColleagueNotFound(LookupError):
    """No such member, or one who does not sell."""


def takers(db: Session, actor: Actor, but: int | None = None) -> list[Member]:
    """The reps of the team to whom something may be given, but for one."""
    return [member for member in members.present(db, actor.team_id) if member.is_rep and member.member_id != but]


def takers_named(db: Session, actor: Actor, text: str) -> list[Member]:
    """Those of them whose names stand in the text; of a large team not everybody is read for each note."""
    ids = [member_id for member_id, _ in members.who_is_named(db, actor.team_id, text)]
    if not ids:
        return []
    return list(db.scalars(select(Member).where(Member.member_id.in_(ids), Member.is_rep).order_by(Member.member_id)))


def give_customer(
    db: Session, actor: Actor, customer_id: int, member_id: int, now: datetime
) -> tuple[Customer, Member, Transfer | None]:
    """The customer is the colleague's, with what is open about it and was its owner's; as a lead it begins anew.

    The transfer is None for a customer who was his already.
    Raises: members.NotAllowed; customers.CustomerNotFound; ColleagueNotFound
    """
    actor.require("manager")
    taker = _taker(db, actor, member_id)
    row = customers.get(db, actor, customer_id)
    if row.owner_id == taker.member_id:
        return row, taker, None
    about = {"by_id": actor.member_id, "to_id": taker.member_id, "customer_id": customer_id}
    act = transfers.begin(db, actor.team_id, "assign", now, from_id=row.owner_id, **about)
    transfers.carry(db, act, [Share(taker.member_id, Customer.customer_id == customer_id)], now)
    audit.record(db, actor, audit.ASSIGNED, now, customer_id=customer_id, detail=taker.name)
    return row, taker, act


def last_given(db: Session, actor: Actor, now: datetime) -> list[Transfer]:
    """The customers whom the member gave in his last message that gave any, within the hour, as far as that stands."""
    mine = (Transfer.team_id == actor.team_id, Transfer.by_id == actor.member_id, Transfer.kind == "assign")
    given = select(Transfer).where(*mine, Transfer.made_at >= now - JUST_NOW)
    act = db.scalar(given.order_by(Transfer.transfer_id.desc()).limit(1))
    is_meant = act is not None and act.state == "done" and act.customer_id is not None
    return given_with(db, act) if act is not None and is_meant else []


def given_with(db: Session, act: Transfer) -> list[Transfer]:
    """The transfer and the others of its message, in their order, whose customers are still where it brought them."""
    mine = (Transfer.team_id == act.team_id, Transfer.by_id == act.by_id, Transfer.kind == "assign")
    together = select(Transfer).join(Customer, Customer.customer_id == Transfer.customer_id)
    still = (Transfer.made_at == act.made_at, Transfer.state == "done", Customer.owner_id == Transfer.to_id)
    rows = db.scalars(together.where(*mine, *still).order_by(Transfer.transfer_id)).all()
    last_of = {row.customer_id: row for row in rows}
    return list(last_of.values()) if act in rows else [act]


def owned(db: Session, actor: Actor, condition: Condition, now: datetime) -> dict[str, int]:
    """Who has how many of the customers who fit, by name; those of the pool under POOL.

    Raises: members.NotAllowed
    """
    actor.require("manager")
    fits = and_(customers.visible(actor), conditions.where(condition, conditions.day_of(db, actor, now)))
    name = func.coalesce(Member.name, POOL)
    rows = select(name, func.count()).select_from(Customer).outerjoin(Member, Member.member_id == Customer.owner_id)
    return dict(db.execute(rows.where(fits).group_by(name)).tuples().all())


def give_many(db: Session, actor: Actor, condition: Condition, member_ids: Sequence[int], now: datetime) -> Transfer:
    """The customers who fit are the colleague's, or each the one's of several whom he suits best.

    Raises: members.NotAllowed; ColleagueNotFound
    """
    actor.require("manager")
    takers = [_taker(db, actor, member_id) for member_id in member_ids]
    act = transfers.begin(db, actor.team_id, "assign", now, by_id=actor.member_id, to_id=only(member_ids))
    which = and_(customers.visible(actor), conditions.where(condition, conditions.day_of(db, actor, now)))
    transfers.carry(db, act, shares_of(db, actor.team_id, which, takers), now)
    names = "、".join(member.name for member in takers)
    audit.record(db, actor, audit.ASSIGNED, now, detail=f"{names}，{act.counts.get(CUSTOMER, 0)} 位客户")
    return act


def shares_of(db: Session, team_id: int, which: ColumnElement[bool], takers: Sequence[Member]) -> list[Share]:
    """Who gets which of the customers: the one colleague all, several each those who suit them best."""
    if len(takers) == 1:
        return [Share(takers[0].member_id, which)]
    given = candidates.split(db, team_id, which, takers)
    pieces = (
        (member_id, ids[start : start + AT_ONCE])
        for member_id, ids in given.items()
        for start in range(0, len(ids), AT_ONCE)
    )
    return [Share(member_id, Customer.customer_id.in_(piece)) for member_id, piece in pieces]


def only(member_ids: Sequence[int]) -> int | None:
    """The one member; None for several."""
    return member_ids[0] if len(member_ids) == 1 else None


def offer(db: Session, actor: Actor, customer_id: int, member_id: int, now: datetime) -> tuple[Transfer, Member, bool]:
    """The colleague is asked whether he takes the customer of the member's own over; nothing moves yet.

    False at the end: he had been asked already and has not answered.
    Raises: customers.CustomerNotFound, also for somebody else's; ColleagueNotFound
    """
    taker = _taker(db, actor, member_id)
    row = customers.get(db, actor, customer_id)
    if row.owner_id != actor.member_id:
        raise customers.CustomerNotFound(customer_id)
    if taker.member_id == actor.member_id:
        raise ColleagueNotFound(member_id)
    waiting = select(Transfer).where(
        *(Transfer.by_id == actor.member_id, Transfer.kind == "offer", Transfer.state == "offered"),
        Transfer.customer_id == customer_id,
    )
    for older in db.scalars(waiting):
        if older.to_id == member_id:
            return older, taker, False
        older.state, older.ended_at, older.ended_by_id = "withdrawn", now, actor.member_id
    about = {"by_id": actor.member_id, "from_id": actor.member_id, "to_id": member_id, "customer_id": customer_id}
    return transfers.begin(db, actor.team_id, "offer", now, state="offered", **about), taker, True


def offered(db: Session, actor: Actor, transfer_id: int) -> tuple[Transfer, Customer]:
    """The open offer to the member, or of the member, while the customer is still his who offered it.

    Raises: transfers.TransferNotFound; transfers.TransferOver
    """
    act = transfers.get(db, actor, transfer_id)
    if act.kind != "offer" or actor.member_id not in (act.to_id, act.from_id):
        raise transfers.TransferNotFound(transfer_id)
    if act.state != "offered":
        raise transfers.TransferOver(act.state)
    row = db.get_one(Customer, act.customer_id)
    if row.owner_id != act.from_id or row.deleted_at is not None:
        raise transfers.TransferOver("gone")
    return act, row


def answer(db: Session, actor: Actor, transfer_id: int, takes: bool, now: datetime) -> tuple[Transfer, Customer]:
    """The customer is the asked one's with what is open about it, or stays; who offered may take the offer back.

    Raises: transfers.TransferNotFound; transfers.TransferOver
    """
    members.lock(db, actor.team_id)
    act, row = offered(db, actor, transfer_id)
    if takes and actor.member_id != act.to_id:
        raise transfers.TransferNotFound(transfer_id)
    act.ended_at, act.ended_by_id = now, actor.member_id
    if not takes:
        act.state = "declined" if actor.member_id == act.to_id else "withdrawn"
        return act, row
    act.state, act.made_at = "done", now
    transfers.carry(db, act, [Share(act.to_id, Customer.customer_id == row.customer_id)], now)
    return act, row


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


def _pass_on(db: Session, taker: Member, *about: ColumnElement[bool]) -> None:
    """What is planned about it and waits reaches the colleague: its key is taken, nothing would be planned again."""
    waiting = update(Outbox).where(Outbox.state == "pending", Outbox.push.in_(belongings.INHERITED), *about)
    passed_on = waiting.values(member_id=taker.member_id, chat_id=taker.user_id)
    db.execute(passed_on.execution_options(synchronize_session=False))


def _taker(db: Session, actor: Actor, member_id: int) -> Member:
    theirs = (Member.member_id == member_id, Member.team_id == actor.team_id, Member.left_at.is_(None))
    member = db.scalar(select(Member).where(*theirs, Member.is_rep.is_(True)))
    if member is None:
        raise ColleagueNotFound(member_id)
    return member
