"""One act that gives customers to somebody else, with everything open about them, in the caller's transaction.

Each row that moves is written down, so that the act can be undone for seven days: what was moved and has not gone
elsewhere since goes back, open things only. All statements are set-based: a leaver may have twenty thousand customers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Insert,
    ScalarSelect,
    Select,
    Update,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session, aliased

from crm import belongings, ladder, members, sellers
from crm.belongings import CUSTOMER, OUTBOX, Belonging
from crm.members import Actor
from crm.tables import Customer, Member, Outbox, OwnerChange, PoolWarning, Transfer

UNDO_WITHIN = timedelta(days=7)
TO_POOL = "客户回公海"  # why a push about a customer whom nobody has any more is not sent
COLUMNS = (
    *("team_id", "transfer_id", "kind", "row_id", "before_id", "after_id"),
    *("held_since", "rung", "is_undo", "changed_at"),
)


class TransferNotFound(LookupError):
    """There is no such transfer in the team."""


class TransferOver(RuntimeError):
    """It was undone or answered before. `state` says how it ended."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


class TooLateToUndo(RuntimeError):
    """Seven days are over."""


@dataclass(frozen=True, slots=True)
class Share:
    """Customers of whom `which` is true go to `to_id`; None: to the pool."""

    to_id: int | None
    which: ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows went back, by kind, and how many had changed since and stay."""

    transfer: Transfer
    back: dict[str, int]
    kept: int


def begin(db: Session, team_id: int, kind: str, now: datetime, **about: Any) -> Transfer:
    """The act is a row; nobody else of the team transfers anything before this transaction ends."""
    members.lock(db, team_id)
    row = Transfer(team_id=team_id, kind=kind, counts={}, made_at=now, **about)
    db.add(row)
    db.flush()
    return row


def get(db: Session, actor: Actor, transfer_id: int) -> Transfer:
    """The transfer of the actor's team.

    Raises: TransferNotFound
    """
    row = db.get(Transfer, transfer_id)
    if row is None or row.team_id != actor.team_id:
        raise TransferNotFound(transfer_id)
    return row


def carry(
    db: Session, act: Transfer, shares: Sequence[Share], now: datetime, leaver_id: int | None = None, rest_to: int = 0
) -> None:
    """The customers are whom they are given to, with what is open about them; `act.counts` says how much.

    With a `leaver_id` everything open of that member goes along, to `rest_to` what is about no customer given here.
    """
    db.flush()
    for share in shares:
        _run(db, _noted_customers(act, share, now))
    _run(db, *sellers.stay(_of(act, CUSTOMER)), _customers_moved(act, now))
    ours = select(OwnerChange.row_id).where(*_of(act, CUSTOMER))
    _run(db, delete(PoolWarning).where(PoolWarning.customer_id.in_(ours)))
    for one in belongings.moving():
        rows = _noted(act, one, now, leaver_id, rest_to)
        if rows is not None:
            _run(db, rows)
            _move(db, act, one)
    _run(db, _pushes_of_pool(act))
    act.counts = _counted(db, act, is_undo=False)
    db.flush()
    db.expire_all()


def undo(db: Session, actor: Actor, transfer_id: int, now: datetime) -> Undone:
    """What the transfer moved and has not gone elsewhere since is back; what is closed by now stays.

    Raises: TransferNotFound; TransferOver; TooLateToUndo
    """
    act = get(db, actor, transfer_id)
    members.lock(db, act.team_id)
    db.refresh(act)
    check_undo(act, now)
    for kind in act.counts:
        _run(db, _noted_back(act, kind, now))
        if kind == CUSTOMER:
            _run(db, *sellers.stay(_of(act, CUSTOMER, True)), _customers_back(act))
        else:
            _move(db, act, belongings.of_kind(kind), is_undo=True)
    act.state, act.ended_at, act.ended_by_id = "undone", now, actor.member_id
    db.flush()
    back = _counted(db, act, is_undo=True)
    db.expire_all()
    return Undone(act, back, sum(act.counts.values()) - sum(back.values()))


def check_undo(act: Transfer, now: datetime) -> None:
    """Raises: TransferOver; TooLateToUndo"""
    if act.state != "done":
        raise TransferOver(act.state)
    if now - act.made_at > UNDO_WITHIN:
        raise TooLateToUndo(act.transfer_id)


def _of(act: Transfer, kind: str, is_undo: bool = False) -> tuple[ColumnElement[bool], ...]:
    return (
        OwnerChange.transfer_id == act.transfer_id,
        OwnerChange.kind == kind,
        OwnerChange.is_undo.is_(is_undo),
    )


def _written(act: Transfer, rows: Select[Any]) -> Insert:
    return insert(OwnerChange).from_select(list(COLUMNS), rows)


def _noted_customers(act: Transfer, share: Share, now: datetime) -> Insert:
    changes = Customer.owner_id.is_distinct_from(share.to_id)
    columns = (
        *(literal(act.team_id), literal(act.transfer_id), literal(CUSTOMER), Customer.customer_id, Customer.owner_id),
        *(literal(share.to_id, OwnerChange.after_id.type), Customer.assigned_at, Customer.lead_rung),
        *(literal(False), literal(now, OwnerChange.changed_at.type)),
    )
    return _written(act, select(*columns).where(Customer.team_id == act.team_id, changes, share.which))


def _customers_moved(act: Transfer, now: datetime) -> Update:
    ours = (*_of(act, CUSTOMER), OwnerChange.row_id == Customer.customer_id)
    moved = select(OwnerChange.row_id).where(*_of(act, CUSTOMER))
    after = select(OwnerChange.after_id).where(*ours).correlate(Customer).scalar_subquery()
    stays = Customer.lead_rung == ladder.EXEMPT if act.kind != "handover" else true()
    rung = case((stays, Customer.lead_rung), else_=0)
    return (
        update(Customer).where(Customer.customer_id.in_(moved)).values(owner_id=after, assigned_at=now, lead_rung=rung)
    )


def _customers_back(act: Transfer) -> Update:
    ours = (*_of(act, CUSTOMER, True), OwnerChange.row_id == Customer.customer_id)

    def was(column: Any) -> ScalarSelect[Any]:
        return select(column).where(*ours).correlate(Customer).scalar_subquery()

    moved = select(OwnerChange.row_id).where(*_of(act, CUSTOMER, True))
    before = {"owner_id": was(OwnerChange.after_id), "assigned_at": was(OwnerChange.held_since)}
    return update(Customer).where(Customer.customer_id.in_(moved)).values(**before, lead_rung=was(OwnerChange.rung))


def _noted(act: Transfer, one: Belonging, now: datetime, leaver_id: int | None, rest_to: int) -> Insert | None:
    """The open rows that go along: of the leaver all, else those of the owners before about their customers."""
    given = _after_customer(act, one, leaver_id is None) if one.customer is not None else null()
    after: Any = given
    if one.kind == OUTBOX:
        after = func.coalesce(given, _after_task(act))
    if leaver_id is not None:
        scope = one.holder == leaver_id
        after = func.coalesce(after, rest_to)
    elif one.kind == OUTBOX:
        scope = after.is_not(None)
    elif one.customer is not None:
        scope = and_(one.customer.in_(select(OwnerChange.row_id).where(*_of(act, CUSTOMER))), after.is_not(None))
    else:
        return None
    columns = (
        *(literal(act.team_id), literal(act.transfer_id), literal(one.kind), one.row_id, one.holder, after),
        *(null(), null(), literal(False), literal(now, OwnerChange.changed_at.type)),
    )
    return _written(act, select(*columns).select_from(one.sheet).where(scope, one.is_open, one.holder != after))


def _after_customer(act: Transfer, one: Belonging, owners_only: bool) -> ScalarSelect[Any]:
    """Who has the customer of the row now; `owners_only`: of rows that were his who had the customer."""
    ours = aliased(OwnerChange)
    asked = select(ours.after_id).where(
        ours.transfer_id == act.transfer_id, ours.kind == CUSTOMER, ours.row_id == one.customer, ours.is_undo.is_(False)
    )
    asked = asked.where(ours.before_id == one.holder) if owners_only else asked
    return asked.correlate(one.sheet).scalar_subquery()


def _after_task(act: Transfer) -> ScalarSelect[Any]:
    ours = aliased(OwnerChange)
    asked = select(ours.after_id).where(
        *(ours.transfer_id == act.transfer_id, ours.kind == "task.assignee_id", ours.is_undo.is_(False)),
        *(ours.row_id == Outbox.task_id, ours.before_id == Outbox.member_id),
    )
    return asked.correlate(Outbox).scalar_subquery()


def _move(db: Session, act: Transfer, one: Belonging, is_undo: bool = False) -> None:
    """The rows noted are whom they were noted for; where that one has such a row already, ours stays where it is."""
    of_kind = _of(act, one.kind, is_undo)
    for twin, same in one.twins():
        theirs = twin.c[one.holder.name] == OwnerChange.after_id
        clash = select(OwnerChange.owner_change_id).join(one.sheet, one.row_id == OwnerChange.row_id)
        clash = clash.join(twin, and_(same, theirs)).where(*of_kind)
        _run(db, delete(OwnerChange).where(OwnerChange.owner_change_id.in_(clash)))
    ours = (*of_kind, OwnerChange.row_id == one.row_id)
    values: dict[str, Any] = {
        one.holder.name: select(OwnerChange.after_id).where(*ours).correlate(one.sheet).scalar_subquery()
    }
    if one.kind == OUTBOX:
        chat = select(Member.user_id).join(OwnerChange, OwnerChange.after_id == Member.member_id).where(*ours)
        values["chat_id"] = chat.correlate(one.sheet).scalar_subquery()
    moved = select(OwnerChange.row_id).where(*of_kind)
    _run(db, update(one.sheet).where(one.row_id.in_(moved)).values(**values))


def _noted_back(act: Transfer, kind: str, now: datetime) -> Insert:
    """What is still as the transfer left it, and open, goes the other way."""
    if kind == CUSTOMER:
        sheet: Any = Customer
        holder: Any = Customer.owner_id
        row_id: Any = Customer.customer_id
        is_open: ColumnElement[bool] = true()
    else:
        one = belongings.of_kind(kind)
        sheet, holder, row_id, is_open = one.sheet, one.holder, one.row_id, one.is_open
    later, other = aliased(OwnerChange), aliased(Transfer)
    went_on = exists().where(
        *(later.kind == kind, later.row_id == OwnerChange.row_id, later.is_undo.is_(False)),
        *(later.owner_change_id > OwnerChange.owner_change_id, other.transfer_id == later.transfer_id),
        *(other.state == "done", other.transfer_id != act.transfer_id),
    )
    columns = (
        *(OwnerChange.team_id, OwnerChange.transfer_id, OwnerChange.kind, OwnerChange.row_id, OwnerChange.after_id),
        *(OwnerChange.before_id, OwnerChange.held_since, OwnerChange.rung, literal(True)),
        literal(now, OwnerChange.changed_at.type),
    )
    as_left = holder.is_not_distinct_from(OwnerChange.after_id)
    rows = select(*columns).join(sheet, row_id == OwnerChange.row_id)
    return _written(act, rows.where(*_of(act, kind), as_left, is_open, ~went_on))


def _pushes_of_pool(act: Transfer) -> Update:
    """What is planned about a customer who has nobody any more is said to nobody."""
    gone = select(OwnerChange.row_id).where(*_of(act, CUSTOMER), OwnerChange.after_id.is_(None))
    waiting = update(Outbox).where(belongings.OTHERWISE_OPEN[OUTBOX], Outbox.customer_id.in_(gone))
    return waiting.values(state="cancelled", reason=TO_POOL)


def _counted(db: Session, act: Transfer, is_undo: bool) -> dict[str, int]:
    rows = select(OwnerChange.kind, func.count()).group_by(OwnerChange.kind)
    mine = rows.where(OwnerChange.transfer_id == act.transfer_id, OwnerChange.is_undo.is_(is_undo))
    return {kind: int(number) for kind, number in db.execute(mine).tuples()}


def _run(db: Session, *statements: Insert | Update | Delete) -> None:  # rows at hand are read again afterwards
    for statement in statements:
        db.execute(statement, execution_options={"synchronize_session": False})
