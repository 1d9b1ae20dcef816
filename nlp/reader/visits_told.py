"""Visits in the line of a new customer that are our task: we come at that hour (周六上午10点量尺), or he comes to us
(下周二来厂里试切)."""

from __future__ import annotations

import re
from datetime import date, datetime

from nlp import lazy
from nlp.reader import tasks
from nlp.when import When

_DEED = (
    "(?:去|来|过去|到家里?|先|我们?)*"
    "(?P<what>(?:上门)?(?:量[尺房]|复尺|初测|复测|勘[测察]|踏勘|看现场)|上门(?:安装|看看?))"
)
_COMES = lazy.regex(
    r"\s?(?:他|她|他们|要|会|就|再)*(?P<what>(?:过来|[来到])(?:我们?|咱们?)?(?:厂|店|公司|展厅|工厂|门店|门市|校区|馆|会所)[里来]?"
    r"(?:试|看|验|参观|考察|体验|提|签|谈|面谈|取|选|拿|办)[一-鿿]{0,6})(?<!了)"
)
_AGREED = lazy.regex(r"(?:^|[\s,，。;；说讲])(?:一起|那就|就|先|都|我们|咱们?|大家)*约(?:了|好|在|到|定)*\s?$")
MEET = "见面"  # on what was agreed, where only the hour is told: 一起约周四晚上7点
_OFF, _DAY = lazy.regex("[了过]|没来|再说"), lazy.regex("[日号周天]|星期|礼拜|[一二三四五六]$")
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
        comes = _COMES.match(text, end)
        if comes and time.kind != "recur" and _is_to_come(time, comes, text, now):
            return comes["what"], time
        if time.at is not None and time.kind != "recur" and _AGREED.search(text[:start]):
            return MEET, time
    return None


def on(text: str, now: datetime) -> date | None:
    """The day alone, to offer."""
    found = told(text, now)
    at = found[1].at if found is not None else None
    return (at.date() if at is not None else found[1].on) if found is not None else None


def _is_to_come(time: When, comes: re.Match[str], text: str, now: datetime) -> bool:
    """True for a day after today that is told exactly, and a visit that was not yet: 下周二来厂里试切."""
    is_exact = time.on is not None and time.on > now.date() and _DAY.search(time.words.strip()) is not None
    return is_exact and _OFF.match(text, comes.end()) is None
