"""Figures of a day, a week or a month beside what is usual, and what explains those that are not.

For other rooms: `span` names the days, `board` gives every figure beside its band with the likely causes, `chart` the
points of one figure with its band, `parts` a figure by rep, group of customers and product.
Figures are read from the days that crm.indicator_days keeps; a single day is counted anew, so it is never stale.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import Date, case, func, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import indicator_days, indicator_parts
from crm.indicator_days import Counts
from crm.indicator_figures import FIGURES, Figure, Scope, Span, Stretch, named
from crm.indicator_parts import Part
from crm.members import Actor
from crm.tables import IndicatorDay
from scoring import control
from scoring.control import Band, NotEnoughHistory, Place

SpanName = Literal["today", "day", "week", "month"]
SPANS: tuple[SpanName, ...] = ("today", "day", "week", "month")
DAY = timedelta(days=1)
WORKED, RESTED, WEEKS, MONTHS = 60, 30, 52, 24  # points of history at most
LEAST_WORKED = 3  # working days of a week that is compared: those of long holidays tell nothing

_table = IndicatorDay.__table__.c


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure and its band. `value` None: of nothing (no promise was due); `band` None: `points` are too few.

    `place` is below or above only for what is outside the band; of a day that is not over nothing is below.
    """

    figure: Figure
    amount: int
    of: int
    value: float | None
    band: Band | None
    points: int
    place: Place = "usual"
    causes: list[Part] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Outside on the side that one wishes."""
        return self.place == self.figure.good


@dataclass(frozen=True, slots=True)
class Board:
    """All figures of a span that ever had a value, those outside their band first."""

    span: Span
    scope: Scope
    readings: list[Reading]

    @property
    def outside(self) -> list[Reading]:
        """Those that are not usual."""
        return [reading for reading in self.readings if reading.place != "usual"]


@dataclass(frozen=True, slots=True)
class Chart:
    """The points of a figure with days of their beginning, the last one judged by the band."""

    span: Span
    reading: Reading
    points: list[tuple[date, float]]


def span(name: str, today: date) -> Span:
    """The days: today so far, the last working day that is over, the last week, the last month.

    Raises: KeyError for any other name
    """
    monday = today - timedelta(days=today.weekday())
    if name == "today":
        return Span(name, today, today, is_over=False)
    if name == "day":
        day = today - DAY
        while not workdays.is_workday(day):
            day -= DAY
        return Span(name, day, day)
    if name == "week":
        return Span(name, monday - 7 * DAY, monday - DAY)
    if name == "month":
        last = today.replace(day=1) - DAY
        return Span(name, last.replace(day=1), last)
    raise KeyError(name)


def scope_of(actor: Actor) -> Scope:
    """Whose figures the member sees: the team's, or his own."""
    return Scope() if actor.sees_team else Scope("rep", str(actor.member_id))


def board(db: Session, team_id: int, days: Span, scope: Scope | None = None) -> Board:
    """Every figure beside its band, those outside first with what explains them."""
    return _board(db, team_id, _load(db, team_id, scope or Scope(), days))


def pictured(db: Session, team_id: int, days: Span, scope: Scope | None = None) -> tuple[Board, Chart | None]:
    """The board, and the chart of its first figure that has a band; None where none has."""
    past = _load(db, team_id, scope or Scope(), days)
    found = _board(db, team_id, past)
    first = next((reading for reading in found.readings if reading.band is not None), None)
    return found, _chart(first, past) if first is not None else None


def chart(db: Session, team_id: int, code: str, days: Span, scope: Scope | None = None) -> Chart | None:
    """The figure over time with its band; None when it never had a value. Raises: FigureUnknown"""
    past = _load(db, team_id, scope or Scope(), days)
    reading = _read(named(code), past)
    return _chart(reading, past) if reading is not None else None


def _board(db: Session, team_id: int, past: _Past) -> Board:
    readings = [reading for figure in FIGURES if (reading := _read(figure, past)) is not None]
    odd = [reading for reading in readings if reading.place != "usual"]
    if odd and past.scope == Scope():
        points = {one.figure: one.points for one in odd}
        found = indicator_parts.of(db, team_id, points, past.days, past.earlier, past.fresh)
        for reading in odd:
            direction = 1 if reading.place == "above" else -1
            reading.causes.extend(indicator_parts.causes(found[reading.figure.code], direction))
    odd.sort(key=lambda one: (one.is_good, -_distance(one)))
    return Board(past.days, past.scope, [*odd, *(one for one in readings if one.place == "usual")])


def _chart(reading: Reading, past: _Past) -> Chart:
    figure, days = reading.figure, past.days
    began = past.began[figure.code] or days.first
    known = [one for one in past.earlier if one[0] >= began]
    sums = _sums(figure, past.counted, [*known, (days.first, days.last)])
    points = [(first, figure.value(amount, of)) for first, amount, of in sums]
    return Chart(days, reading, [(day, value) for day, value in points if value is not None])


def parts(db: Session, team_id: int, code: str, days: Span) -> dict[str, list[Part]]:
    """The figure of the team by rep, segment and product, the furthest from what is usual first.

    Raises: FigureUnknown
    """
    figure = named(code)
    past = _load(db, team_id, Scope(), days)
    reading = _read(figure, past)
    points = {figure: reading.points if reading else 0}
    return indicator_parts.of(db, team_id, points, days, past.earlier, past.fresh)[figure.code]


@dataclass(frozen=True, slots=True)
class _Past:
    """What is kept of a scope by day, the span to be read, what it is compared with, its one day counted anew."""

    counted: dict[date, Any]
    scope: Scope
    days: Span
    earlier: list[Stretch]
    fresh: Counts
    began: dict[str, date | None]  # figure → the day of its first case


def _distance(reading: Reading) -> float:
    """How far outside, in widths of the band."""
    if reading.band is None or reading.value is None:
        return 0.0
    width = max(reading.band.high - reading.band.low, 1e-9)
    return max(reading.value - reading.band.high, reading.band.low - reading.value) / width


def _load(db: Session, team_id: int, scope: Scope, days: Span) -> _Past:
    mine = (_table.team_id == team_id, _table.dimension == scope.dimension, _table.key == scope.key)
    earlier = _earlier(days)
    since = min([first for first, _ in earlier], default=days.first)
    rows = db.execute(select(IndicatorDay.__table__).where(*mine, _table.day.between(since, days.last)))
    kept: dict[date, Any] = {row.day: row for row in rows}
    fresh: Counts = {}
    if days.is_day:
        fresh = indicator_days.count(db, team_id, days.first, days.last)
        kept[days.first] = indicator_days.row(fresh.get((scope.dimension, days.first, scope.key), {}))
    firsts = [func.min(case((_table[one.whole or one.amount] != 0, _table.day)), type_=Date) for one in FIGURES]
    began = db.execute(select(*firsts).where(*mine)).one()
    return _Past(kept, scope, days, earlier, fresh, dict(zip((one.code for one in FIGURES), began, strict=True)))


def _read(figure: Figure, past: _Past) -> Reading | None:
    days = past.days
    (_, amount, of), *_ = _sums(figure, past.counted, [(days.first, days.last)])
    began = past.began[figure.code]
    if began is None and not (amount or of):
        return None
    history = _sums(figure, past.counted, [one for one in past.earlier if began is not None and one[0] >= began])
    value = figure.value(amount, of)
    try:
        band = _band(figure, history, of, days)
    except NotEnoughHistory as error:
        return Reading(figure, amount, of, value, None, error.points)
    place: Place = "usual" if value is None else band.place(value)
    if place == "below" and not days.is_over:
        place = "usual"
    return Reading(figure, amount, of, value, band, band.points, place)


def _band(figure: Figure, history: list[tuple[date, int, int]], of: int, days: Span) -> Band:
    if figure.kind == "share":
        return control.share_band([(amount, whole) for _, amount, whole in history], max(of, 1))
    values = [(first, figure.value(amount, whole)) for first, amount, whole in history]
    known = [(first, value) for first, value in values if value is not None]
    seasons = [_weekday(first) for first, _ in known] if days.is_day else []
    counts = figure.kind == "count"
    return control.band([value for _, value in known], counts=counts, seasons=seasons, season=_weekday(days.first))


def _weekday(day: date) -> int:
    """A Saturday or Sunday that is worked is like a Friday."""
    return min(day.weekday(), 4)


def _sums(figure: Figure, counted: dict[date, Any], stretches: Sequence[Stretch]) -> list[tuple[date, int, int]]:
    """The first day, amount and whole of each stretch."""
    found = []
    for first, last in stretches:
        inside = [figure.of_row(counted[day]) for day in _days(first, last) if day in counted]
        found.append((first, sum(amount for amount, _ in inside), sum(of for _, of in inside)))
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


def _earlier(days: Span) -> list[Stretch]:
    """The stretches that the span is compared with, oldest first: days of its kind, weeks or months."""
    if days.is_day:
        is_worked = workdays.is_workday(days.first)
        wanted = WORKED if is_worked else RESTED
        before = (days.first - timedelta(days=back) for back in range(1, wanted * 5))
        alike = (day for day in before if workdays.is_workday(day) == is_worked)
        return [(day, day) for day in itertools.islice(alike, wanted)][::-1]
    if days.name == "week":
        weeks = [days.first - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
        return [(monday, monday + 6 * DAY) for monday in weeks if _is_worked(monday)]
    firsts = [days.first]
    for _ in range(MONTHS):
        firsts.append((firsts[-1] - DAY).replace(day=1))
    return [(first, after - DAY) for after, first in itertools.pairwise(firsts)][::-1]


def _is_worked(monday: date) -> bool:
    worked = (day for day in _days(monday, monday + 6 * DAY) if workdays.is_workday(day))
    return len(list(itertools.islice(worked, LEAST_WORKED))) == LEAST_WORKED
