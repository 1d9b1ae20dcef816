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
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from crm import expectations, histories, note_evidence, outlooks, reforecasts, score_rows, settings, snapshots
from crm.outlooks import Outlook
from crm.prepared import Prepared
from crm.score_rows import AT_RISK as AT_RISK
from crm.score_rows import Row
from crm.tables import CustomerSummary, Note, Team
from scoring import groups
from scoring.groups import Assignment, Cutoffs, Group
from scoring.history import Histories

EVERY = timedelta(hours=1)
REUSED = timedelta(minutes=1)  # scores of a large team are good for a minute, whoever asks
SMALL = 300  # customers: starting a process costs more than computing them
LARGE = 5_000  # customers of a team whose full run a person would wait for
CHUNK = 1_000  # rows in one transaction: about 30 ms of the writer
# Each tick asks it several times.
_CUSTOMERS = Prepared(
    select(func.count().label("number"))
    .select_from(CustomerSummary)
    .where(CustomerSummary.team_id == bindparam("team_id"))
)


@dataclass(frozen=True, slots=True)
class Settled:
    """A full run as its team remembers it: how many customers and changes it knew, its cut-offs, its model."""

    customers: int
    cutoffs: Cutoffs
    changes: tuple[int, int]
    record: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fresh:
    """A full run that is not stored yet; `customer_ids` belong to the rows of the histories.

    `rows`: only those that differ from what is stored; `changes`: how many customers and purchases it knew of.
    """

    customer_ids: list[int]
    histories: Histories
    assignment: Assignment
    outlook: Outlook
    rows: list[Row] = field(default_factory=list)
    changes: tuple[int, int] = (0, 0)

    def settled(self) -> Settled:
        """What the end of the run stores."""
        return Settled(len(self.customer_ids), self.assignment.cutoffs, self.changes, self.outlook.record)


def is_due(db: Session, team: Team, now: datetime, *, at_once: bool = False) -> bool:
    """The groups are of another day, or an hour old with changes since; `at_once`: of any age, a minute if many."""
    last = team.settings.get("scores")
    if last is None or last["redo"] or last["on"] != today(team, now).isoformat():
        return True
    at = datetime.fromisoformat(last["at"])
    is_young = now - at < REUSED and last["customers"] >= LARGE and not last["redo"]
    if is_young if at_once else now - at < EVERY:
        return False
    return bool(last["stale"]) or _noted_since(db, team.team_id, at)


def is_large(db: Session, team_id: int) -> bool:
    """A run of the team's scores is work for another process, beside everything else."""
    return int(_CUSTOMERS.row(db, {"team_id": team_id}).number) > SMALL


def is_shown(team: Team) -> bool:
    """The last run is shown as it is, with its age: of a large team, unless a file came since."""
    last = team.settings.get("scores")
    return last is not None and last["customers"] >= LARGE and not last["redo"]


def compute(db: Session, team: Team, now: datetime) -> Fresh:
    """The groups of every living customer of the team; nothing is written."""
    changes, stored = (
        _changes(db, team.team_id),
        score_rows.stored(db, team),
    )  # before the histories: newer ones are left alone
    customer_ids, found = histories.of_team(db, team.team_id, today(team, now), ZoneInfo(team.zone), now)
    outlook = outlooks.of_team(db, team, customer_ids, found, now)
    outlook.record["expected"] = expectations.record(db, team.team_id, customer_ids, outlook.figures)
    groups_were = [stored[one].value_group if one in stored else None for one in customer_ids]
    assignment = groups.assign(found, _rules(outlook), previous=_codes(groups_were), probability=outlook.gone)
    assignment = groups.without_early(assignment, _is_spared(db, team.team_id, customer_ids, found))
    fresh = Fresh(customer_ids, found, assignment, outlook, changes=changes)
    standings = snapshots.standings(team, outlook, assignment.value_fen)
    for index, customer_id in enumerate(customer_ids):
        was, made = stored.get(customer_id), (assignment, outlook)
        row = score_rows.new(customer_id, index, made, was, today(team, now), standings[index])
        if row is not None:
            fresh.rows.append(row)
    return fresh


def _is_spared(db: Session, team_id: int, customer_ids: Sequence[int], found: Histories) -> groups.Flags:
    """Who counts as stable whatever the forecast says: who bought just now, and of whom a person said [有误]."""
    return groups.is_early(found) | note_evidence.called_wrong(db, team_id, np.asarray(customer_ids, dtype=np.int64))


def _rules(outlook: Outlook) -> groups.Settings:
    """Thresholds of the groups; without usable signal nobody is at risk."""
    threshold = groups.Settings.churn_probability if outlook.has_signal else outlooks.NO_SIGNAL_THRESHOLD
    return groups.Settings(churn_probability=threshold, horizon_days=outlook.horizon_days)


def _codes(names: Sequence[str | None]) -> groups.Codes:
    return np.array([groups.GROUPS.index(Group(name)) if name else -1 for name in names], dtype=np.int8)


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
        if row.values and changes.get(row.customer_id) == row.changes
    ]
    if values:
        db.execute(update(CustomerSummary), values)
    snapshots.put(db, [r.snapshot for r in rows if r.snapshot and changes.get(r.customer_id) == r.changes], now)


def settle(db: Session, team: Team, run: Settled, now: datetime) -> None:
    """The run is the team's last one, stale already if purchases changed while it was computed and stored."""
    hold(db, team)
    last = team.settings.get("scores")
    day = today(team, now).isoformat()
    turned = last is not None and last["on"] != day
    team.settings = {
        **team.settings,
        "cutoffs": run.cutoffs.record(),
        "scores": {
            "on": day,
            "at": now.isoformat(),
            "before": last["on"] if turned and last else last["before"] if last else None,
            "customers": run.customers,
            "stale": _changes(db, team.team_id) != run.changes,
            "redo": False,
            "opened": False,
        },
    }
    snapshots.keep(db, team.team_id, "model", run.record, now)


def store(db: Session, team: Team, fresh: Fresh, now: datetime) -> None:
    """The run is stored in one transaction: for small teams and tests."""
    for start in range(0, len(fresh.rows), CHUNK):
        put(db, fresh.rows[start : start + CHUNK], now)
    settle(db, team, fresh.settled(), now)


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
    model = snapshots.record(db, team_id, "model")
    if model is None or model["method"] == outlooks.NO_ORDERS:
        mark_stale(db, team, redo=True)
        return
    cutoffs = Cutoffs.from_record(team.settings["cutoffs"])
    ids, found = histories_of(db, team, customer_ids, now)
    rows = [db.get_one(CustomerSummary, customer_id) for customer_id in ids]
    foreseen = reforecasts.of_customers(db, team, ids, found, model, now)
    gone = np.array([one.gone for one in foreseen])
    previous, rules = _codes([row.value_group for row in rows]), settings.of(team).tiers
    scored = groups.assign(found, cutoffs=cutoffs, previous=previous, probability=gone)
    scored = groups.without_early(scored, _is_spared(db, team_id, ids, found))
    for index, row in enumerate(rows):
        if _is_older(row.scored_at, team, now):
            row.previous_group = row.value_group
        group = str(scored.group(index))
        if row.value_group and row.value_group != group:
            snapshots.moved(db, team_id, row.customer_id, "group", row.value_group, group, now)
        row.value_group = group
        row.churn_probability = float(gone[index])
        row.value_fen = int(scored.value_fen[index])
        row.reasons = foreseen[index].reasons
        row.scored_at = now
        one = foreseen[index]
        tier = snapshots.place(rules, row.value_fen, one.year_days, one.leaving_fen, one.leaving_days)
        snapshots.renew(db, team, row, one.figures, tier, now)
    mark_stale(db, team)


def overtake(db: Session, customer_id: int, now: datetime) -> None:
    """The customer's own scores take in what was noted since they were made, as an order is taken in at once."""
    row = db.get(CustomerSummary, customer_id)
    if row is not None and row.scored_at is not None and note_evidence.has_changed(db, customer_id, row.scored_at):
        rescore(db, row.team_id, [customer_id], now)


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
    missing = [row.customer_id for row in rows if not row.reasons and row.purchase_days]
    model = snapshots.record(db, team.team_id, "model") if missing else None
    if model is not None and model["method"] != outlooks.NO_ORDERS:
        ids, found = histories_of(db, team, missing, now)
        foreseen = reforecasts.of_customers(db, team, ids, found, model, now)
        known |= {customer_id: one.reasons for customer_id, one in zip(ids, foreseen, strict=True)}
    return known


def histories_of(db: Session, team: Team, customer_ids: Sequence[int], now: datetime) -> tuple[list[int], Histories]:
    """The histories of these customers as of now."""
    return histories.of_customers(db, team.team_id, customer_ids, today(team, now), ZoneInfo(team.zone), now)


def cutoffs_of(team: Team) -> Cutoffs | None:
    """The cut-offs of the last full run; None before the first."""
    record = team.settings.get("cutoffs")
    return Cutoffs.from_record(record) if record else None


def today(team: Team, now: datetime) -> date:
    """The team's date."""
    return now.astimezone(ZoneInfo(team.zone)).date()


def _is_older(scored_at: datetime | None, team: Team, now: datetime) -> bool:
    return scored_at is not None and today(team, scored_at) < today(team, now)


def _changes(db: Session, team_id: int) -> tuple[int, int]:
    sums = select(func.count(), func.coalesce(func.sum(CustomerSummary.purchase_changes), 0))
    number, changes = db.execute(sums.where(CustomerSummary.team_id == team_id)).one()
    return int(number), int(changes)


def _noted_since(db: Session, team_id: int, at: datetime) -> bool:
    newer = select(Note.note_id).where(Note.team_id == team_id, Note.created_at > at).limit(1)
    return db.scalar(newer) is not None
