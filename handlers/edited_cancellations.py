"""An edited message that had called an order off, or lost a deal: what it called off comes back, or is offered."""

from __future__ import annotations

import contextlib
from typing import TypeVar

from sqlalchemy.orm import Session

from crm import corrections, deals, edits, given_up, order_changes, order_texts, orders
from crm.customers import Origin
from crm.deal_stages import LOST
from crm.members import Actor
from crm.order_becoming import Choice
from crm.orders import Placed
from handlers import buttons
from handlers.context import Context
from handlers.say import Say
from handlers.texts import edited_cancellations as texts
from handlers.texts import order_changes as order_cards

P = TypeVar("P", bound=buttons.Press)


def called_off(
    db: Session, actor: Actor, context: Context, origin: Origin, text: str, *, is_only: bool = False
) -> Say | None:
    """What the message had called off, with the button that brings it back; None where it called off nothing.

    An order that the words of now put right is back, and put right. What they call off, too, stays off, which is
    said where nothing else is (`is_only`).
    """
    with contextlib.suppress(orders.OrderNotFound, deals.DealNotFound):  # nobody sees any more what was called off
        return _came_back(db, actor, context, origin, text, is_only)
    return None


def _came_back(db: Session, actor: Actor, context: Context, origin: Origin, text: str, is_only: bool) -> Say | None:
    off = next(iter(undoing(db, origin, buttons.RestoreOrder)), None)
    if off is not None and not undoing(db, origin, buttons.UndoOrder):  # what it had entered went by a press
        return _order(db, actor, context, off.order_id, text, origin, is_only)
    lost = next(iter(undoing(db, origin, buttons.UndoDeal)), None)
    if lost is None or undoing(db, origin, buttons.CloseDeal) or (given_up.may_be_told(text) and not is_only):
        return None
    found = deals.get(db, actor, lost.deal_id, context.now)
    return texts.still_lost(found) if found.deal.state == LOST and found.moves else None


def undoing(db: Session, origin: Origin, kind: type[P]) -> list[P]:
    """The buttons of this kind below the bot's answer to the message."""
    found = sorted(data for data in edits.answer_to(db, origin) if data.split(":")[0] == kind.code)
    return [press for data in found if isinstance(press := buttons.decode(data), kind)]


def _order(
    db: Session, actor: Actor, context: Context, order_id: int, text: str, origin: Origin, is_only: bool
) -> Say | None:
    placed, now = orders.get(db, actor, order_id), context.now
    if placed.order.deleted_at is None:
        return None
    told = corrections.told(placed, text, actor.local(context.written_at))
    if told is None:
        return texts.still_off(placed)
    if told.kind == "cancel":
        return order_cards.cancelled(orders.remove(db, actor, order_id, now)) if is_only else None
    back = orders.restore(db, actor, order_id, now)
    choice = order_changes.again(db, actor, order_id, text, context.written_at)
    return put_right(db, actor, context, back, choice, origin)


def put_right(db: Session, actor: Actor, context: Context, placed: Placed, choice: Choice, origin: Origin) -> Say:
    """The order is what the edited words of the message make of it."""
    now, zone = context.now, actor.zone
    if choice.new is None:
        return order_cards.cancelled(orders.remove(db, actor, placed.order.order_id, now))
    try:
        made = order_changes.apply(db, actor, placed.order.order_id, choice.new, None, now)
    except order_changes.SameAsBefore:
        return order_cards.back(placed, True, zone, now)
    corrections.remember(db, made.draft_id, origin)
    if choice.text:
        order_texts.remember(db, made.draft_id, choice.text)
    return order_cards.changed(made, zone, now)
