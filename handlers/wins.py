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
    found = needs.fitting(db, order.customer_id, order.product, now, needs.LOOKED_AT)
    asked_for = [pair for pair in found if pair[0].product is not None or deal_wins.may_be_of(pair[1], order)]
    return (*won, *need_texts.won_by(asked_for[: deal_wins.OFFERED], order.order_id))
