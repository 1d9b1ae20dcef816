"""What people state of a customer, what he owes and pays, and the day's reports on a team."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _statements()
    _accounts()
    op.create_table(
        "team_report",
        sa.Column("team_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_team_report_team_id_team")),
        sa.PrimaryKeyConstraint("team_id", "kind", name=op.f("pk_team_report")),
        sqlite_autoincrement=True,
    )


def _statements() -> None:
    op.create_table(
        "statement",
        sa.Column("statement_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=16), nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("stated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_statement_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement")),
        sa.UniqueConstraint("customer_id", "name", name=op.f("uq_statement_customer_id_name")),
        sqlite_autoincrement=True,
    )


def _accounts() -> None:
    op.create_table(
        "account_entry",
        sa.Column("account_entry_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("amount_fen", ID, nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_account_entry_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("account_entry_id", name=op.f("pk_account_entry")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_account_entry_customer", "account_entry", ["customer_id", "kind", "entry_on"], unique=False)
    op.create_index("ix_account_entry_team", "account_entry", ["team_id", "customer_id"], unique=False)


def downgrade() -> None:
    op.drop_table("team_report")
    op.drop_index("ix_account_entry_team", table_name="account_entry")
    op.drop_index("ix_account_entry_customer", table_name="account_entry")
    op.drop_table("account_entry")
    op.drop_table("statement")
