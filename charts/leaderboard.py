"""Who did how much, best first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, LARGE, MARGIN, SMALL, WIDTH, Canvas

_ROW = 134
_INNER = WIDTH - 2 * MARGIN
_PLACE = 70


@dataclass(frozen=True)
class LeaderRow:
    """One person; `note` is a short second fact, such as '目标 92%'."""

    name: str
    value: float
    note: str = ""
    behind: bool = False
    """Marked in orange: behind target, for example."""


def leaderboard(
    rows: Sequence[LeaderRow],
    *,
    title: str,
    unit: str,
    subtitle: str = "",
    most: int = 10,
    font_path: Path | None = None,
) -> bytes:
    """A PNG, 1080 px wide: the `most` largest values with place, name, note and bar; ties share a place.

    With the unit '元' values are yuan. Who does not fit is counted in the last line.
    """
    return sheet(rows, title=title, unit=unit, subtitle=subtitle, most=most, font_path=font_path).png()


def sheet(
    rows: Sequence[LeaderRow],
    *,
    title: str,
    unit: str,
    subtitle: str = "",
    most: int = 10,
    font_path: Path | None = None,
) -> Canvas:
    """The picture of `leaderboard` before it is a PNG."""
    ranked = sorted(rows, key=lambda row: -row.value)
    header = canvas.Header(title, subtitle, font_path)
    left_out = max(0, len(ranked) - most)
    drawn = Canvas(header.height + min(most, len(ranked)) * _ROW + (60 if left_out else 0) + MARGIN, font_path)
    header.draw(drawn)
    largest = max([row.value for row in ranked] + [1e-9])
    for index, row in enumerate(ranked[:most]):
        place = 1 + sum(other.value > row.value for other in ranked)
        _draw_row(drawn, row, place, max(0.0, row.value / largest), unit, header.height + index * _ROW)
    if left_out:
        drawn.text(MARGIN, drawn.height - MARGIN - 10, f"另有 {left_out} 位未列出", SMALL, palette.MUTED)
    return drawn


def _draw_row(sheet: Canvas, row: LeaderRow, place: int, share: float, unit: str, y: float) -> None:
    colour = palette.AT_RISK if row.behind else palette.STABLE
    x = MARGIN + _PLACE
    sheet.text(MARGIN, y + 36, f"{place}", LARGE, palette.INK if place <= 3 else palette.MUTED)
    name = sheet.shortened(row.name, BODY, 330)
    sheet.text(x, y + 36, name, BODY)
    note = sheet.shortened(row.note, SMALL, 240)
    sheet.text(x + sheet.breadth(name, BODY) + 24, y + 36, note, SMALL, palette.MUTED)
    sheet.text(WIDTH - MARGIN, y + 36, figures.worded(row.value, unit), LARGE, colour, "right")
    sheet.bar(x, y + 76, _INNER - _PLACE, 28, palette.TRACK)
    if share > 0:
        sheet.bar(x, y + 76, max(12.0, (_INNER - _PLACE) * share), 28, colour)
