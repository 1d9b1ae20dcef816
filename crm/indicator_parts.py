"""What a figure is made of: by rep, group of customers and product, each beside its own usual.

The rule of causes: a part's deviation is its amount less what it usually is (of shares and hours: less what the team's
usual rate makes of the part's own cases). In each dimension the part with the largest deviation in the figure's own
direction is the likely cause when it makes at least half of all that goes that way and does not go alone anyway.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm.indicator_days import Counts
from crm.indicator_figures import Figure, Span, Stretch
from crm.tables import IndicatorDay, Member

DIMENSIONS = ("rep", "segment", "product")
BY_PRODUCT = ("orders", "fen")
CAUSE = 0.5  # of the deviation


@dataclass(frozen=True, slots=True)
class Part:
    """One rep, segment or product: its amount (of so many), what is usual in the same units, and its deviation.

    `share`: of all deviations of the dimension that go the same way. `name`: of the rep; else the key.
    """

    dimension: str
    key: str
    name: str
    amount: int
    of: int
    usual: float
    share: float

    @property
    def deviation(self) -> float:
        """Amount less what is usual."""
        return self.amount - self.usual


def of(
    db: Session,
    team_id: int,
    points: Mapping[Figure, int],
    days: Span,
    earlier: Sequence[Stretch],
    fresh: Counts,
) -> dict[str, dict[str, list[Part]]]:
    """Figure → dimension → its parts, the furthest from usual first.

    `points`: how many of the earlier stretches each figure has; `fresh`: the count of a span of one day.
    """
    figures = list(points)
    if days.is_day:
        now: Cells = {(dimension, key): counts for (dimension, _, key), counts in fresh.items()}
    else:
        now = _counted(db, team_id, figures, [(days.first, days.last)])
    before = _counted(db, team_id, figures, earlier) if earlier else {}
    names = _names(db, team_id)
    return {
        figure.code: {
            dimension: _parts(figure, dimension, now, before, points[figure], names)
            for dimension in DIMENSIONS
            if dimension != "product" or figure.code in BY_PRODUCT
        }
        for figure in figures
    }


def causes(found: dict[str, list[Part]], direction: int) -> list[Part]:
    """In each dimension the part that explains at least half of what goes in this direction (1 or -1)."""
    named = []
    for parts in found.values():
        same = [part for part in parts if part.deviation * direction > 0]
        if len(parts) > 1 and same and same[0].share >= CAUSE:
            named.append(same[0])
    return named


Cells = dict[tuple[str, str], dict[str, int]]  # dimension, key → column → amount


def _columns(figures: Sequence[Figure]) -> list[str]:
    return sorted({column for figure in figures for column in (figure.amount, figure.whole) if column})


def _counted(db: Session, team_id: int, figures: Sequence[Figure], stretches: Sequence[Stretch]) -> Cells:
    columns = _columns(figures)
    if all(first == last for first, last in stretches):
        within: Any = IndicatorDay.day.in_([first for first, _ in stretches])
    else:
        within = or_(*(IndicatorDay.day.between(first, last) for first, last in _joined(stretches)))
    wanted = (
        ["team", *DIMENSIONS] if any(figure.code in BY_PRODUCT for figure in figures) else ["team", *DIMENSIONS[:2]]
    )
    sums = [func.sum(getattr(IndicatorDay, column)) for column in columns]
    mine = (IndicatorDay.team_id == team_id, IndicatorDay.dimension.in_(wanted))
    rows = select(IndicatorDay.dimension, IndicatorDay.key, *sums).where(*mine, within)
    return {
        (dimension, key): dict(zip(columns, map(int, numbers), strict=True))
        for dimension, key, *numbers in db.execute(rows.group_by(IndicatorDay.dimension, IndicatorDay.key))
    }


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same days in as few stretches as possible."""
    joined: list[Stretch] = []
    for first, last in stretches:
        if joined and (first - joined[-1][1]).days == 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _parts(figure: Figure, dimension: str, now: Cells, before: Cells, points: int, names: dict[str, str]) -> list[Part]:
    team_amount, team_of = figure.of_counts(before.get(("team", ""), {}))
    rate = team_amount / team_of if team_of else 0.0
    found = []
    for key in {key for of, key in (*now, *before) if of == dimension}:
        amount, whole = figure.of_counts(now.get((dimension, key), {}))
        usual_amount, _ = figure.of_counts(before.get((dimension, key), {}))
        usual = whole * rate if figure.whole else usual_amount / max(points, 1)
        if amount or whole or usual:
            found.append((key, amount, whole, usual))
    ways: dict[bool, float] = defaultdict(float)
    for _, amount, _, usual in found:
        ways[amount > usual] += abs(amount - usual)
    made = [
        Part(dimension, key, names.get(key, key) if dimension == "rep" else key, amount, whole, usual,
             abs(amount - usual) / ways[amount > usual] if amount != usual else 0.0)
        for key, amount, whole, usual in found
    ]  # fmt: skip
    return sorted(made, key=lambda part: (-abs(part.deviation), part.key))


def _names(db: Session, team_id: int) -> dict[str, str]:
    rows = select(Member.member_id, Member.name).where(Member.team_id == team_id)
    return {str(member_id): name for member_id, name in db.execute(rows)}
