"""Times told one after another in a line: a later one has the day, the month or the week of the one before."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from nlp import lazy, when
from nlp.reader import corrections
from nlp.when import PART_HOURS, When

CLOCK = lazy.regex(
    r"\s{0,4}(?:凌晨|清早|早上|早晨|上午|中午|下午|傍晚|晚上|早|晚)?\s?(?:\d{1,2}[:：]|(?:\d{1,2}|[一二两三四五六七八九十]{1,3})点)"
)
"""An hour on the clock, with or without its part of the day."""

_HOUR = lazy.regex(r"\s{0,4}(?:\d{1,2}[:：点]|[一二两三四五六七八九十]{1,3}点)")
PART = lazy.regex("(?:清早|早上|早晨|上午|中午|下午|傍晚|晚上)$")
"""A part of the day without an hour."""

_WEEKDAY = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天]$")
_NOON = 12


def whole(times: list[When], now: datetime, in_order: bool = False) -> list[str]:
    """Each time in words of its own: the day of an hour, the month of a day, the week of a weekday told before.

    in_order: they are one day's program, so that hours without any day are all of the first one's
    """
    first = times[0]
    said, resolved, has_day = [first.words.strip()], [first], not CLOCK.match(first.words)
    sooner = first.at - timedelta(hours=_NOON) if first.at is not None else None
    is_bare = _is_bare_hour(first) and (in_order or _is_bare_hour(times[1]))
    if is_bare and _clock(first) > _clock(times[1]) and sooner:
        sooner = sooner if sooner > now else sooner + timedelta(days=1)  # 10点和14点: not ten in the evening
        said, resolved = [_named(sooner.date(), sooner)], [replace(first, on=sooner.date(), at=sooner)]
    has_day = has_day or in_order
    for earlier, later in pairwise(times):
        is_hour = CLOCK.match(later.words) is not None
        if has_day and resolved[-1].on and PART.match(later.words.strip()):
            words = f"{_named(resolved[-1].on, None)}{later.words.strip()}"
        elif is_hour:
            words = _of_day(resolved[-1], later, has_day, now)
        else:
            words = _of_month_or_week(said[-1], earlier, resolved[-1], later)
        again = when.first(words, now)
        said.append(words)
        resolved.append(again if again is not None and again.on else later)
        has_day = has_day or not is_hour
    return said


def _of_day(earlier: When, later: When, has_day: bool, now: datetime) -> str:
    """The hour on the day told before; a bare one is after the hour told before."""
    words = later.words.strip()
    if earlier.on and later.at and earlier.part and _is_bare_hour(later) and _is_in(earlier.part, _clock(later)):
        return f"{_named(earlier.on, None)}{earlier.part}{words}"
    if later.at is None or earlier.on is None or (not has_day and not _is_bare_hour(later)):
        return words
    if not _is_bare_hour(later) or earlier.at is None:
        return f"{_named(earlier.on, None)}{words}"
    hours = (later.at.hour % _NOON, later.at.hour % _NOON + _NOON)
    hour = next((one for one in hours if one > _clock(earlier)), later.at.hour)
    at = datetime.combine(earlier.on if has_day else now.date(), later.at.timetz().replace(hour=hour))
    at = at if at > now else at + timedelta(days=1)
    return _named(at.date(), at)


def _of_month_or_week(said: str, as_typed: When, earlier: When, later: When) -> str:
    """The day with the month or week of the one before; a later weekday is after it: 周三送样品 周五收款."""
    words = later.words.strip()
    if not (_WEEKDAY.fullmatch(words) and _WEEKDAY.fullmatch(as_typed.words.strip())):
        return corrections.completed(said, words) if said == as_typed.words.strip() else words
    if earlier.on and later.on and earlier.on > later.on and earlier.on.weekday() < later.on.weekday():
        return _named(later.on + timedelta(days=7), None)
    return words


def _is_in(part: str, hour: int) -> bool:
    """True where the hour may be one of that part of the day: 上午 … 10点, but not 上午 … 3点."""
    return hour % _NOON in (range(6, _NOON) if PART_HOURS[part] < _NOON else range(1, 7))


def _is_bare_hour(time: When) -> bool:
    return time.at is not None and _HOUR.match(time.words) is not None


def _clock(time: When) -> int:
    """The hour on the clock."""
    return time.at.hour if time.at is not None else 0


def _named(on: date, at: datetime | None) -> str:
    return f"{on.month}月{on.day}日" + (f"{at:%H:%M}" if at else "")
