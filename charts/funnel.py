"""Stages from first contact to deal: how many are left, and where most are lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from charts import canvas, figures, palette
from charts.canvas import BODY, LARGE, MARGIN, SMALL, WIDTH, Canvas

_BAR, _STEP = 120, 74
_INNER = WIDTH - 2 * MARGIN


@dataclass(frozen=True)
class FunnelStage:
    """One stage and how many reached it; `money_fen` is left out of the picture when None."""

    name: str
    reached: int
    money_fen: int | None = None


def funnel(stages: Sequence[FunnelStage], *, title: str, subtitle: str = "", font_path: Path | None = None) -> bytes:
    """A PNG, 1080 px wide: a bar per stage, between them the share that went on, the leakiest step in orange."""
    return sheet(stages, title=title, subtitle=subtitle, font_path=font_path).png()


def sheet(stages: Sequence[FunnelStage], *, title: str, subtitle: str = "", font_path: Path | None = None) -> Canvas:
    """The picture of `funnel` before it is a PNG."""
    header = canvas.Header(title, subtitle, font_path)
    drawn = Canvas(header.height + len(stages) * _BAR + max(0, len(stages) - 1) * _STEP + MARGIN, font_path)
    header.draw(drawn)
    leak = leakiest(stages)
    for index, stage in enumerate(stages):
        y = header.height + index * (_BAR + _STEP)
        _draw_stage(drawn, stage, stages, y)
        if index:
            _draw_step(drawn, stages[index - 1], stage, y - _STEP / 2, index == leak)
    return drawn


def leakiest(stages: Sequence[FunnelStage]) -> int | None:
    """Index of the stage that the smallest share of the one before reached; None if no step lost anybody."""
    kept = {
        index: stages[index].reached / stages[index - 1].reached
        for index in range(1, len(stages))
        if stages[index - 1].reached > 0
    }
    worst = min(kept, key=lambda index: kept[index], default=None)
    return worst if worst is not None and kept[worst] < 1 else None


def _draw_stage(sheet: Canvas, stage: FunnelStage, stages: Sequence[FunnelStage], y: float) -> None:
    most = max([entry.reached for entry in stages] + [1])
    sheet.text(MARGIN, y + 32, sheet.shortened(stage.name, BODY, 420), BODY)
    count = f"{stage.reached:,}"
    sheet.text(WIDTH - MARGIN, y + 32, count, LARGE, palette.STABLE, "right")
    if stage.money_fen is not None:
        x = WIDTH - MARGIN - sheet.breadth(count, LARGE) - 28
        sheet.text(x, y + 32, figures.yuan(stage.money_fen), SMALL, palette.MUTED, "right")
    sheet.bar(MARGIN, y + 72, _INNER, 40, palette.TRACK)
    if stage.reached > 0:
        sheet.bar(MARGIN, y + 72, max(12.0, _INNER * stage.reached / most), 40, palette.STABLE)


def _draw_step(sheet: Canvas, before: FunnelStage, after: FunnelStage, y: float, leak: bool) -> None:
    words = f"↓ {figures.share(after.reached, before.reached)} 进入下一步"
    if leak:
        words += f"，留下最少（少了 {before.reached - after.reached:,}）"
    sheet.text(MARGIN, y, words, SMALL, palette.AT_RISK if leak else palette.MUTED)
