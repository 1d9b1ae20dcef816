"""When a repetition (`WEEKLY;FR;T17:30`, the codes of nlp.when.recurrence) is next due, and that it is over."""

import calendar
import re
from datetime import date, datetime, time, timedelta

from almanac import lunar, workdays
from nlp.when import festivals, months

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
DEFAULT_TIME = time(9, 0)


class SeriesOver(ValueError):
    """Nothing of the repetition is due any more: its last day has gone by."""


def next_occurrence(recurrence: str, after: datetime) -> datetime:
    """The first due moment strictly after `after`, in its zone; 09:00 where no time is said.

    Monday to Friday are the days of the working week: a public holiday among them is none, a weekend day that is
    worked instead is one. A piece `U20260515` is the last day.

    With an interval above one (WEEKLY2, MONTHLY3) pass the last due moment: a match there starts the count.
    Raises: SeriesOver behind the last day; ValueError when the words are no recurrence.
    """
    head, *rest = recurrence.split(";")
    named = re.fullmatch("(HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)([0-9]{0,2})", head)
    if not named:
        raise ValueError(recurrence)
    every, clock, rule, before, last = int(named[2] or 1), DEFAULT_TIME, "", 0, date.max
    for piece in rest:
        if re.fullmatch(r"T\d\d:\d\d", piece):
            clock = time.fromisoformat(piece[1:])
        elif re.fullmatch(r"-\d{1,3}D", piece):
            before = int(piece[1:-1])
        elif re.fullmatch(r"U\d{8}", piece):
            last = date.fromisoformat(piece[1:])
        else:
            rule = piece
    shift = timedelta(days=before)
    if named[1] == "HOURLY":
        due = (after + timedelta(hours=every)).replace(second=0, microsecond=0)
    else:
        due = _search(named[1], every, rule, clock, after + shift) - shift
    if due.date() > last:
        raise SeriesOver(recurrence)
    return due


def _search(kind: str, every: int, rule: str, clock: time, after: datetime) -> datetime:
    today = after.date()
    anchored = every > 1 and matches(kind, rule, today, today)
    for offset in range(366 * 13):
        day = today + timedelta(days=offset)
        due = datetime.combine(day, clock, after.tzinfo)
        if due > after and _falls(kind, rule, day, today) and (not anchored or _in_step(kind, every, today, day)):
            return due
    raise ValueError(rule)


def _falls(kind: str, rule: str, day: date, anchor: date) -> bool:
    if kind == "WEEKLY" and rule == WORKDAYS:
        return workdays.is_workday(day)
    return matches(kind, rule, day, anchor)


def _in_step(kind: str, every: int, anchor: date, day: date) -> bool:
    if kind == "DAILY":
        apart = (day - anchor).days
        return apart > 0 and apart % every == 0
    if kind == "WEEKLY":
        monday = timedelta(days=anchor.weekday())
        return day > anchor and ((day - anchor + monday).days // 7) % every == 0
    years = day.year - anchor.year
    return day > anchor and (years * 12 + day.month - anchor.month if kind == "MONTHLY" else years) % every == 0


def matches(kind: str, rule: str, day: date, anchor: date) -> bool:
    """True when the rule falls on the day; a rule without days falls like the anchor."""
    if kind == "DAILY":
        return True
    if kind == "WEEKLY":
        return CODES[day.weekday()] in rule.split(",") if rule else day.weekday() == anchor.weekday()
    if kind == "MONTHLY" and rule.startswith("lunar:"):
        return any(_is_lunar(int(number), day) for number in rule[6:].split(","))
    if kind == "MONTHLY":
        return any(_monthly_match(r, day) for r in (rule or str(anchor.day)).split(","))
    if rule.startswith("lunar:"):
        month, number = map(int, rule[6:].split("-"))
        return any(festivals.solar_of_lunar(y, month, number) == day for y in (day.year - 1, day.year))
    if "-" in rule:
        month, number = map(int, rule.split("-"))
        return day == date(day.year, month, min(number, calendar.monthrange(day.year, month)[1]))
    return festivals.date_of(rule, day.year) == day if rule else (day.month, day.day) == (anchor.month, anchor.day)


def _is_lunar(number: int, day: date) -> bool:
    """The day of the lunar month; the thirtieth of a short one is its last."""
    on, after = lunar.from_solar(day), lunar.from_solar(day + timedelta(days=1))
    return on.day == number or (number == 30 and on.day == 29 and after.day == 1)


def _monthly_match(rule: str, day: date) -> bool:
    last = months.month_end(day.year, day.month)
    found = re.fullmatch("(-?[0-9]+)([A-Z]{2})?", rule)
    if not found:
        raise ValueError(rule)
    number, weekday = int(found[1]), found[2]
    if weekday == "WD":
        return workdays.is_workday(day) and _workdays_from(day, last) == -number
    if weekday:
        nth = -((last - day).days // 7 + 1) if number < 0 else (day.day - 1) // 7 + 1
        return CODES[day.weekday()] == weekday and nth == number
    return (day - last).days - 1 == number if number < 0 else day.day == min(number, last.day)


def _workdays_from(day: date, last: date) -> int:
    """How many working days there are from the day on to the last, both included."""
    return sum(workdays.is_workday(day + timedelta(days=n)) for n in range((last - day).days + 1))
