"""Who knows whom, visits, answers to surveys."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _relations()
    _visits()
    _surveys()
    op.add_column("customer", sa.Column("address", sa.String(length=200), nullable=True))
    op.create_index(
        "ix_customer_summary_purchase",
        "customer_summary",
        ["team_id", "last_purchase_on", "first_purchase_on", "purchase_days", "customer_id"],
        unique=False,
    )
    buyers = ["team_id", "ordered_on", "customer_id", "amount_fen", "deleted_at"]
    op.create_index("ix_orders_buyers", "orders", buyers, unique=False)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _customer(table: str, column: str = "customer_id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_customer")
    return sa.ForeignKeyConstraint([column], ["customer.customer_id"], name=name)


def _relations() -> None:
    op.create_table(
        "customer_relation",
        sa.Column("customer_relation_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=8), nullable=True),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        _customer("customer_relation"),
        _customer("customer_relation", "other_id"),
        sa.PrimaryKeyConstraint("customer_relation_id", name=op.f("pk_customer_relation")),
        sqlite_autoincrement=True,
    )
    referred, present = _where("kind = 'referred' AND deleted_at IS NULL"), _where("deleted_at IS NULL")
    op.create_index("uq_customer_relation_referrer", "customer_relation", ["customer_id"], unique=True, **referred)
    pair = ["customer_id", "other_id", "kind"]
    op.create_index("uq_customer_relation_pair", "customer_relation", pair, unique=True, **present)
    op.create_index("ix_customer_relation_other", "customer_relation", ["other_id", "kind"], unique=False, **present)
    team = ["team_id", "kind", "other_id", "customer_id"]
    op.create_index("ix_customer_relation_team", "customer_relation", team, unique=False, **present)
    op.create_table(
        "referral_ask",
        sa.Column("referral_ask_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        _customer("referral_ask"),
        sa.PrimaryKeyConstraint("referral_ask_id", name=op.f("pk_referral_ask")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_referral_ask_customer", "referral_ask", ["customer_id", "asked_at"], unique=False)


def _visits() -> None:
    op.create_table(
        "visit",
        sa.Column("visit_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("first_planned_on", sa.Date(), nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_at", INSTANT, nullable=True),
        sa.Column("outcome_on", sa.Date(), nullable=True),
        sa.Column("created_by_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        _customer("visit"),
        sa.ForeignKeyConstraint(["member_id"], ["member.member_id"], name=op.f("fk_visit_member_id_member")),
        sa.PrimaryKeyConstraint("visit_id", name=op.f("pk_visit")),
        sqlite_autoincrement=True,
    )
    still_open = _where("outcome IS NULL")
    op.create_index("uq_visit_open", "visit", ["member_id", "customer_id"], unique=True, **still_open)
    op.create_index("ix_visit_open", "visit", ["member_id", "planned_on"], unique=False, **still_open)
    op.create_index("ix_visit_task", "visit", ["task_id"], unique=False, **_where("task_id IS NOT NULL"))
    op.create_index("ix_visit_team", "visit", ["team_id", "planned_on"], unique=False)
    op.create_index("ix_visit_team_outcome", "visit", ["team_id", "outcome_on"], unique=False)
    op.create_index("ix_visit_customer", "visit", ["customer_id", "planned_on"], unique=False)


def _surveys() -> None:
    op.create_table(
        "survey_answer",
        sa.Column("survey_answer_id", ID, autoincrement=True, nullable=False),
        sa.Column("team_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("survey", sa.String(length=12), nullable=False),
        sa.Column("score", ID, nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("member_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        _customer("survey_answer"),
        sa.PrimaryKeyConstraint("survey_answer_id", name=op.f("pk_survey_answer")),
        sqlite_autoincrement=True,
    )
    present = _where("deleted_at IS NULL")
    month = ["customer_id", "survey", "month"]
    op.create_index("uq_survey_answer_month", "survey_answer", month, unique=True, **present)
    team = ["team_id", "survey", "answered_on", "customer_id", "score"]
    op.create_index("ix_survey_answer_team", "survey_answer", team, unique=False, **present)


def downgrade() -> None:
    op.drop_index("ix_orders_buyers", table_name="orders")
    op.drop_index("ix_customer_summary_purchase", table_name="customer_summary")
    op.drop_column("customer", "address")
    for index in ("ix_survey_answer_team", "uq_survey_answer_month"):
        op.drop_index(index, table_name="survey_answer")
    op.drop_table("survey_answer")
    for index in ("customer", "team_outcome", "team", "task", "open"):
        op.drop_index(f"ix_visit_{index}", table_name="visit")
    op.drop_index("uq_visit_open", table_name="visit")
    op.drop_table("visit")
    op.drop_index("ix_referral_ask_customer", table_name="referral_ask")
    op.drop_table("referral_ask")
    for index in ("ix_customer_relation_team", "ix_customer_relation_other", "uq_customer_relation_pair"):
        op.drop_index(index, table_name="customer_relation")
    op.drop_index("uq_customer_relation_referrer", table_name="customer_relation")
    op.drop_table("customer_relation")
