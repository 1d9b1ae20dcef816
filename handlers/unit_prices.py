"""50套 22: whether that is the price of one or of all is asked, each answer with what it makes."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import drafts, order_drafts, unit_prices
from crm.members import Actor
from crm.order_matching import Match
from crm.understanding import Understanding
from handlers import orders
from handlers.context import Context
from handlers.texts import orders as texts


def ask(db: Session, actor: Actor, context: Context, seen: Understanding) -> bool:
    """True where the only number of the order may be either: it waits for a tap."""
    lone = unit_prices.doubted(db, seen)
    if lone is None or seen.customer is None:
        return False
    made = []
    for kind, fen in zip((orders.KIND, orders.ELSE), lone.sums, strict=True):
        new, _ = orders.as_read(seen, actor, context.written_at, fen)
        data = order_drafts.waiting(new, Match(seen.customer, [], new.product), (), context.origin)
        made.append((drafts.keep(db, actor, kind, seen.text, data, context.now).draft_id, fen))
    context.reply(db, texts.each_or_all(lone, seen.customer, made))
    return True
