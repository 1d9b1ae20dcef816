"""Whether a text is a question about figures, with the names that this team knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from crm import takings
from crm.members import Actor
from crm.tables import Member, TeamWord
from nlp import questions
from nlp.questions import Question

_GOODS = re.compile("哪些客户买过 (?P<goods>[^ ]{1,10})$")  # any goods, known to the team or not
PLAIN = ("money", "orders", "customers")


def asked(db: Session, actor: Actor, text: str, today: date) -> Question | None:
    """The question, or None for any other text and for what /summary, /risk and /complaints have always answered."""
    if not questions.may_be_one(text, today):
        return None
    found = questions.read(
        _GOODS.sub("哪些客户买过", text), today, _people(db, actor, text), _products(db, actor, text)
    )
    if found is not None and (goods := _GOODS.search(text)):
        kept = tuple(pair for pair in found.where if pair[0] != "产品" and pair[1] not in goods["goods"])
        found = replace(found, where=(*kept, ("产品", goods["goods"].strip())))
    return None if found is None or plainly_a_command(found, today) else found


def plainly_a_command(question: Question, today: date) -> bool:
    """True for 这个月业绩多少, 哪些客户快流失了, 谁投诉了: /summary, /risk and /complaints show that, and more."""
    if any(pair != ("人", "我") for pair in question.where):
        return False
    if question.shape == "list":
        return question.measure in ("at_risk", "complaints") and not question.where
    named = question.period is None or takings.period(question.period.words, today) is not None
    return question.shape == "total" and question.measure in PLAIN and named


def _people(db: Session, actor: Actor, text: str) -> list[str]:
    """Those of the team's names that stand in the text: a team may have hundreds, and every message asks this."""
    named = literal(text.lower()).contains(func.lower(Member.name))
    mine = select(Member.name).where(Member.team_id == actor.team_id, Member.left_at.is_(None), named)
    return list(db.scalars(mine))


def _products(db: Session, actor: Actor, text: str) -> list[str]:
    named = literal(text.lower()).contains(func.lower(TeamWord.word))
    mine = TeamWord.team_id == actor.team_id, TeamWord.kind.in_(("product", "brand")), named
    return list(db.scalars(select(TeamWord.word).where(*mine)))
