"""Who saw and changed what: rows that are only ever added."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SQLITE = """CREATE TRIGGER audit_row_is_final BEFORE {act} ON audit_row
BEGIN SELECT RAISE(ABORT, 'audit rows are only added'); END"""
POSTGRES = """CREATE OR REPLACE FUNCTION audit_row_is_final() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'audit rows are only added'; END $$ LANGUAGE plpgsql"""


def upgrade() -> None:
    op.create_table(
        "audit_row",
        sa.Column("audit_row_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("what", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=True),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("audit_row_id", name=op.f("pk_audit_row")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_row_team", "audit_row", ["team_id", "audit_row_id"])
    op.create_index("ix_audit_row_subject", "audit_row", ["subject", "member_id", "audit_row_id"])
    op.create_table(
        "audit_subject",
        sa.Column("record_id", ID, autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_audit_subject")),
        sa.UniqueConstraint("subject", name=op.f("uq_audit_subject_subject")),
        sqlite_autoincrement=True,
    )
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE.format(act="UPDATE").replace("is_final", "is_not_changed"))
        op.execute(SQLITE.format(act="DELETE"))
        return
    op.execute(POSTGRES)
    op.execute(
        "CREATE TRIGGER audit_row_is_final BEFORE UPDATE OR DELETE ON audit_row "
        "FOR EACH ROW EXECUTE FUNCTION audit_row_is_final()"
    )


def downgrade() -> None:
    op.drop_table("audit_subject")
    op.drop_table("audit_row")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_row_is_final()")
