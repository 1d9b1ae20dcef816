"""Stretches of days as they are named in questions: 上个月, 近30天, 2月份, 上季度. Days, both included, never ahead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nlp import lazy

LATELY = 30  # days of 最近
LONGEST = 730
_DAY = timedelta(days=1)
_COUNTS = {
    "半": 0.5,
    "一": 1,
    "两": 2,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
}
_MONTHS = {**{name: place for place, name in enumerate("一二三四五六七八九十", 1)}, "十一": 11, "十二": 12}
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个月": 30, "月": 30, "年": 365}
Days = tuple[str, date, date]


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, and what they are called."""

    words: str
    first: date
    last: date


def _week(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _month(day: date, back: int = 0) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def _back(words: str, day: date, days: int) -> Days:
    return words, day - timedelta(days=days - 1), day


def _whole_month(first: date, today: date) -> tuple[date, date]:
    return first, min(today, _month(first, -1) - _DAY)


def _named_month(match: re.Match[str], today: date) -> Days | None:
    month = _number(match["month"])
    if not 1 <= month <= 12:
        return None
    year = {"今年": today.year, "去年": today.year - 1}.get(match["year"] or "")
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    if (year, month) > (today.year, today.month):
        return None
    called = f"{month}月" if year == today.year else f"{year}年{month}月"
    return called, *_whole_month(date(year, month, 1), today)


def _number(said: str) -> int:
    """A month's number: 3, 三, 十一."""
    return int(said) if said.isdigit() else _MONTHS[said]


def _named_quarter(match: re.Match[str], today: date) -> Days | None:
    """一季度, 去年四季度: one that has begun."""
    number = "一二三四".index(match["quarter"]) + 1 if match["quarter"] in "一二三四" else int(match["quarter"])
    year = {"今年": today.year, "去年": today.year - 1}.get(match["year"] or "")
    if year is None:
        year = today.year if number * 3 - 2 <= today.month else today.year - 1
    first = date(year, number * 3 - 2, 1)
    if first > today:
        return None
    called = f"{number}季度" if year == today.year else f"{year}年{number}季度"
    return called, first, min(today, _month(first, -3) - _DAY)


def _last_days(match: re.Match[str], today: date) -> Days | None:
    count = _COUNTS.get(match["count"]) or float(match["count"] or 1)
    days = round(count * _UNITS[match["unit"]])
    if not 1 <= days <= LONGEST:
        return None
    return _back(f"近{days}天", today, days)


def _quarter(today: date, back: int) -> tuple[date, date]:
    first = _month(today, (today.month - 1) % 3 + 3 * back)
    return first, min(today, _month(first, -3) - _DAY)


_RULES: tuple[tuple[str, Callable[[re.Match[str], date], Days | None]], ...] = (
    (
        rf"(?:最?近|过去|这)(?P<count>\d{{1,3}}|[{''.join(_COUNTS)}])个?(?P<unit>{'|'.join(_UNITS)})(?:之?内|以?来|里)?",
        _last_days,
    ),
    ("(?P<count>半)(?P<unit>年|个月)(?:之?内|以?来)", _last_days),
    (r"近(?P<count>)(?P<unit>一?年)(?:之?内|以来|里)?", lambda _, day: _back("近365天", day, 365)),
    (r"(?P<year>今年|去年)?(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九])月份?", _named_month),
    (r"(?P<year>今年|去年)?第?(?P<quarter>[一二三四1-4])季度?", _named_quarter),
    ("今[天日儿]|今儿个", lambda _, day: ("今天", day, day)),
    ("昨[天日儿]", lambda _, day: ("昨天", day - _DAY, day - _DAY)),
    ("前[天日]", lambda _, day: ("前天", day - 2 * _DAY, day - 2 * _DAY)),
    ("上上个?(?:周|星期|礼拜)", lambda _, day: ("上上周", _week(day) - 14 * _DAY, _week(day) - 8 * _DAY)),
    ("上个?(?:周|星期|礼拜)", lambda _, day: ("上周", _week(day) - 7 * _DAY, _week(day) - _DAY)),
    ("(?:本|这个?|当)(?:周|星期|礼拜)", lambda _, day: ("本周", _week(day), day)),
    ("上上个?月", lambda _, day: ("上上月", *_whole_month(_month(day, 2), day))),
    ("上个?月份?", lambda _, day: ("上月", *_whole_month(_month(day, 1), day))),
    ("(?:本|这个?|当)月份?", lambda _, day: ("本月", _month(day), day)),
    ("上个?季度?", lambda _, day: ("上季度", *_quarter(day, 1))),
    ("(?:本|这个?)季度?", lambda _, day: ("本季度", *_quarter(day, 0))),
    ("去年|上一年", lambda _, day: ("去年", date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
    ("今年|本年度?|年初(?:以来|到现在)", lambda _, day: ("今年", date(day.year, 1, 1), day)),
    ("最近|近期|近来|近段时间|这段时间|这阵子?", lambda _, day: _back(f"近{LATELY}天", day, LATELY)),
)
_PATTERNS = tuple((lazy.regex(pattern), days) for pattern, days in _RULES)
_FIRST = frozenset(
    "最近过这半今去昨前上本当年第一二三四五六七八九十0123456789"
)  # characters with which one of them begins
WORDS = ("上个月", "这个月", "本月", "上周", "本周", "这周", "上季度", "本季度", "去年", "今年", "最近", "昨天", "今天")
"""Those that are also known by their sound alone."""


def last(days: int, today: date) -> Period:
    """So many days up to today."""
    return Period(*_back(f"近{days}天", today, days))


def at(text: str, start: int, today: date) -> tuple[Period, int] | None:
    """The period that is named at this place, and where its name ends; None where none is."""
    for pattern, days in _PATTERNS if text[start] in _FIRST else ():
        if (match := pattern.match(text, start)) and (found := days(match, today)):
            return Period(*found), match.end()
    return None
