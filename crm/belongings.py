"""What a member looks after, found in the tables themselves: a new table with an owner cannot be missed.

Columns by these names are an owner's wherever they stand; any other column that holds a member is named here once, as
one that goes along or as one that tells who did something, which stays. tests/crm/test_belongings.py refuses a third.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Subquery, UniqueConstraint, and_, literal_column, or_, select, text, true
from sqlalchemy import Table as Sheet

from crm.tables import Complaint, Outbox, Table, Visit

CUSTOMER = "customer.owner_id"
OUTBOX = "outbox.member_id"
OWNING = ("owner_id", "assignee_id", "responsible_id", "handler_id", "keeper_id")
INHERITED = (
    "task",
    "birthday",
    "risk",
    "risk_rest",
    "complaint",
)  # pushes that go along even where they name no customer or task

OPEN_BY = ("done_at", "cancelled_at", "closed_at", "ended_at", "resolved_at", "sent_at", "undone_at", "deleted_at")
OTHERWISE_OPEN: dict[str, ColumnElement[bool]] = {
    "complaint.assignee_id": Complaint.closed_at.is_(None),
    "visit.member_id": Visit.outcome.is_(None),
    OUTBOX: and_(  # what is about a customer or a task; the others are about a member's own day
        Outbox.state == literal_column("'pending'"),
        Outbox.push.is_not(None),
        or_(Outbox.push.in_(INHERITED), Outbox.customer_id.is_not(None), Outbox.task_id.is_not(None)),
    ),
}
# Who did it, or whose own it is: stays.
STAYING = (
    *("author_id", "created_by_id", "closed_by_id", "verdict_by_id", "requested_by_id", "set_by_id", "by_id"),
    *("ended_by_id", "from_id", "to_id", "before_id", "after_id", "seller_id"),
)
STAYING_MEMBERS = (
    *("draft", "import", "statement", "tag_correction", "touch", "referral_ask", "survey_answer"),
    *("deal_move", "target", "forecast_record", "audit_row", "export_record"),
)
NOT_MOVED = (CUSTOMER, "pool_warning.owner_id")  # the first is what all others follow, the second ends with its owner


@dataclass(frozen=True, slots=True)
class Belonging:
    """A column that says whose a row is. `customer`: whose matter it is, where there is one; `is_open`: it still is."""

    kind: str
    sheet: Sheet
    holder: Column[Any]
    row_id: Column[Any]
    customer: Column[Any] | None
    is_open: ColumnElement[bool]

    def twins(self) -> list[tuple[Subquery, ColumnElement[bool]]]:
        """Where a member may have such a row once only: those rows, and whether one is of the same matter as ours."""
        found = []
        for columns, where in _unique(self.sheet, self.holder):
            twin = select(self.sheet).where(text(where) if where else true()).subquery()
            same = [twin.c[name] == self.sheet.c[name] for name in columns if name != self.holder.name]
            found.append((twin, and_(twin.c[self.row_id.name] != self.row_id, *same)))
        return found


@functools.cache
def moving() -> tuple[Belonging, ...]:
    """Everything that goes along with its customer or its member; customers themselves not."""
    found = []
    for sheet in Table.metadata.sorted_tables:
        for column in sheet.columns:
            kind = f"{sheet.name}.{column.name}"
            if (column.name in OWNING or kind in OTHERWISE_OPEN) and kind not in NOT_MOVED:
                found.append(_belonging(kind, sheet, column))
    return tuple(found)


def of_kind(kind: str) -> Belonging:
    """The belonging of that kind."""
    return next(one for one in moving() if one.kind == kind)


def _belonging(kind: str, sheet: Sheet, column: Column[Any]) -> Belonging:
    (row_id,) = sheet.primary_key.columns
    is_open = OTHERWISE_OPEN.get(kind)
    if is_open is None:
        is_open = and_(true(), *(sheet.c[name].is_(None) for name in OPEN_BY if name in sheet.c))
    return Belonging(kind, sheet, column, row_id, sheet.c.get("customer_id"), is_open)


def _unique(sheet: Sheet, holder: Column[Any]) -> Iterator[tuple[list[str], str]]:
    """The columns of each uniqueness that the holder is part of, and for which rows it holds."""
    for index in sheet.indexes:
        if index.unique and holder.name in index.columns:
            where = index.dialect_options["sqlite"].get("where")
            yield [column.name for column in index.columns], "" if where is None else str(where)
    for constraint in sheet.constraints:
        if isinstance(constraint, UniqueConstraint) and holder.name in constraint.columns:
            yield [column.name for column in constraint.columns], ""
