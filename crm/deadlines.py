"""Until when something promised 'before' a festival must be done: nobody works on the festival itself."""

from __future__ import annotations

from datetime import date, timedelta

from almanac import workdays
from nlp import lazy
from nlp.when import When, festivals

_BEFORE_FESTIVAL = lazy.regex(rf"{festivals.NAMES}(?:节|假期?|放假)?(?:之前|以前|前)$")


def last_workday(expression: When) -> date | None:
    """The last working day before the festival of 国庆前; None for any other time, which stays as it is said.

    The reader's own convention is that 国庆前 has the date of the festival; a task would then be told when all is shut.
    """
    if expression.on is None or expression.at is not None or not _BEFORE_FESTIVAL.search(expression.words.strip()):
        return None
    day = expression.on - timedelta(days=1)
    for _ in range(workdays.LONGEST_REST):
        if workdays.is_workday(day):
            return day
        day -= timedelta(days=1)
    return None
