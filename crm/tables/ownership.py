"""Who had a customer: transfers with each row they moved, and who was warned that a customer goes to the pool."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import PrimaryId, Table, partial_index


class Transfer(Table):
    """One act that changes who has what. `kind`: assign | offer | handover | release | recycle | take.

    `state`: offered → done | declined; a done one may be undone. `by_id` None: the clock did it.
    """

    __tablename__ = "transfer"
    transfer_id: Mapped[PrimaryId]
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="done")
    by_id: Mapped[int | None]
    from_id: Mapped[int | None]  # of a handover the leaver, of an offer who offers
    to_id: Mapped[int | None]  # None: the pool, or several
    customer_id: Mapped[int | None]  # of one customer only
    removed: Mapped[bool] = mapped_column(default=False)  # who handed over left the team with it
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what was moved → how many
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # when it was answered or undone
    ended_by_id: Mapped[int | None]

    __table_args__ = (
        Index("ix_transfer_team", "team_id", "kind", "transfer_id"),
        Index("ix_transfer_by", "by_id", "kind", "made_at"),
        partial_index("ix_transfer_customer", "customer_id", where="customer_id IS NOT NULL"),
        {"sqlite_autoincrement": True},
    )


class OwnerChange(Table):
    """A row that went from one member to another, or to the pool (None). `kind`: customer.owner_id, task.assignee_id …

    The rows of customers are the history of their owners.
    """

    __tablename__ = "owner_change"
    owner_change_id: Mapped[PrimaryId]
    team_id: Mapped[int]
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.transfer_id"))
    kind: Mapped[str] = mapped_column(String(64))
    row_id: Mapped[int]
    before_id: Mapped[int | None]
    after_id: Mapped[int | None]
    held_since: Mapped[datetime | None]  # `assigned_at` of the customer before
    rung: Mapped[int | None]  # and its `lead_rung`
    is_undo: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_owner_change_transfer", "transfer_id", "kind", "row_id"),
        Index("ix_owner_change_row", "kind", "row_id", "owner_change_id"),
        {"sqlite_autoincrement": True},
    )


class PoolWarning(Table):
    """Its owner was told that the customer goes back to the pool on a day unless somebody cares for him before."""

    __tablename__ = "pool_warning"
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True, autoincrement=False)
    team_id: Mapped[int]
    owner_id: Mapped[int]
    warned_at: Mapped[datetime]
    due_on: Mapped[date]

    __table_args__ = (Index("ix_pool_warning_due", "team_id", "due_on"), {"sqlite_autoincrement": False})
