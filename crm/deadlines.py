"""Until when something promised 'before' a festival or a Monday must be done: nobody works on the days before it."""

from __future__ import annotations

from datetime import date, timedelta

from almanac import workdays
from nlp import lazy
from nlp.when import When, festivals

_BEFORE_FESTIVAL = lazy.regex(rf"{festivals.NAMES}(?:节|假期?|放假)?(?:之前|以前|前)$")
_BEFORE_MONDAY = lazy.regex("(?:周|星期|礼拜)[一1](?:之前|以前|前)$")


def last_workday(expression: When, today: date) -> date | None:
    """The last working day before the day of 国庆前 and 周一前; None where that is over, and for any other time, which
    stays as it is said.

    The reader's own convention is that 国庆前 has the date of the festival; a task would then be told when all is shut,
    and one of 周一前 on the morning by which it had to be done.
    """
    if expression.on is None or expression.at is not None or expression.recurrence is not None:
        return None
    said = expression.words.strip()
    if not (_BEFORE_FESTIVAL.search(said) or _BEFORE_MONDAY.search(said)):
        return None
    day = expression.on - timedelta(days=1)
    for _ in range(workdays.LONGEST_REST):
        if workdays.is_workday(day):
            return day if day >= today else None
        day -= timedelta(days=1)
    return None
