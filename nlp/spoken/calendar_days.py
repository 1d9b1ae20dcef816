"""Which day is asked for by another calendar: 下个月初八是什么日子, 农历三月初八是几号, 清明是哪天, 4月24号农历几号."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from almanac import lunar
from nlp import lazy, when
from nlp.when import numerals

LONGEST = 24
_ASKED = lazy.regex(
    r"(?:请问|那)?(?P<day>.{1,12}?)(?:是|在)?(?:哪一?天|(?:公历|阳历|新历|农历|阴历|旧历)?的?(?:什么日子|(?:多少|几)[号日]|几月(?:几|多少)[号日]?|初几)"
    r"|(?:周|星期|礼拜)几)[呢啊呀? ]*"
)
_OF_MONTH = lazy.regex(
    "(?P<month>(?:这|本|下)个?月)(?:的)?(?P<day>初[一二三四五六七八九十]|十[一二三四五六七八九]|廿[一二三四五六七八九]?)"
)
_DIGITS = "一二三四五六七八九"


def asked(text: str, now: datetime) -> date | None:
    """The day for which its date in the other calendar or its weekday is asked; None for any other text.

    >>> asked("下个月初八是什么日子", datetime(2026, 3, 18)), asked("孙丽的生日是几号", datetime(2026, 3, 18))
    (datetime.date(2026, 3, 26), None)
    """
    found = _ASKED.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        return None
    said = found["day"].strip()
    if (of_month := _OF_MONTH.fullmatch(said)) is not None and ("初" in said or "廿" in said):
        return _in_lunar_month(of_month["month"], of_month["day"], now.date())
    day = when.first(numerals.plain(said), now)
    is_whole = day is not None and day.kind == "date" and day.words.strip() == numerals.plain(said).strip()
    return day.on if day is not None and is_whole else None


def _in_lunar_month(month: str, said: str, today: date) -> date | None:
    """The day of this lunar month or the next one."""
    start = date.fromordinal(lunar.month_of(today).start)
    if month.startswith("下"):
        start = date.fromordinal(lunar.month_of(start + timedelta(days=lunar.month_of(today).length)).start)
    number = {"初": 0, "十": 10, "廿": 20}[said[0]] + (
        10 if said == "初十" else _DIGITS.find(said[1:]) + 1 if said[1:] else 0
    )
    of = lunar.from_solar(start)
    try:
        return lunar.to_solar(of.year, of.month, number, of.leap)
    except lunar.ImpossibleLunarDate:
        return None
