"""How much of the money comes from how few: the 80/20 curve."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, MARGIN, SMALL, WIDTH, Canvas
from charts.trend import NothingToDraw

FEW = 0.2
_BIG, _PLOT, _BELOW = 220, 640, 110
_LEFT, _RIGHT = MARGIN, WIDTH - MARGIN
_AREA_STEPS = 160


@dataclass(frozen=True, slots=True)
class Layer:
    """So many customers who brought in so much together; one customer, or many of like size."""

    customers: int
    fen: int


def pareto(layers: Sequence[Layer], *, title: str, subtitle: str = "", font_path: Path | None = None) -> bytes:
    """A PNG, 1080 px wide: the share of the largest fifth in large, then the curve over all, the largest first.

    Layers without money count as customers. Raises: NothingToDraw where nobody brought in anything
    """
    return sheet(layers, title=title, subtitle=subtitle, font_path=font_path).png()


def sheet(layers: Sequence[Layer], *, title: str, subtitle: str = "", font_path: Path | None = None) -> Canvas:
    """The picture of `pareto` before it is a PNG."""
    points = curve(layers)
    if len(points) < 2:
        raise NothingToDraw(title)
    header = canvas.Header(title, subtitle, font_path)
    drawn = Canvas(header.height + _BIG + _PLOT + _BELOW, font_path)
    header.draw(drawn)
    _headline(drawn, layers, points, header.height)
    _draw_curve(drawn, points, header.height + _BIG)
    return drawn


def curve(layers: Sequence[Layer]) -> list[tuple[float, float]]:
    """(share of the customers, share of the money) from (0, 0) to (1, 1); empty where there is no money.

    >>> curve([Layer(1, 100), Layer(1, 300), Layer(2, 0)])
    [(0.0, 0.0), (0.25, 0.75), (0.5, 1.0), (1.0, 1.0)]
    """
    kept = sorted((each for each in layers if each.customers > 0), key=lambda each: -each.fen / each.customers)
    customers, fen = sum(each.customers for each in kept), sum(max(0, each.fen) for each in kept)
    if fen <= 0:
        return []
    points, people, money = [(0.0, 0.0)], 0, 0
    for each in kept:
        people, money = people + each.customers, money + max(0, each.fen)
        points.append((people / customers, money / fen))
    return points


def share_of(points: Sequence[tuple[float, float]], customers: float) -> float:
    """The share of the money that this share of the customers brought in, on a curve, between its points in proportion.

    >>> share_of([(0.0, 0.0), (0.25, 0.75), (1.0, 1.0)], 0.125)
    0.375
    """
    return _between(points, customers)


def needed_for(points: Sequence[tuple[float, float]], money: float) -> float:
    """The share of the customers that brought in this share of the money.

    >>> needed_for([(0.0, 0.0), (0.25, 0.75), (1.0, 1.0)], 0.75)
    0.25
    """
    return _between([(share, people) for people, share in points], money)


def _between(points: Sequence[tuple[float, float]], x: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(points):
        if x <= x1 and x1 > x0:
            return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def _headline(sheet: Canvas, layers: Sequence[Layer], points: Sequence[tuple[float, float]], y: float) -> None:
    amount = figures.share(share_of(points, FEW), 1)
    size = sheet.largest(amount, 360)
    sheet.text(MARGIN, y + 90, amount, size, palette.STABLE)
    x = MARGIN + sheet.breadth(amount, size) + 36
    people = sum(each.customers for each in layers)
    sheet.text(x, y + 62, f"的钱来自前 {FEW:.0%} 的客户", BODY)
    half = max(1, round(needed_for(points, 0.5) * people))
    sheet.text(x, y + 122, f"一半的钱来自 {half:,} 位，共 {people:,} 位", SMALL, palette.MUTED)


def _draw_curve(sheet: Canvas, points: Sequence[tuple[float, float]], top: float) -> None:
    bottom = top + _PLOT

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return _LEFT + (_RIGHT - _LEFT) * point[0], bottom - (bottom - top) * point[1]

    _fill(sheet, points, top, bottom)
    sheet.line([_LEFT, _RIGHT], [bottom, bottom], palette.NEUTRAL, 2)
    sheet.line([_LEFT, _RIGHT], [bottom, top], palette.NEUTRAL, 3)
    xs, ys = zip(*(place(point) for point in points), strict=True)
    sheet.line(list(xs), list(ys), palette.STABLE)
    few = (FEW, share_of(points, FEW))
    x, y = place(few)
    sheet.line([x, x], [y, bottom], palette.AT_RISK, 3)
    sheet.dot(x, y, palette.AT_RISK)
    sheet.text(x + 28, bottom - 40, f"前 {FEW:.0%}", BODY)
    sheet.text(_RIGHT - 20, bottom - 150, "灰线：人人一样多", SMALL, palette.MUTED, "right")
    sheet.text(_LEFT, bottom + 50, "客户：贡献大的在左", SMALL, palette.MUTED)
    sheet.text(_RIGHT, bottom + 50, "全部客户", SMALL, palette.MUTED, "right")


def _fill(sheet: Canvas, points: Sequence[tuple[float, float]], top: float, bottom: float) -> None:
    width = (_RIGHT - _LEFT) / _AREA_STEPS
    for step in range(_AREA_STEPS):
        height = (bottom - top) * share_of(points, (step + 0.5) / _AREA_STEPS)
        if height > 1:
            sheet.bar(_LEFT + step * width, bottom - height, width + 0.5, height, palette.BAND, 0)
