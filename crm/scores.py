"""Value × churn groups of a team's customers: computed from summaries and windows, stored with their cut-offs.

A full run looks at the whole team and decides the cut-offs; between full runs one customer is scored with the stored
ones. `compute` only reads, so that it can run beside the writer; `store` writes what it found.

`Team.settings["scores"]` holds the last full run: on (the team's day), at (instant), before (the day that the groups
are compared with, or None), stale (something changed since), opened (its risk episodes are open).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import histories
from crm.tables import CustomerSummary, Note, Team
from scoring import groups, reasons
from scoring.groups import Assignment, Cutoffs, Group
from scoring.history import Histories

EVERY = timedelta(hours=1)
REASONED = 300  # customers at risk whose reasons are stored by a full run, by money: others are explained when shown
AT_RISK = (Group.HIGH_AT_RISK, Group.LOW_AT_RISK)
WRITTEN_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Fresh:
    """A full run that is not stored yet; `customer_ids` belong to the rows of the histories."""

    customer_ids: list[int]
    histories: Histories
    assignment: Assignment


def is_due(db: Session, team: Team, now: datetime, *, at_once: bool = False) -> bool:
    """The groups are of another day, or an hour old (`at_once`: of any age) with changes since."""
    last = team.settings.get("scores")
    if last is None or last["on"] != today(team, now).isoformat():
        return True
    if not at_once and now - datetime.fromisoformat(last["at"]) < EVERY:
        return False
    return bool(last["stale"]) or _noted_since(db, team.team_id, datetime.fromisoformat(last["at"]))


def compute(db: Session, team: Team, now: datetime) -> Fresh:
    """The groups of every living customer of the team; nothing is written."""
    customer_ids, found = histories.of_team(db, team.team_id, today(team, now), ZoneInfo(team.zone), now)
    return Fresh(customer_ids, found, groups.assign(found))


def store(db: Session, team: Team, fresh: Fresh, now: datetime) -> None:
    """The groups, probabilities and reasons are in the summaries, the cut-offs in the team's settings."""
    last = team.settings.get("scores")
    day = today(team, now)
    turned = last is not None and last["on"] != day.isoformat()
    before = _stored_groups(db, team.team_id)
    explained = _explained(fresh)
    rows = [
        _row(fresh, index, before.get(customer_id), turned, explained.get(index, []), now)
        for index, customer_id in enumerate(fresh.customer_ids)
    ]
    for start in range(0, len(rows), WRITTEN_AT_ONCE):
        db.execute(update(CustomerSummary), rows[start : start + WRITTEN_AT_ONCE])
    compared_with = last["on"] if turned and last else last["before"] if last else None
    team.settings = {
        **team.settings,
        "cutoffs": fresh.assignment.cutoffs.record(),
        "scores": {
            "on": day.isoformat(),
            "at": now.isoformat(),
            "before": compared_with,
            "stale": False,
            "opened": False,
        },
    }


def refresh(db: Session, team: Team, now: datetime) -> None:
    """A full run is computed and stored."""
    store(db, team, compute(db, team, now), now)


def rescore(db: Session, team_id: int, customer_ids: Sequence[int], now: datetime) -> None:
    """These customers have new scores by the cut-offs of the last full run, which is marked as overtaken."""
    team = db.get_one(Team, team_id)
    if "cutoffs" not in team.settings:
        return
    db.flush()
    cutoffs = Cutoffs.from_record(team.settings["cutoffs"])
    ids, found = histories.of_customers(db, team_id, customer_ids, today(team, now), ZoneInfo(team.zone), now)
    scored = Fresh(ids, found, groups.assign(found, cutoffs=cutoffs))
    for index, customer_id in enumerate(ids):
        row = db.get_one(CustomerSummary, customer_id)
        row.value_group = str(scored.assignment.group(index))
        row.churn_probability = float(scored.assignment.churn_probability[index])
        row.value_fen = int(scored.assignment.value_fen[index])
        row.reasons = _reasons(scored, index)
        row.scored_at = now
    mark_stale(team)


def mark_stale(team: Team) -> None:
    """The last full run is overtaken: the next one is due."""
    last = team.settings.get("scores")
    if last is not None and not last["stale"]:
        team.settings = {**team.settings, "scores": {**last, "stale": True}}


def explain(db: Session, team: Team, rows: Sequence[CustomerSummary], now: datetime) -> dict[int, list[Any]]:
    """The reasons of these customers by id, computed now where they were not stored."""
    known = {row.customer_id: list(row.reasons) for row in rows if row.reasons}
    missing = [row.customer_id for row in rows if not row.reasons]
    if missing and "cutoffs" in team.settings:
        cutoffs = Cutoffs.from_record(team.settings["cutoffs"])
        zone = ZoneInfo(team.zone)
        ids, found = histories.of_customers(db, team.team_id, missing, today(team, now), zone, now)
        scored = Fresh(ids, found, groups.assign(found, cutoffs=cutoffs))
        known |= {customer_id: _reasons(scored, index) for index, customer_id in enumerate(ids)}
    return known


def cutoffs_of(team: Team) -> Cutoffs | None:
    """The cut-offs of the last full run; None before the first."""
    record = team.settings.get("cutoffs")
    return Cutoffs.from_record(record) if record else None


def today(team: Team, now: datetime) -> date:
    """The team's date."""
    return now.astimezone(ZoneInfo(team.zone)).date()


def _row(
    fresh: Fresh, index: int, was: tuple[str | None, str | None] | None, turned: bool, why: list[Any], now: datetime
) -> dict[str, Any]:
    """`was`: the group stored, and the one that it is compared with, which a new day replaces."""
    group, previous = was or (None, None)
    return {
        "customer_id": fresh.customer_ids[index],
        "value_group": str(fresh.assignment.group(index)),
        "previous_group": group if turned else previous,
        "churn_probability": float(fresh.assignment.churn_probability[index]),
        "value_fen": int(fresh.assignment.value_fen[index]),
        "reasons": why,
        "scored_at": now,
    }


def _stored_groups(db: Session, team_id: int) -> dict[int, tuple[str | None, str | None]]:
    columns = select(CustomerSummary.customer_id, CustomerSummary.value_group, CustomerSummary.previous_group)
    return {row[0]: (row[1], row[2]) for row in db.execute(columns.where(CustomerSummary.team_id == team_id))}


def _explained(fresh: Fresh) -> dict[int, list[Any]]:
    risky = np.flatnonzero(np.isin(fresh.assignment.groups, [groups.GROUPS.index(group) for group in AT_RISK]))
    by_money = risky[np.argsort(-fresh.assignment.value_fen[risky], kind="stable")][:REASONED]
    return {int(index): _reasons(fresh, int(index)) for index in by_money}


def _reasons(fresh: Fresh, index: int) -> list[Any]:
    found = reasons.reasons(fresh.histories, index, fresh.assignment.cutoffs.rhythm)
    return [
        {"code": r.code, "weight": round(r.weight, 4), **{k: float(v) for k, v in r.numbers.items()}} for r in found
    ]


def _noted_since(db: Session, team_id: int, at: datetime) -> bool:
    newer = select(Note.note_id).where(Note.team_id == team_id, Note.created_at > at).limit(1)
    return db.scalar(newer) is not None
