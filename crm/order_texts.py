"""The words of which a stored order was made, read once more: with one line put right, or after an edit."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm import named, order_lines, order_matching, understanding
from crm.members import Actor
from crm.orders import CHANGE_KIND, NewOrder, Placed
from crm.tables import Customer, Draft, Inbox, Order
from nlp import reader
from nlp.fields import currencies, rows
from nlp.reader import goods, goods_names, order_amending, paid_whole
from nlp.reader.order_values import Right
from nlp.when import numerals

LOOKED_AT = 5_000  # newest updates of everybody among which the message of an order is sought
COMMANDS = ("订单", "下单", "/order")


def reread(actor: Actor, text: str, customer: Customer, at: datetime) -> NewOrder | None:
    """The order of the customer that the text tells; None where it tells none with a sum."""
    local, known = actor.local(at), understanding.as_known(customer)
    line = order_lines.read(_bare(text), local)
    seen = None if text.lstrip().startswith(COMMANDS) else reader.read(text, local, [known], known)
    if seen is not None and seen.action == "order" and seen.amount_fen and seen.ask is None and seen.customer == known:
        fen = -abs(seen.amount_fen) if (line.amount_fen or 0) < 0 else seen.amount_fen
        product, quantity = goods_names.apart(seen.product, goods.pieces(seen.product, line.quantity))
        paid = paid_whole.is_told(text, fen)
        return NewOrder(fen, seen.ordered_on or actor.today(at), currencies.beside(product, text), quantity, paid)
    if not line.amount_fen:
        return None
    product = order_matching.product(line.rest, {customer.name, *(customer.nicknames or ())})
    paid = paid_whole.is_told(text, line.amount_fen)
    return NewOrder(line.amount_fen, line.ordered_on, currencies.beside(product, text), line.quantity, paid)


def _bare(text: str) -> str:
    command = next((word for word in COMMANDS if text.lstrip().startswith(word)), "")
    return text.lstrip().removeprefix(command)


def amended(db: Session, actor: Actor, order: Order, customer: Customer, right: Right) -> tuple[NewOrder, str] | None:
    """The order with one line put right, and its words then; None where they are gone or say something else by now."""
    text = text_of(db, actor, order)
    now_said = order_amending.amended(text, right) if text else None
    if text is None or now_said is None:
        return None
    before = reread(actor, text, customer, order.created_at)
    after = reread(actor, now_said, customer, order.created_at)
    if before is None or after is None or (before.amount_fen, before.quantity) != (order.amount_fen, order.quantity):
        return None
    return replace(after, ordered_on=order.ordered_on, is_paid=None), now_said


def each_fen(db: Session, actor: Actor, placed: Placed) -> int | None:
    """The price of one where the only number of the order's words was told to be that: 鸡腿3箱 198, of 594."""
    order, text = placed.order, text_of(db, actor, placed.order)
    called = named.words_for(placed.customer, text) if text else ""
    plain = numerals.plain(text or "")
    lone = rows.lone(plain.replace(called, "；" * len(called)) if called else plain)
    is_each = lone is not None and lone.sums[0] == order.amount_fen and float(lone.pieces) == order.quantity
    return lone.sums[1] if lone is not None and is_each else None


def is_in_another_piece(db: Session, actor: Actor, order: Order, right: Right) -> bool:
    """True where the number is told in another unit than the order's: 3箱 of what was ordered as 100条."""
    said = f"{order.product or ''} {text_of(db, actor, order) or ''}"
    return order_amending.is_in_another_piece(said, right)


def text_of(db: Session, actor: Actor, order: Order) -> str | None:
    """The words that the order was made of, as they were put right since; None where they are not kept any more."""
    changes = select(Draft.text).where(
        Draft.member_id == actor.member_id, Draft.kind == CHANGE_KIND, Draft.resolved_at.is_(None), Draft.text != ""
    )
    of_it = changes.where(Draft.data["order_id"].as_integer() == order.order_id)
    changed = db.scalar(of_it.order_by(Draft.draft_id.desc()).limit(1))
    return changed or _typed(db, order)


def _typed(db: Session, order: Order) -> str | None:
    """What its message says; updates are kept for some days."""
    chat_id, message_id = order.source_chat_id, order.source_message_id
    if chat_id is None or message_id is None:
        return None
    lately = Inbox.inbox_id > select(func.max(Inbox.inbox_id)).scalar_subquery() - LOOKED_AT
    holds = or_(*(Inbox.raw.contains(f'"message_id":{space}{message_id},') for space in ("", " ")))
    rows = db.scalars(select(Inbox.raw).where(lately, Inbox.chat_id == chat_id, holds).order_by(Inbox.inbox_id.desc()))
    for raw in rows:
        update = json.loads(raw)
        message = update.get("edited_message") or update.get("message") or {}
        if message.get("message_id") == message_id:
            return message.get("text") or message.get("caption")
    return None


def remember(db: Session, draft_id: int, text: str) -> None:
    """The draft that undoes a change holds the order's words as they are with it."""
    db.get_one(Draft, draft_id).text = text
