"""What a customer, a household or a company bought, gave back and paid in a period (对账单)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm import customers, relations, settling
from crm.members import Actor
from crm.tables import AccountEntry, Customer, Order, SearchKey
from nlp.questions import periods
from nlp.questions.periods import Period

SCOPES = ("one", "household", "company")
HOUSEHOLD_WORDS = ("一家人", "一家", "全家", "家里", "家")
COMPANY_WORDS = ("公司", "整个公司", "全公司")
PEOPLE_MOST = 500
SHOWN = 8


class PeriodImpossible(ValueError):
    """The days are no period: out of order, or none of the calendar."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked for, as typed: a name or company, how much around him, and the period (None: this month)."""

    name: str
    scope: str
    period: Period | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sums of a period in fen, `returned_fen` above 0; `newest` some of `number` orders with whose they are.

    `owed_fen` is what all of them owe by the ledger now, whatever the period, below 0 where they paid more than that;
    `unpaid_fen` what they bought lately that is neither a debt nor paid.
    """

    customer: Customer
    scope: str
    people: list[Customer]
    first: date
    last: date
    number: int
    sold_fen: int
    returned_fen: int
    paid_fen: int
    owed_fen: int
    newest: list[tuple[Order, str]]
    unpaid_fen: int = 0


def read(text: str, today: date) -> Line:
    """The request of the text.

    >>> line = read("张伟一家 上月", date(2026, 3, 18))
    >>> line.name, line.scope, line.period.first, line.period.last
    ('张伟', 'household', datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    found = None
    for start in range(len(text)):
        if (at := periods.at(text, start, today)) is not None:
            found, end = at
            text = f"{text[:start]} {text[end:]}"
            break
    words = " ".join(text.replace("的", " ").split()).strip(" 。！!？?")
    for suffix in HOUSEHOLD_WORDS:
        if len(words) > len(suffix) + 1 and words.endswith(suffix):
            return Line(words.removesuffix(suffix).strip(), "household", found)
    for suffix in COMPANY_WORDS:
        if words.endswith(f" {suffix}"):
            return Line(words.removesuffix(suffix).strip(), "company", found)
    return Line(words, "one", found)


def of(db: Session, actor: Actor, customer_id: int, scope: str, first: date, last: date, today: date) -> Sheet:
    """The sheet of the customer, of his household, or of everybody of his company; of those the member may see.

    Raises: customers.CustomerNotFound; PeriodImpossible
    """
    if first > last or scope not in SCOPES:
        raise PeriodImpossible(first, last)
    customer = customers.get(db, actor, customer_id)
    people = _people(db, actor, customer, scope)
    ids = [one.customer_id for one in people]
    mine = (Order.customer_id.in_(ids), Order.ordered_on.between(first, last), Order.deleted_at.is_(None))
    sold_fen = case((Order.amount_fen > 0, Order.amount_fen), else_=0)
    sums = (func.count(), func.coalesce(func.sum(sold_fen), 0), func.coalesce(func.sum(sold_fen - Order.amount_fen), 0))
    number, sold, returned = db.execute(select(*sums).where(*mine)).one()
    newest = select(Order).where(*mine).order_by(Order.ordered_on.desc(), Order.order_id.desc()).limit(SHOWN)
    names = {one.customer_id: one.name for one in people}
    debts, paid, paid_in = _account(db, ids, first, last)
    at_once_fen = db.scalar(select(func.coalesce(func.sum(Order.amount_fen), 0)).where(*mine, Order.is_paid.is_(True)))
    return Sheet(
        customer,
        scope,
        people,
        first,
        last,
        number,
        int(sold),
        int(returned),
        paid_in + int(at_once_fen or 0),
        debts - paid,
        [(row, names[row.customer_id]) for row in db.scalars(newest)],
        settling.unpaid_fen(db, ids, today),
    )


def _account(db: Session, ids: list[int], first: date, last: date) -> tuple[int, int, int]:
    """Debts and payments of all time, and the payments of the period."""
    rows = select(AccountEntry.kind, AccountEntry.entry_on, AccountEntry.amount_fen)
    booked = db.execute(rows.where(AccountEntry.customer_id.in_(ids), AccountEntry.deleted_at.is_(None))).all()
    debts = sum(row.amount_fen for row in booked if row.kind == "debt")
    payments = [row for row in booked if row.kind == "payment"]
    return (
        debts,
        sum(row.amount_fen for row in payments),
        sum(row.amount_fen for row in payments if first <= row.entry_on <= last),
    )


def _people(db: Session, actor: Actor, customer: Customer, scope: str) -> list[Customer]:
    if scope == "household":
        return relations.household(db, actor, customer.customer_id)
    if scope == "company" and customer.company:
        keyed = select(SearchKey.customer_id).where(
            SearchKey.team_id == actor.team_id, SearchKey.key == customer.company.lower(), SearchKey.kind == "name"
        )
        alike = (Customer.customer_id.in_(keyed), Customer.company == customer.company, customers.visible(actor))
        return list(db.scalars(select(Customer).where(*alike).order_by(Customer.customer_id).limit(PEOPLE_MOST)))
    return [customer]
