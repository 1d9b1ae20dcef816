"""When a task is due after words moved it: what they leave unsaid it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from crm import promises
from crm.members import Actor
from crm.tables import Task
from nlp import lazy
from nlp.reader.moves import Change
from nlp.when import When

Moment = tuple[datetime, bool]  # due at, and whether its hour counts


def is_on(day: When | None, task: Task, actor: Actor) -> bool:
    """True when the task was due on the day that was told, at its hour if one was."""
    if day is None or day.on is None:
        return False
    stood = actor.local(task.due_at)
    return stood.date() == day.on and (day.at is None or not task.has_time or stood.time() == day.at.time())


def due(change: Change, was: Moment, actor: Actor) -> Moment | None:
    """When the task is due after the change; a day alone keeps the hour, an hour alone the day and its half."""
    if change.kind == "cancel":
        return None
    stood = actor.local(was[0])
    if change.by is not None:
        has_time = was[1] or abs(change.by) % timedelta(days=1) != timedelta(0)
        return stood + change.by, has_time
    later = _in_its_week(change.later, stood) if change.corrects and change.later is not None else change.later
    if later is not None and _is_its_weekday(later, stood):
        return (stood, was[1]) if later.at is None else (datetime.combine(stood.date(), later.at.timetz()), True)
    if later is not None and later.at is not None:
        on = stood.date() if change.is_hour else later.at.date()
        hour = _in_same_half(later, stood.hour) if was[1] else later.at.hour
        if change.is_hour and not was[1] and on != later.at.date():
            hour = _in_same_half(later, _MORNING)  # ten o'clock of another day, though this morning's has gone by
        return datetime.combine(on, later.at.timetz().replace(hour=hour)), True
    assert later is not None
    assert later.on is not None
    if was[1]:
        return datetime.combine(later.on, stood.timetz()), True
    return promises.on_day(later.on, actor.zone), False


_WEEKDAY = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天](?![一二三四五六日天])")


def _in_its_week(later: When, stood: datetime) -> When:
    """The weekday of the week in which the task stands (不对 是周四 of 下下周二), unless that is over."""
    if later.on is None or _WEEKDAY.match(later.words) is None:
        return later
    away = stood.date() + timedelta(days=later.on.weekday() - stood.weekday()) - later.on
    if away <= timedelta(0):
        return later
    return replace(later, on=later.on + away, at=later.at + away if later.at is not None else None)


def _is_its_weekday(later: When, stood: datetime) -> bool:
    """True for 是周四 of a task that is due on a Thursday to come already."""
    said = _WEEKDAY.match(later.words) is not None and later.on is not None
    return said and later.on is not None and later.on.weekday() == stood.weekday() and later.on <= stood.date()


_BARE_HOUR = lazy.regex(r"(?<![\d:])(?:[1-9]|1[01]|[一二两三四五六七八九十]|十一)(?:点|[:：]\d\d)")
_PART_OF_DAY = lazy.regex(r"(?i)[早晚午夜晨]|(?<![a-z])[ap]\.?m")
_MORNING = 9
_EARLIEST, _EVENING, _LATEST = 7, 18, 21  # a morning's hours begin, an evening's begin, a working day's end


def _in_same_half(later: When, was: int) -> int:
    """The hour in the half of the day in which the task stood (8:30 → 改8点 is 08:00), unless its words name one.

    One o'clock after a morning is in the afternoon, eleven after an afternoon is before noon.
    """
    assert later.at is not None
    if not _BARE_HOUR.search(later.words) or _PART_OF_DAY.search(later.words):
        return later.at.hour
    early = later.at.hour % 12
    if was < 12:
        return early if early >= min(_EARLIEST, was) else early + 12
    return early if early + 12 > _LATEST and was < _EVENING else early + 12
