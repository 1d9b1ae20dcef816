"""Figures of days: one row for each day of a team, and of each of its reps, groups of customers and products."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm.tables.base import Table, by_bytes


class IndicatorDay(Table):
    """What happened on one day. `dimension`: team (key ''), rep (member_id), segment (scoring.groups), product (name).

    Counted anew for the last week each night; older rows keep the owner and the group that customers had then.
    A row is there only where something happened.
    """

    __tablename__ = "indicator_day"
    team_id: Mapped[int] = mapped_column(ForeignKey("team.team_id"), primary_key=True, autoincrement=False)
    dimension: Mapped[str] = mapped_column(String(8), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(by_bytes(200), primary_key=True)
    new_customers: Mapped[int] = mapped_column(default=0)
    notes: Mapped[int] = mapped_column(default=0)
    touches: Mapped[int] = mapped_column(default=0)
    orders: Mapped[int] = mapped_column(default=0)  # sales only
    fen: Mapped[int] = mapped_column(default=0)  # net of returns
    won: Mapped[int] = mapped_column(default=0)  # deals
    lost: Mapped[int] = mapped_column(default=0)
    complaints_opened: Mapped[int] = mapped_column(default=0)
    complaints_closed: Mapped[int] = mapped_column(default=0)
    leads_answered: Mapped[int] = mapped_column(default=0)  # leads contacted for the first time …
    answer_minutes: Mapped[int] = mapped_column(default=0)  # … and how long they had waited, in all
    promises_due: Mapped[int] = mapped_column(default=0)
    promises_kept: Mapped[int] = mapped_column(default=0)
    tasks_due: Mapped[int] = mapped_column(default=0)
    tasks_on_time: Mapped[int] = mapped_column(default=0)
    at_risk: Mapped[int] = mapped_column(default=0)  # customers newly at risk
    active: Mapped[int] = mapped_column(default=0)  # customers with a note, a touch or an order

    __table_args__ = (Index("ix_indicator_day_day", "team_id", "day"), {"sqlite_with_rowid": False})
