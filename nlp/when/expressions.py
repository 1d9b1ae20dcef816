"""The time expressions of a text: neighbouring pieces become one, with its deadline mark and its place."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from nlp import lazy
from nlp.when import (
    clock,
    dialect,
    numerals,
    occurrences,
    ranges,
    recurrence,
    relative,
    rules,
    spacing,
    spans,
)
from nlp.when.called import hidden
from nlp.when.tokens import PART_HOURS, ImpossibleDate, Token

Kind = Literal["date", "datetime", "part", "deadline", "recur"]


@dataclass(frozen=True, slots=True)
class When:
    """One time expression: `value` as in the data README, `on` in the zone of now, `at` aware, `span` in the text.

    `anchored`: it counts from the day named before it (当天, 头一天晚上).
    """

    kind: Kind
    value: str
    on: date | None
    at: datetime | None
    recurrence: str | None
    deadline: bool
    span: tuple[int, int]
    words: str
    part: str | None = None
    anchored: bool = False


_MAYBE = lazy.kept(
    r"截止|期限|到期|赶在|\d\.\d\d?交|[天日号月周年点时前后内每早晚午末晨夜季节期拜刻钟旬班]|[昨今明]儿|分钟|工作日|[农阴旧]历|\d[:/.-]\d"
    r"|\d\s?[hHdDwWmMaApP]|[Qq][1-4]|20\d{6}|618|双1|元旦|春节|国庆|中秋|端午|清明|五一"
    r"|六一|元宵|除夕|七夕|重阳|腊八|小年|圣诞|冬至|双十|立[春夏秋冬]|夏至|[大小处][寒暑雪满]|谷雨|雨水|惊蛰|[春秋]分|芒种|[白寒]露|霜降|龙抬头"
    r"|(?i:today|tonight|tomorrow|yesterday|night|tmr|eo[dwmqy]|cob|within|later|end|ago|ddl|deadline|due|mon|tue|wed|thu|fri|sat|sun|week|every|hour|min|noon|morning|afternoon"
    r"|evening)"
    r"|(?i:(?<![a-z])(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec))"
)
_GAP = lazy.regex(r"[ \t的,]{0,2}[(]?")
_RATHER = "(?:也?就是?|大概|大约|差不多|约莫?|即)"  # 下班前就五点半吧
_TIME_GAP = lazy.regex(rf"T|[ \t的,))在]{{0,2}}|[ ,]?{_RATHER}{{1,2}}|\s?at\s|(?:[之以]?前)?[(]")
_EXACT_GAP = lazy.regex(rf"(?:[之以]?前)?[ ,]?{_RATHER}{{0,2}}[(]?")
_UNTIL_EXACT = lazy.regex(r"[班工][之以]?前[ ,]?[(]?\d|午[之以]?前[(]")
_ABOUT = lazy.regex(r"左右|前后|上下(?=[\s,，。]|$)")
_AFTER = lazy.regex(
    r"\s?(?:(?:之前|以前|前|为止|截止|之内|以内|内)(?![台面端途者景线期往任天程进后年]|[一两二三四五六七八九十\d]{1,2}[天日])|(?:due|deadline)\b)"
)
_BEFORE = lazy.regex(
    r"(?i)(?:最晚|最迟|不晚于|不迟于|截止到?|截至|赶在|(?:ddl|deadline)[:: 是为]{0,2}"
    r"|\bdue(?: on)?|\bby|\bbefore|务必在)\s?$"
)
_LATER = lazy.regex(r"之后|以后|过后|后(?![面台勤续])")
_TIMED = lazy.regex(r";T\d")


def find(text: str, now: datetime) -> list[When]:
    """All time expressions, left to right; past ones only where the words say so.

    >>> from datetime import datetime, timezone, timedelta
    >>> [w.value for w in find("周五前给报价", datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8))))]
    ['2026-03-20']
    """
    return list(_read(text, now)[0])


def first(text: str, now: datetime) -> When | None:
    """The leftmost time expression, or None."""
    return next(iter(find(text, now)), None)


def read_strict(text: str, now: datetime) -> list[When]:
    """As `find`. Raises: ImpossibleDate when the words name a day or time that does not exist."""
    found, wrong = _read(text, now)
    if wrong:
        raise ImpossibleDate(wrong[0])
    return list(found)


_ANY_DAY = datetime(2026, 1, 1, 0, 0, tzinfo=UTC)


def impossible(text: str, now: datetime = _ANY_DAY) -> str | None:
    """The words of the first day or time that does not exist, or None; `now` tells which month 下个月30号 is of."""
    wrong = _read(text, now)[1]
    return wrong[0] if wrong else None


def _read(text: str, now: datetime) -> tuple[tuple[When, ...], tuple[str, ...]]:
    return _read_on_clock(hidden(text), now.replace(tzinfo=None), now.tzinfo)


@lru_cache(maxsize=256)
def _read_on_clock(text: str, clock: datetime, zone: tzinfo | None) -> tuple[tuple[When, ...], tuple[str, ...]]:
    """The clock on the wall and the zone are apart: one instant in two zones would be one key."""
    now = clock.replace(tzinfo=zone)
    simple = numerals.plain(text)
    told, meant = dialect.standard(simple)
    if not _MAYBE.search(text) and not _MAYBE.search(told):
        return (), ()
    plain, places = spacing.closed(spacing.without_phones(told))
    tokens, wrong = _tokens(plain, now)
    found = _grouped(ranges.joined(_choose(tokens), plain), plain, now)
    if places or plain != text:
        found = [_as_typed(when, text, places, meant) for when in found]
    return tuple(found), tuple(words for _, words in sorted(wrong))


def _grouped(tokens: list[Token], plain: str, now: datetime) -> list[When]:
    """The expressions that neighbouring tokens make; 当天 and 头一天 count from the day named before them."""
    found: list[When] = []
    position = 0
    while position < len(tokens):
        group = [tokens[position]]
        position += 1
        while position < len(tokens) and _joins(group, tokens[position], plain):
            group.append(tokens[position])
            position += 1
        shift = next((token.shift for token in group if token.shift is not None), None)
        anchor = found[-1].on if found and found[-1].kind != "recur" else None
        if shift is not None:
            group = relative.counted(group, anchor)
        when = _build(group, plain, now) if group else None
        if when:
            found.append(replace(when, anchored=True) if shift is not None and anchor else when)
    return found


def _as_typed(when: When, text: str, places: list[int] | None, meant: list[tuple[int, int]] | None) -> When:
    """The expression with its place and words in the text as typed."""
    start, end = when.span
    if places:
        start, end = places[start], places[end - 1] + 1
    if meant:
        start, end = meant[start][0], meant[end - 1][1]
    return replace(when, span=(start, end), words=text[start:end])


def _tokens(text: str, now: datetime) -> tuple[list[Token], list[tuple[int, str]]]:
    today = now.date()
    found: list[Token] = [
        *recurrence.repetitions(text),
        *spans.spans(text, now),
        *spans.festival_days(text, now),
        *spans.lunar_days(text, now),
    ]
    wrong: list[tuple[int, str]] = []
    for pattern, resolve in rules.fitting(text):
        for match in pattern.finditer(text):
            try:
                token = resolve(match, today)
            except (ImpossibleDate, OverflowError):
                if not any(t.start <= match.start() < t.end for t in found):
                    wrong.append((match.start(), match.group()))
                continue
            if token and not any(at <= match.start() < at + len(words) for at, words in wrong):
                found.append(token)
    found.extend(clock.parts(text))
    clocks, bad_clocks = clock.clocks(text)
    found.extend(clocks)
    wrong.extend(bad for bad in bad_clocks if _stands_alone(text, bad[0], found))
    return found, wrong


def _stands_alone(text: str, position: int, found: list[Token]) -> bool:
    return not text[:position].strip() or any(0 <= position - t.end <= 1 for t in found)


def _choose(tokens: list[Token]) -> list[Token]:
    """The leftmost longest tokens that do not overlap."""
    chosen: list[Token] = []
    for token in sorted(tokens, key=lambda t: (t.start, -t.end, -t.rank)):
        if not chosen or token.start >= chosen[-1].end:
            chosen.append(token)
        elif token.end > chosen[-1].end and token.rank > chosen[-1].rank and chosen[-1].kind == "part":
            chosen[-1] = token
    return chosen


def _joins(group: list[Token], token: Token, text: str) -> bool:
    last = group[-1]
    between = text[last.end : token.start]
    if token.shift:  # 3月29号头一天 are two days
        return False
    if token.kind == "day" and last.kind in ("clock", "part"):
        return len(group) == 1 and text[token.start].isascii() and between in (" ", " on ")
    if token.kind == "day":
        return last.kind == "day" and bool(_GAP.fullmatch(between)) and "," not in between and last.rank != token.rank
    if token.kind == "clock" and last.kind == "clock":  # 下班前(17:30): the exact hour beside the vague one
        return text[last.start : last.end] in clock.OFF_WORK and bool(_EXACT_GAP.fullmatch(between))
    if token.kind == "recur" or token.kind == "instant" or last.kind in ("instant", "clock"):
        return False
    if token.kind == "part" and any(t.kind == "part" for t in group):
        return False
    return bool(_TIME_GAP.fullmatch(between))


def _build(group: list[Token], plain: str, now: datetime) -> When | None:
    start, end = group[0].start, group[-1].end
    while start < end and plain[start] == " ":  # a year left out leaves its space
        start += 1
    day = max((t for t in group if t.kind == "day"), key=lambda t: t.rank, default=None)
    timed = next((t for t in reversed(group) if t.kind == "clock"), None)
    part = next((t.part for t in group if t.part), None)
    if timed and timed.weak and len(group) == 1:
        return None
    if plain[end : end + 1] in "))" and any(c in plain[start:end] for c in "(("):
        end += 1
    tail = _AFTER.match(plain, end)
    head = _BEFORE.search(plain[max(0, start - 10) : start])
    deadline = bool(tail or head) or any(t.deadline for t in group) or bool(_UNTIL_EXACT.search(plain[start:end]))
    if tail:
        end = tail.end()
    elif about := _ABOUT.match(plain, end):
        end = about.end()
    elif later := _LATER.match(plain, end):
        end = later.end()
    if head:
        start -= len(head.group())
    if group[0].kind == "recur":
        return _recurring(group[0], timed, part, (start, end), plain, now)
    made = _moment(group[0], day, timed, part, now, deadline)
    if made is None:
        return None
    kind, value, on, at, part = made
    return When(kind, value, on, at, None, deadline, (start, end), plain[start:end], part)


_Made = tuple[Kind, str, date | None, datetime | None, str | None]


def _moment(
    head: Token, day: Token | None, timed: Token | None, part: str | None, now: datetime, deadline: bool
) -> _Made | None:
    if head.kind == "instant" and head.at:
        return _dated("datetime", head.at, deadline)
    if timed and timed.clock:
        return _dated("datetime", _clock_time(timed, day.on if day else None, part, now), deadline)
    if day is None or day.on is None:
        if part is None:
            return None
        on = now.date() + timedelta(days=1 if clock.is_over(part, now) else 0)
    else:
        on = day.on
    if part and not deadline:
        return "part", f"{on.isoformat()} {part}", on, None, part
    if part:
        at = datetime.combine(on, datetime.min.time(), now.tzinfo).replace(hour=PART_HOURS[part])
        return _dated("datetime", at, True)
    return "deadline" if deadline else "date", on.isoformat(), on, None, None


def _dated(kind: Kind, at: datetime, deadline: bool) -> _Made:
    return "deadline" if deadline else kind, at.strftime("%Y-%m-%dT%H:%M"), at.date(), at, None


def _clock_time(timed: Token, on: date | None, part: str | None, now: datetime) -> datetime:
    assert timed.clock is not None
    at = clock.resolve(on or now.date(), timed.clock, part).replace(tzinfo=now.tzinfo)
    if on is not None:
        if on == now.date() and at <= now and part is None and not timed.clock.sure and 0 < at.hour < 12:
            at += timedelta(hours=12)
        return at
    if at <= now and part is None and not timed.clock.sure and 0 < at.hour < 12:
        at += timedelta(hours=12)
    return at if at > now else at + timedelta(days=1)


def _recurring(
    head: Token, timed: Token | None, part: str | None, span: tuple[int, int], plain: str, now: datetime
) -> When:
    code = head.recurrence
    if timed and timed.clock:
        at = clock.resolve(now.date(), timed.clock, part)
        code += f";T{at:%H:%M}"
    elif part and not _TIMED.search(code):
        code += f";T{PART_HOURS[part]:02d}:00"
    once = re.sub(r"^(WEEKLY|MONTHLY|DAILY)\d+", r"\1", code)
    due = occurrences.next_occurrence(once if ";" in once else code, now)
    at_due = due if _TIMED.search(code) or code.startswith("HOURLY") else None
    return replace(When("recur", code, due.date(), at_due, code, False, span, plain[span[0] : span[1]]))
