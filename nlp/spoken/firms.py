"""Who is there of a firm: 美达五金都有谁, 美达那边谁管采购. The rules are [firm] of rules.txt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy, lexicon
from nlp.fields import places
from nlp.reader import asking
from nlp.spoken import rules
from nlp.when import numerals

LONGEST = 28
_MAY_ASK = lazy.regex("谁|哪|几[个位]|什么人|叫什么|叫啥|联系人|对接人|多少人")
_SHORTEST = 2  # characters of a post
_TELLS = lazy.regex("[\n,，。;；]|[了过]一?(?:下|遍)")
_NO_POST = lazy.regex(
    "跟进|联系|维护|我们|咱们|对接|客户|订单|投诉|这[个家]|那[个家]|他们?|她们?|介绍|最|没|不|生日|欠|买|说"
)


@dataclass(frozen=True, slots=True)
class OfFirm:
    """`firm`: words that must name one; `post`: what whoever is sought is or looks after, '' for everybody."""

    firm: str
    post: str = ""


def read(text: str) -> tuple[OfFirm, ...]:
    """Whom of which firm the text may ask for; whether there is such a firm decides who knows the customers.

    >>> read("美达五金都有谁"), read("美达那边谁管采购")
    ((OfFirm(firm='美达五金', post=''),), (OfFirm(firm='美达', post='采购'),))
    """
    if len(text) > LONGEST or not _MAY_ASK.search(text) or _TELLS.search(text.strip(" 。?？")):
        return ()
    plain = re.sub(r"[?!。~… 啊呀呢哦哈]+$", "", numerals.plain(text.strip()))
    for core in dict.fromkeys((plain, asking.bare(plain))):
        for rule in rules.fitting("firm", core):
            if match := rule.pattern.fullmatch(core):
                return _splits(match["who"].strip(), match.groupdict().get("q") or "")
    return ()


def _splits(firm: str, post: str) -> tuple[OfFirm, ...]:
    """美达 五金财务 may be 美达五金 and 财务, too; a town or a trade is no firm."""
    if _NO_POST.search(post):
        return ()
    at = range(len(post) - _SHORTEST, -1, -1) if post else (0,)
    split = (OfFirm(firm + post[:cut], post[cut:]) for cut in at)
    return tuple(one for one in split if not _is_wide(one.firm))


def _is_wide(firm: str) -> bool:
    return firm in places.areas() or places.leading(firm) == len(firm) or firm in lexicon.words("industries")
