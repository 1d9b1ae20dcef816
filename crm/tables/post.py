"""The doors: updates that came in, messages that go out, and what a sent message is about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Inbox(Table):
    """A raw update, written before it is confirmed to Telegram. `state`: new | handled | failed."""

    __tablename__ = "inbox"
    inbox_id: Mapped[PrimaryId]
    bot_id: Mapped[int]
    update_id: Mapped[int]
    chat_id: Mapped[int]  # the lane: updates of one chat are handled in order
    raw: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    received_at: Mapped[datetime]
    handled_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        UniqueConstraint("bot_id", "update_id"),
        partial_index("ix_inbox_new", "chat_id", "inbox_id", where="state = 'new'"),
        Index("ix_inbox_received", "received_at"),
        {"sqlite_autoincrement": True},
    )


class Outbox(Table):
    """A message for a chat. Replies are rendered rows; pushes are rendered when sent.

    `state`: pending → sending → sent | refused | skipped | cancelled | uncertain. `key` makes a push unique.
    """

    __tablename__ = "outbox"
    outbox_id: Mapped[PrimaryId]
    key: Mapped[str | None] = mapped_column(String(160), unique=True)
    team_id: Mapped[int | None]
    member_id: Mapped[int | None]  # whom a push is for; None for a group or a reply
    customer_id: Mapped[int | None]
    note_id: Mapped[int | None]
    task_id: Mapped[int | None]
    chat_id: Mapped[int]
    thread_id: Mapped[int | None]
    method: Mapped[str] = mapped_column(String(40))  # a Bot API method, or 'push' until it is rendered
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)  # parameters of the method, or the push's data
    push: Mapped[str | None] = mapped_column(String(40))  # which push: birthday | morning_card | …
    state: Mapped[str] = mapped_column(String(10), default="pending")
    reason: Mapped[str | None] = mapped_column(Text)  # why it was skipped, refused or is uncertain
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    held_from: Mapped[datetime | None]  # when it was due at first, where quiet hours put it off
    claimed_at: Mapped[datetime | None]  # real time at which it became 'sending'
    claimed_by: Mapped[int | None]  # the process that carries it: see crm.claims
    expires_at: Mapped[datetime | None]  # a greeting of yesterday is not sent
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    message_id: Mapped[int | None]

    __table_args__ = (
        partial_index("ix_outbox_pending", "due_at", where="state = 'pending'"),
        partial_index("ix_outbox_sending", "chat_id", where="state = 'sending'"),
        partial_index("ix_outbox_uncertain", "outbox_id", where="state = 'uncertain'"),
        Index("ix_outbox_message", "chat_id", "message_id"),
        Index("ix_outbox_member", "member_id", "due_at"),
        partial_index("ix_outbox_customer", "customer_id", where="customer_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class StoredFile(Table):
    """Bytes that came in or go out; kept until `expires_at`."""

    __tablename__ = "stored_file"
    file_id: Mapped[PrimaryId]
    team_id: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(255))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class Draft(Table):
    """Something typed that is not saved yet: the question about it carries `draft_id` in its buttons."""

    __tablename__ = "draft"
    draft_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    member_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index("ix_draft_open", "member_id", "draft_id", where="resolved_at IS NULL"),
        {"sqlite_autoincrement": True},
    )


class Fact(Table):
    """A single remembered value of the installation: the first-start link's hash, the bot's id, last ticks."""

    __tablename__ = "fact"
    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
