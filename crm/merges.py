"""One customer of two records: everything of the one that goes is the other's, in one transaction, for good or back.

The record that is gone stays as a row, so that an old button about it is answered with who stays
(customers.CustomerMerged), and so that [撤销合并] within seven days has both again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from crm import audit, customers, members, merge_fields, merging, purchases, scores, transfers
from crm.members import Actor
from crm.merge_fields import Plan
from crm.tables import Complaint, Customer, CustomerMerge, CustomerPhone, CustomerSummary, Note, Outbox, TwinPair

UNDO_WITHIN = timedelta(days=7)
PUSHES_OF_A_DAY = ("birthday", "festival", "risk")  # one such message about a person is enough
TOLD_TWICE = "客户已合并，另一条提醒会发"


class SameCustomer(ValueError):
    """A record cannot become part of itself."""


class MergeNotFound(LookupError):
    """There is no such merge, or the member may not see its customer."""


class MergeOver(RuntimeError):
    """It was undone before."""


class TooLateToUnmerge(RuntimeError):
    """Seven days are over."""


class MergedOn(RuntimeError):
    """The kept one has become part of another record since: that merge must be undone first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Two records before they are merged. `counts`: table → rows that will move."""

    kept: Customer
    gone: Customer
    plan: Plan
    phones: tuple[str, ...]
    counts: dict[str, int]


def choice(db: Session, actor: Actor, kept_id: int, gone_id: int, flips: int | None = 0) -> Choice:
    """What a merge would do.

    Raises: customers.CustomerNotFound; SameCustomer
    """
    try:
        kept, gone = customers.get(db, actor, kept_id), customers.get(db, actor, gone_id)
    except customers.CustomerMerged as error:
        if error.args[0] in (kept_id, gone_id):
            raise SameCustomer(kept_id) from error
        raise
    if kept.customer_id == gone.customer_id:
        raise SameCustomer(kept_id)
    numbers = dict.fromkeys([*customers.phones(db, kept.customer_id), *customers.phones(db, gone.customer_id)])
    counts = merging.counts(db, gone.customer_id)
    return Choice(kept, gone, merge_fields.plan(kept, gone, flips), tuple(numbers), counts)


def merge(db: Session, actor: Actor, kept_id: int, gone_id: int, flips: int | None, now: datetime) -> CustomerMerge:
    """The one is part of the other: rows, fields and open matters; it is no customer of its own any more.

    `flips` None: of what is in doubt the kept one is believed.

    Raises: customers.CustomerNotFound; SameCustomer
    """
    members.lock(db, actor.team_id)
    chosen = choice(db, actor, kept_id, gone_id, flips)
    kept, gone = chosen.kept, chosen.gone
    kept_id, gone_id = kept.customer_id, gone.customer_id
    transfer_id = _one_owner(db, actor, kept, gone, now)
    fields = merge_fields.written(kept, chosen.plan.values)
    kept.updated_at = now
    pushes = _quiet(db, kept_id, gone_id)
    moved = merging.move(db, gone_id, kept_id)
    gone.deleted_at = now
    moved |= {"_transfer": [[transfer_id]] if transfer_id else [], "_quiet": pushes}
    moved["_told_apart"] = _told_apart(db, kept_id, gone_id)
    row = CustomerMerge(
        team_id=actor.team_id,
        kept_id=kept_id,
        gone_id=gone_id,
        by_id=actor.member_id,
        fields=fields,
        moved=moved,
        made_at=now,
    )
    db.add(row)
    db.flush()
    _counted(db, actor.team_id, kept_id, gone_id, now)
    audit.record(db, actor, audit.MERGED, now, customer_id=kept_id)
    return row


def get(db: Session, actor: Actor, merge_id: int) -> CustomerMerge:
    """A merge whose kept customer the member may see.

    Raises: MergeNotFound
    """
    row = db.get(CustomerMerge, merge_id)
    if row is None or row.team_id != actor.team_id or not _may_see(db, actor, row):
        raise MergeNotFound(merge_id)
    return row


def undo(db: Session, actor: Actor, merge_id: int, now: datetime) -> CustomerMerge:
    """Both records are there again, each with what it had; what came since stays with the one who was kept.

    Raises: MergeNotFound; MergeOver; TooLateToUnmerge; MergedOn
    """
    members.lock(db, actor.team_id)
    row = get(db, actor, merge_id)
    if row.ended_at is not None:
        raise MergeOver(merge_id)
    if now - row.made_at > UNDO_WITHIN:
        raise TooLateToUnmerge(merge_id)
    kept, gone = db.get_one(Customer, row.kept_id), db.get_one(Customer, row.gone_id)
    if kept.deleted_at is not None:
        raise MergedOn(merge_id)
    moved = dict(row.moved)
    merging.move_back(db, moved, row.gone_id, row.kept_id)
    merge_fields.taken_back(kept, row.fields)
    gone.deleted_at, kept.updated_at, gone.updated_at = None, now, now
    _loud(db, [key for (key,) in moved["_quiet"]], now)
    for (pair_id,) in moved["_told_apart"]:
        db.delete(db.get_one(TwinPair, pair_id))
    row.ended_at, row.ended_by_id = now, actor.member_id
    for (transfer_id,) in moved["_transfer"]:
        _owners_back(db, actor, transfer_id, now)
    _counted(db, actor.team_id, row.kept_id, row.gone_id, now)
    audit.record(db, actor, audit.UNMERGED, now, customer_id=row.kept_id)
    return row


def parts(db: Session, customer_id: int) -> list[Customer]:
    """The records that are part of this one, and what is part of them."""
    found: dict[int, Customer] = {}
    asked = {customer_id}
    while asked:
        merged = (CustomerMerge.kept_id.in_(asked), CustomerMerge.ended_at.is_(None))
        rows = select(Customer).join(CustomerMerge, CustomerMerge.gone_id == Customer.customer_id).where(*merged)
        new = {row.customer_id: row for row in db.scalars(rows) if row.customer_id not in found}
        found |= new
        asked = set(new)
    return list(found.values())


def is_merged(db: Session, customer_id: int) -> bool:
    """The record is part of another one now."""
    row = select(CustomerMerge.gone_id).where(CustomerMerge.gone_id == customer_id, CustomerMerge.ended_at.is_(None))
    return db.scalar(row.limit(1)) is not None


def recent(db: Session, actor: Actor, now: datetime, limit: int) -> list[tuple[CustomerMerge, Customer, Customer]]:
    """The merges that can still be undone, newest first, with who stays and who is gone."""
    gone = aliased(Customer)
    rows = (
        select(CustomerMerge, Customer, gone)
        .join(Customer, Customer.customer_id == CustomerMerge.kept_id)
        .join(gone, gone.customer_id == CustomerMerge.gone_id)
        .where(CustomerMerge.team_id == actor.team_id, CustomerMerge.made_at >= now - UNDO_WITHIN)
        .where(CustomerMerge.ended_at.is_(None), customers.visible(actor))
        .order_by(CustomerMerge.customer_merge_id.desc())
        .limit(limit)
    )
    return [(merge, kept, other) for merge, kept, other in db.execute(rows).tuples()]


def _may_see(db: Session, actor: Actor, row: CustomerMerge) -> bool:
    owner = db.scalar(select(Customer.owner_id).where(Customer.customer_id == row.kept_id))
    return actor.sees_team or owner == actor.member_id


def _one_owner(db: Session, actor: Actor, kept: Customer, gone: Customer, now: datetime) -> int | None:
    """Both records have one owner, with what is open about them: who has the kept one, else who has the other."""
    owner_id = kept.owner_id if kept.owner_id is not None else gone.owner_id
    apart = [row.customer_id for row in (kept, gone) if row.owner_id != owner_id]
    if not apart:
        return None
    about = {"by_id": actor.member_id, "to_id": owner_id, "customer_id": kept.customer_id}
    act = transfers.begin(db, actor.team_id, "assign", now, **about)
    transfers.carry(db, act, [transfers.Share(owner_id, Customer.customer_id.in_(apart))], now)
    return act.transfer_id


def _owners_back(db: Session, actor: Actor, transfer_id: int, now: datetime) -> None:
    try:
        transfers.undo(db, actor, transfer_id, now)
    except (transfers.TransferOver, transfers.TransferNotFound):
        return


def _quiet(db: Session, kept_id: int, gone_id: int) -> list[list[int]]:
    """What waits to be said of the one and is said of the other anyway, is not said twice. Ids of those messages."""
    waiting = (Outbox.state == "pending", Outbox.push.in_(PUSHES_OF_A_DAY))
    about = select(Outbox).where(Outbox.customer_id.in_([kept_id, gone_id]), *waiting)
    rows = list(db.scalars(about))
    said = {(row.push, row.member_id, row.due_at.date()) for row in rows if row.customer_id == kept_id}
    twice = [r for r in rows if r.customer_id == gone_id and (r.push, r.member_id, r.due_at.date()) in said]
    for row in twice:
        row.state, row.reason = "cancelled", TOLD_TWICE
    db.flush()
    return [[row.outbox_id] for row in twice]


def _loud(db: Session, outbox_ids: list[int], now: datetime) -> None:
    """Messages that `_quiet` held back wait again, if their time is not over."""
    for row in db.scalars(select(Outbox).where(Outbox.outbox_id.in_(outbox_ids), Outbox.reason == TOLD_TWICE)):
        if row.expires_at is None or row.expires_at > now:
            row.state, row.reason = "pending", None


def _told_apart(db: Session, kept_id: int, gone_id: int) -> list[list[int]]:
    """Whom the one is not, the other is not either: such pairs are dismissed for good. Ids of the new ones."""
    said = (TwinPair.state == "dismissed", (TwinPair.low_id == gone_id) | (TwinPair.high_id == gone_id))
    made = []
    for row in db.scalars(select(TwinPair).where(*said)).all():
        other_id = row.high_id if row.low_id == gone_id else row.low_id
        low_id, high_id = sorted((kept_id, other_id))
        if other_id == kept_id or db.scalar(
            select(TwinPair.twin_pair_id).where(TwinPair.low_id == low_id, TwinPair.high_id == high_id)
        ):
            continue
        new = TwinPair(team_id=row.team_id, low_id=low_id, high_id=high_id, sureness=row.sureness, reasons=row.reasons)
        new.state, new.found_at, new.ended_at, new.ended_by_id = (
            "dismissed",
            row.found_at,
            row.ended_at,
            row.ended_by_id,
        )
        db.add(new)
        db.flush()
        made.append([new.twin_pair_id])
    return made


def _counted(db: Session, team_id: int, kept_id: int, gone_id: int, now: datetime) -> None:
    """What is counted of each record says what its rows say now."""
    db.flush()
    purchases.rebuild(db, [kept_id, gone_id])
    living = []
    for customer_id in (kept_id, gone_id):
        row = db.get_one(Customer, customer_id)
        numbers = select(CustomerPhone.phone).where(CustomerPhone.customer_id == customer_id)
        if row.deleted_at is None:
            customers.write_keys(db, row, db.scalars(numbers).all())
            living.append(customer_id)
        summary = db.get_one(CustomerSummary, customer_id)
        noted = select(func.max(Note.created_at)).where(Note.customer_id == customer_id, Note.deleted_at.is_(None))
        summary.last_note_at = db.scalar(noted)
        opened = select(func.count()).where(Complaint.customer_id == customer_id, Complaint.closed_at.is_(None))
        summary.open_complaints = db.scalar(opened) or 0
    db.flush()
    scores.rescore(db, team_id, living, now)
