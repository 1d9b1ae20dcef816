"""A customer does not come to what was planned: 江水的试驾不来了, 江水 取消试驾, 江水明天来不了.

Which task that is, the tasks tell; 以后不来了 and 取消订单 are none of it.
"""

from __future__ import annotations

from datetime import datetime

from nlp import lazy, when
from nlp.reader import cues
from nlp.reader.moves import LONGEST, Change
from nlp.when import numerals

VISIT = (
    "试驾|试听课?|试穿|体验课?|参观|看[房车厂样店]|到店|上门|来店|面谈|见面|饭局|验收|演示|护理|头疗|做[脸护美指头]|剪发|烫发|染发"
    "|提车|取车|取货|拍照|签约|拜访|预约|约"
)
_SHORTEST = lazy.regex(f"(?:{VISIT})")
_OF_VISIT = lazy.regex(f"{VISIT}|来(?!电|信)|过来|到访|面试|试[用吃戴躺]|取[件车货]|做客|[上听]课")
_COURTESY = "[了啦啊哈吧~。！! ]*"
_OFF = lazy.regex(
    "(?:[的 ]|那边)*(?:说|讲|来电说?|通知)?(?:的| )*(?P<what>[一-鿿]{0,5}?)的?(?:也|又|就|都|突然|临时|先| )*"
    f"(?:不(?:过)?来了|不过来|过?来不[了成]|过不来|去不[了成]){_COURTESY}"
    "|(?:[的 ]|那边)*(?:说|讲|来电说?|通知)?(?:要|想|又|也|先|临时|突然| )*"
    f"取消[了掉]?(?:的| )*(?P<thing>[一-鿿]{{2,5}}?){_COURTESY}"
)
_OFF_THEN = lazy.regex(rf"(?:{_OFF.pattern})(?=\s|$)")  # 江水周日来不了 孩子发烧
_CLAUSE = lazy.regex(r"[^,，。;；!！\n]+")
_ASKS = lazy.regex("[?？吗]|要是|如果|万一|可能|也许|是不是|会不会")


def told(text: str, now: datetime, called: str) -> Change | None:
    """The visit that is off: what it is called, where the words say, and its day; None of any other words.

    `called`: the words that name the customer; he stands in the clause.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> told("江水的试驾不来了", now, "江水").words, told("江水以后不来了", now, "江水")
    ('试驾', None)
    """
    plain = numerals.plain(text).strip()
    if not called or len(plain) > LONGEST or _ASKS.search(plain) or cues.NOTE.match(plain):
        return None
    days = when.find(plain, now)
    for clause in _CLAUSE.finditer(plain):
        if called not in clause.group():
            continue
        day = next((one for one in days if clause.start() <= one.span[0] < clause.end()), None)
        said = clause.group().replace(called, " ", 1)
        off = _OFF_THEN.match((said.replace(day.words, " ", 1) if day is not None else said).strip())
        words = (off["what"] or off["thing"] or "") if off is not None else ""
        if off is None or (words and _SHORTEST.fullmatch(words) is None):
            return None
        return Change("cancel", words, day, alone=False, is_news=True, is_visit=True)
    return None


def is_visit(what: str) -> bool:
    """True for a task at which the customer comes, or is met: 来试驾, 看房; not 寄合同.

    >>> is_visit("江水来试驾"), is_visit("给江水寄合同"), is_visit("给江水打电话")
    (True, False, False)
    """
    return _OF_VISIT.search(what) is not None
