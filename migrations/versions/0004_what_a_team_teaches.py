"""The versions learned from a team's corrections, and the team's own words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "model_version",
        sa.Column("model_version_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("requested_by_id", ID, nullable=True),
        sa.Column("base_version", sa.String(length=40), nullable=True),
        sa.Column("last_correction_id", ID, nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_model_version_team_id_team")),
        sa.PrimaryKeyConstraint("model_version_id", name=op.f("pk_model_version")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_model_version_team", "model_version", ["team_id", "model_version_id"], unique=False)
    for name, condition in (
        ("uq_model_version_live", "state = 'live'"),
        ("uq_model_version_open", "state IN ('waiting', 'training')"),
    ):
        op.create_index(
            name,
            "model_version",
            ["team_id"],
            unique=True,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
    op.create_table(
        "team_word",
        sa.Column("team_word_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_team_word_team_id_team")),
        sa.PrimaryKeyConstraint("team_word_id", name=op.f("pk_team_word")),
        sa.UniqueConstraint("team_id", "word", name=op.f("uq_team_word_team_id_word")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_tag_correction_team", "tag_correction", ["team_id", "tag_correction_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tag_correction_team", table_name="tag_correction")
    op.drop_table("team_word")
    op.drop_table("model_version")
