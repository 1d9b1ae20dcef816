"""What people state of a customer by hand, what he owes and pays, and the day's reports on a team."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Statement(Table):
    """One thing a member said of a customer outright; it goes before what notes suggest. The newest replaces."""

    __tablename__ = "statement"
    statement_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    name: Mapped[str] = mapped_column(String(16))  # channel | content | money | authority | need | interest | …
    value: Mapped[str] = mapped_column(String(16))  # wechat | price | yes | no | unknown
    member_id: Mapped[int]
    stated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("customer_id", "name"), {"sqlite_autoincrement": True})


class AccountEntry(Table):
    """Money a customer owes from an instant on (`kind` debt, due on a day) or has paid (payment, on a day)."""

    __tablename__ = "account_entry"
    account_entry_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    kind: Mapped[str] = mapped_column(String(8))  # debt | payment
    amount_fen: Mapped[int]  # above 0
    entry_on: Mapped[date]  # the day it is due, or was paid
    created_by_id: Mapped[int]
    seller_id: Mapped[int | None]  # None: it counts for who has the customer; set when the customer changes hands
    order_id: Mapped[int | None]  # with whose words it was told
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_account_entry_customer", "customer_id", "kind", "entry_on"),
        Index("ix_account_entry_team", "team_id", "customer_id"),
        Index("ix_account_entry_due", "team_id", "kind", "entry_on"),
        partial_index("ix_account_entry_order", "order_id", where="order_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class TeamReport(Table):
    """What a day's look at all records of a team found, so that nobody waits for it twice. `kind`: quality | leads."""

    __tablename__ = "team_report"
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"), primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    made_at: Mapped[datetime]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
