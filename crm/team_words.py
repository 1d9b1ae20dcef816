"""The team's own names: products, rivals and brands, in a plain list that its admins edit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import members
from crm.members import Actor
from crm.tables import Note, TeamWord
from nlp import team_words

MOST = 200
LONGEST = 40
SHORTEST = 2  # characters: a single one stands in half of all notes
LOOKED_AT = 200  # notes in which a new name is sought


class WordRefused(ValueError):
    """The name cannot be one of the list. `why`: short | long | many | kind."""

    def __init__(self, word: str, why: str) -> None:
        super().__init__(f"{word}: {why}")
        self.word = word
        self.why = why


class WordNotFound(LookupError):
    """The team's list holds no such name."""


def of_team(db: Session, actor: Actor) -> list[TeamWord]:
    """The list, by kind and in the order in which it grew.

    Raises: NotAllowed
    """
    actor.require("admin")
    mine = select(TeamWord).where(TeamWord.team_id == actor.team_id)
    return list(db.scalars(mine.order_by(TeamWord.kind.desc(), TeamWord.team_word_id)))


def pairs(db: Session, team_id: int) -> list[tuple[str, str]]:
    """(kind, name) of every name of a team."""
    rows = db.execute(select(TeamWord.kind, TeamWord.word).where(TeamWord.team_id == team_id))
    return [(kind, word) for kind, word in rows]


def add(db: Session, actor: Actor, kind: str, words: Sequence[str], now: datetime) -> list[TeamWord]:
    """The names are on the list as this kind; one that stood there as another kind has this one now.

    Raises: NotAllowed, WordRefused
    """
    actor.require("admin")
    if kind not in team_words.KINDS:
        raise WordRefused(kind, "kind")
    members.lock(db, actor.team_id)
    known = {row.word.lower(): row for row in of_team(db, actor)}
    added: list[TeamWord] = []
    for word in dict.fromkeys(map(_tidy, words)):
        row = known.get(word.lower())
        if row is None:
            if len(known) >= MOST:
                raise WordRefused(word, "many")
            row = TeamWord(team_id=actor.team_id, word=word, created_by_id=actor.member_id, created_at=now)
            known[word.lower()] = row
            db.add(row)
        row.kind = kind
        added.append(row)
    db.flush()
    return added


def remove(db: Session, actor: Actor, words: Sequence[str]) -> list[TeamWord]:
    """The names are on the list no more; the rows that were.

    Raises: NotAllowed, WordNotFound when none of them was
    """
    asked = {" ".join(word.split()).lower() for word in words}
    return _remove(db, [row for row in of_team(db, actor) if row.word.lower() in asked], " ".join(words))


def remove_by_id(db: Session, actor: Actor, word_ids: Sequence[int]) -> list[TeamWord]:
    """As remove, for names at hand."""
    return _remove(db, [row for row in of_team(db, actor) if row.team_word_id in word_ids], str(word_ids))


def mentions(db: Session, actor: Actor, word: str) -> int:
    """In how many of the team's last LOOKED_AT notes the name stands: a name in most of them is a common word."""
    last = select(Note.text).where(Note.team_id == actor.team_id, Note.deleted_at.is_(None))
    recent = last.order_by(Note.note_id.desc()).limit(LOOKED_AT).subquery()
    return db.scalar(select(func.count()).where(func.lower(recent.c.text).contains(word.lower(), autoescape=True))) or 0


def _remove(db: Session, rows: list[TeamWord], asked: str) -> list[TeamWord]:
    if not rows:
        raise WordNotFound(asked)
    for row in rows:
        db.delete(row)
    db.flush()
    return rows


def _tidy(word: str) -> str:
    tidy = " ".join(word.split())
    if len(tidy) < SHORTEST:
        raise WordRefused(tidy, "short")
    if len(tidy) > LONGEST:
        raise WordRefused(tidy, "long")
    return tidy
