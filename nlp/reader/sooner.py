"""A reminder so long before its event: 提前三天, 到期前一周, and of what comes again the day before each time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

from nlp import lazy, when
from nlp.reader import deeds
from nlp.when import When

_SOONER = lazy.regex(f"提[前早]{deeds.LENGTH}|(?<=到期)前{deeds.ANOTHER_LENGTH}")
_HOURS = lazy.regex("(?i)时|钟|min|h")


def moment(text: str, event: When, now: datetime) -> When | None:
    """The moment so long before the event as 提前三天 says, or None; hours count only from a moment on the clock."""
    match = _SOONER.search(text)
    if not match or event.on is None or event.anchored:
        return None
    words = re.search(deeds.LENGTH, match.group())  # before 到期 it has no names
    if words is None:
        return None
    length = timedelta(minutes=deeds.minutes(words))
    if event.recurrence is not None:
        return _each_sooner(event, length, now) if length else None
    if _HOURS.search(words["unit"]):
        at = event.at - length if event.at else None
        return replace(event, at=at, on=at.date(), value=f"{at:%Y-%m-%dT%H:%M}") if at else None
    back = event.on - deeds.earlier(event.on, words)
    on, at = event.on - back, event.at - back if event.at else None
    value = f"{at:%Y-%m-%dT%H:%M}" if at else on.isoformat()
    return replace(event, on=on, at=at, value=value, deadline=False, kind="datetime" if at else "date")


def before_each(text: str) -> str:
    """The text with the day before each time as it is said of others: 每周一送货 前一天备货 → 提前一天备货.

    >>> before_each("每周一送货 提醒我前一天晚上备货"), before_each("周一送货 前一天备货")
    ('每周一送货 提醒我提前一天晚上8点备货', '周一送货 前一天备货')
    """
    told = _DAY_BEFORE.search(text)
    each = _EACH_ONE.search(text, 0, told.start()) if told is not None else None
    if told is None or each is None:
        return text
    before = text[: told.start()]
    if told["evening"] or _CLOCK.match(text, told.end()):
        before = _CLOCK.sub("", before)  # the evening counts, not the hour of what comes a day later
    return f"{before}提前一天{'晚上8点' if told['evening'] else ''}{text[told.end() :]}"


_EACH_ONE = lazy.regex(
    r"每个?双?(?:周|星期|礼拜)[一二三四五六日天末\d]|每个?(?:月|季度?|年)[^,，。 ]{0,4}?[\d一二三四五六七八九十初末底]"
    "|(?:周|星期|礼拜)[一二三四五六日天]都"
)
_CLOCK = lazy.regex(
    r"(?:早上|早晨|清晨|凌晨|上午|中午|下午|傍晚|晚上|[早晚])?\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
    r"(?:[:：]\d\d|点(?:半|一刻|三刻|\d{1,2}分?|钟)?(?!左右的|[餐心货]))"
)
_DAY_BEFORE = lazy.regex(  # not 前一天的没卖完, nor what is not done then
    r"(?<![提之以])[前头]一[天日](?!上?班|的?(?:[晚夜][上里间]?)?(?:的?[没剩卖车货单]|不[能准许可吃要]))(?:的(?=[晚夜]))?"
    r"(?P<evening>[晚夜](?![上里间]?\s?(?:\d{1,2}|[一二两三四五六七八九十]{1,3})[点:：])[上里间]?)?"
)


def _each_sooner(each: When, length: timedelta, now: datetime) -> When | None:
    """Each time so long before: 每年4月8号厂庆 提前一周提醒我, 每周五下午3点例会 提前半小时提醒我."""
    code, _, end = str(each.recurrence).partition(";U")
    head, hour = _HOUR_OF.sub("", code), _HOUR_OF.search(code)
    if each.on is None or head.startswith("HOURLY") or _BEFORE_EACH.search(code):
        return None
    if length >= timedelta(days=1):
        if head.startswith("DAILY"):
            return None
        code = f"{head};-{length.days}D{hour.group() if hour else ''}"
    else:
        at = each.at - length if each.at is not None and hour else None
        if at is None or at.date() != each.on:
            return None
        code = f"{head};T{at:%H:%M}"
    code += f";U{end}" if end else ""
    begins = datetime.combine(each.on, time(0), now.tzinfo) - timedelta(days=length.days, seconds=1)
    try:
        due = when.next_occurrence(code, max(now, begins))
    except when.SeriesOver:
        return None
    if length >= timedelta(days=1) and each.on > now.date() and due.date() > each.on:
        return replace(each, value=code, recurrence=code)  # too late for that before the first: on its day
    return replace(each, value=code, recurrence=code, on=due.date(), at=due if hour else None)


_HOUR_OF = lazy.regex(r";T\d\d:\d\d")
_BEFORE_EACH = lazy.regex(r";-\d+D")
