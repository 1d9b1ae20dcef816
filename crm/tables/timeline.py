"""What happened with a customer: notes with their tags, complaints, tasks, orders, risk episodes, greetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Note(Table):
    """What a rep typed after a contact, as typed. `tagged` False: saved while the model was still training."""

    __tablename__ = "note"
    note_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("member.member_id"))
    text: Mapped[str] = mapped_column(Text)
    sentiment: Mapped[str | None] = mapped_column(String(8))
    urgent: Mapped[bool] = mapped_column(default=False)
    tagged: Mapped[bool] = mapped_column(default=False)
    model_version: Mapped[str | None] = mapped_column(String(40))
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)  # label → words of the text that decided
    source_chat_id: Mapped[int | None]
    source_message_id: Mapped[int | None]
    file_id: Mapped[int | None]
    import_id: Mapped[int | None]  # the table it came in
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_note_customer", "customer_id", "created_at"),
        Index("ix_note_team", "team_id", "created_at"),
        Index("ix_note_author", "team_id", "author_id", "created_at"),
        Index("ix_note_source_message", "source_chat_id", "source_message_id"),
        partial_index("ix_note_untagged", "note_id", where="tagged IS false"),
        partial_index("ix_note_import", "import_id", where="import_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class NoteTag(Table):
    """A label of a note. `origin`: model, or member who added it; `removed_at` set when somebody took it off."""

    __tablename__ = "note_tag"
    note_tag_id: Mapped[PrimaryId]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.note_id"))
    team_id: Mapped[int]
    customer_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))  # intent | topic
    label: Mapped[str] = mapped_column(String(16))
    probability: Mapped[float]
    origin: Mapped[str] = mapped_column(String(8), default="model")
    removed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("note_id", "label"),
        Index("ix_note_tag_team_label", "team_id", "label", "created_at"),
        Index("ix_note_tag_customer", "customer_id", "label"),
        {"sqlite_autoincrement": True},
    )


class TagCorrection(Table):
    """One tap of a person on a tag, a correction or a confirmation: the model learns from it."""

    __tablename__ = "tag_correction"
    tag_correction_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    note_id: Mapped[int] = mapped_column(ForeignKey("note.note_id"), index=True)
    member_id: Mapped[int]
    label: Mapped[str] = mapped_column(String(16))
    holds: Mapped[bool]  # what the person says: the label holds, or not
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_tag_correction_team", "team_id", "tag_correction_id"), {"sqlite_autoincrement": True})


def _at_opening(context: DefaultExecutionContext) -> datetime:
    opened_at: datetime = (context.current_parameters or {})["opened_at"]
    return opened_at


class Complaint(Table):
    """A complaint case, opened by a note. `stage` is how far it had come while open; the urgent are not `serious` too.

    `due_at` is None until the clock has reckoned the deadline; `next_alert_at` is when it looks at the case again.
    """

    __tablename__ = "complaint"
    complaint_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    note_id: Mapped[int] = mapped_column(ForeignKey("note.note_id"), unique=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    serious: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[str] = mapped_column(String(10), default="received")  # … classified | assigned | resolved | told
    topic: Mapped[str | None] = mapped_column(String(16))
    product: Mapped[str | None] = mapped_column(String(200))
    cause_id: Mapped[int | None]  # of the team's list
    assignee_id: Mapped[int | None]  # who handles it, where that is not the customer's owner
    opened_at: Mapped[datetime]
    classified_at: Mapped[datetime | None]
    assigned_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None]
    due_at: Mapped[datetime | None]
    alert_step: Mapped[str] = mapped_column(String(8), default="new")  # the next one: new | half | due | late | tell
    next_alert_at: Mapped[datetime | None] = mapped_column(default=_at_opening)

    __table_args__ = (
        Index("ix_complaint_open", "team_id", "closed_at"),
        Index("ix_complaint_team", "team_id", "opened_at"),
        partial_index("ix_complaint_alert", "team_id", "next_alert_at", where="closed_at IS NULL"),
        partial_index("ix_complaint_assignee", "assignee_id", where="assignee_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class Task(Table):
    """Something one of us will do. `due_at` is the instant; `has_time` False: the local day counts, not the hour."""

    __tablename__ = "task"
    task_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    assignee_id: Mapped[int] = mapped_column(ForeignKey("member.member_id"))
    created_by_id: Mapped[int]
    note_id: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(12))  # reminder | follow_up | promise
    what: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime]
    has_time: Mapped[bool] = mapped_column(default=False)
    recurrence: Mapped[str | None] = mapped_column(String(60))  # the form of nlp.when
    source_chat_id: Mapped[int | None]  # the message it was made from: an edit of that message moves it
    source_message_id: Mapped[int | None]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    announced_for: Mapped[datetime | None]  # the due instant whose push is planned: a moved task is announced again
    next_task_id: Mapped[int | None]  # the following occurrence of a recurring task, once it is a row

    __table_args__ = (
        partial_index("ix_task_due", "team_id", "due_at", where="done_at IS NULL AND cancelled_at IS NULL"),
        Index("ix_task_assignee", "assignee_id", "done_at", "due_at"),
        Index("ix_task_team_due", "team_id", "due_at"),
        partial_index("ix_task_note", "note_id", where="note_id IS NOT NULL"),
        partial_index(
            "ix_task_source_message", "source_chat_id", "source_message_id", where="source_message_id IS NOT NULL"
        ),
        {"sqlite_autoincrement": True},
    )


class Order(Table):
    """A sale (positive fen) or a return (negative fen). `ordered_on` is a day of the team's zone."""

    __tablename__ = "orders"
    order_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    ordered_on: Mapped[date]
    amount_fen: Mapped[int]
    cost_fen: Mapped[int | None]  # what it cost us; None: not known
    is_paid: Mapped[bool] = mapped_column(default=False, server_default=false())  # at once
    product: Mapped[str | None] = mapped_column(String(200))
    quantity: Mapped[float | None]
    created_by_id: Mapped[int | None]
    seller_id: Mapped[int | None]  # None: it counts for who has the customer; set when the customer changes hands
    import_id: Mapped[int | None] = mapped_column(index=True)
    source_chat_id: Mapped[int | None]  # the message it was made from: an edit of that message changes it
    source_message_id: Mapped[int | None]
    created_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_orders_customer", "customer_id", "ordered_on", "amount_fen"),
        Index("ix_orders_team", "team_id", "ordered_on"),
        Index("ix_orders_buyers", "team_id", "ordered_on", "customer_id", "amount_fen", "deleted_at"),
        partial_index(
            "ix_orders_source_message", "source_chat_id", "source_message_id", where="source_message_id IS NOT NULL"
        ),
        {"sqlite_autoincrement": True},
    )


class RiskEpisode(Table):
    """One time of being at risk: alerted once, closed when the customer buys or somebody says so."""

    __tablename__ = "risk_episode"
    risk_episode_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    opened_at: Mapped[datetime]
    probability: Mapped[float]
    alerted_probability: Mapped[float | None]  # of the last alert, where there was a second one
    closed_at: Mapped[datetime | None]
    verdict: Mapped[str | None] = mapped_column(String(12))  # contacted | wrong | lost | bought
    verdict_by_id: Mapped[int | None]

    __table_args__ = (
        partial_index("uq_risk_episode_open", "customer_id", where="closed_at IS NULL", unique=True),
        Index("ix_risk_episode_customer", "customer_id"),
        Index("ix_risk_episode_team", "team_id", "opened_at"),
        {"sqlite_autoincrement": True},
    )


class Touch(Table):
    """One of us wrote or spoke to a customer unasked, on one matter: a greeting, a campaign. One row a matter."""

    __tablename__ = "touch"
    touch_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    member_id: Mapped[int | None]
    matter: Mapped[str] = mapped_column(String(80))  # birthday:2026-11-30 | festival:spring_festival:2027 | campaign:12
    channel: Mapped[str] = mapped_column(String(16), default="message")
    touched_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("customer_id", "matter"),
        Index("ix_touch_customer", "customer_id", "touched_at"),
        Index("ix_touch_team", "team_id", "touched_at"),
        {"sqlite_autoincrement": True},
    )


class Greeting(Table):
    """A greeting drafted for a customer on an occasion of a year; `sent_at` when the rep says so."""

    __tablename__ = "greeting"
    greeting_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"))
    occasion: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    draft_id: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    __table_args__ = (Index("ix_greeting_customer", "customer_id", "occasion", "year"), {"sqlite_autoincrement": True})
