"""Everyday questions as the lines to type for them, with the names that this member may mean."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from crm import customers, facts, members, questions, search
from crm.members import Actor
from nlp import spoken

PRONOUNS = ("他", "她", "客户", "人")  # the end of: 这个客户, 这人


def find(db: Session, actor: Actor, text: str, today: date, heeds_lines: bool) -> dict[str, Any]:
    """What the question is, as a field of an Understanding: `line`, `fact` or `question`; {} for any other text."""
    if heeds_lines and (line := asked(db, actor, text, today)):
        return {"line": line}
    if heeds_lines and (fact := facts.asked(db, actor, text)):
        return {"fact": fact}
    question = questions.asked(db, actor, text, today)
    return {"question": question} if question is not None else {}


def asked(db: Session, actor: Actor, text: str, today: date) -> str | None:
    """The line that answers the question, /credit 陈刚; None for any other text and where its name is nobody's."""
    found = spoken.read(text, today)
    if found is None:
        return None
    who = _customer(db, actor, found.who) if found.who else ""
    if who is None or (found.mate and members.find_called(db, actor, found.mate) is None):
        return None
    line = found.line.replace("{who}", who).replace("{mate}", found.mate)
    return line if line != text else None


def _customer(db: Session, actor: Actor, words: str) -> str | None:
    """The words, if a customer may be meant by them; of 他 the name of the one shown last."""
    if words.endswith(PRONOUNS):
        current = actor.current_customer_id
        rows = customers.find_many(db, actor, [current]) if current is not None else []
        return rows[0].name if rows else None
    return words if search.find(db, actor, words, 1).customers else None
