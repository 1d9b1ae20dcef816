"""Who had a customer, the pool, and what a leaver handed over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Transfers, the rows they moved, and warnings."""
    _transfers()
    _changes()
    op.create_table(
        "pool_warning",
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("warned_at", INSTANT, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_pool_warning_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_pool_warning")),
    )
    op.create_index("ix_pool_warning_due", "pool_warning", ["team_id", "due_on"], unique=False)
    living = sa.text("deleted_at IS NULL")
    columns = ["team_id", "owner_id", "region", "industry", "stage"]
    op.create_index("ix_customer_fit", "customer", columns, sqlite_where=living, postgresql_where=living)


def _transfers() -> None:
    op.create_table(
        "transfer",
        sa.Column("transfer_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("by_id", ID, nullable=True),
        sa.Column("from_id", ID, nullable=True),
        sa.Column("to_id", ID, nullable=True),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("ended_by_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_transfer_team_id_team")),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_transfer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_transfer_team", "transfer", ["team_id", "kind", "transfer_id"], unique=False)
    op.create_index("ix_transfer_by", "transfer", ["by_id", "kind", "made_at"], unique=False)


def _changes() -> None:
    op.create_table(
        "owner_change",
        sa.Column("owner_change_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("transfer_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("before_id", ID, nullable=True),
        sa.Column("after_id", ID, nullable=True),
        sa.Column("held_since", INSTANT, nullable=True),
        sa.Column("rung", ID, nullable=True),
        sa.Column("is_undo", sa.Boolean(), nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["transfer.transfer_id"], name=op.f("fk_owner_change_transfer_id_transfer")
        ),
        sa.PrimaryKeyConstraint("owner_change_id", name=op.f("pk_owner_change")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_owner_change_transfer", "owner_change", ["transfer_id", "kind", "row_id"], unique=False)
    op.create_index("ix_owner_change_row", "owner_change", ["kind", "row_id", "owner_change_id"], unique=False)


def downgrade() -> None:
    """Nobody knows any more who had what."""
    op.drop_index("ix_customer_fit", table_name="customer")
    op.drop_index("ix_pool_warning_due", table_name="pool_warning")
    op.drop_table("pool_warning")
    op.drop_index("ix_owner_change_row", table_name="owner_change")
    op.drop_index("ix_owner_change_transfer", table_name="owner_change")
    op.drop_table("owner_change")
    op.drop_index("ix_transfer_by", table_name="transfer")
    op.drop_index("ix_transfer_team", table_name="transfer")
    op.drop_table("transfer")
