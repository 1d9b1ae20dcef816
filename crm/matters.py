"""What a complaint or a need is about: its topic, level and product."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from sqlalchemy import Table, bindparam, select
from sqlalchemy.orm import Session

from crm.prepared import Prepared
from crm.tables import NoteTag, Order, Team, TeamWord
from nlp.tagger import Tags

RECENT = timedelta(days=180)  # a complaint that names no product is about the last one bought, if not longer ago
LOOKED_AT = 20  # orders of the customer
# Built once, without the object mapper: every note that complains or wants something runs them.
_orders, _words, _teams = (cast(Table, one.__table__) for one in (Order, TeamWord, Team))
_BOUGHT = Prepared(
    select(_orders.c.product, _orders.c.ordered_on)
    .where(_orders.c.customer_id == bindparam("customer_id"), _orders.c.deleted_at.is_(None))
    .where(_orders.c.product.is_not(None), _orders.c.amount_fen > 0)
    .order_by(_orders.c.ordered_on.desc())
    .limit(LOOKED_AT)
)
_ZONE = Prepared(select(_teams.c.zone).where(_teams.c.team_id == bindparam("team_id")))
_LISTED = Prepared(select(_words.c.word).where(_words.c.team_id == bindparam("team_id"), _words.c.kind == "product"))
BASIC_TOPICS = ("quality", "delivery", "billing")  # what nobody thanks for and everybody misses


def topic_of(said: Tags) -> str | None:
    """The most probable of the topics that the tags give, or None."""
    return max(said.topics, key=lambda label: said.probability.get(label, 0.0), default=None)


def stored_topic(db: Session, note_id: int) -> str | None:
    """The most probable present topic of a stored note."""
    mine = (NoteTag.note_id == note_id, NoteTag.kind == "topic", NoteTag.removed_at.is_(None))
    return db.scalar(select(NoteTag.label).where(*mine).order_by(NoteTag.probability.desc(), NoteTag.label).limit(1))


def level_of(topic: str | None, latent: bool) -> str:
    """basic for what goes without saying, expected for what is asked for, latent for what nobody has asked for yet."""
    if latent:
        return "latent"
    return "basic" if topic in BASIC_TOPICS else "expected"


def product_of(db: Session, team_id: int, customer_id: int, text: str, at: datetime | None = None) -> str | None:
    """The product that the text names: one the customer bought, or one of the team's list.

    With a moment also, where it names none, the last one bought within RECENT before its day.
    """
    db.flush()
    bought = _BOUGHT.every(db, {"customer_id": customer_id})
    listed = _LISTED.every(db, {"team_id": team_id})
    names = [row.product for row in bought] + [row.word for row in listed]
    lowered = text.lower()
    named = [name for name in names if len(name) > 1 and name.lower() in lowered]
    if named:
        return str(max(named, key=len))
    if at is not None and bought and _day(db, team_id, at) - bought[0].ordered_on <= RECENT:
        return str(bought[0].product)
    return None


def _day(db: Session, team_id: int, at: datetime) -> date:
    team = _ZONE.row(db, {"team_id": team_id})
    return at.astimezone(ZoneInfo((team and team.zone) or "UTC")).date()
