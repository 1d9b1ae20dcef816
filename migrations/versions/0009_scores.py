"""What the models say of each customer, who moved, what the run was, and what an order cost us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _customers()
    _team()
    op.add_column("orders", sa.Column("cost_fen", ID, nullable=True))


def _customers() -> None:
    op.create_table(
        "customer_score",
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("base_probability", sa.Float(), nullable=True),
        sa.Column("tier", ID, nullable=True),
        sa.Column("tier_event", sa.String(length=16), nullable=True),
        sa.Column("cluster", ID, nullable=True),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_customer_score_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_score")),
    )
    op.create_index("ix_customer_score_tier", "customer_score", ["team_id", "tier"], unique=False)
    op.create_index("ix_customer_score_cluster", "customer_score", ["team_id", "cluster"], unique=False)
    op.create_table(
        "score_movement",
        sa.Column("score_movement_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("before", sa.String(length=16), nullable=False),
        sa.Column("after", sa.String(length=16), nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_score_movement_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("score_movement_id", name=op.f("pk_score_movement")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_score_movement_customer_id", "score_movement", ["customer_id"], unique=False)
    op.create_index("ix_score_movement_team", "score_movement", ["team_id", "kind", "moved_at"], unique=False)


def _team() -> None:
    op.create_table(
        "score_record",
        sa.Column("score_record_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_score_record_team_id_team")),
        sa.PrimaryKeyConstraint("score_record_id", name=op.f("pk_score_record")),
        sa.UniqueConstraint("team_id", "kind", name=op.f("uq_score_record_team_id_kind")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_column("orders", "cost_fen")
    op.drop_table("score_record")
    op.drop_index("ix_score_movement_team", table_name="score_movement")
    op.drop_index("ix_score_movement_customer_id", table_name="score_movement")
    op.drop_table("score_movement")
    op.drop_index("ix_customer_score_cluster", table_name="customer_score")
    op.drop_index("ix_customer_score_tier", table_name="customer_score")
    op.drop_table("customer_score")
