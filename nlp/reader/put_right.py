"""A thing called by its name, and when it is in truth: 不对 家长会是7点半. Whether it is a task, the tasks tell."""

from __future__ import annotations

from datetime import datetime

from nlp import lazy
from nlp.reader import moments
from nlp.when import When

_RIGHT = lazy.regex(
    "(?:哦|啊|呃|嗯)?(?:不对|[说记写打搞]?错了|口误)了?[,，。 ]+"
    r"(?P<words>(?!应该|是|不|我|他|她|你|那|这|[^\s]{0,4}生日)[^\s,，。;；\d]{2,10}?)(?:应该)?[是在]$"
)
_ONLY_ENDS = lazy.regex("[吧哈啊的。!！ ]*")


def told(text: str, found: list[When], now: datetime) -> tuple[str, When] | None:
    """What the thing is called, and its time; None where more is said, or the time is over.

    >>> from datetime import timedelta, timezone
    >>> from nlp import when
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> text = "不对 家长会是7点半"
    >>> words, later = told(text, when.find(text, now), now)
    >>> words, later.value
    ('家长会', '2026-03-18T19:30')
    """
    right = _RIGHT.match(text[: found[0].span[0]]) if len(found) == 1 else None
    if right is None or found[0].kind == "recur" or not _ONLY_ENDS.fullmatch(text[found[0].span[1] :]):
        return None
    later = moments.resolved(found[0], now)
    return (right["words"], later) if moments.is_ahead(later, now) else None
