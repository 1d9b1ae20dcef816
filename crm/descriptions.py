"""Customers by what they are: 包头 矿 finds who is in that town and of that trade.

Only for looking somebody up: what is done with a customer (a note, an order) needs his name, firm or number.
"""

from __future__ import annotations

from functools import reduce
from operator import add

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from crm import customers, namesakes
from crm.members import Actor
from crm.search import Found
from crm.tables import Customer
from nlp import names
from nlp.reader import trades

WORDS = 3
RECENT = 5_000  # of a whole team's customers, those changed last: no index leads to words amid a text
_COLUMNS = (Customer.region, Customer.industry, Customer.company, Customer.title, Customer.source)
_SAID = func.lower(reduce(add, (func.coalesce(column, "") + "\n" for column in _COLUMNS), literal("")))


def find(db: Session, actor: Actor, query: str, limit: int = 8, offset: int = 0) -> Found:
    """The customers the member may see whom every word fits, most recently active first; nobody for a mere name."""
    words = _words(query)
    if not words:
        return Found([])
    rows = namesakes.recent_first(_fitting(actor, words), customers.visible(actor))
    found = list(db.scalars(rows.limit(limit + 1).offset(offset)))
    return Found(found[:limit], more=len(found) > limit)


def _words(query: str) -> list[str]:
    """The words that describe somebody, without the 的 of 搞矿的; none where there are many, or one that is a name."""
    words = [word.rstrip("的") or word for word in query.replace("\x00", "").lower().split()]
    if len(words) > WORDS or any(word.isdigit() for word in words):
        return []
    if len(words) == 1 and names.looks_like_name(words[0]) and trades.first_in(words[0]) is None:
        return []
    return words


def _fitting(actor: Actor, words: list[str]) -> Select[tuple[int]]:
    """Ids of those whom every word fits: of one's own by the owner's index, of a team's those changed last."""
    every = and_(*(_says(word) for word in words))
    if not actor.sees_team:
        return customers.visible_ids(actor).where(every)
    recent = customers.visible_ids(actor).order_by(Customer.updated_at.desc()).limit(RECENT)
    return select(Customer.customer_id).where(Customer.customer_id.in_(recent), every)


def _says(word: str) -> ColumnElement[bool]:
    """The word, or one by which a firm of that trade is named, stands in what the customer is."""
    return or_(*(_SAID.contains(form, autoescape=True) for form in sorted({word, *trades.kin_of(word)})))
