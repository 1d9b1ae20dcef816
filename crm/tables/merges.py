"""Pairs of records that may be one customer, and merges with every row they moved, so that they can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table


class TwinPair(Table):
    """Two records that look like one person. `state`: open | dismissed; a dismissed pair never comes back."""

    __tablename__ = "twin_pair"
    twin_pair_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    low_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))  # the smaller of the two ids
    high_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    sureness: Mapped[float]  # orders the list: nlp.likeness
    reasons: Mapped[list[str]]  # codes, worded by handlers.texts
    state: Mapped[str] = mapped_column(String(10), default="open")
    found_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when somebody said that they are two people
    ended_by_id: Mapped[int | None]

    __table_args__ = (
        UniqueConstraint("low_id", "high_id"),
        Index("ix_twin_pair_team", "team_id", "state", "sureness"),
        Index("ix_twin_pair_high", "high_id"),
        {"sqlite_autoincrement": True},
    )


class CustomerMerge(Table):
    """One record became part of another. `ended_at`: when it was undone."""

    __tablename__ = "customer_merge"
    customer_merge_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    kept_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    gone_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    by_id: Mapped[int]
    fields: Mapped[dict[str, Any]]  # column of the kept one → [what it said, what it says since]
    moved: Mapped[dict[str, Any]]  # table.column → the keys of the rows that moved: crm.merging
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None]

    __table_args__ = (
        Index("ix_customer_merge_gone", "gone_id"),
        Index("ix_customer_merge_kept", "kept_id"),
        Index("ix_customer_merge_team", "team_id", "made_at"),
        {"sqlite_autoincrement": True},
    )
