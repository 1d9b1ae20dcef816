"""Somebody named twice at once, in full and as one calls him: 宝山的徐志强徐总, 密封件厂的丁红梅丁姐, 周国强 老周."""

import re
from dataclasses import dataclass

from nlp import lazy, lexicon, names
from nlp.fields import Fields, companies, places
from nlp.fields.phones import find as numbers_of

_CALLS = lazy.regex("|".join(sorted(names.CALLS.split("|"), key=len, reverse=True)))
_FAMILIAR = "老小阿"
_CALLED_ELSE = lazy.regex("[一-鿿]?[总哥姐工]")
_ALONE = lazy.regex(r"[\s\d,，。;；、]|$")
_KIN = "朋友|同学|亲戚|邻居|老乡|同事|战友|客户|老婆|老公|儿子|女儿"
_OTHER = lazy.regex(f"(?:那边|公司)?(?:给我?)?(?:转?介绍|推荐|引荐)|的(?:{_KIN})")
_FIRM = lazy.regex("(?P<firm>[一-鿿A-Za-z]{2,16})(?:那边|这边|公司)?的$")
_VERB = lazy.regex(
    ".*(?:见了?|见到了?|拜访了?|跟|和|与|找了?|约了?|碰到了?|遇到了?|认识了?|来了|联系了?|接到了?|加了?|去了|到了|是|在|叫|给|一个|一位)(?=..)"
)


@dataclass(frozen=True, slots=True)
class Twice:
    """The full name, the form of address behind it, and where both stand."""

    name: str
    call: str
    start: int
    end: int


def find(text: str) -> Twice | None:
    """The first person who is named so.

    >>> find("见了宝山的徐志强徐总"), find("徐志强说徐总不在"), find("周国强 周总介绍的"), find("王建国王总的朋友")
    (Twice(name='徐志强', call='徐总', start=5, end=10), None, None, None)
    """
    for at in range(len(text) - 3):
        family = names.surname(text[at : at + 4])
        if family is None:
            continue
        for size in (4, 3, 2):
            name = text[at : at + size]
            if len(name) == size and names.is_full_name(name) and not names.is_address(name):
                apart = text[at + size : at + size + 1].isspace()
                start = at + size + apart
                end = _call_end(text, start, family)
                if end and (not apart or _ALONE.match(text, end)) and not _OTHER.match(text, end):
                    return Twice(name, text[start:end], at, end)
    return None


def _call_end(text: str, start: int, family: str) -> int | None:
    """Where the form of address of the family ends that begins there: 徐总, 老徐."""
    if text.startswith(family, start):
        call = _CALLS.match(text, start + len(family))
        return call.end() if call else None
    end = start + 1 + len(family)
    is_familiar = text[start : start + 1] in _FAMILIAR and text.startswith(family, start + 1)
    return end if is_familiar and not _CALLED_ELSE.match(text, end) else None


def once(text: str) -> str:
    """The text without the form of address behind the full name."""
    person = find(text)
    return text if person is None else f"{text[: person.start]}{person.name} {text[person.end :].lstrip()}".rstrip()


def tell(text: str, found: Fields) -> None:
    """Puts name, nickname and, where it stands before the name with 的, firm or town of whoever is named twice in."""
    person = find(text)
    if person is None and found.name and not found.nickname:
        found.nickname = _called_first(text, found.name)
    if person is None or (found.name and found.name not in (person.name, person.call)):
        return
    found.name, found.nickname = person.name, person.call
    whose = _FIRM.search(text[: person.start])
    firm = _VERB.sub("", whose["firm"]) if whose else ""
    size = places.leading(firm)
    if found.region is None and size:
        found.region = places.region_of(firm[:size])
    own = firm[size:]
    if found.company is None and own and (companies.is_company(firm) or companies.is_company(own) or _is_house(own)):
        found.company = firm


def _called_first(text: str, name: str) -> str | None:
    """老韩 of 老韩 韩志强 158…, where no other number says that they are two.

    >>> _called_first("加客户 老韩 韩志强 15833332222", "韩志强"), _called_first("老韩介绍的 韩志强", "韩志强")
    ('老韩', None)
    """
    at, family = text.find(name), names.surname(name)
    before = _APART.sub("", text[: max(at, 0)])
    if at <= 0 or family is None or not names.is_full_name(name) or len(before) == at:
        return None
    calls = (before[-size:] for size in (4, 3, 2))
    is_one = len(numbers_of(text)) < 2 and not _OTHER.match(text, at + len(name))
    return next((call for call in calls if is_one and names.surname_addressed(call) == family), None)


_APART = lazy.regex(r"[\s,，、(（/]+$")


def _is_house(words: str) -> bool:
    """True for 永润密封件: a name of two characters with what the house deals in, not 做密封件."""
    known = re.search(f"^[一-鿿]{{2,4}}{lexicon.alternatives('industries')}$", words)
    return bool(known or _GOODS.fullmatch(words)) and not _WORK.match(words)


_GOODS = lazy.regex("[一-鿿]{3,5}[件品具材料机器]")
_WORK = lazy.regex("[做卖搞开收种养跑拉倒干弄]|批发|加工|经营|专做|一家|那家|这家|新来")
