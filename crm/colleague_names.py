"""Words that may name a colleague as well as a customer: 小周那单取消了, 小周欠款500."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm import members, named
from crm.members import Actor
from crm.tables import Customer
from crm.understanding import Understanding
from nlp import lazy, names

_FAMILIAR = lazy.regex("[小老阿]")  # before a surname: how those of one office call each other


def are_meant(db: Session, actor: Actor, seen: Understanding, called: str) -> bool:
    """True where the message may speak of a member of the team, oneself included, and not of the customer.

    called: the words that name him, '' where none does
    """
    if not called:
        return bool(members.who_is_named(db, actor.team_id, seen.text))
    is_doubted = seen.customer is None and all(_by_surname(row, called) for row in seen.candidates)
    return is_doubted or members.is_called(db, actor.team_id, called)


def _by_surname(customer: Customer, called: str) -> bool:
    """True of 小周, 周总 for 周国强: of his name only what he shares with everybody of that family."""
    family = names.surname(customer.name) or ""
    given = customer.name.removeprefix(family)
    is_known_so = called in {customer.name, *(customer.nicknames or ())} or called in (customer.company or "")
    return family in called[:3] and not is_known_so and not set(given) & set(called)


def may_be(db: Session, actor: Actor, customer: Customer, called: str) -> bool:
    """True of a member's name, and of 小周 for a customer who is not known to be called so."""
    if members.is_called(db, actor.team_id, called):
        return True
    is_familiar = _FAMILIAR.match(called) is not None and names.surname(called[1:]) == called[1:]
    return is_familiar and called not in {customer.name, *(customer.nicknames or ())}


def may_be_in(db: Session, actor: Actor, customer: Customer, text: str) -> bool:
    """True where the words of the text that name the customer may name a member."""
    called = named.words_for(customer, text)
    return bool(called) and may_be(db, actor, customer, called)
