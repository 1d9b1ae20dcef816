"""The hour at which we come to a new customer's house: 周六上午10点量尺 in the line that tells of him is our task."""

from __future__ import annotations

from datetime import datetime

from nlp import lazy
from nlp.reader import tasks
from nlp.when import When

_DEED = (
    "(?:去|来|过去|到家里?|先|我们?)*"
    "(?P<what>(?:上门)?(?:量[尺房]|复尺|初测|复测|勘[测察]|踏勘|看现场)|上门(?:安装|看看?))"
)
_BEHIND, _BEFORE = lazy.regex(rf"\s?{_DEED}(?![了过])"), lazy.regex(rf"(?:^|[\s,，。;；]){_DEED}[\s:：]?$")


def told(text: str, now: datetime) -> tuple[str, When] | None:
    """What we come for and when; None without a part of the day, for a day alone is his wish as well.

    >>> from datetime import UTC
    >>> found = told("刘先生 13812340001 周六上午10点量尺", datetime(2026, 3, 18, 10, tzinfo=UTC))
    >>> found[0], found[1].value
    ('量尺', '2026-03-21T10:00')
    """
    for time in tasks.ahead(text, now):
        start, end = time.span
        deed = _BEHIND.match(text, end) or _BEFORE.search(text[:start])
        if deed and time.kind != "recur" and time.at is not None:
            return deed["what"], time
    return None
