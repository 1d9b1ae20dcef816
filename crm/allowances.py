"""What is let off where the rest is paid (付款170 抹零4): debt and order are so much less, nothing is left."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts, drafts, order_sums, payment_plans, settling
from crm.accounts import Booked
from crm.members import Actor
from crm.tables import AccountEntry, Draft, Order
from nlp.reader import let_off
from nlp.reader.incoming import Incoming


def of(db: Session, customer_id: int, paid: Incoming, today: date) -> tuple[int, int] | None:
    """What came and what is let off, in fen, where together they are just what is open; None else.

    Of 把275结了 抹零5块 the sum told may be either the whole or what came: what is open tells. Nobody lets off more
    than a tenth of what was owed.
    """
    if paid.off is None:
        return None
    fen, off_fen = paid.fen, paid.off.fen
    if off_fen is None:
        off_fen = _rest_of(db, customer_id, fen, today)
        return (fen, off_fen) if off_fen is not None else None
    is_on_top = settling.is_just_open(db, customer_id, fen + off_fen, today)
    is_within = not paid.off.is_beside and off_fen < fen and settling.is_just_open(db, customer_id, fen, today)
    if is_on_top == is_within or (is_on_top and not _can_be_less(db, customer_id, fen + off_fen, off_fen, today)):
        return None
    came_fen = fen if is_on_top else fen - off_fen
    return (came_fen, off_fen) if _is_small(off_fen, came_fen + off_fen) else None


def _is_small(off_fen: int, whole_fen: int) -> bool:
    return 0 <= off_fen <= whole_fen // let_off.LARGEST_SHARE


def _rest_of(db: Session, customer_id: int, fen: int, today: date) -> int | None:
    """What is let off where its sum is not told: the little that is left of all that is open, or of one order or debt.

    0 where just that is open: by 付了4000 算清了 an order of 4,000 is paid, and another of 175 stays.
    """
    if settling.stands(db, customer_id, fen, today):
        return 0
    sold = select(Order.amount_fen).where(Order.customer_id == customer_id, *settling.sold_lately(today))
    debts = [row.amount_fen for row in accounts.entries(db, customer_id) if row.kind == "debt"]
    all_fen = settling.open_fen(db, customer_id, today)
    wholes = {one for one in (all_fen, *db.scalars(sold), *debts) if fen <= one and _is_small(one - fen, one)}
    whole_fen = wholes.pop() if len(wholes) == 1 else 0
    is_open = whole_fen in (0, all_fen) or settling.stands(db, customer_id, whole_fen, today)
    return whole_fen - fen if whole_fen and is_open else None


def book(
    db: Session, actor: Actor, customer_id: int, fen: int, off_fen: int, on: date, now: datetime
) -> tuple[list[Booked], int]:
    """The payment is booked, and debt and order are so much less; with the draft that takes all of it back.

    Raises: customers.CustomerNotFound; accounts.SumImpossible
    """
    today, whole_fen = actor.today(now), fen + off_fen
    left_fen = settling.open_fen(db, customer_id, today) - whole_fen
    lowered: list[payment_plans.Lowered] = []
    less_fen = min(off_fen, accounts.owed_fen(db, customer_id, today) - fen)
    debt = _debt(db, customer_id, whole_fen, less_fen) if less_fen > 0 else None
    if debt is not None:
        lowered.append(("debt", debt.account_entry_id, debt.amount_fen, debt.amount_fen - less_fen))
        debt.amount_fen -= less_fen
        db.flush()
    made, draft_id = settling.book(db, actor, customer_id, fen, on, now)
    lowered += lower_orders(db, customer_id, whole_fen, left_fen, now, today)
    if draft_id is None:
        data = {"entry_ids": [one.entry.account_entry_id for one in made], "is_of_order": True, "lowered": lowered}
        return made, drafts.keep(db, actor, payment_plans.BOOKED, "", data, now).draft_id
    draft = db.get_one(Draft, draft_id)
    draft.data = draft.data | {"lowered": lowered}
    db.flush()
    return made, draft_id


def _debt(db: Session, customer_id: int, whole_fen: int, off_fen: int) -> AccountEntry | None:
    """The debt of just the whole, else the newest that is larger than what is let off."""
    rows = [row for row in accounts.open_to_change(accounts.entries(db, customer_id)) if row.kind == "debt"]
    same = [row for row in rows if row.amount_fen == whole_fen]
    newest = max(same, key=lambda row: row.account_entry_id, default=None)
    return newest or accounts.newest_debt(db, customer_id, off_fen)


def _can_be_less(db: Session, customer_id: int, whole_fen: int, off_fen: int, today: date) -> bool:
    """False where debts are open of which none is larger than what is let off."""
    is_owed = accounts.owed_fen(db, customer_id, today) > 0
    return not is_owed or _debt(db, customer_id, whole_fen, off_fen) is not None


def lower_orders(
    db: Session, customer_id: int, whole_fen: int, left_fen: int, now: datetime, today: date
) -> list[payment_plans.Lowered]:
    """The order of just the whole, else the newest, is so much less that no more than `left_fen` stays open."""
    off_fen = settling.open_fen(db, customer_id, today) - max(left_fen, 0)
    row = order_of(db, customer_id, whole_fen, off_fen, today)
    if row is None:
        return []
    was = row.amount_fen
    order_sums.become(db, row, was - off_fen, now)
    return [("order", row.order_id, was, was - off_fen)]


def order_of(db: Session, customer_id: int, whole_fen: int, off_fen: int, today: date) -> Order | None:
    """The unpaid order of just the whole, else the newest that is larger, where no debt is of so much of it."""
    unnoted_fen = settling.unnoted_fen(db, customer_id, accounts.entries(db, customer_id), today)
    if not 0 < off_fen <= unnoted_fen:
        return None
    sold = select(Order).where(Order.customer_id == customer_id, *settling.sold_lately(today))
    rows = list(db.scalars(sold.where(Order.amount_fen > off_fen).order_by(Order.order_id.desc())))
    return next((one for one in rows if one.amount_fen == whole_fen), rows[0] if rows else None)
