"""A repetition and the day from which it counts: 从4月1号开始 每周三下午四点半."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from nlp import lazy, when
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
