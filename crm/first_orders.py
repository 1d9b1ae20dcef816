"""What a customer bought, told in the message that enters him: 田小军 138… 买了朗逸 12万4, to be booked by a tap."""

from __future__ import annotations

from datetime import datetime

from crm import order_lines, understanding
from crm.members import Actor
from crm.orders import NewOrder
from crm.tables import Customer
from nlp import reader
from nlp.fields.phones import find as numbers
from nlp.reader import goods

_ASKED = (None, "note_or_order")


def told(actor: Actor, text: str, customer: Customer, at: datetime) -> NewOrder | None:
    """The order that the text, without its telephone numbers, tells of the customer; None where it tells none."""
    bare = text
    for one in reversed(numbers(text)):
        bare = f"{bare[: one.start]} {bare[one.end :]}"
    local, known = actor.local(at), understanding.as_known(customer)
    read = reader.read(bare, local, [known], known)
    fen = read.amount_fen or 0
    if read.parts or read.ask not in _ASKED or fen <= 0 or (read.action != "order" and read.ask is None):
        return None
    quantity = goods.pieces(read.product, order_lines.read(bare, local).quantity)
    return NewOrder(fen, read.ordered_on or actor.today(at), read.product, quantity)
