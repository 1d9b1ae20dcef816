"""What a leader asks of colleagues: 小李今天的单, 小周手里有多少在谈的. The rules are [of_mate] of rules.txt."""

from __future__ import annotations

import re
from collections.abc import Collection

from nlp import lazy
from nlp.reader import asking
from nlp.spoken import rules
from nlp.spoken.reading import LONGEST, Spoken
from nlp.when import numerals

MATE = "〇"  # stands for the name of a colleague in the rules
_ASKS = lazy.regex("谁|哪|什么|啥|嘛|多少|几|吗|咋|怎|没有?$|有没有|[?？]")
_IS_NAMED = lazy.regex(
    "(?:单子?|订单|记录|客户|欠款|欠账|应收款?|商机|安排|行程|日程|待办|任务|计划|表现|动态|小?总?结|日报|工作|业绩|情况|(?:签单|成交|订单|下单|开单|合同|销售|回款|收款|到账)(?:总?金额|总?额)|比|对比|比较|pk)(?:呢|名单|列表|明细)?$"
)
_DOES = lazy.regex("[来去谈要给到过着发送做]")  # 小周今天来谈合作计划 tells
_TOLD = lazy.regex("[说讲问催让叫请派告]|提醒|记得|[了过来]几|[,，;；。\n]|改|删|撤|取消|转给|分给|目标")


def may_be_asked(text: str) -> bool:
    """False for what is told of a colleague, or is for him to do: 小李说王总要几台."""
    plain = text.strip().rstrip("?？。!！ ")
    if len(plain) > LONGEST or _TOLD.search(plain):
        return False
    return asks(text) or (_IS_NAMED.search(plain) is not None and _DOES.search(plain) is None)


def asks(text: str) -> bool:
    """True for a text with a word or mark of asking."""
    return _ASKS.search(text.strip()) is not None


def read(text: str, mates: Collection[str]) -> Spoken | None:
    """The line that answers what is asked of one of the colleagues, or of several; None for any other text.

    >>> read("小李今天的单", ["小李"])
    Spoken(line='小李今天哪些客户下过单', who='', mate='小李')
    """
    core = numerals.plain(text.strip()).lower()
    named = [name for name in sorted(mates, key=len, reverse=True) if name.lower() in core]
    if not named:
        return None
    for name in named:
        core = core.replace(name.lower(), MATE)
    core = re.sub("[?!。~… 啊呀呢哦哈]+$", "", core)
    for asked in dict.fromkeys((core, asking.bare(core))):
        for rule in rules.fitting("of_mate", asked):
            if match := rule.pattern.fullmatch(asked):
                said = {name: value or "" for name, value in match.groupdict().items()}
                mates = {"mate": named[0], "mates": "和".join(named)}
                return Spoken(rule.line.format(**{**said, **mates}).strip(), "", named[0])
    return None
