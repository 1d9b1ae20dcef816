"""Days in the data of buttons: an ordinal of the calendar becomes a day that every database and zone can hold."""

from __future__ import annotations

from datetime import date

EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


class DayUnknown(ValueError):
    """No day that a button of ours would name."""


def day_of(ordinal: int) -> date:
    """The day.

    Raises: DayUnknown
    >>> day_of(739693)
    datetime.date(2026, 3, 18)
    """
    if not EARLIEST.toordinal() <= ordinal <= LATEST.toordinal():
        raise DayUnknown(ordinal)
    return date.fromordinal(ordinal)
