"""A day counted back from an event that the same message dates: 截止前三天准备标书，截止是4月10号."""

from __future__ import annotations

import re
from datetime import datetime

from nlp import lazy
from nlp.reader import deeds
from nlp.reader.moments import ahead
from nlp.when import When

_BEFORE = lazy.regex(
    rf"(?P<event>[一-鿿]{{2,8}}?)(?:[之的]?日期?|当天|那天|时间)?[之的]?(?:前|提前){deeds.LENGTH}(?:就|再|去|要)?"
)
_ASKS = lazy.regex("(?:请|麻烦|帮我|记得|别忘了?)*(?:(?:提醒|叫|喊|通知)(?:一?下)?我)?")
_IS = r"(?:[之的]?日期?|时间)?(?:就?是|定?在|为|[:：])?"
_HOURS = lazy.regex("(?i)时|钟|min|h")


def settled(text: str, now: datetime) -> str:
    """The text with the day that is meant in place of what it is counted from; as it is where no event is dated.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> settled("提醒我截止日前三天准备标书 截止是4月10号", now)
    '提醒我 2026年4月7日准备标书'
    """
    for told in _BEFORE.finditer(text):
        opening = _ASKS.match(told["event"])
        event = told["event"][opening.end() if opening else 0 :][-2:]
        if len(event) < 2 or _HOURS.search(told["unit"]):
            continue
        for day in ahead(text, now):
            said = _dating(text, event, day)
            if said is None or day.on is None or day.kind == "recur" or said[0] < told.end():
                continue
            on = deeds.earlier(day.on, told)
            asking = text[: told.start("event")] + (opening.group() if opening else "")
            rest = f"{text[told.end() : said[0]]} {text[said[1] :]}".strip(" ,，。;；")
            return f"{asking} {on.year}年{on.month}月{on.day}日{rest}".strip()
    return text


def _dating(text: str, event: str, day: When) -> tuple[int, int] | None:
    """From where to where the text says on which day the event is: 截止是4月10号, 4月10号截止."""
    start, end = day.span
    if before := re.search(rf"{event}{_IS}\s*$", text[:start]):
        return before.start(), end
    after = re.match(rf"\s*[一-鿿]{{0,4}}?{event}", text[end:])
    if after is None and event not in day.words:
        return None
    is_whole = (
        start == 0 or text[start - 1] in " ,，。;；\n"
    )  # else the clause says what it is that ends: 保险5月1号到期
    return start, end + (after.end() if after is not None and is_whole else 0)
