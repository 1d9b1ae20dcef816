"""What came where the rest is told without its sum: 尾款到了 is what is left of the one sum that is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import accounts, parts_received, settling
from crm.tables import Order
from nlp.reader.incoming import Incoming


def filled(db: Session, customer_id: int | None, paid: Incoming | None, today: date) -> Incoming | None:
    """The money with its sum; None where the ledger does not know which sum is meant, or whose."""
    if paid is None or not paid.is_rest:
        return paid
    fen = only_open_fen(db, customer_id, today) if customer_id is not None else 0
    return replace(paid, fen=fen) if fen else None


def only_open_fen(db: Session, customer_id: int, today: date) -> int:
    """What is left of the one debt or order that is open; 0 where nothing is open, or several may be."""
    booked = accounts.entries(db, customer_id)
    owed_fen = max(accounts.settled(booked, today).owed_fen, 0)
    unnoted = settling.unnoted_fen(db, customer_id, booked, today)
    if (owed_fen > 0) == (unnoted > 0):
        return 0
    if owed_fen:
        debts = sorted((row.entry_on, row.account_entry_id, row.amount_fen) for row in booked if row.kind == "debt")
        return owed_fen if debts[-1][2] >= owed_fen else 0
    lately = select(Order.amount_fen).where(Order.customer_id == customer_id, *settling.sold_lately(today))
    sold = db.scalars(lately).all()
    is_one = len(sold) == 1 or unnoted in sold or parts_received.of_rest(db, booked, unnoted) is not None
    return unnoted if is_one else 0
