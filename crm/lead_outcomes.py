"""How likely a lead is to be won, learned from the team's own outcomes once a day and kept as the day's report.

A lead is won with its first order, lost when somebody says so before any. Notes count only up to the first order, so
that the score never sees what came after.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Customer, CustomerSummary, Note, NoteTag, Team, TeamReport
from nlp import qualification
from scoring import conversions
from scoring.conversions import Conversion, Score

KIND = "leads"
GOOD_FOR = timedelta(days=1)
READ = 1_000  # newest outcomes learned from
NOTES_READ = 20_000
LEAST_AREA = 0.55  # below it the facts tell nothing of the outcome: then no score is shown
NEEDS = ("need_explicit", "buying")


@dataclass(frozen=True, slots=True)
class Learned:
    """The score, or None with how many outcomes there are of how many needed; `is_new`: not stored yet."""

    score: Conversion | None
    outcomes: int
    fewer: int
    made_at: datetime
    record: dict[str, Any]
    is_new: bool = False

    @property
    def has_signal(self) -> bool:
        """True when the facts tell won from lost better than chance."""
        return self.score is not None and self.score.area >= LEAST_AREA


def of_team(db: Session, team_id: int, now: datetime) -> Learned:
    """What was learned within the last day, else learned now; `put` stores it."""
    row = db.get(TeamReport, (team_id, KIND))
    if row is not None and row.made_at <= now < row.made_at + GOOD_FOR:
        return _read(row.report, row.made_at)
    ended = _ended(db, team_id)
    known = facts(db, team_id, [customer for customer, _ in ended], now)
    leads = [(known[customer.customer_id], won) for customer, won in ended]
    won = sum(outcome for _, outcome in leads)
    record: dict[str, Any] = {"outcomes": len(leads), "fewer": min(won, len(leads) - won)}
    try:
        record["score"] = conversions.learn(leads).record()
    except conversions.NotEnoughHistory:
        record["score"] = None
    return _read(record, now, is_new=True)


def stored(db: Session, team_id: int) -> Learned | None:
    """What was learned last, however long ago."""
    row = db.get(TeamReport, (team_id, KIND))
    return None if row is None else _read(row.report, row.made_at)


def put(db: Session, team_id: int, learned: Learned) -> None:
    """It is the team's report of the day."""
    if learned.is_new:
        db.merge(TeamReport(team_id=team_id, kind=KIND, made_at=learned.made_at, report=learned.record))


def score(learned: Learned, known: conversions.Facts) -> Score | None:
    """The score of a lead; None while there is none to be had."""
    return learned.score.score(known) if learned.score is not None and learned.has_signal else None


def facts(db: Session, team_id: int, rows: Sequence[Customer], now: datetime) -> dict[int, dict[str, str]]:
    """Plain facts of each customer as they were before his first order; what is unknown is left out."""
    ids = [row.customer_id for row in rows]
    zone = ZoneInfo(db.get_one(Team, team_id).zone)
    bought = select(CustomerSummary.customer_id, CustomerSummary.first_purchase_on)
    first = {row[0]: row[1] for row in db.execute(bought.where(CustomerSummary.customer_id.in_(ids)))}
    noted, needs = _noted(db, ids, first, zone)
    found = {}
    for row in rows:
        decides = qualification.decides(row.name, row.title)
        mine = {"source": row.source, "industry": row.industry}
        mine["authority"] = None if decides is None else "yes" if decides else "no"
        if number := len(noted[row.customer_id]):
            mine["notes"] = "1" if number == 1 else "2-3" if number <= 3 else "4+"
            mine["need"] = "yes" if noted[row.customer_id] & needs else "no"
        found[row.customer_id] = {name: value for name, value in mine.items() if value}
    return found


def _noted(
    db: Session, ids: Sequence[int], first: dict[int, date | None], zone: ZoneInfo
) -> tuple[dict[int, set[int]], set[int]]:
    """The notes of each customer before the day of his first order, and those of all that speak of a need."""
    written = select(Note.note_id, Note.customer_id, Note.created_at).where(
        Note.customer_id.in_(ids), Note.deleted_at.is_(None)
    )
    noted: dict[int, set[int]] = defaultdict(set)
    for note_id, customer_id, at in db.execute(written.order_by(Note.created_at.desc()).limit(NOTES_READ)):
        day = first.get(customer_id)
        if day is None or at.astimezone(zone).date() < day:
            noted[customer_id].add(note_id)
    tagged = select(NoteTag.note_id).where(
        NoteTag.customer_id.in_(ids), NoteTag.label.in_(NEEDS), NoteTag.removed_at.is_(None)
    )
    return noted, set(db.scalars(tagged))


def _ended(db: Session, team_id: int) -> list[tuple[Customer, bool]]:
    rows = (
        select(Customer, CustomerSummary.first_purchase_on)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(Customer.team_id == team_id, Customer.deleted_at.is_(None), Customer.stage.in_(("won", "lost")))
        .order_by(Customer.customer_id.desc())
        .limit(READ)
    )
    return [(row[0], row[1] is not None or row[0].stage == "won") for row in db.execute(rows)]


def _read(record: dict[str, Any], made_at: datetime, is_new: bool = False) -> Learned:
    learned = record["score"]
    found = Conversion.from_record(learned) if learned else None
    return Learned(found, record["outcomes"], record["fewer"], made_at, record, is_new)
