"""Days named in English: tomorrow, next Friday, last week, end of month, two days ago, Apr 3."""

import re
from datetime import date, timedelta

from nlp import lazy
from nlp.when import months
from nlp.when.months import Rule
from nlp.when.tokens import Token

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<mon>(?:jan|feb|mar|apr|aug|sept?|oct|nov|dec)[a-z]{0,6}|may|june?|july?)"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = (
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?"
    r"|sat(?:urday)?(?! (?:down|with|in|at|for)(?![a-z]))|(?<!the )sun(?:day)?"
)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_SHIFTS = {"next": 1, "last": -1, "this": 0, "coming": 0}


def _word(match: re.Match[str], today: date) -> Token:
    word = match["word"].lower()
    if word in ("today", "tonight"):
        return months.day_token(match, today, 2, "晚上" if word == "tonight" else None)
    if word in ("eod", "cob"):  # EOD Friday is on Friday
        return months.day_token(match, today, 0, deadline=True)
    if word == "yesterday":
        return months.day_token(match, today - timedelta(days=2 if match["next"] else 1), 2)
    if word in ("tomorrow", "tmr", "tmrw"):
        return months.day_token(match, today + timedelta(days=2 if match["next"] else 1), 2)
    monday = today - timedelta(days=today.weekday())
    which = (match["next"] or "").lower()
    on = monday + timedelta(days=_DAYS.index(word[:3]), weeks=_SHIFTS.get(which, 0))
    ahead = which in ("next", "last") or on > today
    return months.day_token(match, on if ahead else on + timedelta(weeks=1), 1)


def _period(match: re.Match[str], today: date) -> Token:
    """Next week, last month: where it begins; last night is an evening."""
    shift, word = _SHIFTS[match["which"].lower()], match["word"].lower()
    if word == "night":
        return months.day_token(match, today - timedelta(days=1), 2, "晚上")
    if word == "week":
        monday = today - timedelta(days=today.weekday())
        return months.day_token(match, monday + timedelta(weeks=shift), 1)
    return months.day_token(match, months.add_months(today.replace(day=1), shift), 1)


def _end(match: re.Match[str], today: date) -> Token:
    """The last day of the week, month, quarter or year: end of next month, EOW, month-end."""
    groups = match.groupdict()
    short = (groups.get("short") or "").lower()
    unit = {"eow": "week", "eom": "month", "eoq": "quarter", "eoy": "year"}.get(short) or match["unit"].lower()
    shift = _SHIFTS.get((groups.get("which") or "this").lower().strip(), 0)
    if unit == "day":
        return months.day_token(match, today, 2, deadline=True)
    if unit == "week":
        friday = today + timedelta(days=4 - today.weekday(), weeks=shift)
        return months.day_token(match, friday if friday >= today else friday + timedelta(days=2), 3)
    length = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = today.replace(day=1, month=(today.month - 1) // length * length + 1)
    return months.day_token(match, months.add_months(first, length * (shift + 1)) - timedelta(days=1), 3)


def _end_of_month(match: re.Match[str], today: date) -> Token:
    """The last day of a month named: end of June."""
    month = _MONTHS.index(match["mon"].lower()[:3]) + 1
    on = months.month_end(today.year, month)
    return months.day_token(match, on if on >= today else months.month_end(today.year + 1, month), 3)


def _begin(match: re.Match[str], today: date) -> Token:
    """The first or the middle day of a month: early next month, mid April."""
    day = 15 if match["where"].lower().startswith("mid") else 1
    if match["mon"]:
        on = today.replace(month=_MONTHS.index(match["mon"].lower()[:3]) + 1, day=day)
        return months.day_token(match, on if on >= today else on.replace(year=on.year + 1), 3)
    shift = _SHIFTS.get((match["which"] or "next").lower().strip(), 1)
    return months.day_token(match, months.add_months(today.replace(day=day), shift), 3)


def _ago(match: re.Match[str], today: date) -> Token | None:
    words = match["n"].lower()
    count, unit = _COUNTS.get(words) or int(words), match["unit"].lower()
    if count > 400:
        return None
    if unit.startswith("month"):
        return months.day_token(match, months.add_months(today, -count), 3)
    return months.day_token(match, today - timedelta(days=count * (7 if unit.startswith("week") else 1)), 3)


def _date(match: re.Match[str], today: date) -> Token | None:
    month, day = _MONTHS.index(match["mon"].lower()[:3]) + 1, int(match["d"])
    if not 1 <= day <= 39:
        return None
    if match["y"]:
        return months.day_token(match, months.checked(int(match["y"]), month, day, match.group()), 4)
    on = months.checked(today.year, month, day, match.group())
    return months.day_token(match, on if on >= today else months.checked(today.year + 1, month, day, match.group()), 4)


RULES: tuple[Rule, ...] = (
    (
        lazy.regex(rf"(?i)(?<![a-z]){_MONTH}\.?\s?(?P<d>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:a-z])(?:,?\s(?P<y>20\d\d))?"),
        _date,
    ),
    (
        lazy.regex(
            rf"(?i)(?<![\da-z:.])(?P<d>[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s(?P<y>20\d\d))?"
        ),
        _date,
    ),
    (
        lazy.regex(
            r"(?i)(?<![a-z])(?:the\s)?(?:end|close) of (?:the )?(?P<which>this |next |last )?"
            r"(?P<unit>day|week|month|quarter|year)"
            r"(?![a-z])"
            r"|(?<![a-z])(?P<short>eo[wmqy])(?![a-z])"
        ),
        _end,
    ),
    (lazy.regex(rf"(?i)(?<![a-z])(?:the )?end (?:of )?{_MONTH}(?![a-z])(?!\s?\d)"), _end_of_month),
    (lazy.regex(r"(?i)(?<![a-z])(?P<unit>month|quarter|year)[- ]end(?![a-z])"), _end),
    (
        lazy.regex(
            rf"(?i)(?<![a-z])(?P<where>early|mid|middle of|beginning of|start of)[- ](?:(?P<which>next |this )(?:month)"
            rf"|{_MONTH})(?![a-z])(?!\s?\d)"
        ),
        _begin,
    ),
    (lazy.regex(r"(?i)(?<![a-z])(?P<which>next|last) (?P<word>week|month|(?<=last )night)(?![a-z])"), _period),
    (
        lazy.regex(
            rf"(?i)(?<![\da-z.])(?P<n>\d{{1,3}}|{'|'.join(_COUNTS)})\s?(?P<unit>days?|weeks?|months?) ago(?![a-z])"
        ),
        _ago,
    ),
    (
        lazy.regex(
            rf"(?i)(?<![a-z])(?:(?P<next>next|day after|day before"
            rf"|(?:last|this|coming)(?=\s+(?:{_WEEKDAY})(?![a-z])))\s+)?"
            rf"(?P<word>today|tonight|yesterday|tomorrow|tmrw?|eod|cob|{_WEEKDAY})(?![a-z])"
        ),
        _word,
    ),
)
