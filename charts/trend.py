"""One figure over time beside its normal band: what is usual, and which points are not."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, MARGIN, SMALL, WIDTH, Canvas

Point = tuple[date, float]
Band = tuple[float, float]

_PLOT, _BELOW, _BIG = 520, 130, 170
_LEFT, _RIGHT = MARGIN + 20, WIDTH - MARGIN - 40


class NothingToDraw(ValueError):
    """A picture was asked for without a single record."""


def trend(
    points: Sequence[Point],
    *,
    title: str,
    unit: str,
    band: Band | None = None,
    subtitle: str = "",
    font_path: Path | None = None,
) -> bytes:
    """A PNG, 1080 px wide: the newest value in large, the line, the band, and points outside it in orange.

    Points are sorted by date; with the unit '元' values are yuan. Raises: NothingToDraw without points.
    """
    return sheet(points, title=title, unit=unit, band=band, subtitle=subtitle, font_path=font_path).png()


def sheet(
    points: Sequence[Point],
    *,
    title: str,
    unit: str,
    band: Band | None = None,
    subtitle: str = "",
    font_path: Path | None = None,
) -> Canvas:
    """The picture of `trend` before it is a PNG."""
    if not points:
        raise NothingToDraw(title)
    ordered = sorted(points)
    header = canvas.Header(title, subtitle, font_path)
    drawn = Canvas(header.height + _BIG + _PLOT + _BELOW, font_path)
    header.draw(drawn)
    _newest(drawn, ordered, unit, band, header.height)
    _Plot(drawn, ordered, unit, band, header.height + _BIG).draw()
    return drawn


def _outside(value: float, band: Band | None) -> bool:
    return band is not None and not band[0] <= value <= band[1]


def _newest(sheet: Canvas, points: Sequence[Point], unit: str, band: Band | None, y: float) -> None:
    day, value = points[-1]
    words = figures.worded(value, unit)
    size = sheet.largest(words, 600)
    sheet.text(MARGIN, y + 75, words, size, palette.AT_RISK if _outside(value, band) else palette.STABLE)
    x = MARGIN + sheet.breadth(words, size) + 36
    sheet.text(x, y + 50, f"{day.month}月{day.day}日", BODY)
    if band is not None:
        place = "高于正常范围" if value > band[1] else "低于正常范围" if value < band[0] else "在正常范围内"
        sheet.text(x, y + 105, place, SMALL, palette.MUTED)


class _Plot:
    """The line with its band; knows where a day and a value stand on the sheet."""

    def __init__(self, sheet: Canvas, points: Sequence[Point], unit: str, band: Band | None, top: float) -> None:
        self._sheet, self._points, self._unit, self._band = sheet, points, unit, band
        self._top = top + 60
        self._bottom = top + _PLOT - 30
        values = [value for _, value in points] + list(band or ())
        self._low = min(0.0, *values) if min(values) < 0.6 * max(values) else min(values)
        self._high = max(values) if max(values) > self._low else self._low + 1

    def _x(self, day: date) -> float:
        first, last = self._points[0][0], self._points[-1][0]
        days = max(1, (last - first).days)
        return _LEFT + (_RIGHT - _LEFT) * (day - first).days / days if last > first else (_LEFT + _RIGHT) / 2

    def _y(self, value: float) -> float:
        return self._bottom - (self._bottom - self._top) * (value - self._low) / (self._high - self._low)

    def draw(self) -> None:
        if self._band is not None:
            self._draw_band(self._band)
        xs, ys = [self._x(day) for day, _ in self._points], [self._y(value) for _, value in self._points]
        if self._low == 0:
            self._sheet.line([MARGIN, WIDTH - MARGIN], [self._bottom, self._bottom], palette.NEUTRAL, 2)
        self._sheet.line(xs, ys, palette.STABLE)
        self._draw_marks()
        self._draw_days()

    def _draw_band(self, band: Band) -> None:
        top, bottom = self._y(band[1]), self._y(band[0])
        self._sheet.bar(MARGIN, top, WIDTH - 2 * MARGIN, max(4.0, bottom - top), palette.BAND, 4)

    def _draw_marks(self) -> None:
        last = len(self._points) - 1
        values = [value for _, value in self._points]
        named = {values.index(max(values)), values.index(min(values))} - {last}  # the last one stands in large above
        for index, (day, value) in enumerate(self._points):
            odd = _outside(value, self._band)
            if odd or index == last:
                self._sheet.dot(self._x(day), self._y(value), palette.AT_RISK if odd else palette.STABLE)
            if index in named:
                self._draw_value(index, odd)

    def _draw_value(self, index: int, odd: bool) -> None:
        day, value = self._points[index]
        low = value < sum(value for _, value in self._points) / len(self._points)
        y = self._y(value) + (44 if low else -44)
        words = figures.worded(value, self._unit)
        half = self._sheet.breadth(words, BODY) / 2
        x = min(max(self._x(day), MARGIN + half), WIDTH - MARGIN - half)
        self._sheet.text(x, y, words, BODY, palette.AT_RISK if odd else palette.INK, "center")

    def _draw_days(self) -> None:
        first, last = self._points[0][0], self._points[-1][0]
        y = self._bottom + 88
        self._sheet.text(MARGIN, y, _day(first), SMALL, palette.MUTED)
        if last > first:
            self._sheet.text(WIDTH - MARGIN, y, _day(last), SMALL, palette.MUTED, "right")
        if self._band is not None:
            low, high = (figures.worded(value, self._unit) for value in self._band)
            self._sheet.text(WIDTH / 2, y, f"浅蓝：正常 {low} – {high}", SMALL, palette.STABLE, "center")


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
