"""The question a member asked last, in full: what is asked next may name only what is to be changed (那上个月呢)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from crm import drafts
from crm.members import Actor
from crm.tables import Draft, Member
from nlp.questions import followups

KIND = "asked"
WITHIN = timedelta(minutes=30)
USUAL = "{name}这个月做了多少"  # what 小周呢 asks of a colleague where nothing was asked before


def keep(db: Session, actor: Actor, text: str, now: datetime) -> None:
    """The text is the question asked last."""
    drafts.keep(db, actor, KIND, text, {}, now)


def find(db: Session, actor: Actor, now: datetime) -> str | None:
    """The question that was asked last, of the last half hour."""
    mine = (Draft.member_id == actor.member_id, Draft.kind == KIND, Draft.resolved_at.is_(None))
    asked = select(Draft.text).where(*mine, Draft.created_at >= now - WITHIN).order_by(Draft.draft_id.desc())
    return db.scalar(asked.limit(1))


def again(db: Session, actor: Actor, text: str, now: datetime) -> str | None:
    """The last question as the text asks it anew; None for a text that asks for nothing more of it."""
    today = actor.today(now)
    if not followups.may_ask_on(text):
        return None
    follows = followups.read(text, today, _people(db, actor, text))
    if follows is None:
        return None
    asked = find(db, actor, now)
    if asked is None and follows.person and actor.sees_team:
        asked = USUAL.format(name=follows.person)
    if asked is None:
        return None
    return followups.again(asked, follows, today, _people(db, actor, asked))


def _people(db: Session, actor: Actor, text: str) -> list[str]:
    """The team's present members who are named in the text."""
    named = (Member.team_id == actor.team_id, Member.left_at.is_(None), literal(text).contains(Member.name))
    return list(db.scalars(select(Member.name).where(*named)))
