"""How often by two things at once, such as topic by product: the darker the cell, the more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, LINE, MARGIN, SMALL, WIDTH, Canvas

_ROW, _GAP, _TITLE = 74, 6, 84
_NAMES = 200
_INNER = WIDTH - 2 * MARGIN
_MOST_COLUMNS = 6


@dataclass(frozen=True)
class HeatBlock:
    """One map: `values[row][column]`, as many as there are names, at most six columns.

    The last `rows_aside` rows and `columns_aside` columns are the rest, such as 'none given': written, not shaded.
    """

    title: str
    rows: Sequence[str]
    columns: Sequence[str]
    values: Sequence[Sequence[float]]
    rows_aside: int = 0
    columns_aside: int = 0


class TooManyColumns(ValueError):
    """The columns would be too narrow for their texts."""


def heat_map(
    blocks: Sequence[HeatBlock], *, title: str, subtitle: str = "", note: str = "", font_path: Path | None = None
) -> bytes:
    """A PNG, 1080 px wide: the blocks one below the other, each with its own largest value, which is orange-framed.

    Raises: TooManyColumns
    """
    return sheet(blocks, title=title, subtitle=subtitle, note=note, font_path=font_path).png()


def sheet(
    blocks: Sequence[HeatBlock], *, title: str, subtitle: str = "", note: str = "", font_path: Path | None = None
) -> Canvas:
    """The picture of `heat_map` before it is a PNG."""
    if any(len(block.columns) > _MOST_COLUMNS for block in blocks):
        raise TooManyColumns(max(len(block.columns) for block in blocks))
    header = canvas.Header(title, subtitle, font_path)
    told = canvas.lines(note, SMALL, font_path=font_path) if note else []
    height = header.height + sum(_height(block, font_path) for block in blocks) + int(len(told) * SMALL * LINE) + MARGIN
    drawn = Canvas(height, font_path)
    header.draw(drawn)
    top = float(header.height)
    for block in blocks:
        _draw(drawn, block, top)
        top += _height(block, font_path)
    for number, words in enumerate(told):
        drawn.text(MARGIN, top + (number + 0.5) * SMALL * LINE, words, SMALL, palette.MUTED)
    return drawn


def shade(value: float, largest: float) -> str:
    """The colour of a cell: the first of palette.HEAT for nothing, the last for the largest."""
    if value <= 0 or largest <= 0:
        return palette.HEAT[0]
    steps = len(palette.HEAT) - 1
    return palette.HEAT[max(1, min(steps, round(value / largest * steps)))]


def _height(block: HeatBlock, font_path: Path | None) -> int:
    return _TITLE + _head(block, font_path) + max(1, len(block.rows)) * _ROW + 30


def _draw(sheet: Canvas, block: HeatBlock, top: float) -> None:
    sheet.text(MARGIN, top + _TITLE / 2, sheet.shortened(block.title, BODY, _INNER), BODY)
    head = top + _TITLE
    if not block.rows or not block.columns:
        sheet.text(MARGIN, head + _ROW / 2, "这段时间没有记录", SMALL, palette.MUTED)
        return
    width, begin = _width(block), head + _head(block, sheet.font_path)
    rows, columns = len(block.rows) - block.rows_aside, len(block.columns) - block.columns_aside
    largest = max((value for row in block.values[:rows] for value in row[:columns]), default=0.0)
    for at, name in enumerate(block.columns):
        told = canvas.lines(name, SMALL, width - 2 * _GAP, 2, sheet.font_path)
        for line, words in enumerate(reversed(told)):
            y = begin - _GAP - (line + 0.5) * SMALL * LINE
            sheet.text(MARGIN + _NAMES + (at + 0.5) * width, y, words, SMALL, palette.MUTED, "center")
    for line, (name, values) in enumerate(zip(block.rows, block.values, strict=True)):
        y = begin + line * _ROW
        sheet.text(MARGIN, y + _ROW / 2, sheet.shortened(name, SMALL, _NAMES - 2 * _GAP), SMALL)
        for at, value in enumerate(values):
            counts = line < rows and at < columns
            _cell(sheet, MARGIN + _NAMES + at * width, y, width, value, largest if counts else 0.0)


def _width(block: HeatBlock) -> float:
    return (_INNER - _NAMES) / len(block.columns)


def _head(block: HeatBlock, font_path: Path | None) -> int:
    """How high the names of the columns are: one line or two."""
    if not block.columns:
        return 0
    told = max(len(canvas.lines(name, SMALL, _width(block) - 2 * _GAP, 2, font_path)) for name in block.columns)
    return int(max(1, told) * SMALL * LINE) + 2 * _GAP


def _cell(sheet: Canvas, x: float, y: float, width: float, value: float, largest: float) -> None:
    inner, height = width - _GAP, _ROW - _GAP
    if 0 < value == largest:
        sheet.bar(x, y, inner, height, palette.AT_RISK, 10)
        sheet.bar(x + 5, y + 5, inner - 10, height - 10, shade(value, largest), 6)
    else:
        sheet.bar(x, y, inner, height, shade(value, largest))
    if value > 0:
        words = figures.number(value)
        sheet.text(x + inner / 2, y + height / 2, words, SMALL, palette.INK, "center")
