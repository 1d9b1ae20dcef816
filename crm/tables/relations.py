"""Who knows whom, who was asked for a referral, visits planned and made, answers to surveys."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class CustomerRelation(Table):
    """Two customers who know each other. Of kind referred, `other_id` brought `customer_id`; else the smaller id first.

    `replaces_id`: the referrer named before, who comes back when this one is undone.
    """

    __tablename__ = "customer_relation"
    customer_relation_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    kind: Mapped[str] = mapped_column(String(12))  # referred | household | friend | colleague
    label: Mapped[str | None] = mapped_column(String(8))  # as typed: 夫妻, 同学
    replaces_id: Mapped[int | None]
    created_by_id: Mapped[int]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index(
            "uq_customer_relation_referrer",
            "customer_id",
            where="kind = 'referred' AND deleted_at IS NULL",
            unique=True,
        ),
        partial_index(
            "uq_customer_relation_pair", "customer_id", "other_id", "kind", where="deleted_at IS NULL", unique=True
        ),
        # Not of living rows only: SQLite takes an index for each half of an OR where both are whole.
        Index("ix_customer_relation_customer", "customer_id"),
        Index("ix_customer_relation_other", "other_id", "kind"),
        partial_index(
            "ix_customer_relation_team", "team_id", "kind", "other_id", "customer_id", where="deleted_at IS NULL"
        ),
        {"sqlite_autoincrement": True},
    )


class ReferralAsk(Table):
    """A customer was asked whom else he knows, or is not to be asked for now."""

    __tablename__ = "referral_ask"
    referral_ask_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    member_id: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(8))  # asked | later
    asked_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_referral_ask_customer", "customer_id", "asked_at"),
        {"sqlite_autoincrement": True},
    )


class Visit(Table):
    """A member goes to a customer, or to a place without one (扫楼). Open until it has an outcome.

    What is open on a later day was left over: it stays on the list. `task_id`: the open task that this visit does.
    """

    __tablename__ = "visit"
    visit_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.member_id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.customer_id"))
    place: Mapped[str] = mapped_column(String(80))
    planned_on: Mapped[date]
    first_planned_on: Mapped[date]
    task_id: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(12))  # met | nobody | interested | dropped
    outcome_at: Mapped[datetime | None]
    outcome_on: Mapped[date | None]  # on the member's calendar
    created_by_id: Mapped[int]
    created_at: Mapped[datetime]

    __table_args__ = (
        partial_index("uq_visit_open", "member_id", "customer_id", where="outcome IS NULL", unique=True),
        partial_index("ix_visit_open", "member_id", "planned_on", where="outcome IS NULL"),
        partial_index("ix_visit_task", "task_id", where="task_id IS NOT NULL"),
        Index("ix_visit_team", "team_id", "planned_on"),
        Index("ix_visit_team_outcome", "team_id", "outcome_on"),
        Index("ix_visit_customer", "customer_id", "planned_on"),
        {"sqlite_autoincrement": True},
    )


class SurveyAnswer(Table):
    """What a customer answered in a survey, typed by a rep; the last answer of a month counts for that month."""

    __tablename__ = "survey_answer"
    survey_answer_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    survey: Mapped[str] = mapped_column(String(12))  # nps, 0–10 | satisfaction, 1–5
    score: Mapped[int]
    month: Mapped[str] = mapped_column(String(7))  # 2026-03
    answered_on: Mapped[date]
    replaces_id: Mapped[int | None]
    member_id: Mapped[int]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        partial_index(
            "uq_survey_answer_month", "customer_id", "survey", "month", where="deleted_at IS NULL", unique=True
        ),
        Index("ix_survey_answer_customer", "customer_id"),
        partial_index(
            "ix_survey_answer_team",
            "team_id",
            "survey",
            "answered_on",
            "customer_id",
            "score",
            where="deleted_at IS NULL",
        ),
        {"sqlite_autoincrement": True},
    )
