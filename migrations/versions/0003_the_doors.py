"""Inbox, outbox, files, drafts, imports and facts of the installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("draft_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_draft_open",
        "draft",
        ["member_id", "draft_id"],
        unique=False,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "fact",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_fact")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "import",
        sa.Column("import_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_import")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "inbox",
        sa.Column("inbox_id", ID, autoincrement=True, nullable=False),
        sa.Column("bot_id", ID, nullable=False),
        sa.Column("update_id", ID, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("handled_at", INSTANT, nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("bot_id", "update_id", name=op.f("uq_inbox_bot_id_update_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_inbox_new",
        "inbox",
        ["chat_id", "inbox_id"],
        unique=False,
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("ix_inbox_received", "inbox", ["received_at"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("outbox_id", ID, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=160), nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("note_id", ID, nullable=True),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("push", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("attempts", ID, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("claimed_at", INSTANT, nullable=True),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("message_id", ID, nullable=True),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_member", "outbox", ["member_id", "due_at"], unique=False)
    op.create_index("ix_outbox_message", "outbox", ["chat_id", "message_id"], unique=False)
    op.create_index(
        "ix_outbox_pending",
        "outbox",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("state = 'pending'"),
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_outbox_sending",
        "outbox",
        ["chat_id"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_outbox_uncertain",
        "outbox",
        ["outbox_id"],
        unique=False,
        sqlite_where=sa.text("state = 'uncertain'"),
        postgresql_where=sa.text("state = 'uncertain'"),
    )
    op.create_table(
        "stored_file",
        sa.Column("file_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_stored_file")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("stored_file")
    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("import")
    op.drop_table("fact")
    op.drop_table("draft")
