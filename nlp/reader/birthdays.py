"""A reminder that is told from a customer's birthday: 陈姐生日前三天提醒我买蛋糕. Which day that is says his card."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from nlp import lazy, when
from nlp.reader import cues, deeds, moments

LONGEST = 50


def _length(number: int) -> str:
    return deeds.LENGTH.replace("?P<n>", f"?P<n{number}>").replace("?P<unit>", f"?P<unit{number}>")


_TOLD = lazy.regex(
    r"(?:(?:下个?|这个?|本)月底?)?(?:过|庆)?(?:生日|生辰|寿辰)(?:会|宴)?的?[\s,，]{0,2}(?:"
    rf"(?:提前|提早)\s?{_length(1)}(?:之?前|左右)?|(?:[之以]?前|头)\s?的?{_length(2)}|[之以]?后\s?的?{_length(3)}"
    rf"|{_length(4)}[之以]?前|(?P<eve>前夕|前夜|[之以]?前(?=提醒|[叫喊]我|[,，]|$))|当[天日]|[那这]一?[天日]|正日子?|的?时候"
    r"|(?=提醒|[叫喊]我))"
)
_EACH = lazy.regex("每年(?:都|的|来|到|逢)?")
_FILLED = lazy.regex(r"(?:提醒(?:一?下)?我?|记得|别忘了?|等|在|到|每年|给|的|[他她]|[\s,，:：])+")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """So many days from a birthday (before it below 0), at that hour if one is told, each year if so told."""

    days: int
    hour: time | None = None
    is_yearly: bool = False


_OF_KIN = lazy.regex(
    "(?:女儿|儿子|闺女|孩子|小孩|宝宝|[大二小]宝|老[大二]|孙子|孙女|外孙|老公|老婆|丈夫|妻子|太太|爱人|媳妇|妈妈?|爸爸?|母亲|父亲"
    r"|婆婆|公公|岳父|岳母|爷爷|奶奶|外公|外婆|姐姐|妹妹|哥哥|弟弟)[^,，。;；\s]{0,3}?的?\s?"
    r"(?:\d{4}年)?(?:[农阴]历)?(?:[\d一二三四五六七八九十正冬腊]{1,3}月[\d初一二三四五六七八九十廿]{1,3}[日号]?)?的?\s?$"
)
_BIRTH_YEAR = lazy.regex(r"(?:19|20)\d\d年(?=[^,，。;；\s]{3,9}?(?:生日|出生|生的))")


def without_year(text: str, now: datetime) -> str:
    """The text with the day alone of a birthday that names its year: 女儿2018年6月3号生日 comes each year.

    >>> without_year("女儿2018年6月3号生日", datetime(2026, 3, 18))
    '女儿6月3号生日'
    """
    return _BIRTH_YEAR.sub(lambda match: "" if int(match.group()[:4]) < now.year else match.group(), text)


def told(text: str, now: datetime, called: str = "") -> tuple[Reckoned, str] | None:
    """The day as reckoned from a birthday, and what is to be done then; None where none is, or its date is told.

    `called`: the words that name the customer.

    >>> told("陈姐生日前三天提醒我买蛋糕", datetime(2026, 3, 18, 10), "陈姐")
    (Reckoned(days=-3, hour=None, is_yearly=False), '买蛋糕')
    """
    match = _TOLD.search(text) if len(text) <= LONGEST else None
    if match is None:
        return None
    head, tail = text[: match.start()], text[match.end() :]
    if _OF_KIN.search(head):
        return None  # 李姐女儿生日前三天: the daughter's day is not on her mother's card
    found = [one for part in (head, tail) for one in when.find(part, now)]
    if any(one.kind == "recur" or not _is_hour(one) for one in found):
        return None  # 张伟生日5月3日 提前一周提醒我 has its date
    for one in found:
        head, tail = head.replace(one.words, " ", 1), tail.replace(one.words, " ", 1)
    at = moments.resolved(found[0], now).at if found else None
    deed = deeds.what(_EACH.sub("", tail))
    head = _EACH.sub("", head)
    if not deed and not _FILLED.fullmatch(before := head.replace(called, " ", 1) if called else head):
        deed = deeds.what(head) if before.strip() else ""
    reckoned = Reckoned(_days(match), at.time() if at else None, _EACH.search(text) is not None)
    return reckoned, re.sub("[,，\\s]*[他她]$", "", deed)


def is_asked(text: str, now: datetime, called: str) -> bool:
    """True for what is to be done on such a day, or for the day alone (陈姐生日前一周); nobody tells of anything."""
    found = told(text, now, called)
    if found is None or cues.SPEECH.search(text) or cues.PAST.search(text) or _ASKING.search(text):
        return False
    if _TELLS.search(found[1]):
        return False
    return not found[1] or cues.VERB_FIRST.match(found[1]) is not None


_TELLS = lazy.regex("^[一-鿿]{1,2}的|[很太挺]|[他她](?:们|说|要|会|想|去|来)")  # 送的酒他很喜欢
_ASKING = lazy.regex("[?？吗呢谁哪]|什么|多少|几")
_DAY = lazy.regex(
    r"(?:[农阴旧古]历|[正冬腊闰]月?|今|明|后|周|星期|礼拜|下|本|这)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})[月号日/.-]"
)


def _is_hour(one: when.When) -> bool:
    """True for an hour or a part of the day: no day is told."""
    return _DAY.match(one.words) is None


def _days(match: re.Match[str]) -> int:
    if match["eve"]:
        return -1
    for number, sign in ((1, -1), (2, -1), (3, 1), (4, -1)):
        words = match[f"n{number}"]
        if words:
            length = re.fullmatch(deeds.LENGTH, f"{words}{match[f'unit{number}']}")
            assert length is not None
            return sign * max(1, round(deeds.minutes(length) / 1440))
    return 0
