"""What a full run has to store of each customer: only what differs from what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import snapshots
from crm.outlooks import Outlook
from crm.snapshots import Snapshot
from crm.tables import CustomerSummary, Team
from scoring.groups import Assignment, Group

AT_RISK = (Group.HIGH_AT_RISK, Group.LOW_AT_RISK)
STORED = ("value_group", "previous_group", "churn_probability", "value_fen", "reasons")


@dataclass(frozen=True, slots=True)
class Row:
    """New scores of a customer, to be stored while his purchases were counted `changes` times."""

    customer_id: int
    changes: int
    values: dict[str, Any]
    """Of the summary; empty where that stays as it is."""
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """The scores of a customer as they are stored."""

    team_id: int
    changes: int
    scored_on: date | None
    snapshot: snapshots.Held | None
    value_group: str | None
    previous_group: str | None
    churn_probability: float | None
    value_fen: int | None
    reasons: list[Any]


def stored(db: Session, team: Team) -> dict[int, Stored]:
    """What is stored of the team's customers, by id."""
    columns = select(
        CustomerSummary.customer_id,
        CustomerSummary.purchase_changes,
        CustomerSummary.scored_at,
        *(getattr(CustomerSummary, name) for name in STORED),
    )
    zone = ZoneInfo(team.zone)
    held = snapshots.of_team(db, team.team_id)
    return {
        row[0]: Stored(
            team.team_id, row[1], row[2].astimezone(zone).date() if row[2] else None, held.get(row[0]), *row[3:]
        )
        for row in db.execute(columns.where(CustomerSummary.team_id == team.team_id))
    }


def new(
    customer_id: int,
    index: int,
    made: tuple[Assignment, Outlook],
    was: Stored | None,
    day: date,
    standing: snapshots.Place,
) -> Row | None:
    """The new scores of a customer; None when they are stored already. A new day replaces what is compared with."""
    if was is None:
        return None
    assignment, outlook = made
    is_risky = assignment.group(index) in AT_RISK
    values = {
        "value_group": str(assignment.group(index)),
        "previous_group": was.value_group if was.scored_on is not None and was.scored_on < day else was.previous_group,
        "churn_probability": round(float(assignment.churn_probability[index]), 6),
        "value_fen": int(assignment.value_fen[index]),
        "reasons": outlook.reasons.get(index, []) if is_risky else [],
    }
    if all(values[name] == getattr(was, name) for name in STORED):
        values = {}
    team_id = was.team_id
    moved = values.get("value_group") if was.value_group else None
    snapshot = snapshots.of(customer_id, team_id, outlook, index, standing, was.snapshot)
    if moved is not None and moved != was.value_group:
        snapshot = snapshot or Snapshot(customer_id, team_id, None, [])
        snapshot.moves.append(("group", str(was.value_group), str(moved)))
    return Row(customer_id, was.changes, values, snapshot) if values or snapshot else None
