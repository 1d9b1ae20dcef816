"""老陈介绍了个朋友给我 叫沈国平: the newcomer is brought by a customer whom the message names as he is called."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import relations, search
from crm.members import Actor
from crm.tables import Customer
from nlp.reader import introduced

LOOKED_AT = 6


def keep(db: Session, actor: Actor, newcomer: Customer, text: str, now: datetime) -> Customer | None:
    """Who brought the newcomer by the words of the message, and the relation holds; None where it is not sure who.

    Sure is one customer of that very name or nickname; who only has the surname may be another.
    """
    called = introduced.by(text)
    if called is None or called == newcomer.name:
        return None
    found = [
        row
        for row in search.by_keys(db, actor, [called.lower()], LOOKED_AT)
        if row.customer_id != newcomer.customer_id and called in (row.name, *(row.nicknames or ()))
    ]
    if len(found) != 1:
        return None
    relations.link(db, actor, newcomer.customer_id, found[0].customer_id, "referred", None, now)
    return found[0]
