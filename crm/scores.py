"""Value × churn groups of a team's customers: computed from summaries and windows, stored with their cut-offs.

A full run looks at the whole team and decides the cut-offs; between full runs one customer is scored with the stored
ones. A full run is never inside one transaction: `compute` only reads, beside the writer; `put` writes what has changed
a thousand rows at a time, leaving alone whoever bought meanwhile; `settle` ends it (see crm.rescoring).

`Team.settings["scores"]` holds the last full run: on (the team's day), at (instant), before (the day that the groups
are compared with, or None), customers (how many), stale (something changed since), redo (so much that the scores are
not even good for a minute), opened (its risk episodes are open).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm import histories
from crm.tables import CustomerSummary, Note, Team
from scoring import groups, reasons
from scoring.groups import Assignment, Cutoffs, Group
from scoring.history import Histories

EVERY = timedelta(hours=1)
REUSED = timedelta(minutes=1)  # scores of a large team are good for a minute, whoever asks
LARGE = 5_000  # customers of a team whose full run a person would wait for
CHUNK = 1_000  # rows in one transaction: about 30 ms of the writer
REASONED = 300  # customers at risk whose reasons are stored by a full run, by money: others are explained when shown
AT_RISK = (Group.HIGH_AT_RISK, Group.LOW_AT_RISK)
STORED = ("value_group", "previous_group", "churn_probability", "value_fen", "reasons")


@dataclass(frozen=True, slots=True)
class Row:
    """New scores of a customer, to be stored while his purchases were counted `changes` times."""

    customer_id: int
    changes: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A full run that is not stored yet; `customer_ids` belong to the rows of the histories.

    `rows`: only those that differ from what is stored; `changes`: how many customers and purchases it knew of.
    """

    customer_ids: list[int]
    histories: Histories
    assignment: Assignment
    rows: list[Row] = field(default_factory=list)
    changes: tuple[int, int] = (0, 0)


def is_due(db: Session, team: Team, now: datetime, *, at_once: bool = False) -> bool:
    """The groups are of another day, or an hour old with changes since; `at_once`: of any age, a minute if many."""
    last = team.settings.get("scores")
    if last is None or last["on"] != today(team, now).isoformat():
        return True
    at = datetime.fromisoformat(last["at"])
    is_young = now - at < REUSED and last["customers"] >= LARGE and not last["redo"]
    if is_young if at_once else now - at < EVERY:
        return False
    return bool(last["stale"]) or _noted_since(db, team.team_id, at)


def compute(db: Session, team: Team, now: datetime) -> Fresh:
    """The groups of every living customer of the team; nothing is written."""
    changes, stored = _changes(db, team.team_id), _stored(db, team)  # before the histories: newer ones are left alone
    customer_ids, found = histories.of_team(db, team.team_id, today(team, now), ZoneInfo(team.zone), now)
    fresh = Fresh(customer_ids, found, groups.assign(found), changes=changes)
    explained = _explained(fresh)
    for index, customer_id in enumerate(customer_ids):
        row = _row(fresh, index, stored.get(customer_id), today(team, now), explained.get(index, []))
        if row is not None:
            fresh.rows.append(row)
    return fresh


def put(db: Session, rows: Sequence[Row], now: datetime) -> None:
    """The rows are in the summaries, but for customers whose purchases changed since: theirs are newer already."""
    ids = sorted(row.customer_id for row in rows)
    held = select(CustomerSummary.customer_id, CustomerSummary.purchase_changes).where(
        CustomerSummary.customer_id.in_(ids)
    )
    changes = {row[0]: row[1] for row in db.execute(held.order_by(CustomerSummary.customer_id).with_for_update())}
    values = [
        {**row.values, "customer_id": row.customer_id, "scored_at": now}
        for row in rows
        if changes.get(row.customer_id) == row.changes
    ]
    if values:
        db.execute(update(CustomerSummary), values)


def settle(db: Session, team: Team, fresh: Fresh, now: datetime) -> None:
    """The run is the team's last one, stale already if purchases changed while it was computed and stored."""
    hold(db, team)
    last = team.settings.get("scores")
    day = today(team, now).isoformat()
    turned = last is not None and last["on"] != day
    team.settings = {
        **team.settings,
        "cutoffs": fresh.assignment.cutoffs.record(),
        "scores": {
            "on": day,
            "at": now.isoformat(),
            "before": last["on"] if turned and last else last["before"] if last else None,
            "customers": len(fresh.customer_ids),
            "stale": _changes(db, team.team_id) != fresh.changes,
            "redo": False,
            "opened": False,
        },
    }


def store(db: Session, team: Team, fresh: Fresh, now: datetime) -> None:
    """The run is stored in one transaction: for small teams and tests."""
    for start in range(0, len(fresh.rows), CHUNK):
        put(db, fresh.rows[start : start + CHUNK], now)
    settle(db, team, fresh, now)


def refresh(db: Session, team: Team, now: datetime) -> None:
    """A full run is computed and stored."""
    store(db, team, compute(db, team, now), now)


def hold(db: Session, team: Team) -> None:
    """The team's settings are those of now, and no other replica changes them before this transaction ends."""
    db.flush()
    db.refresh(team, ["settings"], with_for_update=True)


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
        if _is_older(row.scored_at, team, now):
            row.previous_group = row.value_group
        row.value_group = str(scored.assignment.group(index))
        row.churn_probability = float(scored.assignment.churn_probability[index])
        row.value_fen = int(scored.assignment.value_fen[index])
        row.reasons = _reasons(scored, index)
        row.scored_at = now
    mark_stale(db, team)


def mark_stale(db: Session, team: Team, *, redo: bool = False) -> None:
    """The last full run is overtaken: the next one is due; `redo`: before anybody is shown it again."""
    last = team.settings.get("scores")
    if last is None or (last["stale"] and last["redo"] >= redo):
        return
    hold(db, team)
    last = team.settings["scores"]
    team.settings = {**team.settings, "scores": {**last, "stale": True, "redo": last["redo"] or redo}}


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


def _row(fresh: Fresh, index: int, was: _Stored | None, day: date, why: list[Any]) -> Row | None:
    """The new scores of a customer; None when they are stored already. A new day replaces what is compared with."""
    if was is None:
        return None
    values = {
        "value_group": str(fresh.assignment.group(index)),
        "previous_group": was.value_group if was.scored_on is not None and was.scored_on < day else was.previous_group,
        "churn_probability": float(fresh.assignment.churn_probability[index]),
        "value_fen": int(fresh.assignment.value_fen[index]),
        "reasons": why,
    }
    if all(values[name] == getattr(was, name) for name in STORED):
        return None
    return Row(fresh.customer_ids[index], was.changes, values)


@dataclass(frozen=True, slots=True)
class _Stored:
    """The scores of a customer as they are stored."""

    changes: int
    scored_on: date | None
    value_group: str | None
    previous_group: str | None
    churn_probability: float | None
    value_fen: int | None
    reasons: list[Any]


def _stored(db: Session, team: Team) -> dict[int, _Stored]:
    columns = select(
        CustomerSummary.customer_id,
        CustomerSummary.purchase_changes,
        CustomerSummary.scored_at,
        *(getattr(CustomerSummary, name) for name in STORED),
    )
    zone = ZoneInfo(team.zone)
    return {
        row[0]: _Stored(row[1], row[2].astimezone(zone).date() if row[2] else None, *row[3:])
        for row in db.execute(columns.where(CustomerSummary.team_id == team.team_id))
    }


def _is_older(scored_at: datetime | None, team: Team, now: datetime) -> bool:
    return scored_at is not None and today(team, scored_at) < today(team, now)


def _changes(db: Session, team_id: int) -> tuple[int, int]:
    sums = select(func.count(), func.coalesce(func.sum(CustomerSummary.purchase_changes), 0))
    number, changes = db.execute(sums.where(CustomerSummary.team_id == team_id)).one()
    return int(number), int(changes)


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
