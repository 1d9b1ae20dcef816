"""What notes, complaints and silence add to a forecast by orders: only what the team's own past supports.

The latest window of the team's history that has ended is looked at again: what was noted before it began, and who then
did not buy. scoring.evidence weighs each fact beside what the orders said at the time; without support a fact is named
beside the forecast and changes nothing. A person's verdict within that window goes before the orders: [已流失] is gone,
[有误] is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, literal, or_, select
from sqlalchemy.orm import Session

from crm import histories
from crm.tables import Complaint, Note, NoteTag, RiskEpisode, Team
from scoring import churn

if TYPE_CHECKING:
    from scoring.portfolio import Portfolio

Column = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]
Weights = Mapping[str, Mapping[str, Any]]

NOTES_COUNT_FOR = timedelta(days=90)
FACTS = ("open_complaint", "negative_notes", "churn_sign", "silence")


def weigh(db: Session, team: Team, made: Portfolio) -> dict[str, dict[str, Any]]:
    """For each fact: log_odds of leaving, its error, customers who had it, and whether it may be used (supported)."""
    from scoring import evidence, features, learning, lives

    at = made.model.window
    windows = learning.earlier_windows(at.start, at.cutoff, at.horizon_days)
    if not windows or not _has_any(db, team.team_id):
        return {}
    window, zone = windows[0], ZoneInfo(team.zone)
    past = lives.known(made.purchases, window)
    if not past.rows.size:
        return {}
    ids = made.purchases.ids[past.rows].astype(np.int64)
    day = date.fromordinal(window.cutoff)
    gone = made.purchases.counted(window.cutoff, window.horizon_days)[past.rows] == 0
    gone = _judged(db, team.team_id, ids, gone, day, day + timedelta(window.horizon_days), zone)
    said = -features.describe(past).closed.logit(past)
    held = occurrences(db, team.team_id, ids, day, zone, past.recency)
    found = {}
    for code in FACTS:
        weight = evidence.weigh(said, np.minimum(held[code], churn.ADJUSTMENTS[code].at_most), gone)
        found[code] = {
            "log_odds": round(weight.log_odds, 4),
            "error": round(weight.error, 4),
            "customers": weight.customers,
            "supported": bool(weight.supported),
        }
    return found


def shift(held: Mapping[str, Column], weights: Weights) -> Column:
    """Log-odds of leaving that the supported facts add, shape (n_customers,)."""
    size = next(iter(held.values())).size
    total = np.zeros(size)
    for code in FACTS:
        if (weight := weights.get(code)) and weight["supported"]:
            total += weight["log_odds"] * np.minimum(held[code], churn.ADJUSTMENTS[code].at_most)
    return total


def occurrences(db: Session, team_id: int, ids: Ids, day: date, zone: ZoneInfo, recency: Column) -> dict[str, Column]:
    """How often each fact held at the beginning of `day`, by code, each of shape (n_customers,).

    `recency`: days since the last purchase. Silence is no note and no purchase for more than 60 days; who was never
    noted is not silent.
    """
    at = datetime.combine(day, time(0), zone)
    since = at - NOTES_COUNT_FOR
    recent = (Note.team_id == team_id, Note.created_at >= since, Note.created_at < at, Note.deleted_at.is_(None))
    count = func.count()
    complaints = select(Complaint.customer_id, count).where(Complaint.team_id == team_id, Complaint.opened_at < at)
    complaints = complaints.where(or_(Complaint.closed_at.is_(None), Complaint.closed_at >= at))
    negative = select(Note.customer_id, count).where(*recent, Note.sentiment == "negative")
    leaving = select(Note.customer_id, count).join(NoteTag, NoteTag.note_id == Note.note_id)
    leaving = leaving.where(*recent, NoteTag.label == "churn", NoteTag.removed_at.is_(None))
    leaving = leaving.where(NoteTag.probability >= histories.LIKELY)
    last = select(Note.customer_id, func.max(Note.created_at)).where(Note.team_id == team_id, Note.created_at < at)
    last = last.where(Note.deleted_at.is_(None)).group_by(Note.customer_id)
    noted = {row[0]: float((day - row[1].astimezone(zone).date()).days) for row in db.execute(last)}
    quiet = np.fmin(_aligned(noted, ids, np.nan), recency)
    known = np.isfinite(_aligned(noted, ids, np.nan))
    return {
        "open_complaint": _aligned(_counts(db, complaints.group_by(Complaint.customer_id)), ids),
        "negative_notes": _aligned(_counts(db, negative.group_by(Note.customer_id)), ids),
        "churn_sign": _aligned(_counts(db, leaving.group_by(Note.customer_id)), ids),
        "silence": (known & (quiet > churn.SILENT_DAYS)).astype(np.float64),
    }


def has_changed(db: Session, customer_id: int, since: datetime) -> bool:
    """Whether a note of this customer, its labels or a complaint came, went or was settled since."""
    for table, moments in (
        (Note, (Note.created_at, Note.deleted_at)),
        (Complaint, (Complaint.opened_at, Complaint.closed_at)),
        (NoteTag, (NoteTag.created_at, NoteTag.removed_at)),
    ):
        newer = select(literal(1)).where(table.customer_id == customer_id, or_(*(moment > since for moment in moments)))
        if db.scalar(newer.limit(1)):
            return True
    return False


def called_wrong(db: Session, team_id: int, ids: Ids) -> npt.NDArray[np.bool_]:
    """Of whom somebody said [有误] and who has not bought since, shape (n_customers,)."""
    episodes = select(RiskEpisode.customer_id).where(
        RiskEpisode.team_id == team_id, RiskEpisode.closed_at.is_(None), RiskEpisode.verdict == "wrong"
    )
    return np.isin(ids, np.fromiter(db.scalars(episodes), np.int64))


def verdicts(db: Session, team_id: int) -> dict[str, int]:
    """How many episodes of risk ended how: contacted, wrong, lost, bought, open."""
    verdict = func.coalesce(RiskEpisode.verdict, "open")
    rows = select(verdict, func.count()).where(RiskEpisode.team_id == team_id).group_by(verdict).order_by(verdict)
    return {row[0]: int(row[1]) for row in db.execute(rows)}


def _judged(
    db: Session, team_id: int, ids: Ids, gone: npt.NDArray[np.bool_], first: date, end: date, zone: ZoneInfo
) -> npt.NDArray[np.bool_]:
    """The outcomes, with the verdicts of people on episodes that were opened within the window."""
    start, stop = (datetime.combine(day, time(0), zone) for day in (first, end))
    episodes = select(RiskEpisode.customer_id, RiskEpisode.verdict).where(
        RiskEpisode.team_id == team_id, RiskEpisode.opened_at >= start, RiskEpisode.opened_at < stop
    )
    said = {row[0]: row[1] == "lost" for row in db.execute(episodes.where(RiskEpisode.verdict.in_(("lost", "wrong"))))}
    return np.array([said.get(one, was) for one, was in zip(ids.tolist(), gone.tolist(), strict=True)], dtype=bool)


def _has_any(db: Session, team_id: int) -> bool:
    return db.scalar(select(Note.note_id).where(Note.team_id == team_id).limit(1)) is not None


def _counts(db: Session, query: Any) -> dict[int, float]:
    return {row[0]: float(row[1]) for row in db.execute(query)}


def _aligned(found: Mapping[int, float], ids: Ids, otherwise: float = 0.0) -> Column:
    if not found:
        return np.full(ids.size, otherwise)
    return np.fromiter((found.get(one, otherwise) for one in ids.tolist()), np.float64, ids.size)
