"""A colleague who is told to do something, or who does it where no customer is named: that is no customer's note."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from crm import members, named
from crm.members import Actor
from crm.understanding import Understanding
from nlp import lazy

LONGEST = 30  # characters of an order; a longer text tells something
_TOLD_TO = lazy.regex(
    "^(?:请|麻烦|你|帮我|给我|赶紧|赶快|快|马上|明天|今天|就|先)*(?:让|叫|喊|派|安排|通知|催|告诉)(?:一下)?"
)
_DONE = lazy.regex("了(?=$|[,，。;； !！?？])|过(?=$|[,，。;； ])|说|问")


def doubted(db: Session, actor: Actor, seen: Understanding) -> Understanding:
    """The understanding; a note that orders a colleague about, or tells of him alone, is asked about."""
    reading = seen.reading
    if seen.action != "note" or reading.ask or reading.parts or seen.customer is None or len(seen.text) > LONGEST:
        return seen
    if not _is_ordered(db, actor, seen.text) and not _is_of_colleague(db, actor, seen):
        return seen
    whose = [seen.customer] if _is_named(seen) else []
    asked = replace(reading, action="unclear", customer=None, ask="instruction", confidence=0.3)
    return replace(seen, reading=asked, customer=None, candidates=whose, said=None, todo=None)


def _is_ordered(db: Session, actor: Actor, text: str) -> bool:
    """True for 让小李给王芳道个歉; 让小李道了歉 is told."""
    told = _TOLD_TO.match(text)
    if told is None or _DONE.search(text, told.end()):
        return False
    rest = text[told.end() :]
    return any(rest.removeprefix(name).strip() for _, name in members.who_begins(db, actor.team_id, rest))


def _is_of_colleague(db: Session, actor: Actor, seen: Understanding) -> bool:
    """True for 小周今天又迟到了, which names no customer."""
    if _is_named(seen) or not members.who_begins(db, actor.team_id, seen.text.strip()):
        return False
    return seen.customer is not None and not seen.text.strip().startswith(seen.customer.name)


def _is_named(seen: Understanding) -> bool:
    """True where the text names its customer, who is then not only the one shown last."""
    return seen.customer is not None and bool(named.words_for(seen.customer, seen.text))
