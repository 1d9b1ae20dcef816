"""What happened with a customer: notes, tags, complaints, tasks, orders, episodes, greetings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "greeting",
        sa.Column("greeting_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("year", ID, nullable=False),
        sa.Column("draft_id", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_greeting_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("greeting_id", name=op.f("pk_greeting")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_greeting_customer", "greeting", ["customer_id", "occasion", "year"], unique=False)
    op.create_table(
        "note",
        sa.Column("note_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sentiment", sa.String(length=8), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("tagged", sa.Boolean(), nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=True),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("source_chat_id", ID, nullable=True),
        sa.Column("source_message_id", ID, nullable=True),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("edited_at", INSTANT, nullable=True),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["member.member_id"], name=op.f("fk_note_author_id_member")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_note_customer_id_customer")),
        sa.PrimaryKeyConstraint("note_id", name=op.f("pk_note")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_customer", "note", ["customer_id", "created_at"], unique=False)
    op.create_index("ix_note_source_message", "note", ["source_chat_id", "source_message_id"], unique=False)
    op.create_index("ix_note_team", "note", ["team_id", "created_at"], unique=False)
    op.create_index(
        "ix_note_untagged",
        "note",
        ["note_id"],
        unique=False,
        sqlite_where=sa.text("tagged IS false"),
        postgresql_where=sa.text("tagged IS false"),
    )
    op.create_table(
        "orders",
        sa.Column("order_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", ID, nullable=False),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("quantity", sa.Float(), nullable=True),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("import_id", ID, nullable=True),
        sa.Column("source_chat_id", ID, nullable=True),
        sa.Column("source_message_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_orders_customer_id_customer")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_orders")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_orders_customer", "orders", ["customer_id", "ordered_on", "amount_fen"], unique=False)
    op.create_index(op.f("ix_orders_import_id"), "orders", ["import_id"], unique=False)
    op.create_index(
        "ix_orders_source_message",
        "orders",
        ["source_chat_id", "source_message_id"],
        unique=False,
        sqlite_where=sa.text("source_message_id IS NOT NULL"),
        postgresql_where=sa.text("source_message_id IS NOT NULL"),
    )
    op.create_index("ix_orders_team", "orders", ["team_id", "ordered_on"], unique=False)
    op.create_table(
        "risk_episode",
        sa.Column("risk_episode_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("verdict_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_risk_episode_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("risk_episode_id", name=op.f("pk_risk_episode")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "uq_risk_episode_open",
        "risk_episode",
        ["customer_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "task",
        sa.Column("task_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("assignee_id", ID, nullable=False),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("has_time", sa.Boolean(), nullable=False),
        sa.Column("recurrence", sa.String(length=60), nullable=True),
        sa.Column("source_chat_id", ID, nullable=True),
        sa.Column("source_message_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.Column("cancelled_at", INSTANT, nullable=True),
        sa.Column("announced_for", INSTANT, nullable=True),
        sa.Column("next_task_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["member.member_id"], name=op.f("fk_task_assignee_id_member")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_task_customer_id_customer")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_task")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_assignee", "task", ["assignee_id", "done_at", "due_at"], unique=False)
    op.create_index(op.f("ix_task_customer_id"), "task", ["customer_id"], unique=False)
    op.create_index(
        "ix_task_due",
        "task",
        ["team_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
        postgresql_where=sa.text("done_at IS NULL AND cancelled_at IS NULL"),
    )
    op.create_index(
        "ix_task_source_message",
        "task",
        ["source_chat_id", "source_message_id"],
        unique=False,
        sqlite_where=sa.text("source_message_id IS NOT NULL"),
        postgresql_where=sa.text("source_message_id IS NOT NULL"),
    )
    op.create_table(
        "complaint",
        sa.Column("complaint_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_complaint_customer_id_customer")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["note.note_id"], name=op.f("fk_complaint_note_id_note")),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("note_id", name=op.f("uq_complaint_note_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_complaint_customer_id"), "complaint", ["customer_id"], unique=False)
    op.create_index("ix_complaint_open", "complaint", ["team_id", "closed_at"], unique=False)
    op.create_table(
        "note_tag",
        sa.Column("note_tag_id", ID, autoincrement=True, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("origin", sa.String(length=8), nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.note_id"], name=op.f("fk_note_tag_note_id_note")),
        sa.PrimaryKeyConstraint("note_tag_id", name=op.f("pk_note_tag")),
        sa.UniqueConstraint("note_id", "label", name=op.f("uq_note_tag_note_id_label")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_note_tag_customer", "note_tag", ["customer_id", "label"], unique=False)
    op.create_index("ix_note_tag_team_label", "note_tag", ["team_id", "label", "created_at"], unique=False)
    op.create_table(
        "tag_correction",
        sa.Column("tag_correction_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("label", sa.String(length=16), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.note_id"], name=op.f("fk_tag_correction_note_id_note")),
        sa.PrimaryKeyConstraint("tag_correction_id", name=op.f("pk_tag_correction")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_tag_correction_note_id"), "tag_correction", ["note_id"], unique=False)


def downgrade() -> None:
    op.drop_table("tag_correction")
    op.drop_table("note_tag")
    op.drop_table("complaint")
    op.drop_table("task")
    op.drop_table("risk_episode")
    op.drop_table("orders")
    op.drop_table("note")
    op.drop_table("greeting")
