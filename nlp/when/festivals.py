"""When the festivals that reps name fall, for 'before X' and 'on X'."""

import re
from datetime import date, timedelta

from almanac import festivals, lunar, workdays

_SOLAR = {
    "元旦": (1, 1),
    "女神节": (3, 8),
    "光棍节": (11, 11),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "三八妇女节": (3, 8),
    "植树节": (3, 12),
    "愚人节": (4, 1),
    "五一": (5, 1),
    "五一节": (5, 1),
    "劳动节": (5, 1),
    "五一劳动节": (5, 1),
    "青年节": (5, 4),
    "五四": (5, 4),
    "护士节": (5, 12),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "六一儿童节": (6, 1),
    "六一八": (6, 18),
    "618": (6, 18),
    "建党节": (7, 1),
    "建军节": (8, 1),
    "八一建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "国庆节": (10, 1),
    "十一国庆": (10, 1),
    "十一黄金周": (10, 1),
    "十一": (10, 1),
    "记者节": (11, 8),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
    "圣诞节": (12, 25),
    "万圣节": (10, 31),
    "跨年": (12, 31),
    "跨年夜": (12, 31),
}
_LUNAR = {
    "春节": (1, 1),
    "农历新年": (1, 1),
    **{f"大年初{word}": (1, day) for day, word in enumerate("一二三四五六七八九十", 1)},
    "大年十五": (1, 15),
    "过年": (1, 1),
    "元宵": (1, 15),
    "元宵节": (1, 15),
    "端午": (5, 5),
    "端午节": (5, 5),
    "七夕": (7, 7),
    "七夕节": (7, 7),
    "中元节": (7, 15),
    "中秋": (8, 15),
    "中秋节": (8, 15),
    "重阳": (9, 9),
    "重阳节": (9, 9),
    "腊八": (12, 8),
    "腊八节": (12, 8),
    "小年": (12, 23),
    "龙抬头": (2, 2),
}
_TERMS = {
    **{f"{term}{end}": term for term in ("清明", "冬至", "立春", "立夏", "立秋", "立冬", "夏至") for end in ("", "节")},
    **{term: term for term in ("谷雨", "惊蛰", "春分", "芒种", "小暑", "大暑", "处暑", "白露", "秋分", "寒露", "霜降")},
    **{term: term for term in ("小寒", "大寒", "雨水", "小满", "小雪", "大雪")},
}
ALSO_WORDS = frozenset(("雨水", "小满", "小雪", "大雪", "白露", "谷雨", "惊蛰", "春分", "霜降", "大寒", "处暑"))
"""Solar terms that are also weather or names: a day only with 那天, 前, 后 and the like."""
_EVE = {"大年夜", "除夕", "除夕夜", "大年三十", "年三十", "年夜饭"}
_NTH_WEEKDAY = {"母亲节": (5, 2, 6), "父亲节": (6, 3, 6), "感恩节": (11, 4, 3)}
_BREAK_DAYS = {"国庆": 7, "十一": 7, "五一": 5, "劳动": 5, "春节": 8, "过年": 8}
"""Days of the break from the festival on. Source: State Council holiday rules of 2024 (春节 counted to 初八)."""

_SHORT_BREAKS = ("元旦", "清明", "端午", "中秋")
_NAMES = sorted({*_SOLAR, *_LUNAR, *_TERMS, *_EVE, *_NTH_WEEKDAY}, key=len, reverse=True)
NAMES = "(?:" + "|".join(map(re.escape, _NAMES)) + ")"


YEARLY = {
    name: f"{calendar}{month}月{day}日"
    for calendar, days in (("", _SOLAR), ("农历", _LUNAR))
    for name, (month, day) in sorted(days.items(), key=lambda one: -len(one[0]))
    if name not in ("十一", "六一八", "618")  # numbers as well
}
"""Festivals of one day each year, the longest names of a calendar first, as the day is written: 五一 → 5月1日."""


def solar_of_lunar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The solar date of a lunar one, the last day of the month when the month is short, or None outside the tables."""
    for candidate in (day, day - 1) if day == 30 else (day,):
        try:
            return lunar.to_solar(year, month, candidate, leap)
        except lunar.ImpossibleLunarDate:
            continue
    return None


def date_of(name: str, year: int) -> date | None:
    """The date of the festival in the solar year (for 腊月 festivals: of the lunar year before), or None."""
    if name in _SOLAR:
        return date(year, *_SOLAR[name])
    if name in _TERMS:
        return festivals.date_of(_TERMS[name], year)
    if name in _EVE:
        new_year = solar_of_lunar(year, 1, 1)
        return new_year - timedelta(days=1) if new_year else None
    if name in _NTH_WEEKDAY:
        month, nth, weekday = _NTH_WEEKDAY[name]
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if name in _LUNAR:
        month, day = _LUNAR[name]
        return solar_of_lunar(year - 1 if month >= 11 else year, month, day)
    return None


def next_of(name: str, today: date) -> date | None:
    """The next time the festival falls, today included."""
    for year in (today.year, today.year + 1, today.year + 2):
        found = date_of(name, year)
        if found and found >= today:
            return found
    return None


def next_lunar(month: int, day: int, today: date, leap: bool = False) -> date | None:
    """The next solar date of a lunar day, today included; a leap month years away counts as the plain one."""
    for year in range(today.year - 1, today.year + 3):
        found = solar_of_lunar(year, month, day, leap) or (solar_of_lunar(year, month, day) if leap else None)
        if found and found >= today:
            return found
    return None


def after_break(name: str, on: date) -> date:
    """The first day after the festival's break: of a long one by its days, of a public holiday the next working day."""
    bare = name.removesuffix("节")
    if bare in _SHORT_BREAKS:
        return workdays.next_workday(on)
    days = _BREAK_DAYS.get(name) or _BREAK_DAYS.get(bare, 1)
    return on + timedelta(days=days)


def workday_beside(name: str, today: date, is_after: bool) -> date | None:
    """The first working day after the festival and its break, or the last one before; the next that is to come."""
    for year in (today.year, today.year + 1):
        on = date_of(name, year)
        if on is None:
            continue
        if is_after:
            found = workdays.next_workday(on)
        else:
            found = next(day for n in range(1, 60) if workdays.is_workday(day := on - timedelta(days=n)))
        if found >= today:
            return found
    return None


def yearly_code(name: str) -> str | None:
    """The tail of a YEARLY recurrence: MM-DD, lunar:MM-DD, or the festival's name where neither is fixed."""
    if name in _SOLAR:
        return "{:02d}-{:02d}".format(*_SOLAR[name])
    if name in _LUNAR:
        return "lunar:{:02d}-{:02d}".format(*_LUNAR[name])
    return name if name in _NAMES else None
