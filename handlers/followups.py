"""What is asked on, in full, as one would type it: 那上个月呢 after a figure, 第二个是谁的客户 after a list."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from crm import asked_last, complaint_lists, customers, outbox
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Message, Understanding
from handlers import buttons
from nlp.questions import followups

LISTED_FOR = timedelta(minutes=10)
LOOKED_AT = 4  # of the newest messages of the chat
OF_ALL = ("today", "summary", "risk", "complaints")
_FIRST = re.compile(r"^(\d{1,3})\. ", re.MULTILINE)
_GIVES = re.compile(r"^(?:请|帮我)?(?:把|将)?.{1,20}?(?:转让?|分配?|移交|交|派)?给[^\s,，。]{1,8}$")


def meant(db: Session, actor: Actor, message: Message, now: datetime) -> str | None:
    """The text in full; None for one that asks nothing on, or where nothing was asked or listed before."""
    if (one := followups.place(message.text)) is not None:
        place, (start, end) = one
        customer = _listed(db, actor, message.chat_id, place, now)
        return None if customer is None else f"{message.text[:start]}{customer.name}{message.text[end:]}"
    return asked_last.again(db, actor, message.text, now)


def is_asked(seen: Understanding) -> bool:
    """True for a question of which a part may be asked anew."""
    return seen.line is not None or seen.question is not None or seen.fact is not None or seen.action in OF_ALL


def is_of_one(seen: Understanding) -> bool:
    """True for a question about the customer who was named by his place: 第二个电话多少."""
    return is_asked(seen) or (seen.action == "find" and seen.customer is not None)


def gives(text: str) -> bool:
    """True for 把周国强给小李: a command in words."""
    return _GIVES.match(text) is not None


def _listed(db: Session, actor: Actor, chat_id: int, place: int, now: datetime) -> Customer | None:
    """The customer at this place of the list that was shown last, if the member still sees him."""
    for row in outbox.newest(db, chat_id, now - LISTED_FOR, LOOKED_AT):
        markup = row.payload.get("reply_markup") or {}
        pressed = [one.get("callback_data") for line in markup.get("inline_keyboard", []) for one in line]
        there = [one for data in pressed if data and (one := _customer_of(db, data)) is not None]
        first = _FIRST.search(row.payload.get("text") or "")
        if len(there) < 2 and first is None:
            continue
        at = place - (int(first[1]) if first else 1)
        found = customers.find_many(db, actor, [there[at]]) if 0 <= at < len(there) else []
        return found[0] if found else None
    return None


def _customer_of(db: Session, data: str) -> int | None:
    """The customer whom a button of a list shows."""
    try:
        press = buttons.decode(data)
    except buttons.StaleButton:
        return None
    if isinstance(press, buttons.ShowCustomer | buttons.ShowCredit):
        return press.customer_id
    if isinstance(press, buttons.ShowComplaint):
        return complaint_lists.customer_id_of(db, press.complaint_id)
    return None
