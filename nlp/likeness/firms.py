"""Companies as people write them: with and without region, legal form and the end of the name."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final, Literal

from nlp import lazy, lexicon, names
from nlp.fields import places
from nlp.likeness import characters

Relation = Literal["same", "sound", "other", "unknown"]

_LEGAL = lazy.regex(r"(?:股份|集团)*(?:有限责任|有限)?(?:公司)$|(?:集团|股份)$")
_LATIN_LEGAL = lazy.regex(r"[\s,.]*+\b(?:co|ltd|limited|inc|corp|llc|company|group)\b\.?", re.I)
_BRANCH = lazy.regex(r"([^()]{2,4})分(?:公司|店|厂)$")
_BRACKETS = lazy.regex(r"\(([^()]*)\)")
_GENERIC: Final = frozenset(("中心医院", "人民医院", "第一医院", "实验小学", "第一中学", "大酒店", "供电局", "中学"))


@dataclass(frozen=True, slots=True)
class Firm:
    """A company's regions, the name without them and its branch; everything simplified, empty where not said."""

    core: str = ""
    regions: frozenset[str] = frozenset()
    branch: str = ""

    @property
    def brand(self) -> str:
        """The two characters by which alike companies are brought together."""
        return self.core[:2] if not self.core.isascii() else self.core.split(" ")[0]


NONE: Final = Firm()


def simplified(text: str) -> str:
    """The text in simplified characters, full-width forms made narrow."""
    return unicodedata.normalize("NFKC", text).translate(characters.TABLE).strip()


@lru_cache(maxsize=4096)
def read(company: str) -> Firm:
    """The company in its parts.

    >>> read("深圳市宏达科技有限公司").core
    '宏达科技'
    """
    words = simplified(company)
    if not words:
        return NONE
    if words.isascii():
        return Firm(re.sub(r"\s+", " ", _LATIN_LEGAL.sub("", words)).strip().lower() or words.lower())
    inside = {place.region for found in _BRACKETS.findall(words) for place in places.find(found)}
    words = re.sub(r"\s+", "", _BRACKETS.sub("", words))
    branch = _BRANCH.search(words)
    words = words[: branch.start()] if branch else words
    for _ in range(2):
        words = _LEGAL.sub("", words) or words
    lead = places.leading(words)
    lead = lead if len(words) - lead >= 2 else 0
    regions = {place.region for place in places.find(words[:lead])} if lead else set()
    return Firm(words[lead:], frozenset(regions | inside), branch[1] if branch else "")


def relation(one: Firm, other: Firm) -> Relation:
    """Whether two companies are one: 'sound' where only the characters differ."""
    if not one.core or not other.core:
        return "unknown"
    if (one.branch and other.branch and one.branch != other.branch) or _are_apart(one.regions, other.regions):
        return "other"
    short, long = sorted((one.core, other.core), key=len)
    if short == long:
        return "other" if short in _GENERIC and not one.regions & other.regions else "same"
    if short in _GENERIC or len(short) < 2:
        return "other"
    if short in long or (short[:2] == long[:2] and _is_within(short, long)):
        return "same"
    if len(short) == len(long) <= 8 and not short.isascii() and _syllables(short) == _syllables(long):
        return "sound"
    return "other"


def _is_within(short: str, long: str) -> bool:
    """True when all of `short` stands in `long` in its order."""
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=4096)
def _syllables(words: str) -> tuple[str, ...]:
    return tuple(min(names.sounds(char)) if "\u4e00" <= char <= "\u9fff" else char for char in words)


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when both regions are said and none lies in another."""
    if not one or not other or one & other:
        return False
    provinces = _provinces()
    mine, theirs = ({*regions, *(provinces.get(region, region) for region in regions)} for regions in (one, other))
    return not any(region in theirs for region in one) and not any(region in mine for region in other)


@cache
def _provinces() -> dict[str, str]:
    return {
        city.removesuffix("市"): province for province, cities in lexicon.table("regions") for city in cities.split()
    }
