"""A house or estate that a message names stands for the customer who lives there: 桂花园那边 for 绿城桂花园3栋1202."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Customer
from nlp import lazy, names
from nlp.fields import jobs

TWO = 2  # of whom it may be either: then nobody is meant
_KIND = lazy.regex("公寓|小区|别墅|新村|[园苑湾府庭城郡邸]")
_OWN = 2  # characters of an estate's name beside its kind: 桂花园, 滨江府
LONGEST_POST = 5
_THERE = lazy.regex("(?:那|这)(?:边|里|家|户|套|个项目)|工地|现场|项目")
_HAN = lazy.regex(r"[\u4e00-\u9fff]+")


def living_at(db: Session, actor: Actor, text: str) -> dict[int, Customer]:
    """The member's own customer at whose address the text speaks of something; nobody where several live there."""
    found: dict[int, Customer] = {}
    for words in _estates(text):
        at = Customer.address.contains(words, autoescape=True)
        mine = (customers.visible(actor), Customer.owner_id == actor.member_id, Customer.address.is_not(None))
        rows = list(db.scalars(select(Customer).where(*mine, at).limit(TWO)))
        if len(rows) == 1:
            found[rows[0].customer_id] = rows[0]
    return found


def words_for(customer: Customer, text: str) -> tuple[str, ...]:
    """The words of the text that name where the customer lives."""
    address = customer.address
    return tuple(words for words in _estates(text) if words in address) if address else ()


def is_elsewhere(customer: Customer, text: str) -> bool:
    """True where somebody else than the customer tells what is at an estate that is not his: 工长老马说绿景苑那边…."""
    there = any(_THERE.match(text, kind.end()) for kind in _KIND.finditer(text) if kind.start() >= _OWN)
    return there and _teller(text) and not words_for(customer, text)


def _teller(text: str) -> bool:
    """True for a post and a person at the head: 工长老马."""
    heads = ((text[:size], text[size : size + 2]) for size in range(2, LONGEST_POST + 1))
    return any(jobs.is_title(post) and names.is_address(person) for post, person in heads)


def _estates(text: str) -> Iterator[str]:
    """The shortest names of estates that the text may hold."""
    for kind in _KIND.finditer(text):
        words = text[max(0, kind.start() - _OWN) : kind.end()]
        if len(words) == _OWN + len(kind.group()) and _HAN.fullmatch(words):
            yield words
