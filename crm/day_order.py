"""In which order a day is told: what no other message tells first, then what has one, old cases last, in one line each.

A task with an hour rings and a birthday has a message of its own, but a task of the day, money that falls due and a
contract that ends are told by the day's list alone: what hides them loses them.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, or_

from almanac import workdays
from crm.day_items import Item
from crm.tables import Complaint, Task
from nlp import lazy

FRESH = timedelta(days=3)  # a case is named in a line of its own for so long, and folded with the others later
WEEK = timedelta(days=7)  # money due is named in a line of its own for so long
HALF_A_YEAR = timedelta(days=183)  # nothing is told of longer ahead
_EVENT = lazy.regex(r"（(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?: (?P<hour>\d{2}:\d{2}))?）$")
_LATEST = datetime.max.replace(tzinfo=UTC)


class Place(IntEnum):
    """Where a thing stands in the day's list."""

    TIMED = 0  # a task of today whose hour is to come, by the hour
    URGENT = 1  # complaints that cannot wait, however old
    SILENT = 2  # of today, and told by nothing else: tasks of the day, money
    TOLD = 3  # of today, with a message of its own: birthdays, new complaints
    RANG = 4  # a task of today whose hour is over
    DUE = 5  # money due for some days
    RISK = 6
    LATE = 7
    AHEAD = 8  # birthdays to come
    OLD = 9  # complaints and debts told before: one line each on the card
    HELD = 10  # birthdays of which nobody was reminded


def place(item: Item, zone: ZoneInfo, now: datetime) -> Place:
    """Which part of the list the thing stands in."""
    today = now.astimezone(zone).date()
    if item.task is not None:
        return _place_of_task(item, item.task, zone, now)
    if item.held is not None:
        return Place.HELD
    if item.kind == "birthday":
        return Place.TOLD if item.on == today else Place.AHEAD
    if item.complaint is not None:
        if is_urgent(item.complaint):
            return Place.URGENT
        return Place.TOLD if now - _since(item.complaint) < FRESH else Place.OLD
    if item.kind == "debt" and item.on is not None:
        return Place.SILENT if is_told_first(item.on, today) else Place.DUE if today - item.on <= WEEK else Place.OLD
    return Place.RISK


def is_urgent(complaint: Complaint) -> bool:
    """True of an urgent complaint that is not solved."""
    return complaint.urgent and complaint.stage != "resolved"


def is_told_first(due_on: date, today: date) -> bool:
    """True on the day on which money falls due; where nobody works then, until the next working day."""
    if due_on == today:
        return True
    return due_on < today and not workdays.is_workday(due_on) and today <= workdays.next_workday(due_on)


def key(item: Item, zone: ZoneInfo, now: datetime) -> tuple[int, datetime, float, datetime, int]:
    """By this the things of a day are sorted."""
    where = place(item, zone, now)
    if item.task is None or where != Place.TIMED:
        return where, _LATEST, *by_score(item)
    at = event_at(item.task, zone)
    is_today = at is not None and at.date() == now.astimezone(zone).date()
    return where, at if at is not None and is_today else item.task.due_at, *by_score(item)


def by_score(item: Item) -> tuple[float, datetime, int]:
    """The most worthwhile first, ties by age."""
    due = item.task.due_at if item.task else item.complaint.opened_at if item.complaint else None
    return -item.score, due or _LATEST, item.customer.customer_id if item.customer else 0


def event_on(task: Task, zone: ZoneInfo) -> date | None:
    """The day of what the task tells ahead of its time: 拜访宋海涛（4月1日 10:00）, due the day before; else None.

    Put off to its own day it is of that day as long as it is due before the hour of the thing; later there is none.
    """
    told, due = _EVENT.search(task.what), task.due_at.astimezone(zone)
    on = _next(task, told, due.date(), zone) if told is not None else None
    if told is None or on is None:
        return None
    if on > due.date():
        return on
    at = _hour(told, on, zone)
    return on if at is not None and (not task.has_time or due < at) else None


def event_at(task: Task, zone: ZoneInfo) -> datetime | None:
    """The moment of it, where it has an hour."""
    told, on = _EVENT.search(task.what), event_on(task, zone)
    return _hour(told, on, zone) if told is not None and on is not None else None


def without_event(what: str) -> str:
    """The title without the day of what it tells ahead of."""
    return _EVENT.sub("", what)


def tells_of(day: date, zone: ZoneInfo) -> ColumnElement[bool]:
    """True of tasks of the months before that day whose title ends with it: they told of it ahead."""
    ends, midnight = f"（{day.month}月{day.day}日", datetime.combine(day, time(0), zone)
    is_told = or_(Task.what.like(f"%{ends}）"), Task.what.like(f"%{ends} __:__）"))
    return and_(is_told, Task.due_at >= midnight - HALF_A_YEAR, Task.due_at < midnight)


def _next(task: Task, told: re.Match[str], due: date, zone: ZoneInfo) -> date | None:
    """The first such day from the due one on, unless the one that was meant when the task was made is over."""
    made = task.created_at.astimezone(zone).date()
    since = due if task.recurrence else min(made, due)
    for year in range(since.year, since.year + 2):
        try:
            on = date(year, int(told["month"]), int(told["day"]))
        except ValueError:
            continue
        if on >= since:
            return on if due <= on <= due + HALF_A_YEAR else None
    return None


def _hour(told: re.Match[str], on: date, zone: ZoneInfo) -> datetime | None:
    try:
        return datetime.combine(on, time.fromisoformat(told["hour"]), zone) if told["hour"] else None
    except ValueError:
        return None


def _place_of_task(item: Item, task: Task, zone: ZoneInfo, now: datetime) -> Place:
    if item.is_late:
        return Place.LATE
    if event_on(task, zone) == now.astimezone(zone).date():
        at = event_at(task, zone)
        return Place.TIMED if at is not None and at > now else Place.SILENT
    if not task.has_time:
        return Place.SILENT
    return Place.TIMED if task.due_at > now else Place.RANG


def _since(complaint: Complaint) -> datetime:
    """Since when the case stands as it does."""
    return complaint.resolved_at or complaint.opened_at
