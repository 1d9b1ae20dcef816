"""Complaints and needs as cases."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("closed_at IS NULL")
ASSIGNED, ORDERED = sa.text("assignee_id IS NOT NULL"), sa.text("order_id IS NOT NULL")
TOPICS = """
UPDATE complaint SET next_alert_at = opened_at, topic =
    (SELECT min(topic.label) FROM note_tag AS topic
     WHERE topic.note_id = complaint.note_id AND topic.kind = 'topic' AND topic.removed_at IS NULL)
"""
# A note that told of a need before there were cases is one; what was asked for goes before what was only hinted at.
# What a complaint demanded to be made good is none.
NEEDS = """
INSERT INTO need (team_id, customer_id, note_id, level, latent, topic, opened_at, closed_at)
SELECT note.team_id, note.customer_id, note.note_id,
       CASE WHEN asked.label IS NULL THEN 'latent'
            WHEN topics.topic IN ('quality', 'delivery', 'billing') THEN 'basic'
            ELSE 'expected' END,
       asked.label IS NULL, topics.topic, note.created_at, note.deleted_at
FROM note
LEFT JOIN note_tag AS asked
       ON asked.note_id = note.note_id AND asked.label = 'need_explicit' AND asked.removed_at IS NULL
LEFT JOIN note_tag AS hinted
       ON hinted.note_id = note.note_id AND hinted.label = 'need_latent' AND hinted.removed_at IS NULL
LEFT JOIN (SELECT note_id, min(label) AS topic FROM note_tag WHERE kind = 'topic' AND removed_at IS NULL
           GROUP BY note_id) AS topics ON topics.note_id = note.note_id
WHERE (asked.label IS NOT NULL OR hinted.label IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM note_tag AS wrong
                  WHERE wrong.note_id = note.note_id AND wrong.label = 'complaint' AND wrong.removed_at IS NULL)
"""


def upgrade() -> None:
    op.create_table(
        "complaint_cause",
        sa.Column("complaint_cause_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("complaint_cause_id", name=op.f("pk_complaint_cause")),
        sa.UniqueConstraint("team_id", "name", name=op.f("uq_complaint_cause_team_id_name")),
        sqlite_autoincrement=True,
    )
    _complaints()
    _needs()
    op.create_table(
        "case_note",
        sa.Column("case_note_id", ID, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("case_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["note.note_id"], name=op.f("fk_case_note_note_id_note")),
        sa.PrimaryKeyConstraint("case_note_id", name=op.f("pk_case_note")),
        sa.UniqueConstraint("note_id", "kind", name=op.f("uq_case_note_note_id_kind")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_case_note_case", "case_note", ["kind", "case_id"], unique=False)


def _columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("serious", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("stage", sa.String(length=10), nullable=False, server_default="received"),
        sa.Column("topic", sa.String(length=16), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("cause_id", ID, nullable=True),
        sa.Column("assignee_id", ID, nullable=True),
        sa.Column("classified_at", INSTANT, nullable=True),
        sa.Column("assigned_at", INSTANT, nullable=True),
        sa.Column("resolved_at", INSTANT, nullable=True),
        sa.Column("told_at", INSTANT, nullable=True),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("alert_step", sa.String(length=8), nullable=False, server_default="new"),
        sa.Column("next_alert_at", INSTANT, nullable=True),
    ]


def _complaints() -> None:
    for column in _columns():
        op.add_column("complaint", column)
    op.create_index("ix_complaint_team", "complaint", ["team_id", "opened_at"], unique=False)
    _partial("ix_complaint_alert", "complaint", ["team_id", "next_alert_at"], OPEN)
    _partial("ix_complaint_assignee", "complaint", ["assignee_id"], ASSIGNED)
    op.execute(TOPICS)


def _needs() -> None:
    op.create_table(
        "need",
        sa.Column("need_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("note_id", ID, nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.Column("latent", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=True),
        sa.Column("product", sa.String(length=200), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.Column("outcome", sa.String(length=4), nullable=True),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("order_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_need_customer_id_customer")),
        sa.ForeignKeyConstraint(["note_id"], ["note.note_id"], name=op.f("fk_need_note_id_note")),
        sa.PrimaryKeyConstraint("need_id", name=op.f("pk_need")),
        sa.UniqueConstraint("note_id", name=op.f("uq_need_note_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_need_customer", "need", ["customer_id", "closed_at"], unique=False)
    op.create_index("ix_need_team", "need", ["team_id", "opened_at"], unique=False)
    _partial("ix_need_open", "need", ["team_id", "topic"], OPEN)
    _partial("ix_need_order", "need", ["order_id"], ORDERED)
    op.execute(NEEDS)


def _partial(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, unique=False, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_table("case_note")
    op.drop_table("need")
    for name in ("ix_complaint_assignee", "ix_complaint_alert", "ix_complaint_team"):
        op.drop_index(name, table_name="complaint")
    for column in reversed(_columns()):
        op.drop_column("complaint", column.name)
    op.drop_table("complaint_cause")
