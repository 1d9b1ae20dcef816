"""Whose order it is: the customers that the words of an order line may name, by their search keys and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from crm import customers, search, understanding
from crm.members import Actor
from crm.tables import Customer
from nlp import fields, names, simplified
from nlp.reader import Known, who

SHOWN = 6
NEAREST = 3
LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Match:
    """One customer, or those to choose from; `product` are the words that name neither. `near`: only similar names."""

    customer: Customer | None
    candidates: list[Customer]
    product: str | None
    near: bool = False


def find(db: Session, actor: Actor, words: Sequence[str], replied: Customer | None = None) -> Match:
    """The customer that the words name; without one the card that was replied to, or the customer shown last."""
    rows, taken = _exactly(db, actor, words)
    if len(rows) == 1:
        return Match(rows[0], [], product(words, taken))
    if rows:
        return Match(None, rows[:SHOWN], product(words, taken))
    text = " ".join(words)
    touched = understanding.touched(db, actor, text)
    known = [_known(row) for row in touched.values()]
    found = who.resolve(simplified.plain(text), known)
    said = simplified.as_typed(found.words, text)
    if found.known is not None and found.known.customer_id is not None:
        row = touched[found.known.customer_id]
        return Match(row, [], product(words, _named(row, said)))
    if found.candidates:
        chosen = [touched[known.customer_id] for known in found.candidates if known.customer_id is not None]
        return Match(None, chosen[:SHOWN], product(words, {said}))
    return _by_context(db, actor, words, replied)


def _exactly(db: Session, actor: Actor, words: Sequence[str]) -> tuple[list[Customer], set[str]]:
    """Customers whose whole name, nickname or number is one of the words."""
    numbers = fields.phones(" ".join(words))
    if numbers:
        rows = customers.find_many(db, actor, [row.customer_id for row in search.by_phones(db, actor, numbers)])
        if rows:
            return rows, set(numbers) | {name for row in rows for name in (row.name,)}
    lowered = {simplified.plain(word.lower()): word for word in words}
    found = search.by_keys(db, actor, [*lowered, *(word.lower() for word in words)], LOOKED_AT)
    rows = [row for row in found if _called(row) & set(lowered)]
    return rows, {lowered[name] for row in rows for name in _called(row) if name in lowered}


def _called(row: Customer) -> set[str]:
    return {simplified.plain(name.lower()) for name in (row.name, *(row.nicknames or ()))}


def _by_context(db: Session, actor: Actor, words: Sequence[str], replied: Customer | None) -> Match:
    """Nobody is named: the card replied to, or the current customer, unless a word looks like somebody's name."""
    if replied is not None:
        return Match(replied, [], product(words, set()))
    current_id = actor.current_customer_id
    if current_id is not None and not any(names.looks_like_name(word) for word in words):
        rows = customers.find_many(db, actor, [current_id])
        if rows:
            return Match(rows[0], [], product(words, set()))
    near = {row.customer_id: row for word in words[:3] for row in search.find(db, actor, word, NEAREST).nearest}
    return Match(None, list(near.values())[:NEAREST], product(words[1:], set()), near=True)


def product(words: Sequence[str], taken: set[str]) -> str | None:
    """The words that are not the customer's, as typed; None when nothing is left."""
    kept = []
    for word in words:
        left = word
        for name in sorted(taken, key=len, reverse=True):
            left = left.replace(name, "") if name else left
        if left.strip("的-— "):
            kept.append(left)
    return " ".join(kept)[:200] or None


def _named(row: Customer, words: str) -> set[str]:
    companies = names.company_forms(row.company) if row.company else set()
    return {row.name, words, *(row.nicknames or ()), *companies} - {""}


def _known(row: Customer) -> Known:
    called = tuple(map(simplified.plain, row.nicknames or ()))
    company = simplified.plain(row.company) if row.company else None
    return Known(row.customer_id, simplified.plain(row.name), company, None, row.title, called)
