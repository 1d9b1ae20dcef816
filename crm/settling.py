"""Money that pays for goods sold before: 尾款17万1 is towards the car that he ordered, whether that is a debt or not.

An order is a debt only where somebody noted it as one. What pays for an order that is none goes into the ledger with
a debt of the same sum, so that it never stands against a debt that comes later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import accounts, deposits_counted, drafts, orders, parts_received, payment_plans
from crm.accounts import Booked
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Order
from nlp import lazy

WITHIN = timedelta(days=60)  # an older order was paid, or is a debt by now
_ANOTHER = lazy.regex("又|再(?:次|付|交|打|转|给|还|汇)")  # 又付了5000: one more of the same sum


def pays(
    db: Session,
    customer_id: int,
    fen: int,
    text: str,
    is_of_sold: bool,
    now: datetime,
    today: date,
    left_fen: int | None = None,
) -> bool:
    """True where the money is towards what the customer owes, or bought lately, and was not told before.

    is_of_sold: the words say that it pays for goods; only such money is towards orders that are no debt; beside debts
    only what with `left_fen`, which is told to be left, comes to all that is open.
    """
    booked = accounts.entries(db, customer_id)
    owed_fen = accounts.settled(booked, today).owed_fen
    if fen <= owed_fen or (owed_fen > 0 and is_of_sold and fen + (left_fen or 0) == open_fen(db, customer_id, today)):
        return not _is_told_again(booked, fen, text, now)
    if owed_fen > 0 or not is_of_sold or fen > _uncovered_fen(db, customer_id, booked, today):
        return False
    return not deposits_counted.is_booked(parts_received.left_out(booked), fen, now)  # a first half is not the rest


def stands(db: Session, customer_id: int, fen: int, today: date, goods: str = "") -> bool:
    """True where a debt or an order of just this sum is not paid: money of that sum pays it.

    goods: what the money is told to be for; an order of other goods is none, nor one of a small sum: what is bought
    for cash again and again is sold again.
    """
    booked = accounts.entries(db, customer_id)
    owed_fen = accounts.settled(booked, today).owed_fen
    if owed_fen >= fen and (owed_fen == fen or any(row.kind == "debt" and row.amount_fen == fen for row in booked)):
        return True
    if (goods and fen < orders.WORTH_ASKING_FEN) or _uncovered_fen(db, customer_id, booked, today) < fen:
        return False
    sold = select(Order.product).where(Order.customer_id == customer_id, Order.amount_fen == fen, *sold_lately(today))
    return any(not goods or _is_alike(product or "", goods) for product in db.scalars(sold))


def is_just_open(db: Session, customer_id: int, fen: int, today: date, left_fen: int | None = None) -> bool:
    """True where a debt or an order of just this sum is not paid, or all that is open comes to it.

    left_fen: what is told to be still open then: 收了300 还差275 of 575
    """
    all_fen = open_fen(db, customer_id, today)
    return fen + (left_fen or 0) == all_fen or (fen < all_fen and stands(db, customer_id, fen, today))


def open_fen(db: Session, customer_id: int, today: date) -> int:
    """What is owed by the ledger and by the orders of late beside it."""
    booked = accounts.entries(db, customer_id)
    return max(accounts.settled(booked, today).owed_fen, 0) + max(unnoted_fen(db, customer_id, booked, today), 0)


def _is_alike(product: str, goods: str) -> bool:
    return product in goods or goods in product


def is_told_again(db: Session, customer_id: int, fen: int, text: str, now: datetime, on: date | None = None) -> bool:
    """True where a payment of this sum was entered within hours, and the words do not say that it is one more.

    on: the day on which it came, where one is told: another day's is another. Of an order paid by halves the first
    half, booked with its order, is not the second.
    """
    return not is_another(text) and _is_told_again(accounts.entries(db, customer_id), fen, text, now, on)


def is_another(text: str) -> bool:
    """True where the words say that it is one more payment of the same sum: 又付了5000."""
    return _ANOTHER.search(text) is not None


def _is_told_again(booked: Sequence[AccountEntry], fen: int, text: str, now: datetime, on: date | None = None) -> bool:
    if is_another(text):
        return False
    same = [row for row in booked if row.kind == "payment" and row.amount_fen == fen]
    lately = [row for row in same if row.created_at >= now - orders.ALIKE_WITHIN and on in (None, row.entry_on)]
    return any(not _is_first_half(booked, row) for row in lately)


def _is_first_half(booked: Sequence[AccountEntry], payment: AccountEntry) -> bool:
    """True for a payment that was booked with two debts of its sum: the part paid of an order, and the rest."""
    beside = [row for row in booked if row.kind == "debt" and row.created_at == payment.created_at]
    return [row.amount_fen for row in beside] == [payment.amount_fen] * 2


def _uncovered_fen(db: Session, customer_id: int, booked: Sequence[AccountEntry], today: date) -> int:
    """What the customer bought lately, net of returns, that is neither a debt nor paid by the ledger."""
    return _bought_fen(db, customer_id, today) - max(_lately(booked, today))


def unpaid_fen(db: Session, customer_ids: Sequence[int], today: date) -> int:
    """What these customers bought lately that is neither a debt nor paid by the ledger, each for himself."""
    return sum(unpaid_of(db, customer_ids, today).values())


def unpaid_of(db: Session, customer_ids: Sequence[int], today: date) -> dict[int, int]:
    """The same by customer, in fen; who bought nothing is not among them."""
    mine = (Order.customer_id.in_(customer_ids), *sold_lately(today))
    bought = select(Order.customer_id, func.sum(Order.amount_fen)).where(*mine)
    booked = accounts.entries_of(db, customer_ids)
    rows = db.execute(bought.group_by(Order.customer_id)) if customer_ids else ()
    return {one: max(int(fen) - max(_lately(booked.get(one, ()), today)), 0) for one, fen in rows}


def book(
    db: Session, actor: Actor, customer_id: int, fen: int, on: date, now: datetime, *, is_ahead: bool = False
) -> tuple[list[Booked], int | None]:
    """The payment is in the ledger, the last of the list; of an order that is no debt with that debt before it.

    With it comes the draft that takes both back, None for a payment alone. What was paid ahead for these orders is
    settled with it. What is just left of an order paid in part names that order. is_ahead: it is a deposit, which pays
    no debt of an order that leaves it out.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    today, booked = actor.today(now), accounts.entries(db, customer_id)
    owed_fen = accounts.settled(booked, today).owed_fen
    short_fen = min(fen - owed_fen, unnoted_fen(db, customer_id, booked, today))
    if is_ahead and _is_left_out(db, customer_id, booked, fen, today):
        short_fen = fen
    if short_fen <= 0:
        return [accounts.add(db, actor, customer_id, "payment", fen, on, now)], None
    order_id = parts_received.of_rest(db, booked, fen) if short_fen == fen else None
    made = [
        accounts.add(db, actor, customer_id, "debt", short_fen, on, now, order_id),
        accounts.add(db, actor, customer_id, "payment", fen, on, now, order_id),
    ]
    data = {"entry_ids": [one.entry.account_entry_id for one in made], "is_of_order": True}
    return made, drafts.keep(db, actor, payment_plans.BOOKED, "", data, now).draft_id


def _is_left_out(db: Session, customer_id: int, booked: Sequence[AccountEntry], fen: int, today: date) -> bool:
    """True where the debts entered since the newest order that is larger leave that sum of it out."""
    larger = select(Order).where(Order.customer_id == customer_id, Order.amount_fen > fen, *sold_lately(today))
    order = db.scalar(larger.order_by(Order.order_id.desc()).limit(1))
    if order is None:
        return False
    noted = (row.amount_fen for row in booked if row.kind == "debt" and row.created_at >= order.created_at)
    return sum(noted) + fen <= order.amount_fen


def takes_deposit(db: Session, customer_id: int, fen: int, now: datetime, today: date, is_first: bool) -> bool:
    """True where a deposit of this sum is not in the ledger: of an order or a debt there is, or before there is any.

    is_first: it may be paid to us before there is an order
    """
    booked = accounts.entries(db, customer_id)
    if deposits_counted.is_booked(booked, fen, now):
        return False
    if is_first and open_fen(db, customer_id, today) == 0:
        return True
    return _is_left_out(db, customer_id, booked, fen, today) or accounts.settled(booked, today).owed_fen >= fen


def paid_of_fen(db: Session, customer_id: int, fen: int, today: date) -> int:
    """What the ledger holds as paid of the order of just this sum, where that is told as owed whole: 0 without."""
    such = select(Order).where(Order.customer_id == customer_id, Order.amount_fen == fen, *sold_lately(today))
    order = db.scalar(such.order_by(Order.order_id.desc()).limit(1))
    if order is None:
        return 0
    booked = accounts.entries(db, customer_id)
    paid_fen, left_fen = paid_at_once_fen(booked, order.created_at), unnoted_fen(db, customer_id, booked, today)
    return paid_fen if 0 < paid_fen < fen and fen - paid_fen <= left_fen < fen else 0


def remove(db: Session, actor: Actor, entry: AccountEntry, now: datetime) -> tuple[list[Booked], int | None]:
    """The entry is taken back, the last of the list; a payment of an order with the debt that was booked for it.

    With it comes the draft that brings both back, None where a colleague booked them, or for an entry alone.
    Raises: accounts.EntryNotFound
    """
    draft = _draft_of(db, entry)
    if draft is None:
        return [accounts.set_removed(db, actor, entry.account_entry_id, True, now)], None
    if draft.member_id == actor.member_id:
        return payment_plans.set_removed(db, actor, draft.draft_id, True, now), draft.draft_id
    payment_plans.lower(db, draft.data.get("lowered", ()), True, now)
    return [accounts.set_removed(db, actor, key, True, now) for key in draft.data["entry_ids"]], None


def _draft_of(db: Session, entry: AccountEntry) -> Draft | None:
    """The draft with which a payment of an order was booked: its entries are taken back together."""
    made = select(Draft).where(Draft.member_id == entry.created_by_id, Draft.kind == payment_plans.BOOKED)
    rows = db.scalars(made.where(Draft.created_at == entry.created_at, Draft.resolved_at.is_(None)))
    of_orders = (row for row in rows if row.data.get("is_of_order"))
    return next((row for row in of_orders if entry.account_entry_id in row.data["entry_ids"]), None)


def give(db: Session, actor: Actor, entry: AccountEntry, customer_id: int, now: datetime) -> None:
    """The debt or payment is the other customer's; the caller has looked both up.

    The debt that was booked with a payment of an order goes with it as far as the other has such orders, too. What was
    let off with it is owed again.
    """
    if (draft := _draft_of(db, entry)) is not None and draft.data.get("lowered"):
        payment_plans.lower(db, draft.data["lowered"], True, now)
        draft.data = draft.data | {"lowered": []}
    beside = accounts.debt_beside(accounts.entries(db, entry.customer_id), entry)
    if beside is not None:
        today, booked = actor.today(now), accounts.entries(db, customer_id)
        owed_fen = max(accounts.settled(booked, today).owed_fen, 0)
        short_fen = min(beside.amount_fen, entry.amount_fen - owed_fen, unnoted_fen(db, customer_id, booked, today))
        if short_fen > 0:
            beside.customer_id, beside.order_id, beside.amount_fen = customer_id, None, short_fen
        else:
            beside.deleted_at = now
    entry.customer_id, entry.order_id = customer_id, None
    db.flush()


def is_beyond(db: Session, customer_id: int, fen: int, today: date) -> bool:
    """True for more money than the customer's debts and the orders beside them come to."""
    return fen > open_fen(db, customer_id, today)


def unnoted_fen(db: Session, customer_id: int, booked: Sequence[AccountEntry], today: date) -> int:
    """What the customer bought lately, net of returns, that the debts of these days, of his entries, do not cover."""
    debts_fen, _ = _lately(booked, today)
    return _bought_fen(db, customer_id, today) - debts_fen


def paid_at_once_fen(booked: Sequence[AccountEntry], since: datetime) -> int:
    """The debts that were booked together with their payments since then."""
    found = (accounts.debt_beside(booked, row) for row in booked if row.created_at >= since)
    return sum({row.account_entry_id: row.amount_fen for row in found if row is not None}.values())


def bought_since_fen(db: Session, customer_id: int, since: datetime) -> int:
    """What the customer bought by the orders entered since then that were not paid at once, net of returns."""
    return _sum_of(db, customer_id, Order.deleted_at.is_(None), Order.is_paid.is_(False), Order.created_at >= since)


def _bought_fen(db: Session, customer_id: int, today: date) -> int:
    return _sum_of(db, customer_id, *sold_lately(today))


def sold_lately(today: date) -> tuple[ColumnElement[bool], ...]:
    """True of orders that may be unpaid; imported ones are history: whether those are paid nobody told."""
    is_open = (Order.deleted_at.is_(None), Order.import_id.is_(None), Order.is_paid.is_(False))
    return *is_open, Order.ordered_on >= today - WITHIN


def _sum_of(db: Session, customer_id: int, *which: ColumnElement[bool]) -> int:
    mine = select(func.coalesce(func.sum(Order.amount_fen), 0)).where(Order.customer_id == customer_id, *which)
    return int(db.scalar(mine) or 0)


def _lately(booked: Sequence[AccountEntry], today: date) -> tuple[int, int]:
    """Debts and payments of the days for which orders are looked at."""
    lately = [row for row in booked if row.created_at.date() >= today - WITHIN]
    sums = {kind: sum(row.amount_fen for row in lately if row.kind == kind) for kind in accounts.KINDS}
    return sums["debt"], sums["payment"]
