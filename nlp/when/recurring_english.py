"""Repetitions told in English or half of it: every Friday, each month on the 15th, 15号 of every month, Mon-Fri."""

import re
from collections.abc import Callable

from nlp import lazy

_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday|r)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)s?(?![a-z])"
)
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORKDAYS = "MO,TU,WE,TH,FR"
_COUNTS = {"other": 2, "second": 2, "2nd": 2, "two": 2, "three": 3, "four": 4, "six": 6}
_OF_MONTH = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|[号日])?(?![\d:.点])"
_EACH = lazy.regex(
    rf"(?i)(?<![a-z])(?:every|each)\s+(?P<word>day|week ?day|work(?:ing)? ?day|week|month|morning|evening|night"
    rf"|afternoon|{_WEEKDAY}(?:\s?(?:,|and|&|/)\s?{_WEEKDAY})*)(?![a-z])"
)
_SEVERAL = lazy.regex(
    r"(?i)(?<![a-z])every\s+(?P<n>other|second|2nd|two|three|four|six|[2-9]|1[0-2])\s+(?:(?P<unit>day|week|month|year|hour)s?"
    rf"|(?P<on>{_WEEKDAY}))(?![a-z])"
)
_DAY_OF_MONTH = lazy.regex(
    rf"(?i)(?<![\d.a-z])(?:the\s+)?(?:{_OF_MONTH}|(?P<last>last day|end))\s*(?:of\s+|in\s+|on\s+)?"
    rf"(?:each|every|per)\s+month(?![a-z])|(?<![a-z])(?:(?:each|every)\s+month|monthly)\s*(?:,\s*)?"
    r"(?:(?:on\s+|at\s+)?(?:the\s+)?(?P<last2>last day|end)"
    r"|(?=on\b|the\b|\d{1,2}(?:st|nd|rd|th|[号日]))(?:on\s+)?(?:the\s+)?(?P<d2>[0-3]?\d)(?:st|nd|rd|th|[号日])?(?![\d:.点]))"
)
_RANGE = lazy.regex(
    rf"(?i)(?<![a-z])(?P<first>{_WEEKDAY})\s?(?:-|–|~|to|till|until|thru|through|到|至)\s?(?P<to>{_WEEKDAY})(?![a-z])"
    r"(?=\s*,?\s*(?:at\s+)?\d{1,2}(?::\d\d|\s?[ap]m|点))"
)
_ADVERB = lazy.rare(
    rf"(?i)(?<![a-z])(?:(?P<day>daily)(?=\s+(?:at\s+)?\d)|weekly\s+(?:on\s+)?(?P<on>{_WEEKDAY})|(?P<work>(?:on\s+)?weekdays)(?!\s+only)"
    r"|(?<!closed )(?<!closed on )(?<!open )(?<!off )(?:on\s+)?"
    r"(?P<days>mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays))(?![a-z])"
)
_FIXED = {
    "day": "DAILY",
    "morning": "DAILY",
    "afternoon": "DAILY",
    "evening": "DAILY",
    "night": "DAILY",
    "week": "WEEKLY",
    "month": "MONTHLY",
}


def _weekly(words: str) -> str:
    named = {word[:2].upper() for word in re.findall(_WEEKDAY, words.lower())}
    return f"WEEKLY;{','.join(code for code in _CODES if code in named)}"


def _each(match: re.Match[str]) -> str:
    word = match["word"].lower()
    if re.match("week ?day|work", word):
        return f"WEEKLY;{_WORKDAYS}"
    return _FIXED.get(word) or _weekly(word)


def part(words: str) -> str | None:
    """The part of the day that the words of a repetition end in."""
    return {"morning": "早上", "afternoon": "下午", "evening": "晚上", "night": "晚上"}.get(words.lower().split()[-1])


def _several(match: re.Match[str]) -> str:
    unit = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY", "hour": "HOURLY"}
    number = match["n"].lower()
    count = _COUNTS.get(number) or int(number)
    return f"WEEKLY{count};{_weekly(match['on'])[7:]}" if match["on"] else f"{unit[match['unit'].lower()]}{count}"


def _day_of_month(match: re.Match[str]) -> str | None:
    if match["last"] or match["last2"]:
        return "MONTHLY;-1"
    day = int(match["d"] or match["d2"])
    return f"MONTHLY;{day}" if 1 <= day <= 31 else None


def _range(match: re.Match[str]) -> str:
    first, last = (_CODES.index(match[name][:2].upper()) for name in ("first", "to"))
    picked = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
    return f"WEEKLY;{','.join(_CODES[day] for day in sorted(picked))}"


def _adverb(match: re.Match[str]) -> str:
    if match["day"]:
        return "DAILY"
    return f"WEEKLY;{_WORKDAYS}" if match["work"] else _weekly(match["on"] or match["days"])


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str | None]], ...] = (
    (_DAY_OF_MONTH, _day_of_month),
    (_SEVERAL, _several),
    (_EACH, _each),
    (_RANGE, _range),
    (_ADVERB, _adverb),
)
"""Each pattern with what makes its match a code; of two that overlap the longer counts."""
