"""Calendar months by their first day, their working days, and how people name one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from almanac import workdays
from nlp import lazy
from nlp.when import numerals

_NAMED = lazy.regex(
    r"(?P<this>本月|这个?月|当月|今月)|(?P<next>下个?月)|(?P<last>上个?月)"
    r"|(?:(?P<year>\d{4}|今年|明年|去年)\s*[年./-]?\s*)?(?<!\d)(?P<month>1[0-2]|0?[1-9])\s*月(?:份|[底初末](?![一-鿿]))?(?!\d)"
    r"|(?P<y>20\d{2})[./-](?P<m>1[0-2]|0?[1-9])(?![./-]?\d)"
)
_SPOKEN = lazy.regex(
    "(?<![第个零一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])月份?(?![零一二三四五六七八九十廿\\d]{1,3}[号日])"
)
_OF_A_NAME = lazy.regex("(?<=[一-鿿])[一二三四五六七八九十]月[底初末中]")  # 李四 月底
_FAR = 6  # months: a bare 1月 in December is next year's, a bare 11月 in March is this year's


@dataclass(frozen=True, slots=True)
class Pace:
    """Working days of a month: how many there are, and how many are over at the end of a day."""

    worked: int
    total: int


def first(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)


def shifted(month: date, by: int) -> date:
    """The first day of the month that lies `by` months after.

    >>> shifted(date(2026, 1, 31), -2), shifted(date(2026, 12, 1), 1)
    (datetime.date(2025, 11, 1), datetime.date(2027, 1, 1))
    """
    number = month.year * 12 + month.month - 1 + by
    return date(number // 12, number % 12 + 1, 1)


def last(month: date) -> date:
    """The last day of the month."""
    return shifted(month, 1) - timedelta(days=1)


def pace(month: date, today: date) -> Pace:
    """The working days of the month up to today, today included."""
    days = [month + timedelta(days=at) for at in range((last(month) - month).days + 1)]
    worked = [day for day in days if workdays.is_workday(day)]
    return Pace(sum(day <= today for day in worked), len(worked))


def name(month: date, today: date) -> str:
    """What the month is called: 3月, of another year 2025年3月."""
    return f"{month.month}月" if month.year == today.year else f"{month.year}年{month.month}月"


def take(text: str, today: date) -> tuple[date | None, str]:
    """The first month that the words name, and the text without it.

    >>> take("小李 本月 30万", date(2026, 3, 18)), take("展会 2026年2月 5000", date(2026, 3, 18))[0]
    ((datetime.date(2026, 3, 1), '小李  30万'), datetime.date(2026, 2, 1))
    >>> take("四月", date(2026, 3, 18))[0], take("十一月份", date(2026, 12, 1))[0]
    (datetime.date(2026, 4, 1), datetime.date(2026, 11, 1))
    >>> take("2027年四月", date(2026, 3, 18)), take("李四月底 5000", date(2026, 3, 18))
    ((datetime.date(2027, 4, 1), ''), (None, '李四月底 5000'))
    """
    plain = numerals.plain(text)
    found = _NAMED.search(plain)
    if found is None and (spoken := _SPOKEN.search(text)) and not _OF_A_NAME.match(text, spoken.start()):
        month, rest = take(text[: spoken.start()] + _as_number(spoken.group()) + text[spoken.end() :], today)
        return month, rest if month is not None else text
    if found is None or len(plain) != len(text):
        return None, text
    return _month(found, first(today)), text[: found.start()] + text[found.end() :]


def _as_number(spoken: str) -> str:
    return f"{numerals.integer(spoken.rstrip('月份'))}月"


def _month(found: re.Match[str], this: date) -> date:
    if found["this"] or found["next"] or found["last"]:
        return shifted(this, 1 if found["next"] else -1 if found["last"] else 0)
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), 1)
    number, year = int(found["month"]), found["year"]
    if year:
        spoken = {"今年": 0, "明年": 1, "去年": -1}
        return date(this.year + spoken[year] if year in spoken else int(year), number, 1)
    near = date(this.year, number, 1)
    if (near.year - this.year) * 12 + near.month - this.month < -_FAR:
        return date(this.year + 1, number, 1)
    return near
