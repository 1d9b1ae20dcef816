"""老陈介绍了个朋友给我 叫沈国平: the newcomer is brought by a customer whom the message names as he is called."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import relations, search
from crm.members import Actor
from crm.tables import Customer
from nlp import names, simplified
from nlp.reader import introduced

LOOKED_AT = 6
GIVEN = 2  # characters of a given name by which somebody may be called alone


def keep(db: Session, actor: Actor, newcomer: Customer, text: str, now: datetime) -> Customer | None:
    """Who brought the newcomer by the words of the message, and the relation holds; None where it is not sure who.

    Sure is one customer of that very name, given name or nickname; who only has the surname may be another.
    """
    called = introduced.by(simplified.plain(text)) or introduced.by_given_name(simplified.plain(text))
    if called is None or called == simplified.plain(newcomer.name):
        return None
    found = [
        row
        for row in search.by_keys(db, actor, [called.lower()], LOOKED_AT)
        if row.customer_id != newcomer.customer_id and called in _names_of(row)
    ]
    if len(found) != 1:
        return None
    relations.link(db, actor, newcomer.customer_id, found[0].customer_id, "referred", None, now)
    return found[0]


def _names_of(row: Customer) -> set[str]:
    """His name and nicknames, and the given name of two characters: 美玲 of 陳美玲."""
    name, *nicknames = map(simplified.plain, (row.name, *(row.nicknames or ())))
    given = name.removeprefix(names.surname(name) or "") if names.is_full_name(name) else ""
    return {name, *nicknames, *([given] if len(given) == GIVEN else ())}
