"""Deals with the history of their stages, targets by month, what sources cost, and what was forecast."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index

TEAM = 0  # the member_id of what is the whole team's: NULLs would not be unique


class Deal(Table):
    """A sale that may come. Its owner is its customer's, so it goes wherever the customer goes."""

    __tablename__ = "deal"
    deal_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    what: Mapped[str | None] = mapped_column(String(200))
    amount_fen: Mapped[int]
    stage: Mapped[str] = mapped_column(String(16))  # name of the open stage; of a closed deal the last one it was in
    state: Mapped[str] = mapped_column(String(8), default="open")  # open | won | lost
    expected_on: Mapped[date]  # the day it should be won by
    won_fen: Mapped[int | None]  # what was sold in the end, where it was not the amount
    order_id: Mapped[int | None]  # the order booked when it was won
    lost_reason: Mapped[str | None] = mapped_column(String(80))
    created_by_id: Mapped[int]
    created_at: Mapped[datetime]
    moved_at: Mapped[datetime]  # when it came into its stage or state
    closed_on: Mapped[date | None]  # day of the team's zone
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index(
            "ix_deal_open",
            "team_id",
            "expected_on",
            "customer_id",
            "stage",
            "amount_fen",
            where="state = 'open' AND deleted_at IS NULL",
        ),
        partial_index("ix_deal_closed", "team_id", "closed_on", "state", "stage", where="deleted_at IS NULL"),
        partial_index(
            "ix_deal_created",
            "team_id",
            "created_at",
            "customer_id",
            "stage",
            "state",
            "amount_fen",
            where="deleted_at IS NULL",
        ),
        {"sqlite_autoincrement": True},
    )


class DealMove(Table):
    """One change of a deal. `kind` stage: names of open stages, won or lost; amount: fen; date: ISO days."""

    __tablename__ = "deal_move"
    deal_move_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.deal_id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))  # stage | amount | date
    before: Mapped[str | None] = mapped_column(String(24))  # None: the deal was made
    after: Mapped[str] = mapped_column(String(24))
    member_id: Mapped[int]
    moved_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_deal_move_member", "member_id", "moved_at"), {"sqlite_autoincrement": True})


class Target(Table):
    """What a member, or the team, should sell in a month. 0 fen: none any more."""

    __tablename__ = "target"
    target_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    member_id: Mapped[int]  # or TEAM
    month: Mapped[date]  # its first day
    amount_fen: Mapped[int]
    before_fen: Mapped[int]  # what it was before it was set last
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "month", "member_id"), {"sqlite_autoincrement": True})


class SourceCost(Table):
    """What a source of leads cost the team in a month. 0 fen: nothing any more."""

    __tablename__ = "source_cost"
    source_cost_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    source: Mapped[str] = mapped_column(String(40))
    month: Mapped[date]  # its first day
    amount_fen: Mapped[int]
    before_fen: Mapped[int]  # what it was before it was set last
    set_by_id: Mapped[int]
    set_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "month", "source"), {"sqlite_autoincrement": True})


class ForecastRecord(Table):
    """What the forecast of a month said at its beginning, of a member or of the TEAM; never changed afterwards."""

    __tablename__ = "forecast_record"
    forecast_record_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    member_id: Mapped[int]  # or TEAM
    month: Mapped[date]  # its first day
    weighted_fen: Mapped[int]
    models_fen: Mapped[int | None]  # what the scoring models expected of all customers
    made_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "month", "member_id"), {"sqlite_autoincrement": True})
