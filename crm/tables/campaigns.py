"""Campaigns with the customers chosen for them, and what a team greets with and for beyond the built-in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Campaign(Table):
    """A text for all customers that fit a condition. `state`: draft → running | cancelled."""

    __tablename__ = "campaign"
    campaign_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    created_by_id: Mapped[int]
    condition: Mapped[str] = mapped_column(Text)  # as typed, read by crm.conditions
    text: Mapped[str] = mapped_column(Text)  # with the fields of a greeting
    is_offer: Mapped[bool] = mapped_column(default=False)  # bad payers get none
    own_only: Mapped[bool] = mapped_column(default=False)  # a rep's, of his own customers
    state: Mapped[str] = mapped_column(String(10), default="draft")
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_campaign_team", "team_id", "campaign_id"), {"sqlite_autoincrement": True})


class CampaignCustomer(Table):
    """A customer who fitted when a campaign began. `arm`: chosen | holdout (left out at random) | held (crm.held)."""

    __tablename__ = "campaign_customer"
    campaign_customer_id: Mapped[PrimaryId]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.campaign_id"))
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    owner_id: Mapped[int | None]
    arm: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str | None] = mapped_column(String(60))  # of one held back
    sent_at: Mapped[datetime | None]  # when the owner says so

    __table_args__ = (
        UniqueConstraint("campaign_id", "customer_id"),
        Index("ix_campaign_customer_owner", "campaign_id", "owner_id", "arm"),
        partial_index("ix_campaign_customer_waiting", "owner_id", where="sent_at IS NULL"),
        {"sqlite_autoincrement": True},
    )


class GreetingTemplate(Table):
    """A team's own greeting for an occasion: it goes before the built-in drafts. `relation` None: for every one."""

    __tablename__ = "greeting_template"
    greeting_template_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    occasion: Mapped[str] = mapped_column(String(40))
    relation: Mapped[str | None] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    created_by_id: Mapped[int]
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_greeting_template_team", "team_id", "occasion"), {"sqlite_autoincrement": True})


class TeamFestival(Table):
    """A day of the team's own, or what it chose about a built-in one (month and day None).

    `condition`: which customers it is for, read by crm.conditions; empty: all, or whom the built-in one is for.
    """

    __tablename__ = "team_festival"
    team_festival_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    code: Mapped[str] = mapped_column(String(40))  # of the built-in one, or own7
    name: Mapped[str] = mapped_column(String(40))
    is_lunar: Mapped[bool] = mapped_column(default=False)
    month: Mapped[int | None]
    day: Mapped[int | None]
    condition: Mapped[str] = mapped_column(Text, default="")
    is_off: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("team_id", "code"), {"sqlite_autoincrement": True})
