"""A day in both calendars."""

from __future__ import annotations

from datetime import date

from almanac import festivals, lunar
from handlers.texts.days import WEEKDAYS


def told(on: date) -> str:
    """The day by the sun and by the moon, its weekday, and what is kept on it."""
    of = lunar.from_solar(on)
    kept = "、".join(festival.name for festival in festivals.on(on))
    line = f"📅 {on.year}年{on.month}月{on.day}日 周{WEEKDAYS[on.weekday()]}，{lunar.spoken(of.month, of.day, of.leap)}"
    return f"{line}，{kept}。" if kept else f"{line}。"
