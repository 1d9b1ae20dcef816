"""Stretches of days as they are named in questions: 上个月, 近30天, 2月份, 上季度. Days, both included, never ahead."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from nlp import lazy
from nlp.questions import named_days
from nlp.when import numerals

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
_UNITS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "个月": 30, "月": 30, "年": 365}
_YEARS = r"(?:20)?\d\d年|今年|去年|前年"
_TO = "[ ]?(?:到|至|—+|[-~～])[ ]?"
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


def _year(said: str | None, today: date) -> int | None:
    """The year as it is said: 今年, 去年, 前年, 2025年, 25年."""
    if not said:
        return None
    near = {"今年": 0, "去年": 1, "前年": 2}.get(said)
    return today.year - near if near is not None else 2000 + int(said.rstrip("年")) % 100


def _named_year(match: re.Match[str], today: date) -> Days | None:
    year = _year(match["year"], today)
    if year is None or year > today.year:
        return None
    return f"{year}年", date(year, 1, 1), min(today, date(year, 12, 31))


def _half(match: re.Match[str], today: date) -> Days | None:
    """上半年, 去年下半年: one that has begun."""
    first = 1 if match["half"] == "上" else 7
    year = _year(match["year"], today)
    if year is None:
        year = today.year if first <= today.month else today.year - 1
    begin = date(year, first, 1)
    if begin > today:
        return None
    called = f"{match['half']}半年" if year == today.year else f"{year}年{match['half']}半年"
    return called, begin, min(today, _month(begin, -6) - _DAY)


def _day(month: int, day: int, year: int | None, today: date) -> date | None:
    """The day of this year, or of the last one where it would be ahead."""
    try:
        found = date(year or today.year, month, day)
        return found if found <= today or year else date(today.year - 1, month, day)
    except ValueError:
        return None


def _called(day: date, today: date) -> str:
    return f"{'' if day.year == today.year else f'{day.year}年'}{day.month}月{day.day}日"


def _dates(match: re.Match[str], today: date) -> Days | None:
    """3月10号, 3月1号到10号, 2月20日-3月5日: not ahead, the first before the last."""
    year, month = _year(match["year"], today), int(match["month"])
    first = _day(month, int(match["day"]), year, today)
    if first is None or not match["day2"]:
        return None if first is None or first > today else (_called(first, today), first, first)
    month2, day2 = int(match["month2"] or month), int(match["day2"])
    is_over_new_year = (month2, day2) < (month, first.day) and match["month2"] is not None
    last = _day(month2, day2, first.year + is_over_new_year, today)
    if last is None or not first <= today or not first <= last:
        return None
    return f"{_called(first, today)}到{last.month}月{last.day}日", first, min(last, today)


def _named_month(match: re.Match[str], today: date) -> Days | None:
    month = numerals.integer(match["month"]) or 0
    if not 1 <= month <= 12:
        return None
    year = _year(match["year"], today)
    if year is None:
        year = today.year if month <= today.month else today.year - 1
    if (year, month) > (today.year, today.month):
        return None
    called = f"{month}月" if year == today.year else f"{year}年{month}月"
    return called, *_whole_month(date(year, month, 1), today)


def _part_of_month(match: re.Match[str], today: date) -> Days | None:
    """3月上旬, 上个月下旬, 本月上半月: a part that has begun."""
    if match["month"]:
        if (whole := _named_month(match, today)) is None:
            return None
        called, first = whole[0], whole[1]
    else:
        back = len(match["back"] or "")
        called, first = ("本月", "上月", "上上月")[back], _month(today, back)
    part, is_tenth = match["part"], "旬" in match["part"]
    days = {"上": (1, 10 if is_tenth else 15), "中": (11, 20), "下": (21 if is_tenth else 16, 31)}[part[0]]
    begin, end = first.replace(day=days[0]), min(first + (days[1] - 1) * _DAY, _month(first, -1) - _DAY)
    return (f"{called}{part[0]}{'旬' if is_tenth else '半月'}", begin, min(end, today)) if begin <= today else None


def _named_quarter(match: re.Match[str], today: date) -> Days | None:
    """一季度, 去年四季度: one that has begun."""
    number = "一二三四".index(match["quarter"]) + 1 if match["quarter"] in "一二三四" else int(match["quarter"])
    year = _year(match["year"], today)
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
    if days % 360 == 0 and "月" in match["unit"]:
        days = days // 360 * 365  # twelve months are a year
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
    (
        rf"(?P<year>{_YEARS})?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})[号日]?(?:(?<=[号日])|(?=[到至—~～-]))"
        rf"(?:{_TO}(?:(?P<month2>\d{{1,2}})月)?(?P<day2>\d{{1,2}})[号日])?",
        _dates,
    ),
    (rf"(?P<year>{_YEARS})?的?(?P<half>[上下])半年", _half),
    (
        rf"(?:(?P<year>{_YEARS})?(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?的?"
        "|(?:(?P<back>上上?)个?|[本这当]个?)月份?的?)?(?P<part>[上中下]旬|[上下]半个?月)",
        _part_of_month,
    ),
    (rf"(?P<year>{_YEARS})?(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])月份?", _named_month),
    (rf"(?P<year>{_YEARS})?的?第?(?P<quarter>[一二三四1-4])季度?", _named_quarter),
    ("今[天日儿]|今儿个", lambda _, day: ("今天", day, day)),
    ("昨[天日儿]", lambda _, day: ("昨天", day - _DAY, day - _DAY)),
    ("前[天日]", lambda _, day: ("前天", day - 2 * _DAY, day - 2 * _DAY)),
    (named_days.WEEKDAY, named_days.weekdays),
    (named_days.DAY_OF_MONTH, named_days.days_of_month),
    ("上上个?(?:周|星期|礼拜)", lambda _, day: ("上上周", _week(day) - 14 * _DAY, _week(day) - 8 * _DAY)),
    ("上个?(?:周|星期|礼拜)", lambda _, day: ("上周", _week(day) - 7 * _DAY, _week(day) - _DAY)),
    ("(?:本|这个?|当)(?:周|星期|礼拜)", lambda _, day: ("本周", _week(day), day)),
    ("上上个?月", lambda _, day: ("上上月", *_whole_month(_month(day, 2), day))),
    ("上个?月份?", lambda _, day: ("上月", *_whole_month(_month(day, 1), day))),
    ("(?:本|这个?|当)月份?|月初(?:以来|到现在|到今天|至今)", lambda _, day: ("本月", _month(day), day)),
    ("上个?季度?", lambda _, day: ("上季度", *_quarter(day, 1))),
    ("(?:本|这个?)季度?", lambda _, day: ("本季度", *_quarter(day, 0))),
    (r"(?P<year>20\d\d年|前年)", _named_year),
    ("去年|上一年", lambda _, day: ("去年", date(day.year - 1, 1, 1), date(day.year - 1, 12, 31))),
    ("今年|本年度?|年初(?:以来|到现在|到今天|至今)", lambda _, day: ("今年", date(day.year, 1, 1), day)),
    ("(?:最近|过去|[这近])几天", lambda _, day: _back("近7天", day, 7)),
    ("最近|近期|近来|近段时间|这段时间|这阵子?", lambda _, day: _back(f"近{LATELY}天", day, LATELY)),
)
_PATTERNS = tuple((lazy.regex(pattern), days) for pattern, days in _RULES)
_FIRST = frozenset("最近过这半今去昨前上中下本当年月第一二三四五六七八九十0123456789周星礼")  # of each
WORDS = ("上个月", "这个月", "本月", "上周", "本周", "这周", "上季度", "本季度", "去年", "今年", "最近", "昨天", "今天")
"""Those that are also known by their sound alone."""


def last(days: int, today: date) -> Period:
    """So many days up to today."""
    return Period(*_back(f"近{days}天", today, days))


_YEAR_SAID = lazy.regex(r"今年|20\d\d年")
_SAME_DAYS = lazy.regex("去年(?:的)?同[期月]|上年同期|同期")


@dataclass(frozen=True, slots=True)
class Place:
    """A period with where its words stand in the text."""

    period: Period
    start: int
    end: int


def every(text: str, today: date) -> list[Place]:
    """All periods that the text names, in its order; 去年同期 is that of the first one, else of this month.

    >>> [one.period.words for one in every("3月和2月比", date(2026, 3, 18))]
    ['3月', '2月']
    >>> every("上个月和去年同月比", date(2026, 3, 18))[1].period.first
    datetime.date(2025, 2, 1)
    """
    found: list[Place] = []
    same: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        if match := _SAME_DAYS.match(text, place):
            same.append(match.span())
            place = match.end()
        elif not (place and text[place - 1].isdigit() and text[place].isdigit()) and (
            one := _named(text, place, today)
        ):
            found += [Place(one[0], place, one[1])] if one[0] is not None else []
            place = one[1]
        else:
            place += 1
    base = found[0].period if found else Period("本月", _month(today), today)
    found += [Place(_year_before(base, today), *span) for span in same]
    return sorted(found, key=lambda one: one.start)


def to_come(text: str, today: date) -> str:
    """The first days of a year that is named which have not begun, as they are called; '' where there are none.

    >>> to_come("今年4月业绩", date(2026, 3, 18)), to_come("今年3月业绩", date(2026, 3, 18))
    ('今年4月', '')
    """
    for year in _YEAR_SAID.finditer(text):
        if (found := _named(text, year.start(), today)) and found[0] is None:
            return text[year.start() : found[1]]
    return ""


def _year_before(base: Period, today: date) -> Period:
    """The same days a year ago, all of the month where the period is one that is over."""
    first, last = _shifted(base.first), _shifted(base.last)
    if base.first.day == 1 and (base.last + _DAY).day == 1:
        last = _month(last, -1) - _DAY
    return Period("去年同期", first, last)


def _shifted(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def at(text: str, start: int, today: date) -> tuple[Period, int] | None:
    """The period that is named at this place, and where its name ends; None where none is."""
    period, end = _named(text, start, today) or (None, start)
    return None if period is None else (period, end)


def _named(text: str, start: int, today: date) -> tuple[Period | None, int] | None:
    """As `at`, but with None for days that have not begun: 今年4月 in March is neither 今年 nor the last April."""
    for pattern, days in _PATTERNS if text[start] in _FIRST else ():
        if match := pattern.match(text, start):
            found = days(match, today)
            return None if found is None else Period(*found), match.end()
    return None
