"""Customers, the keys they are found by, and their running summary."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, by_bytes, partial_index

NICKNAMED = "CAST(nicknames AS TEXT) <> '[]'"
EMPLOYED = "deleted_at IS NULL AND company IS NOT NULL"


class Customer(Table):
    """A lead or customer. Erased rows stay with `deleted_at` until retention removes them."""

    __tablename__ = "customer"
    customer_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("member.member_id"))
    name: Mapped[str] = mapped_column(String(120))
    nicknames: Mapped[list[str]] = mapped_column(default=list)
    company: Mapped[str | None] = mapped_column(String(200))
    title: Mapped[str | None] = mapped_column(String(80))
    region: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(200))
    industry: Mapped[str | None] = mapped_column(String(80))
    source: Mapped[str | None] = mapped_column(String(40))
    wechat: Mapped[str | None] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(200))
    gender: Mapped[str | None] = mapped_column(String(8))  # male | female
    relation: Mapped[str] = mapped_column(String(16), default="business")  # business | friend | partner
    stage: Mapped[str] = mapped_column(
        String(16), default="lead"
    )  # lead | contacted | interested | quoted | won | lost
    solar_month: Mapped[int | None]
    solar_day: Mapped[int | None]
    solar_year: Mapped[int | None]
    lunar_month: Mapped[int | None]
    lunar_day: Mapped[int | None]
    lunar_leap: Mapped[bool] = mapped_column(default=False)
    lunar_year: Mapped[int | None]
    no_contact: Mapped[bool] = mapped_column(default=False)
    bad_payer: Mapped[bool] = mapped_column(default=False)  # gets no offers
    mourning_until: Mapped[date | None]  # the last day on which nothing cheerful is said
    assigned_at: Mapped[datetime | None]  # when it came to its owner, if not when it was made
    lead_rung: Mapped[int] = mapped_column(default=0)  # how many steps of the ladder of untouched leads were taken
    source_chat_id: Mapped[int | None]  # the message it was made from: an edit of that message re-reads it
    source_message_id: Mapped[int | None]
    source_text: Mapped[str | None] = mapped_column(Text)  # what it said when it was read last
    import_id: Mapped[int | None]  # the file it came from
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index("ix_customer_import", "import_id", where="import_id IS NOT NULL"),
        Index("ix_customer_owner", "team_id", "owner_id", "deleted_at"),  # in the order of ids, on SQLite
        Index("ix_customer_own_names", "team_id", "owner_id", "deleted_at", "name", "company"),
        partial_index("ix_customer_nicknamed", "team_id", "owner_id", "deleted_at", where=NICKNAMED),
        partial_index("ix_customer_own_companies", "team_id", "owner_id", "company", where=EMPLOYED),
        Index("ix_customer_created", "team_id", "created_at"),
        Index("ix_customer_updated", "team_id", "updated_at"),
        partial_index("ix_customer_assigned", "team_id", "assigned_at", where="assigned_at IS NOT NULL"),
        Index("ix_customer_solar_birthday", "solar_month", "solar_day"),
        Index("ix_customer_lunar_birthday", "lunar_month", "lunar_day"),
        Index("ix_customer_source_message", "source_chat_id", "source_message_id"),
        partial_index(  # who has how many of which kind, without a look at the rows
            "ix_customer_fit", "team_id", "owner_id", "region", "industry", "stage", where="deleted_at IS NULL"
        ),
        {"sqlite_autoincrement": True},
    )


class CustomerPhone(Table):
    """A number of a customer, digits only, without +86. `kind` is mobile or landline."""

    __tablename__ = "customer_phone"
    customer_phone_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    phone: Mapped[str] = mapped_column(by_bytes(32))
    kind: Mapped[str] = mapped_column(String(16))

    __table_args__ = (Index("ix_customer_phone_phone", "team_id", "phone"), {"sqlite_autoincrement": True})


class SearchKey(Table):
    """A string by which a customer is found. `kind`: name | pinyin | tail (last four digits)."""

    __tablename__ = "search_key"
    search_key_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    key: Mapped[str] = mapped_column(by_bytes(200))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)

    __table_args__ = (
        Index("ix_search_key_lookup", "team_id", "key", "kind", "customer_id"),
        {"sqlite_autoincrement": True},
    )


class CustomerSummary(Table):
    """What the scores need of a customer, kept up to date with each order and note, and the last scores.

    Money is fen, net of returns. Purchase days are distinct days with a net positive amount.
    """

    __tablename__ = "customer_summary"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True, autoincrement=False)
    team_id: Mapped[int]
    first_purchase_on: Mapped[date | None]
    last_purchase_on: Mapped[date | None]
    purchase_days: Mapped[int] = mapped_column(default=0)
    longest_gap_days: Mapped[int | None]
    total_fen: Mapped[int] = mapped_column(default=0)
    purchase_changes: Mapped[int] = mapped_column(default=0)  # how often the five above were counted
    last_note_at: Mapped[datetime | None]
    open_complaints: Mapped[int] = mapped_column(default=0)
    value_group: Mapped[str | None] = mapped_column(String(16))  # scoring.groups.Group
    previous_group: Mapped[str | None] = mapped_column(String(16))
    churn_probability: Mapped[float | None]
    value_fen: Mapped[int | None]  # the money the value is judged by: net of the last 365 days
    reasons: Mapped[list[Any]] = mapped_column(JSON, default=list)  # codes and numbers, worded by handlers.texts
    scored_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_customer_summary_group", "team_id", "value_group"),
        Index(
            "ix_customer_summary_purchase",
            "team_id",
            "last_purchase_on",
            "first_purchase_on",
            "purchase_days",
            "customer_id",
        ),
    )
