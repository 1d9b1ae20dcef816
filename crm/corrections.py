"""The message that put an order, a debt or a payment right: an edit of it is the correction then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from crm import accounts, drafts, edited_entries, entry_changes, named, order_changes, orders
from crm.customers import Origin
from crm.members import Actor
from crm.order_becoming import Choice
from crm.orders import Placed
from crm.tables import Draft, Order
from nlp.reader import order_changes as words
from nlp.reader.entry_changes import EntryChange
from nlp.reader.order_changes import OrderChange

KINDS = (orders.CHANGE_KIND, accounts.CHANGE_KIND)


@dataclass(frozen=True, slots=True)
class Again:
    """The order after the first correction was undone, and what it becomes by the words of now.

    is_back: False where it was changed since, and stays
    """

    placed: Placed
    is_back: bool = True
    choice: Choice | None = None


def remember(db: Session, draft_id: int, origin: Origin) -> None:
    """The draft that undoes the correction holds the message that told it."""
    draft = db.get_one(Draft, draft_id)
    draft.data = draft.data | {"message_id": origin.message_id, "chat_id": origin.chat_id}


def of_message(db: Session, actor: Actor, origin: Origin) -> Draft | None:
    """The correction that the member's message made, as the draft that undoes it."""
    if origin.message_id is None:
        return None
    draft = drafts.find_open_by_message(db, actor, KINDS, origin.message_id)
    return draft if draft is not None and draft.data.get("chat_id") == origin.chat_id else None


def of_order(db: Session, actor: Actor, draft: Draft, text: str, now: datetime) -> Again | None:
    """The order is as before the correction; None, and nothing changed, where the text is none of that order.

    Raises: orders.OrderNotFound; orders.AmountImpossible; order_becoming.SumUnknown
    """
    order_id = int(draft.data["order_id"])
    placed = orders.get(db, actor, order_id)
    if not _corrects(placed, text, actor.local(now)):
        return None
    placed, is_back = order_changes.undo(db, actor, draft.draft_id, now)
    if not is_back:
        return Again(placed, False)
    if (change := _of_return(placed, text)) is not None:
        return Again(placed, choice=Choice(placed, entry_changes.as_return(placed.order, change)))
    return Again(placed, choice=order_changes.again(db, actor, order_id, text, now))


def _corrects(placed: Placed, text: str, local: datetime) -> bool:
    """True where the text puts the order right or calls it off; whose else it is, is for a new message."""
    if _of_return(placed, text) is not None:
        return True
    return told(placed, text, local) is not None


def told(placed: Placed, text: str, local: datetime) -> OrderChange | None:
    """What the text puts right of this very order, or that it is off; `local`: now on the team's wall clock."""
    change = words.told(text, local, named.words_for(placed.customer, text))
    is_his = change is not None and not (change.right.whose or change.right.is_of_another)
    return change if change is not None and is_his and change.kind != "refuse" else None


def _of_return(placed: Placed, text: str) -> EntryChange | None:
    """What the words say of goods that came back."""
    change = entry_changes.again(placed.customer, text) if _is_return(placed.order) else None
    return change if change is not None and change.kind == "return" and change.fen is not None else None


def _is_return(order: Order) -> bool:
    return order.amount_fen < 0


def of_entry(db: Session, actor: Actor, draft: Draft, text: str, at: datetime) -> EntryChange | None:
    """What the text says of the debt or payment that the correction changed; None where it says nothing of it.

    `at`: when the message was written. Raises: accounts.EntryNotFound
    """
    booked = accounts.get(db, actor, int(draft.data["entry_id"]))
    change = entry_changes.again(booked.customer, text)
    if change is not None and change.kind == booked.entry.kind:
        return change
    fen = edited_entries.fen(actor, booked, text, at)
    return EntryChange("debt" if booked.entry.kind == "debt" else "payment", fen) if fen is not None else None
