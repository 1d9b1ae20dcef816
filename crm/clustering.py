"""Clusters of a team's customers: found in another process, stored with their report, labels kept from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from crm import customers, histories, scores, snapshots
from crm.database import Database
from crm.members import Actor
from crm.rescoring import Heavy
from crm.tables import Customer, CustomerScore, CustomerSummary, Team
from scoring import groups
from scoring.history import Histories

LEAST_CUSTOMERS = 30  # of scoring.clusters
COLUMNS = ("recency_days", "purchase_days", "money", "mean_fen", "mean_gap_days")
CHUNK = 500
KIND = "clusters"


class TooFewCustomers(ValueError):
    """Clusters of so few are anecdotes: `.args` are how many there are, and how many it takes."""


class ClusterUnknown(LookupError):
    """The last run found no such cluster."""


async def renew(database: Database, team_id: int, now: datetime, heavy: Heavy) -> dict[str, Any]:
    """The report on the clusters of today, made if there is none of this day.

    Raises: TooFewCustomers
    """

    def look(db: Session) -> tuple[dict[str, Any] | None, int]:
        team = db.get_one(Team, team_id)
        held = snapshots.record(db, team_id, KIND)
        is_fresh = held is not None and held["on"] == scores.today(team, now).isoformat()
        return held if is_fresh else None, _buyers(db, team_id)

    held, buyers = await database.read(look)
    if held is not None:
        return held
    if buyers < LEAST_CUSTOMERS:
        raise TooFewCustomers(buyers, LEAST_CUSTOMERS)
    found = await heavy(compute, database.url, team_id, now)
    if found is None:
        raise TooFewCustomers(buyers, LEAST_CUSTOMERS)
    report, ids, labels = found
    for number in report["match"]["numbers"]:
        members = ids[labels == number].tolist()
        for start in range(0, len(members), CHUNK):
            await database.write(partial(_label, customer_ids=members[start : start + CHUNK], number=number))
    await database.write(lambda db: snapshots.keep(db, team_id, KIND, report, now))
    return dict(report)


def compute(
    url: str, team_id: int, now: datetime
) -> tuple[dict[str, Any], npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
    """The report, the customers and their labels; None where no column varies. For the other process."""
    from scoring import cluster_profiles, clusters, preparation

    database = Database(url)
    try:
        last, ids, table = database.read_now(lambda db: _table(db, db.get_one(Team, team_id), now))
        day = database.read_now(lambda db: scores.today(db.get_one(Team, team_id), now))
    finally:
        database.close()
    prepared = preparation.prepare(COLUMNS, table)
    try:
        found = clusters.find(prepared, np.random.default_rng(team_id), last=last)
    except clusters.TooFewCustomers:
        return None
    profiles = [
        {**asdict(one), "levels": {name: str(level) for name, level in one.levels.items()}, "kind": str(one.kind)}
        for one in cluster_profiles.describe(prepared, found)
    ]
    report = {
        "on": day.isoformat(),
        "customers": len(ids),
        "chosen": asdict(found.chosen),
        "stable": found.chosen.stable,
        "trials": [asdict(trial) for trial in found.trials],
        "profiles": profiles,
        "capped": prepared.capped,
        "filled": prepared.filled,
        "inflation": prepared.inflation,
        "left_out": prepared.left_out,
        "match": found.record(),
    }
    return report, ids, found.labels


def find(db: Session, actor: Actor, number: int, limit: int, offset: int = 0) -> list[tuple[Customer, CustomerSummary]]:
    """The customers of a cluster, most money first.

    Raises: members.NotAllowed, ClusterUnknown
    """
    actor.require("manager")
    held = snapshots.record(db, actor.team_id, KIND)
    if held is None or number not in held["match"]["numbers"]:
        raise ClusterUnknown(number)
    rows = (
        select(Customer, CustomerSummary)
        .join(CustomerScore, CustomerScore.customer_id == Customer.customer_id)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(CustomerScore.team_id == actor.team_id, CustomerScore.cluster == number, customers.visible(actor))
        .order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
    )
    return [(row[0], row[1]) for row in db.execute(rows.limit(limit).offset(offset))]


def _table(
    db: Session, team: Team, now: datetime
) -> tuple[dict[str, Any] | None, npt.NDArray[np.int64], npt.NDArray[np.float64]]:
    ids, found = histories.of_team(db, team.team_id, scores.today(team, now), ZoneInfo(team.zone), now)
    kept = groups.has_value(found)
    held = snapshots.record(db, team.team_id, KIND)
    return held["match"] if held else None, np.asarray(ids, dtype=np.int64)[kept], _columns(found)[kept]


def _columns(found: Histories) -> npt.NDArray[np.float64]:
    """Of shape (n_customers, 5), in the order of COLUMNS; money is net of the last 730 days."""
    money = found.net_fen_year + found.previous_year_fen
    mean = found.net_fen_total / np.maximum(found.purchase_days, 1)
    return np.column_stack([found.recency_days, found.purchase_days, money, mean, found.mean_gap_days])


def _buyers(db: Session, team_id: int) -> int:
    rows = (
        select(func.count())
        .select_from(CustomerSummary)
        .join(Customer, Customer.customer_id == CustomerSummary.customer_id)
    )
    bought = (CustomerSummary.team_id == team_id, CustomerSummary.purchase_days > 0, Customer.deleted_at.is_(None))
    return int(db.scalar(rows.where(*bought)) or 0)


def _label(db: Session, customer_ids: Sequence[int], number: int) -> None:
    db.execute(update(CustomerScore).where(CustomerScore.customer_id.in_(customer_ids)).values(cluster=number))
