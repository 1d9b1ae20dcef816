"""Campaigns with their customers; a team's own greetings and festivals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _campaigns()
    _greetings()


def _campaigns() -> None:
    op.create_table(
        "campaign",
        sa.Column("campaign_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_offer", sa.Boolean(), nullable=False),
        sa.Column("own_only", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_campaign_team_id_team")),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_campaign")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_campaign_team", "campaign", ["team_id", "campaign_id"], unique=False)
    op.create_table(
        "campaign_customer",
        sa.Column("campaign_customer_id", ID, autoincrement=True, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("arm", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.campaign_id"], name=op.f("fk_campaign_customer_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_campaign_customer_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("campaign_customer_id", name=op.f("pk_campaign_customer")),
        sa.UniqueConstraint("campaign_id", "customer_id", name=op.f("uq_campaign_customer_campaign_id_customer_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_campaign_customer_customer_id", "campaign_customer", ["customer_id"], unique=False)
    op.create_index("ix_campaign_customer_owner", "campaign_customer", ["campaign_id", "owner_id", "arm"], unique=False)


def _greetings() -> None:
    op.create_table(
        "greeting_template",
        sa.Column("greeting_template_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("removed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_greeting_template_team_id_team")),
        sa.PrimaryKeyConstraint("greeting_template_id", name=op.f("pk_greeting_template")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_greeting_template_team", "greeting_template", ["team_id", "occasion"], unique=False)
    op.create_table(
        "team_festival",
        sa.Column("team_festival_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_lunar", sa.Boolean(), nullable=False),
        sa.Column("month", ID, nullable=True),
        sa.Column("day", ID, nullable=True),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("is_off", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_team_festival_team_id_team")),
        sa.PrimaryKeyConstraint("team_festival_id", name=op.f("pk_team_festival")),
        sa.UniqueConstraint("team_id", "code", name=op.f("uq_team_festival_team_id_code")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("team_festival")
    op.drop_index("ix_greeting_template_team", table_name="greeting_template")
    op.drop_table("greeting_template")
    op.drop_index("ix_campaign_customer_owner", table_name="campaign_customer")
    op.drop_index("ix_campaign_customer_customer_id", table_name="campaign_customer")
    op.drop_table("campaign_customer")
    op.drop_index("ix_campaign_team", table_name="campaign")
    op.drop_table("campaign")
