"""Whom a verb is about: the customer named after it, or the one whose card the message answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from telegram import Update

from crm import customers, members, outbox, search
from crm.members import Actor
from crm.tables import Customer
from handlers import arguments
from handlers.buttons import Press
from handlers.context import Context
from handlers.say import Say
from handlers.texts import customers as customer_texts
from handlers.texts import whom as texts

SHOWN = 7
LONGEST_NAME = 8  # characters: more than that which names nobody is a note

# What follows the Chinese word of such a verb: a name, no sentence and no number to call.
NAME = r"(?:\s|[:：]|$)(?!.*(?:\d[\s-]?){7})[^\n，。,！？]{0,24}[。！!？?]*\s*$"


@dataclass(frozen=True, slots=True)
class Named:
    """The words after the verb and the customers they may mean."""

    name: str
    found: list[Customer]


def find(db: Session, actor: Actor, update: Update, context: Context, name: str) -> Named:
    """Whom the name means; without one, whose card the message answers."""
    asked = name.strip(" 。！!？?了吧")
    if asked:
        return Named(asked, search.find(db, actor, asked, SHOWN).customers)
    replied = arguments.replied_to(update)
    row = outbox.find_by_message(db, context.receipt.chat_id, replied) if replied is not None else None
    return Named("", customers.find_many(db, actor, [row.customer_id]) if row is not None and row.customer_id else [])


def is_note(update: Update, named: Named) -> bool:
    """The words after the Chinese verb are more than a name and name nobody: they must not be lost."""
    return not named.found and len(named.name) > LONGEST_NAME and not arguments.text_of(update).startswith("/")


def answer(
    db: Session,
    actor: Actor,
    context: Context,
    named: Named,
    page: Callable[[int], Say],
    press: Callable[[int], Press],
) -> Say:
    """The page of the one customer, who is current then; a choice of several; or the nearest names."""
    if len(named.found) == 1:
        customer_id = named.found[0].customer_id
        members.keep_current(db, actor, customer_id, context.now)
        return page(customer_id)
    if named.found:
        return texts.which(named.found, press)
    return customer_texts.none_found(named.name, search.find(db, actor, named.name).nearest)
