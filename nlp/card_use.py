"""A visit that a card or package pays for is no complaint: 耗卡一次, 划卡做脸 剩9次, 用掉第三次, 抵扣一次 余7次.

The tagger knows 扣, 掉 and 次 from those who complain. Of 40,925 notes of its corpus 21 are in these words, nine of
them labelled as a complaint; the six without a word of _ANGRY are none.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nlp import labels, lazy
from nlp.tagger import Tags
from nlp.when import numerals

COMPLAINT: Final = "complaint"
_LONGEST: Final = 40  # characters: whoever tells more may tell what was wrong
_NUMBER: Final = "[\\d一二两三四五六七八九十]{1,3}"
_USED: Final = lazy.regex(
    f"(?:划|耗|扣|核销|抵扣|消耗?|用掉)[了掉]?(?:次?卡|会员卡|套餐|项目|团购券?|券)?了?\\s?第?{_NUMBER}[次节格回张]"
    "|(?:用|从|走)的?(?:会员|储值|次)?卡(?:里)?(?:扣|划|抵)|(?:套餐|疗程|卡)里(?:扣|划|抵)|用卡(?:做|消费)"
    f"|(?:划|耗)了?次?卡(?!包)|[剩余]下?余?\\s?{_NUMBER}[次节格]"
)
_ANGRY: Final = lazy.regex(
    "投诉|客诉|不满|[多乱重又复][扣划收刷]|嫌|贵|坑|骂|生气|气[死坏人愤]|来气|[发上冒]火|火[了大冒]|差|退|疼|痛|肿|红|过敏|痒|坏|慢|不|没|催|等|态度"
    "|凭什么|怎么|为什么|抱怨|吐槽|失望|再也|破|漏|断|发现|多了|质量|问题|错|赔|盗|怒"
)


def is_told(text: str) -> bool:
    """True where a card is used and nobody is said to be angry.

    >>> is_told("陈姐耗卡一次 面部补水 扣了380"), is_told("陈姐说划卡多扣了一次")
    (True, False)
    """
    plain = numerals.plain(text)
    return len(plain) <= _LONGEST and _USED.search(plain) is not None and not may_be_angry(plain)


def may_be_angry(text: str) -> bool:
    """True where some word of the text may be that of one who is not content."""
    return _ANGRY.search(text) is not None


def without_complaint(said: Tags, text: str) -> Tags:
    """The tags without the complaint that none is, and without what goes with it: its topics and bad mood."""
    in_doubt = COMPLAINT in said.intents or COMPLAINT in said.unsure or said.sentiment == "negative"
    if not in_doubt or not is_told(text):
        return said
    intents, unsure = (tuple(one for one in told if one != COMPLAINT) for told in (said.intents, said.unsure))
    topics = said.topics if set(intents) & set(labels.TOPIC_INTENTS) else ()
    return replace(said, intents=intents, unsure=unsure, topics=topics, sentiment="neutral")
