"""On which day money came that is told: 3月18号付了 said on the 30th is gone by, 月底付 and 下午付 are to come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from nlp import lazy, when

_WEEKDAY, _NUMBER = lazy.regex("(?:周|星期|礼拜)[一二三四五六日天]"), lazy.regex("[^月]{1,3}[号日]")
_END, _DONE = lazy.regex("[月年季旬周][底末]"), lazy.regex("[了过来到已收]")


def gone_by(said: when.When, head: str, now: datetime) -> when.When:
    """The day as one gone by where what was done on it is told: 3月18号付了, said on the 30th of March."""
    if (past := when.lately(said, now)) is not None:
        return past
    on = said.on
    if on is None or on <= now.date() or said.kind != "date" or not re.search("[了过]", head[said.span[1] :]):
        return said
    if _WEEKDAY.fullmatch(said.words):
        return replace(said, on=on - timedelta(days=7))
    if _NUMBER.fullmatch(said.words) and on.day > now.day:
        last = now.date().replace(day=1) - timedelta(days=1)
        return replace(said, on=last.replace(day=on.day)) if on.day <= last.day else said
    return replace(said, on=now.date().replace(day=on.day)) if _NUMBER.fullmatch(said.words) else said


def is_ahead(said: when.When, head: str, now: datetime) -> bool:
    """True for a day or hour to come, what is done again and again, and 下午付 in the morning (not 下午付了).

    So is 月底付, said on the month's last day.
    """
    if said.recurrence or said.on is None or said.on > now.date():
        return True
    if said.on == now.date() and _END.search(said.words) and not _DONE.search(head):
        return True
    if said.part is not None and said.kind == "part":
        return said.on == now.date() and when.PART_HOURS[said.part] > now.hour and "了" not in head
    return said.kind == "datetime" and said.at is not None and said.at > now
