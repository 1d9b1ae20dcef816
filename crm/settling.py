"""What of a customer's orders no payment in the ledger covers: 尾款17万1 is towards the car that he ordered."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import purchases
from crm.tables import AccountEntry


def uncovered_fen(db: Session, customer_id: int) -> int:
    """Everything the customer bought, net of returns, less all that the ledger holds as paid by him."""
    mine = (AccountEntry.customer_id == customer_id, AccountEntry.deleted_at.is_(None), AccountEntry.kind == "payment")
    paid = db.scalar(select(func.coalesce(func.sum(AccountEntry.amount_fen), 0)).where(*mine)) or 0
    return purchases.total_fen(db, customer_id) - int(paid)
