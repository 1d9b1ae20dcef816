"""Open deals that an order may have won: found beside it, and open again when it is taken back."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Deal, DealMove, Order
from nlp.fields import money

NEARLY = 0.25  # of the larger sum: prices come down, and people are added, until it is signed
LOOKED_AT, OFFERED = 20, 2
_OPEN, _WON = "open", "won"


def fitting(db: Session, order: Order) -> list[Deal]:
    """The customer's open deals of nearly the order's sum, the nearest first."""
    fen = order.amount_fen
    mine = (Deal.customer_id == order.customer_id, Deal.state == _OPEN, Deal.deleted_at.is_(None))
    found = db.scalars(select(Deal).where(*mine, Deal.order_id.is_(None)).order_by(Deal.deal_id).limit(LOOKED_AT))
    near = [one for one in found if abs(one.amount_fen - fen) <= NEARLY * max(one.amount_fen, fen)]
    return sorted(near, key=lambda one: abs(one.amount_fen - fen))[:OFFERED]


def may_be_of(text: str, order: Order) -> bool:
    """True where the words of a need may be of the order: its sum or its goods, or neither sum nor number is named.

    专线20吨 2万4 is not of 车床2台 24万.
    """
    fens = [one.fen for one in money.find(text) if one.score > 1]
    if any(abs(fen - order.amount_fen) <= NEARLY * max(fen, order.amount_fen) for fen in fens):
        return True
    goods = _PLAIN_COUNT.sub(" ", order.product or "")
    if any(goods[at : at + 2] in text for at in range(len(goods) - 1) if goods[at : at + 2].isalpha()):
        return True
    return not fens and (not goods.strip() or _COUNT.search(text) is None)


_COUNT = re.compile(r"(?:\d|[要订买做拿 ]\s?[一二两三四五六七八九十])\s?[一-鿿](?<![点月号日天周年万千百])")
_PLAIN_COUNT = re.compile(r"(?:\d+|[一二两三四五六七八九十]+)\s?[一-鿿]")


def lose_order(db: Session, order_id: int, now: datetime) -> None:
    """What was won with the order that stood before is open again: the order was taken back, or is another's."""
    order = db.get_one(Order, order_id)
    mine = (Deal.customer_id == order.customer_id, Deal.order_id == order_id, Deal.state == _WON)
    for deal in db.scalars(select(Deal).where(*mine)):
        last = _last_move(db, deal)
        if last is None or last.after != _WON or not stood_before(order, last):
            continue
        last.undone_at = now
        deal.order_id = deal.won_fen = deal.closed_on = None
        deal.state, deal.moved_at = _OPEN, now


def stood_before(order: Order, won: DealMove) -> bool:
    """True where the deal was won with an order that was there: it is not taken back with the deal."""
    return order.created_at < won.moved_at


def _last_move(db: Session, deal: Deal) -> DealMove | None:
    mine = (DealMove.deal_id == deal.deal_id, DealMove.undone_at.is_(None))
    return db.scalar(select(DealMove).where(*mine).order_by(DealMove.deal_move_id.desc()).limit(1))
