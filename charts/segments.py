"""The value x churn groups: who they are, what they bring in, and how much of it may be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, LARGE, MARGIN, SMALL, WIDTH, Canvas

_ROW, _CALLOUT = 148, 230
_INNER = WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class SegmentBar:
    """One group; `money_fen` is the net money of the window that the subtitle names."""

    name: str
    customers: int
    money_fen: int
    at_risk: bool


def segments(bars: Sequence[SegmentBar], *, title: str, subtitle: str, font_path: Path | None = None) -> bytes:
    """A PNG, 1080 px wide: the money at stake in large, then a bar of money for each group, in the given order."""
    return sheet(bars, title=title, subtitle=subtitle, font_path=font_path).png()


def sheet(bars: Sequence[SegmentBar], *, title: str, subtitle: str, font_path: Path | None = None) -> Canvas:
    """The picture of `segments` before it is a PNG."""
    header = canvas.Header(title, subtitle, font_path)
    at_stake = any(bar.at_risk for bar in bars)
    top = header.height + (_CALLOUT if at_stake else 0)
    drawn = Canvas(int(top + len(bars) * _ROW + MARGIN), font_path)
    header.draw(drawn)
    if at_stake:
        _callout(drawn, bars, header.height + 10)
    for index, bar in enumerate(bars):
        _row(drawn, bar, bars, top + index * _ROW)
    return drawn


def _callout(sheet: Canvas, bars: Sequence[SegmentBar], y: float) -> None:
    total = sum(max(0, bar.money_fen) for bar in bars)
    risky = [bar for bar in bars if bar.at_risk]
    stake = sum(max(0, bar.money_fen) for bar in risky)
    sheet.bar(MARGIN, y, _INNER, _CALLOUT - 40, palette.WARM, 24)
    amount = figures.yuan(stake)
    size = sheet.largest(amount, 400)
    sheet.text(MARGIN + 36, y + 95, amount, size, palette.AT_RISK)
    x = MARGIN + 36 + sheet.breadth(amount, size) + 36
    customers = sum(bar.customers for bar in risky)
    sheet.text(x, y + 66, f"可能流失，占总额 {figures.share(stake, total)}", BODY)
    sheet.text(x, y + 126, f"来自 {customers:,} 位易流失客户", SMALL, palette.MUTED)


def _row(sheet: Canvas, bar: SegmentBar, bars: Sequence[SegmentBar], y: float) -> None:
    most = max([entry.money_fen for entry in bars] + [1])
    total = sum(max(0, entry.money_fen) for entry in bars)
    colour = palette.AT_RISK if bar.at_risk else palette.STABLE
    if bar.money_fen <= 0:
        colour = palette.AT_RISK if bar.at_risk else palette.NEUTRAL
    name = sheet.shortened(bar.name, BODY, 330)
    sheet.text(MARGIN, y + 36, name, BODY, palette.INK)
    people = MARGIN + sheet.breadth(name, BODY) + 24
    sheet.text(people, y + 36, f"{bar.customers:,} 位", SMALL, palette.MUTED)
    percent = figures.share(bar.money_fen, total)
    sheet.text(WIDTH - MARGIN, y + 36, percent, SMALL, palette.MUTED, "right")
    sheet.text(WIDTH - MARGIN - 105, y + 36, figures.yuan(bar.money_fen), LARGE, colour, "right")
    sheet.bar(MARGIN, y + 76, _INNER, 36, palette.TRACK)
    if bar.money_fen > 0:
        sheet.bar(MARGIN, y + 76, max(12.0, _INNER * bar.money_fen / most), 36, colour)
