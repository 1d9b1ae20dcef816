"""Days and moments as people say them: relative when near, with the date in brackets."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

WEEKDAYS = "一二三四五六日"
NEAR = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}


def day(on: date, today: date) -> str:
    """The day.

    >>> day(date(2026, 11, 29), date(2026, 11, 28)), day(date(2026, 12, 4), date(2026, 11, 28))
    ('明天（11月29日 周日）', '下周五（12月4日）')
    >>> day(date(2027, 3, 1), date(2026, 11, 28))
    '2027年3月1日（周一）'
    """
    weekday = "周" + WEEKDAYS[on.weekday()]
    plain = f"{on.month}月{on.day}日"
    ahead = (on - today).days
    if ahead in NEAR:
        return f"{NEAR[ahead]}（{plain} {weekday}）"
    weeks = (on.toordinal() - 1) // 7 - (today.toordinal() - 1) // 7
    if ahead > 0 and weeks in (0, 1):
        return f"{'下' if weeks else '本'}{weekday}（{plain}）"
    return f"{plain}（{weekday}）" if on.year == today.year else f"{on.year}年{plain}（{weekday}）"


def moment(at: datetime, has_time: bool, zone: ZoneInfo, now: datetime) -> str:
    """The day, and the time where one was said."""
    local = at.astimezone(zone)
    spoken = day(local.date(), now.astimezone(zone).date())
    return f"{spoken} {local:%H:%M}" if has_time else spoken


def ago(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """How long ago, for lists: 今天 14:05, 昨天, 3天前, 11月2日, 2025年11月2日."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    passed = (today - local.date()).days
    if passed == 0:
        return f"今天 {local:%H:%M}"
    if passed == 1:
        return "昨天"
    if 1 < passed < 15:
        return f"{passed}天前"
    plain = f"{local.month}月{local.day}日"
    return plain if local.year == today.year else f"{local.year}年{plain}"
