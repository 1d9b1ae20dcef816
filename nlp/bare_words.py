"""Words that name a number, a day, a person or a place: they stand in any note and are no evidence of what it means."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from nlp import lazy, lexicon, names
from nlp.when import numerals

DATED: Final = ("promise",)
"""Labels of which a day is evidence: 周五前答复."""
_WEEK: Final = "(?:周|星期|礼拜)"
_HOUR: Final = "(?:早上?|晨|上午|中午|下午|晚上?|夜里?|凌晨|傍晚|[时点]|前|后|之前|左右)"
_DAY: Final = lazy.regex(
    rf"(?:(?:大?[今明后昨前]|当)[天日儿早晚年]|(?:上|下|本|这){{0,4}}个?{_WEEK}[一二三四五六日天末]?|(?:上|下|本|这)个?月|[今明去前后]年"
    r"|月[初中底末]|年[初中底末]|上旬|中旬|下旬|(?:\d{1,4}|[一二三四五六七八九十]{1,3})[年月日号点时](?:份|初|中|底|半)?)"
    rf"{_HOUR}?|{_HOUR}|现在|刚才|刚刚|最近|近期|目前"
)
_NUMBER: Final = lazy.regex(
    r"第?[-+¥￥$€]?[\d.,，:：/×x*]+(?:[%‰万千百亿wWkK]|左右|多|几)*[元块]?"
    r"|[零〇一二两三四五六七八九十百千万亿几半]{2,}[元块]?|[万千百]?左右"
)
_LATIN_NAME: Final = lazy.regex("[A-Z][a-z]+")


@lru_cache(maxsize=4096)
def is_day(word: str) -> bool:
    """True for a day or hour that stands for itself: 周五, 月底, 下午.

    >>> is_day("下周三"), is_day("月结")
    (True, False)
    """
    return _DAY.fullmatch(numerals.plain(word)) is not None or _DAY.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def is_bare(word: str) -> bool:
    """True for a number, a day, a person as he is addressed, a place, and a Latin word written as a name.

    >>> [word for word in ("801", "周三", "刘先生", "苏州", "Mark", "嫌贵", "LC") if not is_bare(word)]
    ['嫌贵', 'LC']
    """
    if _NUMBER.fullmatch(word) or is_day(word) or _LATIN_NAME.fullmatch(word):
        return True
    return names.surname_addressed(word) is not None or word in _places()


def explains(word: str, label: str) -> bool:
    """False for a word that is bare, unless it is the day of a label that has one: shown beside no other tag.

    >>> explains("周五", "promise"), explains("周五", "price")
    (True, False)
    """
    return not is_bare(word) or (label in DATED and is_day(word))


@cache
def _places() -> frozenset[str]:
    """Provinces and cities, with and without 市."""
    table = lexicon.table("regions")
    named = {word for province, cities in table for word in (province, *cities.split())}
    return frozenset(named | {f"{word}市" for word in named} | {word.removesuffix("市") for word in named})
