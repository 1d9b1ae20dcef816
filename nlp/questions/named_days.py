"""Days without a month as they are named in questions about what has been: 上周五, 周一到周三, 18号. None is ahead."""

from __future__ import annotations

import re
from datetime import date, timedelta

from nlp import lazy

_TO = "[ ]?(?:到|至|—+|[-~～])[ ]?"
_WEEK, _NAMES = "个?(?:周|星期|礼拜)", "[一二三四五六日天]"
WEEKDAY = (
    rf"(?<![下个])(?P<week>上{{1,2}}|[本这])?{_WEEK}(?P<weekday>{_NAMES})"
    rf"(?:{_TO}(?:[上本这]?{_WEEK})?(?P<last>{_NAMES}))?"
)
DAY_OF_MONTH = (
    rf"(?P<day>\d{{1,2}})(?:[号日](?![线楼店仓库码机])|(?={_TO}\d{{1,2}}号))(?:{_TO}(?P<last>\d{{1,2}})[号日])?"
)
_BARE = lazy.regex(rf"(?<![上下本这个]){_WEEK}{_NAMES}|(?<![\d月])\d{{1,2}}号")
_DAY = timedelta(days=1)
Days = tuple[str, date, date]


def weekdays(match: re.Match[str], today: date) -> Days | None:
    """上周五 and 这周一 are of that week; 周五 alone is the last one there was.

    >>> weekdays(re.fullmatch(WEEKDAY, "上周五"), date(2026, 3, 18))[0]
    '上周五'
    >>> weekdays(re.fullmatch(WEEKDAY, "周五"), date(2026, 3, 18))[1]
    datetime.date(2026, 3, 13)
    """
    week, number = match["week"] or "", _number(match["weekday"])
    first = today + (number - today.weekday() - 7 * len(week.strip("本这"))) * _DAY
    if first > today:
        if week:
            return None
        first -= 7 * _DAY
    last = first + (_number(match["last"]) - number) * _DAY if match["last"] else first
    until = f"到周{match['last']}" if match["last"] else ""
    return (f"{week}周{match['weekday']}{until}", first, min(last, today)) if first <= last else None


def is_any_bare(text: str) -> bool:
    """True where a day stands without its week or month: 周五回款 may be to do.

    >>> is_any_bare("周五回款"), is_any_bare("上周五回款"), is_any_bare("3月15号回款")
    (True, False, False)
    """
    return _BARE.search(text) is not None


def _number(weekday: str) -> int:
    """0 for Monday."""
    return min("一二三四五六日天".index(weekday), 6)


def days_of_month(match: re.Match[str], today: date) -> Days | None:
    """18号, 1号到10号: of this month, or of the one before where it is ahead.

    >>> days_of_month(re.match(DAY_OF_MONTH, "28号"), date(2026, 3, 18))[1]
    datetime.date(2026, 2, 28)
    """
    this = today.replace(day=1)
    for month in (this, (this - _DAY).replace(day=1)):
        try:
            first, last = (month.replace(day=int(day)) for day in (match["day"], match["last"] or match["day"]))
        except ValueError:
            continue
        if first <= today:
            until = f"到{last.day}日" if match["last"] else ""
            return (f"{first.month}月{first.day}日{until}", first, min(last, today)) if first <= last else None
    return None
