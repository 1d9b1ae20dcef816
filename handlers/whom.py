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
# The same, and without a blank a short name: 信用王总. What names nobody, or several, is a note then.
NAME_OR_CLOSE = rf"(?:{NAME}|[^\s\d，。,！!？?、:：]{{1,6}}[。！!？?]*\s*$)"


@dataclass(frozen=True, slots=True)
class Named:
    """The words after the verb and the customers they may mean."""

    name: str
    found: list[Customer]


async def open_page(context: Context, customer_id: int, page: Callable[[Session, Actor], Say]) -> None:
    """The customer's page stands in the message of the button, and he is the current one."""

    def work(db: Session, actor: Actor) -> None:
        shown = page(db, actor)  # raises where he is not the member's, before he becomes the current one
        members.keep_current(db, actor, customer_id, context.now)
        context.edit(db, shown)

    await context.commit(work)


def said(update: Update, words: tuple[str, ...]) -> str:
    """What follows the verb, with a blank before it or without."""
    typed = arguments.text_of(update)
    rest = arguments.after(update, words)
    return (
        typed.removeprefix(next(word for word in words if typed.startswith(word))) if _is_close(typed, rest) else rest
    )


def _is_close(typed: str, rest: str) -> bool:
    return rest == typed and not typed.startswith("/")


def find(db: Session, actor: Actor, update: Update, context: Context, name: str) -> Named:
    """Whom the name means; without one, whose card the message answers."""
    asked = name.strip(" 。！!？?了吧")
    if asked:
        return Named(asked, search.find(db, actor, asked, SHOWN).customers)
    replied = arguments.replied_to(update)
    row = outbox.find_by_message(db, context.receipt.chat_id, replied) if replied is not None else None
    return Named("", customers.find_many(db, actor, [row.customer_id]) if row is not None and row.customer_id else [])


def is_note(update: Update, named: Named, words: tuple[str, ...] = ()) -> bool:
    """The message is more than a Chinese verb with a name: it must not be lost."""
    typed = arguments.text_of(update)
    if typed.startswith("/"):
        return False
    if words and _is_close(typed, arguments.after(update, words)):
        return len(named.found) != 1
    if not named.found:
        return len(named.name) > LONGEST_NAME
    known = "".join(f"{row.name}{row.company or ''}{row.title or ''}{row.region or ''}" for row in named.found)
    return any(word not in known for word in named.name.split()[1:])


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
        return texts.which(named.found, press, customers.told_apart(db, named.found))
    return customer_texts.none_found(named.name, search.find(db, actor, named.name).nearest)
