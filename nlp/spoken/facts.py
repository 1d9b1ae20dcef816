"""One thing that is asked of a customer: 刘建军上次的价格, 他的生日. The rules are [fact] of rules.txt."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nlp import lazy
from nlp.reader import asking
from nlp.spoken import rules
from nlp.when import numerals

LONGEST = 28
_MAY_ASK = lazy.regex(
    "多少|几|什么|啥|哪|谁|咋|怎么|为何|凭|是不是|有没有|会不会|[吗么][?？]?$|生日|上[次回].*价|报价|的价"
)
_NO_NAME = lazy.regex(r"(?<=.)[\d月号初属让周问说讲催]|[今去明]年|最近|上[次回]|之前|以前|季度|我们|知道")
_TELLS = lazy.regex("[\n,，。;；]|[了过]一?(?:下|遍)")


@dataclass(frozen=True, slots=True)
class Fact:
    """`kind`: born | price | order | kin | owner | total | next | when | risk | case; `who`: a name or 他.

    `goods`: of which goods, whom of his people, or of which thing the day is asked.
    """

    kind: str
    who: str
    goods: str = ""


def read(text: str) -> tuple[Fact, ...]:
    """What may be asked, the likeliest first: whose name is a customer's decides; nothing for any other text.

    >>> read("上次给罗永亮报的油封多少钱")
    (Fact(kind='price', who='罗永亮', goods='油封'),)
    """
    if len(text) > LONGEST or not _MAY_ASK.search(text) or _TELLS.search(text.strip(" 。?？")):
        return ()
    plain = re.sub(r"[?!。~… 啊呀呢哦哈]+$", "", numerals.plain(text.strip()))
    found: dict[Fact, None] = {}
    for core in dict.fromkeys((plain, plain.replace(" ", ""), asking.bare(plain))):
        for rule in rules.fitting("fact", core):
            if (match := rule.pattern.fullmatch(core)) and not _NO_NAME.search(match["who"]):
                said = match.groupdict()
                found[Fact(rule.line, said["who"], (said.get("q2") or said.get("q") or "").strip("的"))] = None
    return tuple(found)
