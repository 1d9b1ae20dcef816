"""Indexes for every way that a press or a sentence leads to rows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GIVEN = {
    "customer_id": sa.text("customer_id IS NOT NULL"),
    "note_id": sa.text("note_id IS NOT NULL"),
    "owner_id": sa.text("sent_at IS NULL"),
}
LIVING = sa.text("deleted_at IS NULL")
WHOLE = (
    ("ix_customer_relation_customer", "customer_relation", ["customer_id"]),
    ("ix_customer_relation_other", "customer_relation", ["other_id", "kind"]),
    ("ix_import_change_customer", "import_change", ["customer_id"]),
    ("ix_survey_answer_customer", "survey_answer", ["customer_id"]),
)
PARTIAL = (
    ("ix_campaign_customer_waiting", "campaign_customer", "owner_id"),
    ("ix_task_note", "task", "note_id"),
    ("ix_transfer_customer", "transfer", "customer_id"),
)


def upgrade() -> None:
    op.drop_index("ix_customer_relation_other", "customer_relation")  # of living rows only: no half of an OR used it
    for name, table, columns in WHOLE:
        op.create_index(name, table, columns)
    for name, table, column in PARTIAL:
        given = GIVEN[column]
        op.create_index(name, table, [column], sqlite_where=given, postgresql_where=given)


def downgrade() -> None:
    for name, table, _ in (*WHOLE, *PARTIAL):
        op.drop_index(name, table)
    op.create_index(
        "ix_customer_relation_other",
        "customer_relation",
        ["other_id", "kind"],
        sqlite_where=LIVING,
        postgresql_where=LIVING,
    )
