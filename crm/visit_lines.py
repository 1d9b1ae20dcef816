"""What to plan, as typed: 明天 浦东, 国贸大厦, 周五 张伟、李娜 → the day and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from nlp import lazy, when

_FILLER = lazy.regex(r"^(?:去|到|排|拜访|走访|跑)+|(?:附近|那边|那片|一带|片区|客户们?|的)+$")
_NAMES = lazy.regex(r"[、,，]|和|\s+")


@dataclass(frozen=True, slots=True)
class VisitLine:
    """`where`: a place, or names; `names` are its parts; `on` None without a day."""

    where: str
    names: tuple[str, ...]
    on: date | None


def read(text: str, now: datetime) -> VisitLine:
    """The plan of the text; `now` on the member's wall clock.

    >>> from datetime import UTC
    >>> read("明天 浦东的客户", datetime(2026, 3, 18, tzinfo=UTC))
    VisitLine(where='浦东', names=('浦东',), on=datetime.date(2026, 3, 19))
    """
    day = None
    for found in when.find(text, now):
        if found.on is not None and not found.recurrence:
            start, end = found.span
            day, text = found.on, f"{text[:start]} {text[end:]}"
            break
    words = (_FILLER.sub("", word) for word in re.split(r"[\s:：]+", text.strip(" 。！!？?")))
    where = " ".join(word for word in words if word)
    return VisitLine(where, tuple(part for part in _NAMES.split(where) if part), day)
