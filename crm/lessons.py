"""What a team's taps teach: its notes with what members said of their tags, ready for nlp.learning."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from crm import members, team_words, versions
from crm.tables import Customer, Note, TagCorrection, Team
from nlp.learning import Lesson, Request
from nlp.team_words import TeamWords

TAPS_OF_A_MEMBER = 1_000  # the newest; whoever taps more drives nobody else's out
LEFT_ALONE = 3  # notes without a tap for each with one
MOST_LEFT_ALONE = 1_000

Tap = tuple[int, str, bool]


def of_team(db: Session, team_id: int) -> Request:
    """Everything the team has said of its tags, beside its newest notes that were left as they were told."""
    team = db.get_one(Team, team_id)
    taps = _taps(db, team_id)
    words = TeamWords(team_words.pairs(db, team_id))
    spoken = _texts(db, team_id, list(taps), words)
    silent = _left_alone(db, team_id, min(MOST_LEFT_ALONE, LEFT_ALONE * len(spoken)), words)
    lessons = [Lesson(note_id, text, tuple(taps[note_id])) for note_id, text in spoken]
    lessons += [Lesson(note_id, text) for note_id, text in silent]
    before = versions.live(db, team_id)
    return Request(tuple(lessons), _trusted(db, team), before.figures if before is not None else {})


def _trusted(db: Session, team: Team) -> tuple[int, ...]:
    """Admins, who can go back anyway, and whom they trust."""
    admins = [member.member_id for member in members.present(db, team.team_id) if member.is_admin]
    return tuple(sorted({*admins, *team.settings.get(versions.TRUSTED, ())}))


def _taps(db: Session, team_id: int) -> dict[int, list[Tap]]:
    """The taps on each living note, in the order of time."""
    order = func.row_number().over(
        partition_by=TagCorrection.member_id, order_by=TagCorrection.tag_correction_id.desc()
    )
    ranked = select(TagCorrection.tag_correction_id, order.label("age")).where(TagCorrection.team_id == team_id)
    newest = ranked.subquery()
    wanted = (
        select(TagCorrection.note_id, TagCorrection.member_id, TagCorrection.label, TagCorrection.holds)
        .join(newest, newest.c.tag_correction_id == TagCorrection.tag_correction_id)
        .where(newest.c.age <= TAPS_OF_A_MEMBER)
        .order_by(TagCorrection.tag_correction_id)
    )
    found: dict[int, list[Tap]] = {}
    for note_id, member_id, label, holds in db.execute(wanted):
        found.setdefault(note_id, []).append((member_id, label, holds))
    return found


def _texts(db: Session, team_id: int, note_ids: Sequence[int], words: TeamWords) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for at in range(0, len(note_ids), 500):  # below the number of parameters that a database takes
        chosen = _living(team_id).where(Note.note_id.in_(note_ids[at : at + 500]))
        found += [(note_id, _anonymous(text, name, words)) for note_id, text, name in db.execute(chosen)]
    return sorted(found)


def _left_alone(db: Session, team_id: int, limit: int, words: TeamWords) -> list[tuple[int, str]]:
    tapped = select(TagCorrection.note_id).where(TagCorrection.note_id == Note.note_id).exists()
    newest = _living(team_id).where(Note.tagged, ~tapped).order_by(Note.note_id.desc()).limit(limit)
    return sorted((note_id, _anonymous(text, name, words)) for note_id, text, name in db.execute(newest))


def _living(team_id: int) -> Select[tuple[int, str, str]]:
    wanted = select(Note.note_id, Note.text, Customer.name).join(Customer, Customer.customer_id == Note.customer_id)
    return wanted.where(Note.team_id == team_id, Note.deleted_at.is_(None))


def _anonymous(text: str, customer: str, words: TeamWords) -> str:
    """The text as the tagger reads it, without the customer's name: words are learned, not people."""
    return words.read(text.replace(customer, "") if len(customer) > 1 else text).text
