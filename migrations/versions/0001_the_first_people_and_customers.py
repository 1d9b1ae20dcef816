"""Teams, members, invitations, group chats; customers and the keys they are found by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("team_id", ID, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("card_hour", ID, nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_team")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "group_chat",
        sa.Column("group_chat_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("chat_id", ID, nullable=False),
        sa.Column("thread_id", ID, nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("connected_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_group_chat_team_id_team")),
        sa.PrimaryKeyConstraint("group_chat_id", name=op.f("pk_group_chat")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_group_chat_chat_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_group_chat_team_id"), "group_chat", ["team_id"], unique=False)
    op.create_table(
        "invite",
        sa.Column("invite_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("created_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("used_at", INSTANT, nullable=True),
        sa.Column("used_by_user_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_invite_team_id_team")),
        sa.PrimaryKeyConstraint("invite_id", name=op.f("pk_invite")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invite_code_hash")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_invite_team_id"), "invite", ["team_id"], unique=False)
    op.create_table(
        "member",
        sa.Column("member_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("user_id", ID, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_rep", sa.Boolean(), nullable=False),
        sa.Column("is_manager", sa.Boolean(), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("left_at", INSTANT, nullable=True),
        sa.Column("blocked_at", INSTANT, nullable=True),
        sa.Column("current_customer_id", ID, nullable=True),
        sa.Column("current_until", INSTANT, nullable=True),
        sa.Column("awaiting", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_member_team_id_team")),
        sa.PrimaryKeyConstraint("member_id", name=op.f("pk_member")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_member_team_id"), "member", ["team_id"], unique=False)
    op.create_index(
        "uq_member_user_id_present",
        "member",
        ["user_id"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "customer",
        sa.Column("customer_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("nicknames", sa.JSON(), nullable=False),
        sa.Column("company", sa.String(length=200), nullable=True),
        sa.Column("title", sa.String(length=80), nullable=True),
        sa.Column("region", sa.String(length=80), nullable=True),
        sa.Column("industry", sa.String(length=80), nullable=True),
        sa.Column("source", sa.String(length=40), nullable=True),
        sa.Column("wechat", sa.String(length=80), nullable=True),
        sa.Column("email", sa.String(length=200), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=True),
        sa.Column("relation", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=16), nullable=False),
        sa.Column("solar_month", ID, nullable=True),
        sa.Column("solar_day", ID, nullable=True),
        sa.Column("solar_year", ID, nullable=True),
        sa.Column("lunar_month", ID, nullable=True),
        sa.Column("lunar_day", ID, nullable=True),
        sa.Column("lunar_leap", sa.Boolean(), nullable=False),
        sa.Column("lunar_year", ID, nullable=True),
        sa.Column("no_contact", sa.Boolean(), nullable=False),
        sa.Column("source_chat_id", ID, nullable=True),
        sa.Column("source_message_id", ID, nullable=True),
        sa.Column("source_text", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["member.member_id"], name=op.f("fk_customer_owner_id_member")),
        sa.ForeignKeyConstraint(["team_id"], ["team.team_id"], name=op.f("fk_customer_team_id_team")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_customer_lunar_birthday", "customer", ["lunar_month", "lunar_day"], unique=False)
    op.create_index("ix_customer_owner", "customer", ["team_id", "owner_id", "deleted_at"], unique=False)
    op.create_index("ix_customer_solar_birthday", "customer", ["solar_month", "solar_day"], unique=False)
    op.create_index("ix_customer_source_message", "customer", ["source_chat_id", "source_message_id"], unique=False)
    op.create_table(
        "customer_phone",
        sa.Column("customer_phone_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column(
            "phone",
            sa.String(length=32).with_variant(sa.String(length=32, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_customer_phone_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_phone_id", name=op.f("pk_customer_phone")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_customer_phone_customer_id"), "customer_phone", ["customer_id"], unique=False)
    op.create_index("ix_customer_phone_phone", "customer_phone", ["team_id", "phone"], unique=False)
    op.create_table(
        "customer_summary",
        sa.Column("customer_id", ID, autoincrement=False, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("first_purchase_on", sa.Date(), nullable=True),
        sa.Column("last_purchase_on", sa.Date(), nullable=True),
        sa.Column("purchase_days", ID, nullable=False),
        sa.Column("longest_gap_days", ID, nullable=True),
        sa.Column("total_fen", ID, nullable=False),
        sa.Column("purchase_changes", ID, nullable=False),
        sa.Column("last_note_at", INSTANT, nullable=True),
        sa.Column("open_complaints", ID, nullable=False),
        sa.Column("value_group", sa.String(length=16), nullable=True),
        sa.Column("previous_group", sa.String(length=16), nullable=True),
        sa.Column("churn_probability", sa.Float(), nullable=True),
        sa.Column("value_fen", ID, nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("scored_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_customer_summary_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer_summary")),
    )
    op.create_index("ix_customer_summary_group", "customer_summary", ["team_id", "value_group"], unique=False)
    op.create_table(
        "search_key",
        sa.Column("search_key_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column(
            "key",
            sa.String(length=200).with_variant(sa.String(length=200, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("customer_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_search_key_customer_id_customer")
        ),
        sa.PrimaryKeyConstraint("search_key_id", name=op.f("pk_search_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_search_key_customer_id"), "search_key", ["customer_id"], unique=False)
    op.create_index("ix_search_key_lookup", "search_key", ["team_id", "key", "kind", "customer_id"], unique=False)


def downgrade() -> None:
    op.drop_table("search_key")
    op.drop_table("customer_summary")
    op.drop_table("customer_phone")
    op.drop_table("customer")
    op.drop_table("member")
    op.drop_table("invite")
    op.drop_table("group_chat")
    op.drop_table("team")
