"""A picture drawn by another process, or none where no font can show Chinese."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog

from charts import font
from handlers.context import Context

log = structlog.get_logger()


async def draw(context: Context, chart: Callable[..., bytes], *given: Any, **named: Any) -> bytes | None:
    """The PNG of the chart; its arguments must be picklable. None without a font, which is logged."""
    try:
        return bytes(
            await context.services.heavy(partial(chart, font_path=context.services.font_path, **named), *given)
        )
    except font.NoChineseFont as error:
        log.warning("no_chinese_font", looked_for=str(error))
        return None
