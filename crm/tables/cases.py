"""Complaints and needs as cases: causes of a team, needs with their ends, and the notes that joined a case."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class ComplaintCause(Table):
    """A cause of complaints that a team chooses from; `retired_at`: it is offered no more."""

    __tablename__ = "complaint_cause"
    complaint_cause_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("team_id", "name"), {"sqlite_autoincrement": True})


class Need(Table):
    """A need of a customer, opened by a note. `answered_at`: an offer was made; closed it was won or lost."""

    __tablename__ = "need"
    need_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    note_id: Mapped[int] = mapped_column(ForeignKey("note.note_id"), unique=True)
    level: Mapped[str] = mapped_column(String(8))  # basic | expected | latent
    latent: Mapped[bool] = mapped_column(default=False)  # a problem was told of, nothing was asked for
    topic: Mapped[str | None] = mapped_column(String(16))
    product: Mapped[str | None] = mapped_column(String(200))
    opened_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(4))  # won | lost; None of a closed one: its note was taken back
    reason: Mapped[str | None] = mapped_column(String(60))  # why it was lost
    order_id: Mapped[int | None]  # that won it

    __table_args__ = (
        Index("ix_need_customer", "customer_id", "closed_at"),
        Index("ix_need_team", "team_id", "opened_at"),
        partial_index("ix_need_open", "team_id", "topic", where="closed_at IS NULL"),
        partial_index("ix_need_order", "order_id", where="order_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class CaseNote(Table):
    """A further note about the matter of a case: it joined that case instead of opening one of its own."""

    __tablename__ = "case_note"
    case_note_id: Mapped[PrimaryId]
    kind: Mapped[str] = mapped_column(String(9))  # complaint | need
    case_id: Mapped[int]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.note_id"))
    joined_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("note_id", "kind"),
        Index("ix_case_note_case", "kind", "case_id"),
        {"sqlite_autoincrement": True},
    )
