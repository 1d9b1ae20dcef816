"""When a task is due that was moved from one day to another: what the later time leaves unsaid the earlier one says."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from nlp import lazy, when
from nlp.reader import corrections, moments
from nlp.when import When

HOUR = lazy.regex(
    r"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?\s?(?:\d{1,2}[:：]\d\d|(?:\d{1,2}|[一两二三四五六七八九十]{1,2})点)|(?:上午|下午|中午|晚上|傍晚)$"
)
SHORT_DAY = lazy.regex(r"(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]")


def counted(earlier: When, later: When, resolved: When, now: datetime, verb: str = "") -> When:
    """The later time with what it leaves to the earlier one: 明天三点 … 四点, 下周三 … 周四; `verb` moves it."""
    if HOUR.match(later.words):
        again = when.first(corrections.completed(earlier.words, later.words), now)
        if again is not None and again.on == earlier.on:
            return moments.resolved(replace(again, span=later.span, words=later.words), now)
        if earlier.on and resolved.at:
            at = datetime.combine(earlier.on, resolved.at.timetz())
            return replace(resolved, on=earlier.on, at=at, value=f"{at:%Y-%m-%dT%H:%M}")
        return resolved
    if _DAY_OF_MONTH.match(later.words) and earlier.on and (sooner := _before(earlier.on, resolved, now, verb)):
        return sooner
    same_week = _in_same_week(earlier, resolved)
    return same_week if same_week.on and same_week.on > now.date() else moments.counted_from(earlier, later)


_DAY_OF_MONTH = lazy.regex(r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]")
_LATER, _NEAR = lazy.regex("推|延|顺|拖|往后"), timedelta(days=14)


def _before(on: date, later: When, now: datetime, verb: str) -> When | None:
    """The day of a month before the one told first, where it lies ahead: 3月底不行 提前到28号 is the 28th of March.

    Where nothing says sooner it is so only for a day near by: 4月20号的改到18号; None of any other.
    """
    if later.on is None or _LATER.search(verb):
        return None
    day = later.on.day
    months = (on, on.replace(day=1) - timedelta(days=1))
    each = (month.replace(day=day) for month in months if day <= calendar.monthrange(month.year, month.month)[1])
    sooner = next((one for one in each if now.date() <= one < on), None)
    if sooner is None or not (_SOONER.search(verb) or on - sooner <= _NEAR):
        return None
    at = datetime.combine(sooner, later.at.timetz()) if later.at else None
    return replace(later, on=sooner, at=at, value=f"{at:%Y-%m-%dT%H:%M}" if at else sooner.isoformat())


_SOONER = lazy.regex("提|早|往前")


def _in_same_week(earlier: When, later: When) -> When:
    """周五的改周四 is the Thursday of that week."""
    if earlier.on is None or later.on is None or not later.words.startswith(("周", "星期", "礼拜")):
        return replace(later, on=None)
    on = earlier.on + timedelta(days=later.on.weekday() - earlier.on.weekday())
    at = datetime.combine(on, later.at.timetz()) if later.at else None
    return replace(later, on=on, at=at, value=f"{at:%Y-%m-%dT%H:%M}" if at else on.isoformat())


def before_next(rest: str, later: When, others: Sequence[When]) -> str:
    """What stands behind the time, without a further thing that has a day of its own: 提前到4月10号 标书4月3号前交."""
    for other in others:
        at = rest.rfind(" ", 0, max(other.span[0] - later.span[1], 0))
        if at >= 0 and other.span[0] - later.span[1] < len(rest):
            return f"{rest[:at]},{rest[at:]}"
    return rest
