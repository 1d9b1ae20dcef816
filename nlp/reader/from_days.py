"""A repetition and its first or last day: 从4月1号开始 每周三下午四点半, 每天报进度 到5月15号为止, 下周一到周五每天."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from nlp import lazy, when
from nlp.reader import deeds
from nlp.reader.moments import counted_from
from nlp.when import When, months, numerals

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
    bound = _bound(text, found, now)
    if bound is None:
        return _from(text, found, now)
    (start, end), _, last = bound
    shorter = f"{text[:start].rstrip()} {text[end:].lstrip()}".strip()
    begun = _from(shorter, when.find(shorter, now), now)
    if begun is None or begun[1].on is None:
        return _until(text, found, bound, now)
    code = f"{begun[1].recurrence};U{last:%Y%m%d}"
    return (begun[0], replace(begun[1], value=code, recurrence=code)) if last >= begun[1].on else None


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
    if _DEED.search(between) or _INSTALMENTS.search(text) or deeds.FOR_A_SUM.match(text, each.span[1]):
        return None  # 从4月1号开始休产假 每周三的例会取消 are two things
    rest = text
    for start, end in sorted(((begins.start(), goes_on.end()), each.span), reverse=True):
        rest = f"{rest[:start].rstrip()} {rest[end:].lstrip()}".strip()
    midnight = datetime.combine(first.on, time(0), now.tzinfo)
    at = when.next_occurrence(each.recurrence, midnight - timedelta(seconds=1))
    return rest, replace(each, on=at.date(), at=at if each.at is not None else None)


_Bound = tuple[tuple[int, int], date, date]  # where it is told, the first day and the last


def _bound(text: str, found: Sequence[When], now: datetime) -> _Bound | None:
    """Each time up to a day (下周五之前每天, 每天 … 到5月15号为止), or on the days of a stretch: 下周一到周五每天."""
    each = next((one for one in found if one.recurrence), None)
    if each is None:
        return None
    for day in found:
        if day.on is None or day.recurrence or day.at is not None or day.anchored:
            continue
        is_ahead = 0 <= each.span[0] - day.span[1] <= 2 and not text[day.span[1] : each.span[0]].strip(" ,，的")
        to, behind = _TO.search(text, 0, day.span[0]), _UNTIL.match(text, day.span[1])
        is_until, end = behind or _UNTIL_OWN.search(day.words), behind.end() if behind else day.span[1]
        stretch = _STRETCH.search(day.words)
        if is_ahead and stretch is not None:
            last = _last_day(day, stretch["last"], now)
            return (day.span, day.on, last) if last is not None and last >= day.on else None
        is_last = to and each.span[1] <= to.start() and (is_until or _ENDS.match(text, end))
        if is_last or (is_ahead and (to or is_until)):
            last = _whole(day.words, day.on)
            return ((to.start() if to else day.span[0], end), now.date(), last) if last >= now.date() else None
    return None


def _last_day(first: When, words: str, now: datetime) -> date | None:
    """The last day of a stretch; one that is told on its own (明天到后天, 下周三到下周五) counts from now."""
    if first.on is not None and (day := _OF_MAY.fullmatch(words.strip())) is not None:
        return first.on.replace(month=5, day=numerals.integer(day["day"]) or 1)
    to_come = when.first(words, now) if _RELATIVE.search(words) else None
    last = to_come.on if to_come is not None else counted_from(first, replace(first, words=words)).on
    return _whole(words, last) if last is not None else None


def _whole(words: str, on: date) -> date:
    """The day; of a month named without a day its last: 4月到6月每周一, and the one before: 6月前, 五一前."""
    month = _MONTH.fullmatch(words.strip())
    if _FESTIVE.fullmatch(words.strip()):
        return on - timedelta(days=1)
    if month is None:
        return on
    return on.replace(day=1) - timedelta(days=1) if month["before"] else months.month_end(on.year, on.month)


def _until(text: str, found: Sequence[When], bound: _Bound, now: datetime) -> tuple[str, When] | None:
    """The repetition from the first day to the last, and the text without both."""
    each = next(one for one in found if one.recurrence)
    said, first, last = bound
    code = f"{each.recurrence};U{last:%Y%m%d}"
    try:
        at = when.next_occurrence(code, max(now, datetime.combine(first, time(0), now.tzinfo) - timedelta(seconds=1)))
    except when.SeriesOver:
        return None
    rest = text
    for start, end in sorted((said, each.span), reverse=True):
        rest = f"{rest[:start].rstrip()} {rest[end:].lstrip()}".strip()
    return rest, replace(each, value=code, recurrence=code, on=at.date(), at=at if each.at is not None else None)


_TO = lazy.regex(r"(?<![\s,，])[\s,，]*(?:一直|直)?(?:提醒)?(?:到|至|截止到?|截至)\s?$")
_UNTIL = lazy.regex("[之以]?前|为止|止|截止|结束")
_UNTIL_OWN = lazy.regex(f"(?:{_UNTIL.pattern})$")
_ENDS = lazy.regex(r"\s{0,4}(?:为止|止|截止|结束)?[吧啊哦。.!！]{0,6}\s{0,4}(?:$|[,，;；])")
_RELATIVE = lazy.regex("[今明后]天|大后|[下本这]")
_MONTH = lazy.regex(
    r"(?:(?:[今明后]年|\d{4}年)的?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[下这本]个?)月份?(?:(?P<before>[之以]?前)|为止|止|截止|结束)?"
)
_FESTIVE = lazy.regex(r"[^\d号日周月天年星期礼拜]{2,4}?[之以]?前")  # 五一前, 国庆之前
_OF_MAY = lazy.regex("五(?P<day>[二三四五六七八九])")  # 五一到五四
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
