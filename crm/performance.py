"""What each rep did in a stretch of days: activity, sales, conversion of leads, time to answer, promises kept.

For other rooms: `period` names the days, `lines` gives every rep's line with the team's mean. Sums come from the days
that crm.indicator_days keeps, today counted as it is now; orders and money are asked of the orders themselves, which
are taken back and entered for days gone by, and conversion of the leads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from crm import indicator_days, ladder
from crm import indicator_sources as sources
from crm.indicator_figures import MINUTES, Span
from crm.tables import Customer, CustomerSummary, IndicatorDay, Member, Team

DAY = timedelta(days=1)
SMALL = 5  # cases: a share or a mean of fewer tells little
PERIODS = ("today", "yesterday", "this_week", "last_week", "this_month", "last_month")
TEAM = 0  # instead of a member
SOLD = ("orders", "fen")
KEPT = ("notes", "touches", "leads_answered", "answer_minutes", "promises_due", "promises_kept")
COLUMNS = (*SOLD, *KEPT)


@dataclass(slots=True)
class Line:
    """A rep's sums; `leads` are those that came in these days, `converted` how many of them have bought since."""

    member_id: int
    name: str
    has_left: bool = False
    notes: float = 0
    touches: float = 0
    orders: float = 0
    fen: float = 0
    leads_answered: float = 0
    answer_minutes: float = 0
    promises_due: float = 0
    promises_kept: float = 0
    leads: float = 0
    converted: float = 0

    @property
    def activity(self) -> float:
        """Notes and touches together."""
        return self.notes + self.touches

    @property
    def conversion(self) -> float | None:
        """The share of the leads that have bought; None without leads."""
        return self.converted / self.leads if self.leads else None

    @property
    def answer_hours(self) -> float | None:
        """Mean hours from a lead's coming to the first contact; None when none was answered."""
        return self.answer_minutes / self.leads_answered / MINUTES if self.leads_answered else None

    @property
    def kept(self) -> float | None:
        """The share of promises kept; None when none was due."""
        return self.promises_kept / self.promises_due if self.promises_due else None

    @property
    def is_idle(self) -> bool:
        """Nothing at all."""
        return not any((self.activity, self.orders, self.fen, self.leads, self.promises_due, self.leads_answered))


@dataclass(frozen=True, slots=True)
class Performance:
    """The lines of the reps, most money first, and the mean of a rep; shares of the mean are those of all together.

    `others`: orders and money of the team that are no rep's: a manager's own, and what counts for nobody.
    """

    days: Span
    lines: list[Line]
    mean: Line = field(default_factory=lambda: Line(0, ""))
    others: Line = field(default_factory=lambda: Line(0, ""))

    def own(self, member_id: int) -> Line | None:
        """The line of one rep."""
        return next((line for line in self.lines if line.member_id == member_id), None)


def period(name: str, today: date) -> Span:
    """Today, yesterday, or the days of this or the last week or month, up to today.

    Raises: KeyError for any other name
    """
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    return {
        "today": Span("today", today, today, is_over=False),
        "yesterday": Span("yesterday", today - DAY, today - DAY),
        "this_week": Span("this_week", monday, today, is_over=False),
        "last_week": Span("last_week", monday - 7 * DAY, monday - DAY),
        "this_month": Span("this_month", first, today, is_over=False),
        "last_month": Span("last_month", (first - DAY).replace(day=1), first - DAY),
    }[name]


def lines(db: Session, team_id: int, days: Span, now: datetime) -> Performance:
    """What each rep of the team did in these days; who has left is there if he did anything."""
    found = {
        member.member_id: Line(member.member_id, member.name, member.left_at is not None)
        for member in db.scalars(select(Member).where(Member.team_id == team_id, Member.is_rep.is_(True)))
    }
    team = Line(TEAM, "")
    _add_kept(db, team_id, days, found, team)
    _add_today(db, team_id, days, now, found, team)
    _add_sold(db, team_id, days, found, team)
    _add_leads(db, team_id, days, found)
    sold = {name: getattr(team, name) - sum(getattr(line, name) for line in found.values()) for name in SOLD}
    shown = [line for line in found.values() if not (line.has_left and line.is_idle)]
    shown.sort(key=lambda line: (-line.fen, -line.activity, line.member_id))
    return Performance(days, shown, _mean(shown), Line(TEAM, "", orders=sold["orders"], fen=sold["fen"]))


def _add(found: dict[int, Line], member_id: int, numbers: Mapping[str, float]) -> None:
    line = found.get(member_id)
    if line is not None:
        for name, number in numbers.items():
            setattr(line, name, getattr(line, name) + number)


def _add_kept(db: Session, team_id: int, days: Span, found: dict[int, Line], team: Line) -> None:
    sums = [func.sum(getattr(IndicatorDay, column)) for column in KEPT]
    mine = (IndicatorDay.team_id == team_id, IndicatorDay.dimension.in_(("rep", "team")))
    rows = select(IndicatorDay.key, *sums).where(*mine, IndicatorDay.day.between(days.first, days.last))
    for key, *numbers in db.execute(rows.group_by(IndicatorDay.key)):
        _add({TEAM: team, **found}, int(key or TEAM), dict(zip(KEPT, map(float, numbers), strict=True)))


def _add_today(db: Session, team_id: int, days: Span, now: datetime, found: dict[int, Line], team: Line) -> None:
    """Today is kept by nobody yet."""
    stretch = sources.stretch(db, db.get_one(Team, team_id), days.last, days.last)
    today = now.astimezone(stretch.zone).date()
    if days.last < today:
        return
    for (dimension, _, key), counts in indicator_days.count(db, team_id, today, today).items():
        if dimension in ("rep", "team"):
            numbers = {column: counts.get(column, 0) for column in KEPT}
            _add({TEAM: team, **found}, int(key or TEAM), numbers)


def _add_sold(db: Session, team_id: int, days: Span, found: dict[int, Line], team: Line) -> None:
    """Whoever an order counts for has it, and so has the team what counts for nobody."""
    stretch = sources.stretch(db, db.get_one(Team, team_id), days.first, days.last)
    sold = sources.orders(stretch.shape()).subquery()
    sums = (func.coalesce(func.sum(sold.c[name]), 0) for name in SOLD)
    rows = select(sold.c.member_id, *sums).group_by(sold.c.member_id)
    for member_id, *numbers in db.execute(rows, stretch.params()):
        counted = dict(zip(SOLD, map(float, numbers), strict=True))
        _add({TEAM: team}, TEAM, counted)
        _add(found, member_id, counted)


def _add_leads(db: Session, team_id: int, days: Span, found: dict[int, Line]) -> None:
    stretch = sources.stretch(db, db.get_one(Team, team_id), days.first, days.last)
    bought = func.sum(case((CustomerSummary.purchase_days > 0, 1), else_=0))
    rows = (
        select(Customer.owner_id, func.count(), bought)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(
            Customer.team_id == team_id,
            Customer.created_at >= stretch.since,
            Customer.created_at < stretch.until,
            Customer.deleted_at.is_(None),
            Customer.owner_id.is_not(None),
            Customer.lead_rung != ladder.EXEMPT,
        )
        .group_by(Customer.owner_id)
    )
    for owner_id, number, converted in db.execute(rows):
        _add(found, owner_id, {"leads": number, "converted": int(converted or 0)})


def _mean(shown: list[Line]) -> Line:
    present = [line for line in shown if not line.has_left]
    mean = Line(0, "")
    for name in (*COLUMNS, "leads", "converted"):
        setattr(mean, name, sum(getattr(line, name) for line in present) / max(len(present), 1))
    return mean
