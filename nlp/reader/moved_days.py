"""When a task is due that was moved from one day to another: what the later time leaves unsaid the earlier one says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from nlp import lazy, when
from nlp.reader import corrections, moments
from nlp.when import When

HOUR = lazy.regex(
    r"(?:凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚)?\s?(?:\d{1,2}[:：]\d\d|(?:\d{1,2}|[一两二三四五六七八九十]{1,2})点)|(?:上午|下午|中午|晚上|傍晚)$"
)
SHORT_DAY = lazy.regex(r"(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]")


def counted(earlier: When, later: When, resolved: When, now: datetime) -> When:
    """The later time with what it leaves to the earlier one: 明天三点 … 四点, 下周三 … 周四."""
    if HOUR.match(later.words):
        again = when.first(corrections.completed(earlier.words, later.words), now)
        if again is not None and again.on == earlier.on:
            return moments.resolved(replace(again, span=later.span, words=later.words), now)
        if earlier.on and resolved.at:
            at = datetime.combine(earlier.on, resolved.at.timetz())
            return replace(resolved, on=earlier.on, at=at, value=f"{at:%Y-%m-%dT%H:%M}")
        return resolved
    same_week = _in_same_week(earlier, resolved)
    return same_week if same_week.on and same_week.on > now.date() else moments.counted_from(earlier, later)


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
