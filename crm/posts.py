"""Whom a post alone may mean (老板娘要10箱生抽): the member's own customers who are entered with it."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from crm import customers
from crm.members import Actor
from crm.tables import Customer
from nlp import names, posts
from nlp.reader import Known, Reading

LOOKED_AT = 200  # own customers whose title holds the word: so many are more than OFFERED
OFFERED = 4


def called(db: Session, actor: Actor, text: str) -> dict[int, Customer]:
    """The own customers whom the post may mean that the text opens with; the one shown last, if he is one of them.

    Where many have that post nobody is meant by it.
    """
    post = posts.subject(text)
    if post is None:
        return {}
    own = (Customer.team_id == actor.team_id, Customer.owner_id == actor.member_id, customers.visible(actor))
    so_called = or_(*(Customer.title.contains(word, autoescape=True) for word in posts.titles(post)))
    rows = db.scalars(select(Customer).where(*own, so_called).order_by(Customer.customer_id).limit(LOOKED_AT))
    found = {row.customer_id: row for row in rows if posts.is_called(row.title, post)}
    shown = found.get(actor.current_customer_id or 0)
    if shown is not None:
        return {shown.customer_id: shown}
    return found if len(found) <= OFFERED else {}


def as_called(known: Known, text: str) -> Known:
    """The customer, called also by the post that the text opens with, where it is his."""
    post = posts.subject(text)
    if post is None or not posts.is_called(known.title, post):
        return known
    return replace(known, nicknames=(*known.nicknames, post))


def doubted(db: Session, actor: Actor, text: str, reading: Reading, rows: dict[int, Customer]) -> Reading:
    """The reading; with the one shown last, too, where somebody of his may be meant: he is one of the `rows` then."""
    shown_id = actor.current_customer_id
    found = (reading.customer,) if reading.customer is not None else reading.candidates
    shown = customers.find_many(db, actor, [shown_id]) if shown_id is not None and shown_id not in rows else []
    if not found or not shown or (posts.is_owner(posts.subject(text) or "") and _is_alone(shown[0])):
        return reading
    (row,) = shown
    rows[row.customer_id] = row
    other = Known(row.customer_id, row.name, row.company, None, row.title, tuple(row.nicknames or ()))
    return replace(reading, customer=None, candidates=(*found, other), ask="which_customer", confidence=0.5)


def _is_alone(row: Customer) -> bool:
    """True for a person of no firm and post that is known: no 老板娘 stands behind 陈姐."""
    return not row.company and not row.title and names.looks_like_name(row.name)
