"""Time that is worked: the hours of a working day, for deadlines that stand still at night and on days off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from almanac import workdays
from crm.day_spans import Span


def after(start: datetime, hours: float, span: Span | None, zone: ZoneInfo) -> datetime:
    """The instant at which so many working hours have passed since `start`; without a span working days count whole.

    >>> nine_to_six = Span(time(9), time(18))
    >>> friday = datetime(2026, 3, 20, 16, tzinfo=ZoneInfo("Asia/Shanghai"))
    >>> f"{after(friday, 4, nine_to_six, ZoneInfo('Asia/Shanghai')):%m-%d %H:%M}"
    '03-23 11:00'
    """
    left, day = timedelta(hours=hours), start.astimezone(zone).date() - timedelta(days=1)
    while True:  # the shift that began yesterday may still go on
        opens, closes = _shift(day, span, zone)
        if closes > start and workdays.is_workday(day):
            begins = max(opens, start)
            if begins + left <= closes:
                return (begins + left).astimezone(zone)
            left -= closes - begins
        day += timedelta(days=1)


def day_after(moment: datetime, zone: ZoneInfo) -> datetime:
    """The same time of the next working day."""
    local = moment.astimezone(zone)
    return datetime.combine(workdays.next_workday(local.date()), local.time(), zone)


def _shift(day: date, span: Span | None, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Both ends as instants of UTC, so that a difference is time that passes."""
    utc = ZoneInfo("UTC")
    if span is None:
        start, end = datetime.combine(day, time(0), zone), datetime.combine(day + timedelta(days=1), time(0), zone)
    else:
        start = datetime.combine(day, span.start, zone)
        end = datetime.combine(day + timedelta(days=int(span.end <= span.start)), span.end, zone)
    return start.astimezone(utc), end.astimezone(utc)
