"""小周那批货怎么样了, asked by who leads: what of a colleague can be answered is said, and nothing is kept."""

from __future__ import annotations

from sqlalchemy.orm import Session
from telegram import Update

from crm import members
from crm.members import Actor
from crm.understanding import Understanding
from handlers import places, spoken
from handlers.context import Context
from handlers.texts import teams as texts
from nlp.spoken import colleagues

OF_LISTS = ("note", "unclear", "find", "today", "risk")  # which say nothing of a colleague


async def take(update: Update, context: Context, seen: Understanding) -> bool:
    """True where a question names a colleague and no customer: it is answered with what one may ask of him."""
    is_asked = colleagues.asks(seen.text) and colleagues.may_be_asked(seen.text)
    if seen.action not in OF_LISTS or not places.is_private(update) or not is_asked:
        return False
    name = await context.read(lambda db, actor: _meant(db, actor, seen.text))
    if name is None:
        return False
    await context.commit(lambda db, actor: context.reply(db, texts.may_be_asked_of(name)))
    return True


def _meant(db: Session, actor: Actor, text: str) -> str | None:
    """The colleague of whom who leads asks."""
    mates = members.who_is_named(db, actor.team_id, text) if actor.sees_team else []
    others = [name for member_id, name in mates if member_id != actor.member_id]
    return others[0] if others and spoken.named_in(db, actor, text) is None else None
