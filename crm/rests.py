"""A debt that waits in a draft, as it is when it is booked: what of its order was paid by then, and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from crm import accounts, deposits_counted, drafts, payment_plans, settling
from crm.accounts import Booked
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Order
from nlp import lazy
from nlp.reader import paid_beside

_ANOTHER = lazy.regex("[又再另]|新[欠赊]")  # one more of the same sum


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed by now of what a draft tells, and what was paid of it that the ledger does not hold, in fen.

    is_noted: the debt stands in the ledger since, whole or with its part; `fen` is what its order costs more by now.
    """

    fen: int
    paid_fen: int = 0
    is_noted: bool = False


def order_of(db: Session, draft: Draft) -> Order | None:
    """The order with which the draft was made, as it is now; None for a draft of no order."""
    order_id = draft.data.get("order_id")
    return db.get(Order, order_id) if order_id is not None else None


def is_changed(draft: Draft, order: Order) -> bool:
    """True where the order costs something else than when the draft was made."""
    return order.amount_fen != int(draft.data["sold_fen"])


def due(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> Due:
    """What the debt of the draft is by now: of an order told with a deposit the rest, if that is not booked apart.

    What stands booked of the sum paid comes on top: 一共13.6万 已付7万, of which 5万 is in the ledger, leaves 6.6万
    to pay. A deposit that waits to be booked waits no more, where the rest leaves it out. Of orders that were paid
    since, with their debts, nothing is left: 0 or less. An old car taken for a sum is no money that came. Of an order
    whose sum was changed since it is so much more or less, of one taken back or marked as paid nothing.
    """
    fen, paid_fen = int(draft.data["fen"]), int(draft.data.get("paid_fen") or 0)
    booked, since, order = accounts.entries(db, customer_id), draft.created_at, order_of(db, draft)
    if order is not None and (order.deleted_at is not None or order.is_paid):
        return Due(0)
    more_fen = order.amount_fen - int(draft.data["sold_fen"]) if order is not None else 0
    if _is_noted_since(db, booked, draft, customer_id, actor.today(now), more_fen):
        unnoted_fen = settling.unnoted_fen(db, customer_id, booked, actor.today(now))
        return Due(min(more_fen, unnoted_fen), is_noted=True)
    fen += more_fen
    if paid_fen and _is_deposit_booked(booked, paid_fen, fen, now):
        held_fen = paid_fen
    else:
        earlier = deposits_counted.waiting(db, actor, customer_id, paid_fen, now) if paid_fen else None
        if earlier is not None:
            earlier.resolved_at = now
        before = [row for row in booked if row.created_at <= since]
        held_fen = min(max(-accounts.settled(before, actor.today(now)).owed_fen, 0), paid_fen)
    sold_fen = max(settling.bought_since_fen(db, customer_id, since), fen + paid_fen)
    left_fen = sold_fen - settling.paid_at_once_fen(booked, since) - (paid_fen - held_fen)
    return Due(min(fen + held_fen, left_fen), 0 if paid_beside.trades_in(draft.text) else paid_fen - held_fen)


def book_with_part(
    db: Session, actor: Actor, draft: Draft, customer_id: int, due: Due, now: datetime
) -> tuple[list[Booked], int]:
    """What was paid of it is a debt that its payment settles, so that it pays no older one; the rest is a debt.

    The rest comes first; with them the draft that takes all back.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    on = date.fromisoformat(draft.data["on"]) if draft.data["on"] else None
    paid_on = actor.today(draft.created_at)
    part = [accounts.add(db, actor, customer_id, kind, due.paid_fen, paid_on, now) for kind in accounts.KINDS]
    made = [accounts.add(db, actor, customer_id, "debt", due.fen, on, now), *part]  # after it: no debt beside it
    data = {"entry_ids": [one.entry.account_entry_id for one in made]}
    return made, drafts.keep(db, actor, payment_plans.BOOKED, draft.text, data, now).draft_id


def _is_noted_since(
    db: Session, booked: list[AccountEntry], draft: Draft, customer_id: int, today: date, more_fen: int
) -> bool:
    """True where a debt of just this order was booked since, and no other order waits for one of that sum.

    more_fen: what the order costs more than it did then, less than nothing where it costs less.
    """
    fen = int(draft.data["fen"])
    if _ANOTHER.search(draft.text) or settling.unnoted_fen(db, customer_id, booked, today) >= fen:
        return False
    sums: dict[datetime, int] = {}
    for row in booked:
        if row.kind == "debt" and row.created_at > draft.created_at:
            sums[row.created_at] = sums.get(row.created_at, 0) + row.amount_fen
    owed_at = {row.created_at for row in accounts.open_to_change(booked) if row.kind == "debt"}  # not paid at once
    noted = {total for made_at, total in sums.items() if made_at in owed_at}
    told = {fen, fen + int(draft.data.get("paid_fen") or 0)}
    return bool((told | {one + more_fen for one in told}) & noted)


def share_fen(db: Session, actor: Actor, draft: Draft, customer_id: int, now: datetime) -> int:
    """What a payment in a draft is by now: of a share told without its sum no more than what is left to pay."""
    fen, today = int(draft.data["fen"]), actor.today(now)
    if not draft.data.get("is_share"):
        return fen
    return min(fen, accounts.owed_fen(db, customer_id, today) or settling.unpaid_fen(db, [customer_id], today))


def _is_deposit_booked(booked: list[AccountEntry], paid_fen: int, fen: int, now: datetime) -> bool:
    """True where the deposit is in the ledger; of an order paid by halves the other half is none."""
    same = deposits_counted.payments_of(booked, paid_fen, now)
    return any(paid_fen != fen or accounts.debt_beside(booked, row) is None for row in same)
