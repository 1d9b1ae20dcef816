"""Who saw and changed what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table


class AuditRow(Table):
    """An act of a member; only ever added. `subject`: a random id that stands for a customer, see AuditSubject."""

    __tablename__ = "audit_row"
    audit_row_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    member_id: Mapped[int]
    what: Mapped[str] = mapped_column(String(24))  # crm.audit.ACTS
    subject: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[str] = mapped_column(String(200), default="")  # never personal data of a customer
    at: Mapped[datetime]

    __table_args__ = (
        Index("ix_audit_row_team", "team_id", "audit_row_id"),
        Index("ix_audit_row_subject", "subject", "member_id", "audit_row_id"),
        {"sqlite_autoincrement": True},
    )


class AuditSubject(Table):
    """Which customer a random id stands for; gone when the customer is erased. `record_id`: the customer's."""

    __tablename__ = "audit_subject"
    record_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    subject: Mapped[str] = mapped_column(String(32), unique=True)
