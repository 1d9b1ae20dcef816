"""Why customers complain: the causes a team chooses from, how often each was one, and who or what complains again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Complaint, ComplaintCause, Customer

USUAL = ("产品质量", "发货延误", "错发漏发", "包装破损", "安装使用", "服务态度", "价格账务", "客户误会")
MOST = 20
LONGEST = 12
WINDOW = timedelta(days=90)
SHOWN = 6


class CauseUnknown(LookupError):
    """The team's list holds no such cause."""


class CauseRefused(ValueError):
    """It cannot be a cause of the list. `why`: empty | long | many."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Repeats:
    """Causes and who complains again, of cases opened since then; each with how often, most first.

    `customers` and `products` only those with at least `least` cases; `total`: all cases, `without_cause` of them.
    """

    since: datetime
    least: int
    total: int
    without_cause: int
    causes: list[tuple[str, int]]
    customers: list[tuple[Customer, int]]
    products: list[tuple[str, int]]


def of_team(db: Session, actor: Actor, now: datetime) -> list[ComplaintCause]:
    """The causes the team chooses from; the usual ones before it has any of its own."""
    mine = select(ComplaintCause).where(ComplaintCause.team_id == actor.team_id)
    rows = db.scalars(mine.order_by(ComplaintCause.complaint_cause_id)).all()
    if not rows:
        _insert(db, actor, USUAL, now)
        rows = db.scalars(mine.order_by(ComplaintCause.complaint_cause_id)).all()
    return [row for row in rows if row.retired_at is None]


def get(db: Session, actor: Actor, cause_id: int) -> ComplaintCause:
    """The cause, also one that is offered no more.

    Raises: CauseUnknown
    """
    row = db.get(ComplaintCause, cause_id)
    if row is None or row.team_id != actor.team_id:
        raise CauseUnknown(cause_id)
    return row


def add(db: Session, actor: Actor, name: str, now: datetime) -> ComplaintCause:
    """The cause of that name is on the team's list.

    Raises: CauseRefused
    """
    tidy = " ".join(name.split()).strip("。.，,！!：:")
    if not tidy or len(tidy) > LONGEST:
        raise CauseRefused("long" if tidy else "empty")
    present = of_team(db, actor, now)
    if len(present) >= MOST and tidy not in {row.name for row in present}:
        raise CauseRefused("many")
    _insert(db, actor, (tidy,), now)
    mine = select(ComplaintCause).where(ComplaintCause.team_id == actor.team_id, ComplaintCause.name == tidy)
    row = db.scalars(mine).one()
    row.retired_at = None
    db.flush([row])
    return row


def retire(db: Session, actor: Actor, cause_id: int, now: datetime) -> ComplaintCause:
    """The cause is offered no more; cases that have it keep it.

    Raises: members.NotAllowed; CauseUnknown
    """
    actor.require("manager")
    row = get(db, actor, cause_id)
    db.execute(
        update(ComplaintCause).where(ComplaintCause.complaint_cause_id == row.complaint_cause_id).values(retired_at=now)
    )
    db.refresh(row)
    return row


def name_of(db: Session, row: Complaint) -> str | None:
    """What the cause of the case is called."""
    cause = db.get(ComplaintCause, row.cause_id) if row.cause_id is not None else None
    return cause.name if cause is not None else None


def repeats(db: Session, actor: Actor, least: int, now: datetime) -> Repeats:
    """The causes of the last 90 days, and customers and products with at least `least` cases in them."""
    since = now - WINDOW
    recent = (Complaint.team_id == actor.team_id, Complaint.opened_at >= since, customers.visible(actor))
    number = func.count()
    causes = _joined(select(ComplaintCause.name, number)).outerjoin(
        ComplaintCause, ComplaintCause.complaint_cause_id == Complaint.cause_id
    )
    by_cause = db.execute(causes.where(*recent).group_by(ComplaintCause.name).order_by(number.desc())).all()
    total = sum(row[1] for row in by_cause)
    products = _joined(select(Complaint.product, number)).where(*recent, Complaint.product.is_not(None))
    products = products.group_by(Complaint.product).having(number >= least)
    return Repeats(
        since,
        least,
        total,
        sum(row[1] for row in by_cause if row[0] is None),
        [(row[0], row[1]) for row in by_cause if row[0] is not None],
        _customers(db, actor, least, recent),
        [(row[0], row[1]) for row in db.execute(products.order_by(number.desc(), Complaint.product).limit(SHOWN))],
    )


def times(db: Session, row: Complaint, now: datetime) -> int:
    """How many cases the customer has had in the last 90 days, this one among them."""
    mine = (Complaint.customer_id == row.customer_id, Complaint.opened_at >= now - WINDOW)
    return db.scalar(select(func.count()).select_from(Complaint).where(*mine)) or 0


def _customers(
    db: Session, actor: Actor, least: int, recent: Sequence[ColumnElement[bool]]
) -> list[tuple[Customer, int]]:
    number = func.count()
    rows = _joined(select(Complaint.customer_id, number)).where(*recent).group_by(Complaint.customer_id)
    rows = rows.having(number >= least).order_by(number.desc(), Complaint.customer_id).limit(SHOWN)
    often = {row[0]: row[1] for row in db.execute(rows)}
    return [(row, often[row.customer_id]) for row in customers.find_many(db, actor, often)]


def _joined(rows: Select[tuple[object, int]]) -> Select[tuple[object, int]]:
    return rows.select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)


def _insert(db: Session, actor: Actor, names: Sequence[str], now: datetime) -> None:
    insert_new = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [{"team_id": actor.team_id, "name": name, "created_at": now} for name in names]
    db.execute(insert_new(ComplaintCause).values(rows).on_conflict_do_nothing())
