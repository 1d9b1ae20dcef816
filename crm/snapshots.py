"""The stored snapshot of each customer: figures, tier and cluster, with who moved; and what a run said of the team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crm import settings
from crm.outlooks import Figures, Outlook
from crm.tables import CustomerScore, CustomerSummary, ScoreMovement, ScoreRecord, Team
from scoring import tiers
from scoring.groups import Cutoffs
from scoring.history import Column
from scoring.tiers import Event, Tier

WARNINGS = (Event.DOWNGRADE_NEAR, Event.UPGRADE_NEAR)


@dataclass(frozen=True, slots=True)
class Held:
    """What is stored of a customer."""

    base_probability: float | None
    tier: int | None
    tier_event: str | None
    cluster: int | None
    figures: Figures


@dataclass(frozen=True, slots=True)
class Place:
    """The tier of a customer, and a warning that it is about to change; None for who never bought."""

    tier: int | None
    event: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What is to be stored of a customer: `values` None if only the moves (kind, before, after) are new."""

    customer_id: int
    team_id: int
    values: dict[str, Any] | None
    moves: list[tuple[str, str, str]] = field(default_factory=list)


def standings(team: Team, outlook: Outlook, year_fen: Column) -> list[Place]:
    """The tier of every customer by the team's rules."""
    rules = settings.of(team).tiers
    columns = (year_fen, outlook.year_days, outlook.leaving_fen, outlook.leaving_days)
    rows = zip(outlook.figures, *(column.tolist() for column in columns), strict=True)
    return [place(rules, *numbers) if figures else Place(None, None) for figures, *numbers in rows]


def place(rules: Sequence[Tier], fen: float, days: float, leaving_fen: float, leaving_days: float) -> Place:
    """Where the rules put a customer with this money and these order days of the last 365 days."""
    standing = tiers.standing(
        rules, int(fen), int(days), leaving_fen=int(max(leaving_fen, 0)), leaving_days=int(leaving_days)
    )
    event = next((event for event in WARNINGS if event in standing.events), None)
    return Place(standing.place, str(event) if event else None)


def of(
    customer_id: int, team_id: int, outlook: Outlook, index: int, stands: Place, held: Held | None
) -> Snapshot | None:
    """What is new of the customer; None when it is stored already."""
    values = {
        "base_probability": outlook.base[index],
        "tier": stands.tier,
        "tier_event": stands.event,
        "cluster": held.cluster if held else None,
        "figures": outlook.figures[index],
    }
    if held is None and not outlook.figures[index]:
        return None
    if held is not None and all(getattr(held, name) == value for name, value in values.items()):
        return None
    return Snapshot(customer_id, team_id, values, _tier_moves(held.tier if held else None, stands.tier))


def put(db: Session, snapshots: Sequence[Snapshot], now: datetime) -> None:
    """The snapshots replace those before, and the moves are recorded."""
    new = [one for one in snapshots if one.values is not None]
    if new:
        db.execute(delete(CustomerScore).where(CustomerScore.customer_id.in_([one.customer_id for one in new])))
        db.execute(
            insert(CustomerScore),
            [{**(o.values or {}), "customer_id": o.customer_id, "team_id": o.team_id, "made_at": now} for o in new],
        )
    moves = [
        {"team_id": o.team_id, "customer_id": o.customer_id, "kind": k, "before": b, "after": a, "moved_at": now}
        for o in snapshots
        for k, b, a in o.moves
    ]
    if moves:
        db.execute(insert(ScoreMovement), moves)


def moved(db: Session, team_id: int, customer_id: int, kind: str, before: str, after: str, now: datetime) -> None:
    """The move is recorded."""
    db.add(ScoreMovement(team_id=team_id, customer_id=customer_id, kind=kind, before=before, after=after, moved_at=now))


def renew(db: Session, team: Team, row: CustomerSummary, figures: Figures, stands: Place, now: datetime) -> None:
    """One customer's snapshot is of now; what the last full run said by the orders stays to be moved from."""
    held = db.get(CustomerScore, row.customer_id)
    if held is None:
        held = CustomerScore(customer_id=row.customer_id, team_id=team.team_id, figures={}, made_at=now)
        db.add(held)
    for kind, before, after in _tier_moves(held.tier, stands.tier):
        moved(db, team.team_id, row.customer_id, kind, before, after, now)
    held.tier, held.tier_event = stands.tier, stands.event
    held.figures = {**held.figures, **figures}
    held.made_at = now


def of_team(db: Session, team_id: int) -> dict[int, Held]:
    """What is stored, by customer."""
    columns = (CustomerScore.base_probability, CustomerScore.tier, CustomerScore.tier_event, CustomerScore.cluster)
    rows = select(CustomerScore.customer_id, *columns, CustomerScore.figures).where(CustomerScore.team_id == team_id)
    return {row[0]: Held(*row[1:]) for row in db.execute(rows)}


def record(db: Session, team_id: int, kind: str) -> dict[str, Any] | None:
    """What the last run said of the team; None before the first."""
    wanted = select(ScoreRecord.record).where(ScoreRecord.team_id == team_id, ScoreRecord.kind == kind)
    return db.scalar(wanted)


def keep(db: Session, team_id: int, kind: str, said: dict[str, Any], now: datetime) -> None:
    """The record of this kind says this."""
    wanted = select(ScoreRecord).where(ScoreRecord.team_id == team_id, ScoreRecord.kind == kind)
    held = db.scalar(wanted)
    if held is None:
        db.add(ScoreRecord(team_id=team_id, kind=kind, record=said, made_at=now))
    else:
        held.record, held.made_at = said, now


def has_no_signal(cutoffs: Cutoffs | None) -> bool:
    """The team's orders say nothing about who comes back: nobody is called at risk."""
    return cutoffs is not None and cutoffs.churn_probability > 1


def _tier_moves(before: int | None, after: int | None) -> list[tuple[str, str, str]]:
    return [("tier", str(before), str(after))] if None not in (before, after) and before != after else []
