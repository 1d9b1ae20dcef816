"""Which days are worked in mainland China, adjusted weekends included.

The State Council announces each year's days in the autumn before; until then the law's own holidays are taken and the
weekends are off, and `DayKind.official` is False so that the admin can be told.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
from chinese_calendar import constants

from almanac import festivals

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
# The names of chinesecalendar in Chinese.
HOLIDAY_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
# Days of holiday from the festival's day on.
# Source: 全国年节及纪念日放假办法, State Council decree 795, in force from 2025.
LAW_HOLIDAYS = (
    ("new_year", "元旦", 1),
    ("new_years_eve", "春节", 1),
    ("spring_festival", "春节", 3),
    ("qingming", "清明节", 1),
    ("labour_day", "劳动节", 2),
    ("dragon_boat", "端午节", 1),
    ("mid_autumn", "中秋节", 1),
    ("national_day", "国庆节", 3),
)
LONGEST_REST = 60  # no rest is longer; a file that rests for ever is a mistake


class BadOverrides(ValueError):
    """The override file cannot be used; `where` quotes the place.

    `code` is unreadable, not_json, wrong_shape, bad_date or both_ways.
    """

    def __init__(self, code: str, where: str = "") -> None:
        super().__init__(f"{code}: {where}" if where else code)
        self.code = code
        self.where = where


class NoWorkday(ValueError):
    """The overrides leave no working day within two months."""


@dataclass(frozen=True, slots=True)
class DayKind:
    """Whether a day is worked and why (in Chinese); `official` is False for the fallback only."""

    works: bool
    reason: str
    official: bool


_installed: dict[date, bool] = {}  # of this installation, for whoever gives no overrides


def install(overrides: Mapping[date, bool]) -> None:
    """These overrides hold wherever none are given: a process does this once, at its start."""
    _installed.clear()
    _installed.update(overrides)


@functools.cache
def announced_until() -> int:
    """Return the last year whose calendar is known."""
    last: date = max(constants.holidays)
    return last.year


@functools.cache
def _announced_since() -> int:
    first: date = min(constants.holidays)
    return first.year


def is_announced(year: int, overrides: Mapping[date, bool] | None = None) -> bool:
    """Return whether the working days of that year are known, from the State Council or from the overrides."""
    return _is_in_library(year) or any(day.year == year for day in (_installed if overrides is None else overrides))


def _is_in_library(year: int) -> bool:
    return _announced_since() <= year <= announced_until()


@functools.lru_cache(maxsize=4_096)
def _announced(day: date) -> DayKind:
    works = chinese_calendar.is_workday(day)
    name = HOLIDAY_NAMES.get(chinese_calendar.get_holiday_detail(day)[1] or "")
    weekday = WEEKDAYS[day.weekday()]
    if works:
        return DayKind(True, f"{weekday}，{name}调休上班" if name else f"{weekday}，工作日", official=True)
    return DayKind(False, f"{name}放假" if name else f"{weekday}，周末", official=True)


def by_law(day: date, *, announced: bool = False) -> DayKind:
    """Return what the law alone makes of a day: its own holidays and the weekends are off.

    `announced`: the year's other days are known from a file, so that nothing about this one is still open.
    """
    open_yet = "" if announced else "，调休安排尚未公布"
    for code, name, days in LAW_HOLIDAYS:
        first = festivals.day_of_code(code, day.year)
        if first is not None and first <= day < first + timedelta(days=days):
            return DayKind(False, f"{name}放假（法定{open_yet}）", official=announced)
    works = day.weekday() < 5
    told = f"（{open_yet[1:]}）" if open_yet else ""
    return DayKind(works, f"{WEEKDAYS[day.weekday()]}，{'工作日' if works else '周末'}{told}", official=announced)


def kind(day: date, overrides: Mapping[date, bool] | None = None) -> DayKind:
    """Return whether a day is worked and why; an override (True: worked) goes before the calendar.

    Raises: lunar.ImpossibleLunarDate for a year outside 1901-2100.
    """
    overrides = _installed if overrides is None else overrides
    if day in overrides:
        works = overrides[day]
        return DayKind(works, "团队设定：上班" if works else "团队设定：休息", official=True)
    if _is_in_library(day.year):
        return _announced(day)
    return by_law(day, announced=is_announced(day.year, overrides))


def is_workday(day: date, overrides: Mapping[date, bool] | None = None) -> bool:
    """Return whether a day is worked."""
    return kind(day, overrides).works


def next_workday(day: date, overrides: Mapping[date, bool] | None = None) -> date:
    """Return the first working day after the given one.

    Raises: NoWorkday when the overrides rest for two months.
    """
    for ahead in range(1, LONGEST_REST + 1):
        if is_workday(day + timedelta(days=ahead), overrides):
            return day + timedelta(days=ahead)
    raise NoWorkday(day.isoformat())


def _read(path: Path) -> dict[str, list[object]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BadOverrides("not_json", f"line {error.lineno}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadOverrides("unreadable", type(error).__name__) from None
    shaped = isinstance(content, dict) and set(content) <= {"work", "rest"}
    if not shaped or not all(isinstance(days, list) for days in content.values()):
        raise BadOverrides("wrong_shape")
    return dict(content)


def _parse_day(text: object) -> date:
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        raise BadOverrides("bad_date", str(text)) from None
    if day.isoformat() != text:
        raise BadOverrides("bad_date", str(text))
    return day


def load_overrides(path: Path) -> dict[date, bool]:
    """Return the days of an override file, True where worked.

    The file is JSON: {"work": ["2027-02-14"], "rest": ["2027-02-05", "2027-02-08"]}.
    Raises: BadOverrides when it cannot be read, has another shape, a bad date, or one day both ways.
    """
    overrides: dict[date, bool] = {}
    for word, days in _read(path).items():
        for text in days:
            day = _parse_day(text)
            if overrides.get(day, word == "work") != (word == "work"):
                raise BadOverrides("both_ways", day.isoformat())
            overrides[day] = word == "work"
    return overrides
