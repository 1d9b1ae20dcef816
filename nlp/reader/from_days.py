"""A repetition and its first or last day: 从4月1号开始 每周三下午四点半, 每天报进度 到5月15号为止, 下周一到周五每天."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from nlp import lazy, when
from nlp.reader.moments import counted_from
from nlp.when import When

NEAR = 10  # characters between the day and the repetition
_FROM = lazy.regex(r"(?:从|自|打)?\s?$")
_ON = lazy.regex(r"\s?(?:起(?!来|床|飞|草|诉)|开始|开课|开班)(?![了过])[,，\s]*")


_DEED = lazy.regex("[一-鿿]{2}")
_INSTALMENTS = lazy.regex("分[一二两三四五六七八九十\\d]{1,3}[期次笔]|每[^,，。 ]{1,3}[付还]")


def settled(text: str, found: Sequence[When], now: datetime) -> tuple[str, When] | None:
    """The text without both, and the repetition with its first day; None where no such day stands beside one.

    >>> now = datetime(2026, 3, 18, 10, 30)
    >>> body = "从4月1号开始 每周三下午四点半上课"
    >>> rest, each = settled(body, when.find(body, now), now)
    >>> rest, each.value, each.at.isoformat()
    ('上课', 'WEEKLY;WE;T16:30', '2026-04-01T16:30:00')
    """
    return _from(text, found, now) or _bounded(text, found, now)


def _from(text: str, found: Sequence[When], now: datetime) -> tuple[str, When] | None:
    each = next((one for one in found if one.recurrence), None)
    first = next((one for one in found if one.on and one.kind == "date" and _ON.match(text, one.span[1])), None)
    if each is None or first is None or each.recurrence is None or first.on is None or first.on <= now.date():
        return None
    begins = _FROM.search(text, 0, first.span[0])
    goes_on = _ON.match(text, first.span[1])
    assert begins is not None
    assert goes_on is not None
    if each.span[0] - goes_on.end() > NEAR or begins.start() - each.span[1] > NEAR:
        return None
    between = (
        text[goes_on.end() : each.span[0]] if first.span[0] < each.span[0] else text[each.span[1] : begins.start()]
    )
    if _DEED.search(between) or _INSTALMENTS.search(text):
        return None  # 从4月1号开始休产假 每周三的例会取消 are two things
    rest = text
    for start, end in sorted(((begins.start(), goes_on.end()), each.span), reverse=True):
        rest = f"{rest[:start].rstrip()} {rest[end:].lstrip()}".strip()
    midnight = datetime.combine(first.on, time(0), now.tzinfo)
    at = when.next_occurrence(each.recurrence, midnight - timedelta(seconds=1))
    return rest, replace(each, on=at.date(), at=at if each.at is not None else None)


def _bounded(text: str, found: Sequence[When], now: datetime) -> tuple[str, When] | None:
    """Each time up to a day (下周五之前每天, 每天 … 到5月15号为止), or on the days of a stretch: 下周一到周五每天."""
    each = next((one for one in found if one.recurrence), None)
    if each is None:
        return None
    for day in found:
        if day.on is None or day.recurrence or day.at is not None or day.anchored:
            continue
        is_ahead = 0 <= each.span[0] - day.span[1] <= 2 and not text[day.span[1] : each.span[0]].strip(" ,，的")
        to, until = _TO.search(text, 0, day.span[0]), _UNTIL.search(day.words) or _UNTIL.match(text, day.span[1])
        end = max(day.span[1], until.end() if until is not None and until.start() == day.span[1] else 0)
        stretch = _STRETCH.search(day.words)
        if is_ahead and stretch is not None:
            is_relative = _RELATIVE.search(stretch["last"]) is not None  # 明天到后天
            to_come = when.first(stretch["last"], now) if is_relative else None
            last = to_come.on if to_come is not None else counted_from(day, replace(day, words=stretch["last"])).on
            return _until(text, each, day.span, day.on, last, now)
        if (is_ahead and (to or until)) or (to and _ENDS.match(text, end) and each.span[1] <= to.start()):
            start = to.start() if to else day.span[0]
            return _until(text, each, (start, end), now.date(), day.on, now)
    return None


def _until(
    text: str, each: When, said: tuple[int, int], first: date, last: date | None, now: datetime
) -> tuple[str, When] | None:
    """The repetition from the first day to the last, and the text without both."""
    if last is None or last < first:
        return None
    code = f"{each.recurrence};U{last:%Y%m%d}"
    try:
        at = when.next_occurrence(code, max(now, datetime.combine(first, time(0), now.tzinfo) - timedelta(seconds=1)))
    except when.SeriesOver:
        return None
    rest = text
    for start, end in sorted((said, each.span), reverse=True):
        rest = f"{rest[:start].rstrip()} {rest[end:].lstrip()}".strip()
    return rest, replace(each, value=code, recurrence=code, on=at.date(), at=at if each.at is not None else None)


_TO = lazy.regex(r"[\s,，]*(?:一直|直)?(?:提醒)?(?:到|至|截止到?|截至)\s?$")
_UNTIL = lazy.regex(r"(?:[之以]?前|为止|止|截止|结束)$|(?:[之以]前|前|为止|止|截止|结束)")
_ENDS = lazy.regex(r"\s*(?:为止|止|截止|结束)?[吧啊哦。.!！]*\s*(?:$|[,，;；])")
_RELATIVE = lazy.regex("[今明后]天|大后")
_STRETCH = lazy.regex(r"[-~—–到至]\s?(?P<last>[^-~—–到至]+)$")


def told(text: str, found: Sequence[When], now: datetime) -> tuple[str, When] | None:
    """What is repeated, as a note tells it, and the repetition; 上课 of a course that says no more."""
    again = settled(text, found, now)
    if again is None:
        return None
    behind = _PIECE.match(text, next(one.span[1] for one in found if one.recurrence))
    deed = behind.group().strip() if behind else ""
    return deed or (_LESSON if _COURSE.search(text) else again[0]), again[1]


_PIECE = lazy.regex(r"[^,，。;；!！\n]{0,20}")
_COURSE, _LESSON = lazy.regex("[课班]|培训|学[琴画舞]"), "上课"
