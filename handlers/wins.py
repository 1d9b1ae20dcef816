"""What an order may have won: the open deals and needs of its customer, as buttons below its card."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import deal_wins, needs
from crm.tables import Order
from handlers.say import Rows
from handlers.texts import deals as deal_texts
from handlers.texts import need_cases as need_texts


def offered(db: Session, order: Order, now: datetime) -> Rows:
    """The rows of buttons; a return wins nothing."""
    if order.amount_fen <= 0:
        return ()
    won = deal_texts.won_by(deal_wins.fitting(db, order), order.order_id)
    return (*won, *need_texts.won_by(needs.fitting(db, order.customer_id, order.product, now), order.order_id))
