"""The customer shown last: what is typed next may mean him without naming him."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers, named
from crm.members import Actor
from crm.tables import Customer
from nlp import lazy

SPOKEN = 4  # Chinese characters without which a text is no note of the customer shown last
_HAN = lazy.regex(r"[\u4e00-\u9fff]")


def meant(db: Session, actor: Actor, text: str, touched: Collection[int]) -> Customer | None:
    """The customer shown last; None where the text is too short or names somebody else: the `touched` customers."""
    if actor.current_customer_id is None or len(_HAN.findall(text)) < SPOKEN or named.opening(text):
        return None
    if touched and actor.current_customer_id not in touched:
        return None  # it names others whom we know
    mine = (Customer.customer_id == actor.current_customer_id, customers.visible(actor))
    row = db.scalar(select(Customer).where(*mine))
    return None if row is None or named.another(text, row) else row
