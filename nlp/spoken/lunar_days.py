"""Days named by their number in a lunar month that is not: 下个月初八, 这个月十五 is none (it may be the 15th)."""

from __future__ import annotations

from datetime import date, timedelta

from almanac import lunar
from nlp import lazy

_DIGITS = "一二三四五六七八九"
_OF_MONTH = lazy.regex(f"(?P<month>(?:这|本|下)个?月)的?(?P<tens>[初廿])(?P<ones>[{_DIGITS}十])")
_TENS = {"初": 0, "廿": 20}


def of_month(words: str, today: date) -> date | None:
    """The day of this lunar month or the next; None for other words, and where the month has no such day.

    >>> of_month("下个月初八", date(2026, 3, 18)), of_month("下个月8号", date(2026, 3, 18))
    (datetime.date(2026, 3, 26), None)
    """
    said = _OF_MONTH.fullmatch(words.strip())
    if said is None or (said["tens"] == "廿" and said["ones"] == "十"):
        return None
    month = lunar.month_of(today)
    if said["month"].startswith("下"):
        month = lunar.month_of(date.fromordinal(month.start) + timedelta(days=month.length))
    of = lunar.from_solar(date.fromordinal(month.start))
    number = _TENS[said["tens"]] + (10 if said["ones"] == "十" else _DIGITS.index(said["ones"]) + 1)
    try:
        return lunar.to_solar(of.year, of.month, number, of.leap)
    except lunar.ImpossibleLunarDate:
        return None
