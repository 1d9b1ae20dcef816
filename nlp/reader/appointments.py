"""Appointments told in one line with customers' names (明天10点秦川 4点白露, 明天 秦川10点 白露4点): one reminder each.

A line is read as times and names that take turns. What was done already (10点见了秦川), what a customer will do
(秦川10点来提货) and what is moved or called off is no such line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from nlp import lazy, names, when
from nlp.reader import cues, customers, day_times, reminders, several_tasks, tasks
from nlp.reader.customers import ADDRESS, FULL, NICKNAME, TITLE, Known
from nlp.reader.reading import OUTRIGHT, Message, Reading, as_message
from nlp.when import When

LONGEST, MOST = 100, 8  # characters of such a line, appointments of one
_NAME = "@"  # stands for each character of a name: 白露 is no day of the year here
_ASK = "提醒我"
_SEPARATOR = " \t,，、;；。.:：\n!！"
_GAP = lazy.regex(rf"[{_SEPARATOR}]+")
_OPENING = lazy.regex(
    "(?:(?:请|麻烦|帮我|提醒(?:一?下)?+|记得|别忘了?|记一?下|安排|行程|日程|计划|客户|拜访|约见|我|要|的|有|先|再|还|然后|接着|和|另外"
    f"|约(?:好?了|的)|约好|见客户|跑客户)|[{_SEPARATOR}])*"
)
_VISITS = lazy.regex(
    "(?:我|要|得|还|再|先|去|到|跟|和|与|陪|见|约(?:好?了)?|拜访|回访|面谈|看|接|找|给|打给|联系|上门|请|[ ])*$"
)
_UNTIMELY = lazy.regex(r"(?<!\d):|(?<=约)了(?=\d)")  # 安排:2点 is no minute, and 约了4点 has its hour
_AGREED = lazy.regex("约(?:好了?|了)")
_AT_HIS = lazy.regex("(?:那[边里儿]?|这边|他们|家|处|公司|店里?|厂里?|单位|办公室)*的?")
_TOGETHER = lazy.regex(
    "(?:约了?|一起|上门|电话|来?公司|来?店里?|视频|线上)*"
    "(?:见(?:面|一面)?|碰(?:面|头|一下)?|面谈|谈|聊|签(?:合同|约|单|字)|吃[早中午晚]?饭|[早中午晚]餐|饭局|喝[茶酒咖]|开会|会议|看(?:样|货|房|店|厂|车|现场|方案)"
    "|试驾|对账|验收|回访|拜访|电话|量(?:尺|房)|体验|打球|培训|演示|demo|约|(?:过?来|到[店厂访]?)(?:公司|店里?|厂里?|访)?$)"
)
_CHORE = lazy.regex("(?:开|例|早|晨|周|月|年|站|评审)会|盘点|体检|面试|值班|出差|培训|述职")
_NONE_OF_THAT = lazy.regex(
    "改[到成为]|[改推延]期|推迟|推到|挪到|取消|提前|不[去来见用要]|没|[?？吗呢]|谁|几点|哪|生日|[¥￥元块]|下单|[他她]|说|问|前$"
)
_TO_ANOTHER = lazy.regex("(?:请|麻烦|帮我)*(?:提醒|让|叫|通知|派|安排|喊|告诉|转告|@)(?!我|一?下我|[ :：])[^@ ]")
_JOINS = lazy.regex(rf"(?:然后|接着|随后|另外|还有|以及|并且|同时|再|和|[{_SEPARATOR}])+$")
_REST = 14  # characters beside time and name: more is a story


@dataclass(frozen=True, slots=True)
class _Unit:
    """An appointment: where it stands in the text, its time, and the stretch of its name, none for 2点开会."""

    start: int
    end: int
    time: When
    name: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class _Line:
    """Appointments in order, and the day and deed that stand before all of them; `is_over`: the first is gone by."""

    heading: list[When]
    units: list[_Unit]
    is_over: bool
    deed: str = ""


_NO_DEED = lazy.regex("已|可能|也许|大概|好像|改|取消|推迟|没|不|刚|听说|定了|约了")


def told(message: Message) -> Reading | None:
    """The line as a reminder, with a text for each of its appointments in `parts`; as a note where they are over."""
    if message.contact or cues.NOTE.match(message.body):
        return None
    if (gathered := _gathered(message.body)) is not None:
        again = told(as_message(gathered, message.now, message.known, message.current))
        return replace(again, note=message.text) if again is not None else None
    line = _line(message)
    if line is not None and line.is_over and message.who.known is not None:
        return Reading("note", message.who.known, note=message.text, confidence=OUTRIGHT)
    parts = _texts(message, line)
    if not parts:
        return None
    first = as_message(parts[0], message.now, message.known, message.current)
    return replace(reminders.as_reminder(first, OUTRIGHT), note=message.text, parts=parts)


_ALL_ON = lazy.regex(
    r"(?P<who>(?:[^\W\da-zA-Z_和跟]{2,4}[ 、,，和跟]+){1,5}[^\W\da-zA-Z_和跟]{2,4}?)[ ,，]*(?:都|分别)约"
    r"(?:好|了|在|到)*(?P<day>[^\s,，。]{2,9})[\s,，。]+(?P<rest>.+)"
)


def _gathered(text: str) -> str | None:
    """明天下午 老黄3点 小马4点半 of 老黄 小马 都约明天下午 老黄3点 小马4点半; None for any other line."""
    match = _ALL_ON.fullmatch(text)
    people = [one for one in re.split("[ 、,，和跟]+", match["who"]) if one] if match else []
    return f"{match['day']} {match['rest']}" if match and all(one in match["rest"] for one in people) else None


def tasks_in(text: str, now: datetime, known: Sequence[Known] = ()) -> tuple[str, ...]:
    """The text of a reminder as one text a task, in order; () for a single task. `known` may be named in it."""
    message = as_message(f"{_ASK} {text}", now, known)
    parts = split(message) or several_tasks.split(message)
    return tuple(part.removeprefix(_ASK).strip() for part in parts)


def split(message: Message) -> tuple[str, ...]:
    """One text an appointment, in order, each with its whole time; () for anything else.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
    >>> split(as_message("明天10点秦川 4点白露", now, [Known(1, "秦川")]))
    ('明天10点秦川', '3月19日16:00白露')
    >>> split(as_message("明天 秦川10点 白露4点", now, [Known(1, "秦川")]))
    ('3月19日10点秦川', '3月19日16:00白露')
    """
    return _texts(message, _line(message))


def _texts(message: Message, line: _Line | None) -> tuple[str, ...]:
    if line is None or line.is_over or len(several_tasks.split(message)) >= len(line.units):
        return ()  # with a verb each they are told apart as tasks, whoever is named
    times = [*line.heading, *(one.time for one in line.units)]
    said = day_times.whole(times, message.now, in_order=True)[len(line.heading) :]
    texts = (_text_of(message.body, one, words) for one, words in zip(line.units, said, strict=True))
    return tuple(f"{text} {line.deed}" if line.deed else text for text in texts)


def _line(message: Message) -> _Line | None:
    """The message as times and names that take turns, if it is such a line."""
    text, now = message.body, message.now
    if len(text) > LONGEST or "\n" in text or _TO_ANOTHER.match(text):
        return None
    known = _named(text, message.known)
    masked = _masked(text, known)
    if _NONE_OF_THAT.search(masked):
        return None
    found = when.find(masked, now)
    if len(found) < 2 or any(one.kind == "recur" or one.anchored for one in found):
        return None
    is_over = found[0].on is not None and found[0].on < now.date() and all(map(_is_hour, found[1:]))
    times = found if is_over else tasks.ahead(masked, now)
    if len(times) != len(found) or tasks.changed(masked, times):
        return None
    people = sorted({*known, *_unknown(masked, times)})
    heading, times = _without_heading(masked, times, people)
    units = _units(masked, times, people, heading[0].span[1] if heading else 0)
    if not 2 <= len(units) <= MOST or not all(_is_ours(masked, one) for one in units) or not _is_clear(masked, units):
        return None
    deed = _OPENING.sub("", masked[: (heading[0] if heading else units[0].time).span[0]], count=1).strip(_SEPARATOR)
    if _NAME in deed or _NO_DEED.search(deed):  # 秦川明天10点: his name stands first, the deed behind
        deed = ""
    return _Line(heading, units, is_over, deed) if len(deed) <= _REST else None


def _named(text: str, known: Sequence[Known]) -> list[tuple[int, int]]:
    """Where known customers are named, in order."""
    lowered, found = text.lower(), set[tuple[int, int]]()
    for hit in customers.hits(text, known):
        if hit.person in (FULL, NICKNAME, TITLE, ADDRESS) and hit.words:
            at = lowered.find(hit.words)
            while at >= 0:
                found.add((at, at + len(hit.words)))
                at = lowered.find(hit.words, at + 1)
    kept: list[tuple[int, int]] = []
    for one in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if not any(one[0] < end and start < one[1] for start, end in kept):
            kept.append(one)
    return sorted(kept)


def _masked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + _NAME * (end - start) + text[end:]
    return _UNTIMELY.sub(" ", text)


def _unknown(masked: str, times: Sequence[When]) -> list[tuple[int, int]]:
    """Where somebody else may be named: words between the times that are nothing but a name, 见 or 去 before it."""
    found, ends = [], [0, *(one.span[1] for one in times)]
    starts = [*(one.span[0] for one in times), len(masked)]
    for start, end in zip(ends, starts, strict=True):
        place = start
        for piece in _GAP.split(masked[start:end]):
            place = masked.find(piece, place, end)
            opening = _OPENING.match(piece)
            at = opening.end() if opening else 0
            visits = next((size for size in range(len(piece), at, -1) if _VISITS.match(piece[at:size])), at)
            for begin in (visits, at):
                words = _AT_HIS.sub("", piece[begin:]) if len(piece) - begin > 3 else piece[begin:]
                if names.is_full_name(words) or names.is_address(words):
                    found.append((place + begin, place + begin + len(words)))
                    break
            place += len(piece)
    return found


def _without_heading(
    masked: str, times: list[When], people: Sequence[tuple[int, int]]
) -> tuple[list[When], list[When]]:
    """The day at the beginning under which all hours stand (明天 秦川10点 白露4点), and the other times."""
    first, rest = times[0], times[1:]
    if (first.at is not None and first.part is None) or not all(_is_hour(one) for one in rest):
        return [], times
    behind = rest[0].span[0]
    between = masked[first.span[1] : behind]
    is_followed = _OPENING.fullmatch(between) is not None
    named_before = any(first.span[1] <= start < behind for start, _ in people)
    named_last = any(start >= rest[-1].span[1] for start, _ in people)
    return ([first], rest) if len(rest) > 1 and (is_followed or (named_before and not named_last)) else ([], times)


def _is_hour(time: When) -> bool:
    words = time.words.strip()
    return day_times.CLOCK.match(words) is not None or day_times.PART.match(words) is not None


def _units(masked: str, times: Sequence[When], people: Sequence[tuple[int, int]], start: int) -> list[_Unit]:
    """The appointments from `start`, one for each time, with the name beside it; [] where they do not take turns."""
    if not people or not times:
        return []
    if people[0][0] < times[0].span[0]:
        return _names_first(masked, times, people, start)
    units = []
    for at, time in enumerate(times):
        end = times[at + 1].span[0] if at + 1 < len(times) else len(masked)
        mine = [one for one in people if time.span[1] <= one[0] < end]
        if len(mine) > 1:
            return []
        units.append(_Unit(time.span[0], end, time, mine[0] if mine else None))
    return units


def _names_first(masked: str, times: Sequence[When], people: Sequence[tuple[int, int]], start: int) -> list[_Unit]:
    """秦川10点看样 白露4点: each name stands before its time, behind the words of the one before."""
    if len(people) != len(times):
        return []
    starts = [start]
    for before, one in zip(times, people[1:], strict=False):
        between = masked[before.span[1] : one[0]]
        gaps = list(_GAP.finditer(between))
        starts.append(before.span[1] + gaps[-1].end() if gaps else one[0] - len(_verb(between)))
    ends = [*starts[1:], len(masked)]
    if any(
        not start <= name[0] < time.span[0] < end
        for start, name, time, end in zip(starts, people, times, ends, strict=True)
    ):
        return []
    return [_Unit(start, end, time, name) for start, name, time, end in zip(starts, people, times, ends, strict=True)]


def _verb(words: str) -> str:
    """The 跟 or 见 that ends the words and belongs to the name behind them."""
    return next((words[at:] for at in range(len(words)) if _VISITS.match(words[at:])), "")


def _is_ours(masked: str, unit: _Unit) -> bool:
    """True where the words beside name and time are an appointment of the rep's own, or no words at all."""
    first, last = unit.time.span
    before, after = masked[unit.start : first], masked[last : unit.end]
    rest = _AGREED.sub("约", f"{before}{after}").strip(_SEPARATOR)
    if len(rest) > _REST + (unit.name[1] - unit.name[0] if unit.name else 0) or cues.PAST.search(rest):
        return False
    opening = _OPENING.match(rest)
    rest = rest[opening.end() :] if opening else rest
    if unit.name is None:
        return bool(_CHORE.match(rest) or cues.VERB_FIRST.match(rest))
    size = unit.name[1] - unit.name[0]
    words = masked[unit.name[0] : unit.name[1]]
    verb, _, deed = rest.partition(words)
    deed = _AT_HIS.sub("", deed.strip(_SEPARATOR), count=1).strip(_SEPARATOR)
    if size and not deed:
        return _VISITS.fullmatch(verb) is not None
    if verb and cues.VERB_FIRST.match(verb) and _VISITS.fullmatch(verb):
        return True
    return _VISITS.fullmatch(verb) is not None and _TOGETHER.match(deed) is not None


def _is_clear(masked: str, units: Sequence[_Unit]) -> bool:
    """True where two at least have a name; an hour without one is no detail of the appointment before it."""
    named = [one for one in units if one.name is not None]
    if len(named) < 2:
        return False
    return all(two.name is not None or masked[: two.start].endswith(tuple(_SEPARATOR)) for _, two in pairwise(units))


def _text_of(text: str, unit: _Unit, said: str) -> str:
    """The appointment with its time in front."""
    first, last = unit.time.span
    before, after = text[unit.start : first], text[last : unit.end]
    opening = _OPENING.match(before)
    kept = before[opening.end() :] if opening else before
    return f"{said}{kept.strip(_SEPARATOR)}{_JOINS.sub('', after).strip(_SEPARATOR)}"
