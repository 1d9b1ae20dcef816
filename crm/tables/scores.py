"""What a full run of the models says of each customer, who moved, and what the run was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table


class CustomerScore(Table):
    """The snapshot of a customer beside the columns of the summary. `figures`: see crm.outlooks."""

    __tablename__ = "customer_score"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True, autoincrement=False)
    team_id: Mapped[int]
    base_probability: Mapped[float | None]  # of a purchase within the horizon, by the last full run, without notes
    tier: Mapped[int | None]  # place in the team's tiers, the lowest is 0
    tier_event: Mapped[str | None] = mapped_column(String(16))  # scoring.tiers.Event of a warning
    cluster: Mapped[int | None]
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_customer_score_tier", "team_id", "tier"),
        Index("ix_customer_score_cluster", "team_id", "cluster"),
        {"sqlite_autoincrement": False},
    )


class ScoreMovement(Table):
    """A customer went from one group or tier to another. `kind`: group | tier."""

    __tablename__ = "score_movement"
    score_movement_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    before: Mapped[str] = mapped_column(String(16))
    after: Mapped[str] = mapped_column(String(16))
    moved_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_score_movement_team", "team_id", "kind", "moved_at"),
        {"sqlite_autoincrement": True},
    )


class ScoreRecord(Table):
    """What a run says of the whole team, as plain values. `kind`: model | clusters | rules."""

    __tablename__ = "score_record"
    score_record_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    kind: Mapped[str] = mapped_column(String(12))
    record: Mapped[dict[str, Any]] = mapped_column(default=dict)
    made_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "kind"), {"sqlite_autoincrement": True})
