"""A day without a year that has just gone by: 3月10日 said on the 18th of March is hardly a day of next year."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from nlp import lazy
from nlp.when import months
from nlp.when.expressions import When

_FAR = 270  # days: what seems so far ahead is hardly meant of next year
LATELY = 60  # days: what is longer past may well be meant of next year
_MONTH_AND_DAY = lazy.regex(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})(?:[日号]|(?!\d))"
    r"|(?<![\d.])\d{1,2}[./-]\d{1,2}(?![\d.])"
)
_OTHER_YEAR = lazy.regex(r"年|每|农历|阴历|旧历|[正冬腊]月|月初[一二三四五六七八九十]|\d{4}")


def lately(found: When, now: datetime, within: int = LATELY) -> When | None:
    """The expression as the day that went by at most `within` days ago; None for any other, and where a year is told.

    >>> from nlp.when.expressions import first
    >>> now = datetime(2026, 3, 18, 10)
    >>> lately(first("3月10日前", now), now).on, lately(first("明年3月10日", now), now)
    (datetime.date(2026, 3, 10), None)
    """
    if found.on is None or found.kind == "recur" or found.anchored:
        return None
    if _OTHER_YEAR.search(found.words) or not _MONTH_AND_DAY.search(found.words):
        return None
    on = months.add_months(found.on, -12)
    if not timedelta(0) < now.date() - on <= timedelta(days=within):
        return None
    at = datetime.combine(on, found.at.timetz()) if found.at is not None else None
    return replace(found, on=on, at=at, value=f"{at:%Y-%m-%dT%H:%M}" if at else on.isoformat())


def is_last_years(on: date, words: str, today: date) -> bool:
    """True for a day without a year that seems so far ahead that it has just gone by: a year before is meant.

    >>> today = date(2026, 3, 18)
    >>> is_last_years(date(2027, 3, 11), "3月11号", today), is_last_years(date(2027, 3, 11), "明年3月11号", today)
    (True, False)
    """
    return (on - today).days > _FAR and "年" not in words
