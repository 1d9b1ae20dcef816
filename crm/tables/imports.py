"""What a file brought in and what went out as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index

RUNNING = "state IN ('writing', 'finishing', 'undoing', 'discarding')"


class Import(Table):
    """A file being imported.

    `state`: mapping → checked → (writing → finishing →) done → (undoing →) undone, or cancelled, a large one by way of
    discarding. While it is writing, its rows bear `deleted_at` HIDDEN (crm.imports.hiding) and no query sees them.
    `runner` is the run that carries it on, `heartbeat_at` when that run was heard of last.
    """

    __tablename__ = "import"
    import_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    member_id: Mapped[int]
    file_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))  # customers | orders
    mapping: Mapped[dict[str, Any]] = mapped_column(default=dict)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    state: Mapped[str] = mapped_column(String(10), default="mapping")
    sha256: Mapped[str | None] = mapped_column(String(64))
    chat_id: Mapped[int | None]  # of the message that shows how far it is
    message_id: Mapped[int | None]
    progress: Mapped[int] = mapped_column(default=0)  # rows written, or customers settled
    runner: Mapped[int | None]
    heartbeat_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_import_file", "team_id", "sha256"),
        partial_index("ix_import_running", "import_id", where=RUNNING),
        {"sqlite_autoincrement": True},
    )


class ImportChange(Table):
    """What an import wrote into a customer who was there before, for taking it back."""

    __tablename__ = "import_change"
    import_id: Mapped[int] = mapped_column(ForeignKey("import.import_id"), primary_key=True, autoincrement=False)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True, autoincrement=False)
    written: Mapped[dict[str, Any]] = mapped_column(default=dict)  # by field what was written
    stage: Mapped[str | None] = mapped_column(String(16))  # before the import's orders made it 'won'

    __table_args__ = (Index("ix_import_change_customer", "customer_id"), {"sqlite_autoincrement": False})


class ExportRecord(Table):
    """Somebody took customers out of the house as a file."""

    __tablename__ = "export_record"
    export_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("member.member_id"))
    condition: Mapped[str] = mapped_column(Text)  # as typed; empty: everybody
    customers: Mapped[int]
    orders: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_export_record_team", "team_id", "export_id"), {"sqlite_autoincrement": True})
