"""In which order a day is told: what no other message tells first, then what has one, old cases last, in one line each.

A task with an hour rings and a birthday has a message of its own, but a task of the day, money that falls due and a
contract that ends are told by the day's list alone: what hides them loses them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from zoneinfo import ZoneInfo

from almanac import workdays
from crm.day_items import Item
from crm.tables import Complaint, Task
from nlp import lazy

FRESH = timedelta(days=3)  # a case is named in a line of its own for so long, and folded with the others later
WEEK = timedelta(days=7)  # money due is named in a line of its own for so long
_EVENT = lazy.regex(r"（(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?: (?P<hour>\d{2}:\d{2}))?）$")
_LATEST = datetime.max.replace(tzinfo=UTC)


class Place(IntEnum):
    """Where a thing stands in the day's list."""

    TIMED = 0  # a task of today whose hour is to come, by the hour
    SILENT = 1  # of today, and told by nothing else: tasks of the day, money
    TOLD = 2  # of today, with a message of its own: birthdays, new complaints
    RANG = 3  # a task of today whose hour is over
    DUE = 4  # money due for some days
    RISK = 5
    LATE = 6
    AHEAD = 7  # birthdays to come
    OLD = 8  # complaints and debts told before: one line each on the card
    HELD = 9  # birthdays of which nobody was reminded


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
        return Place.TOLD if now - _since(item.complaint) < FRESH else Place.OLD
    if item.kind == "debt" and item.on is not None:
        return Place.SILENT if is_told_first(item.on, today) else Place.DUE if today - item.on <= WEEK else Place.OLD
    return Place.RISK


def is_told_first(due_on: date, today: date) -> bool:
    """True on the day on which money falls due; where nobody works then, until the next working day."""
    if due_on == today:
        return True
    return due_on < today and not workdays.is_workday(due_on) and today <= workdays.next_workday(due_on)


def key(item: Item, zone: ZoneInfo, now: datetime) -> tuple[int, datetime, float, datetime, int]:
    """By this the things of a day are sorted."""
    where = place(item, zone, now)
    hour = event_at(item.task, zone) or item.task.due_at if item.task is not None and where == Place.TIMED else _LATEST
    return where, hour, *by_score(item)


def by_score(item: Item) -> tuple[float, datetime, int]:
    """The most worthwhile first, ties by age."""
    due = item.task.due_at if item.task else item.complaint.opened_at if item.complaint else None
    return -item.score, due or _LATEST, item.customer.customer_id if item.customer else 0


def event_on(task: Task, zone: ZoneInfo) -> date | None:
    """The day of what the task tells ahead of its time: 拜访宋海涛（4月1日 10:00）, due the day before; else None."""
    told = _EVENT.search(task.what)
    if told is None:
        return None
    due = task.due_at.astimezone(zone).date()
    for year in (due.year, due.year + 1):
        try:
            on = date(year, int(told["month"]), int(told["day"]))
        except ValueError:
            continue
        if on > due:
            return on
    return None


def event_at(task: Task, zone: ZoneInfo) -> datetime | None:
    """The moment of it, where it has an hour."""
    told, on = _EVENT.search(task.what), event_on(task, zone)
    if told is None or on is None or told["hour"] is None:
        return None
    try:
        return datetime.combine(on, time.fromisoformat(told["hour"]), zone)
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
