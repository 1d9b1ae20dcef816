"""Words around pushes: late ones say so."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

TOO_LATE = "过了时候，没有发出"
HAS_LEFT = "成员已离开团队"


def late(due_at: datetime, text: str, zone: ZoneInfo) -> str:
    """The text with a line that says when it should have come."""
    return f"<i>（补发：原定 {due_at.astimezone(zone):%m月%d日 %H:%M}）</i>\n{text}"
