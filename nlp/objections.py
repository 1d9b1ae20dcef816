"""Whether what a customer holds against us is an objection of a sale: the price, or what he misses in what he is shown.

Both are displeasure and carry the label of a complaint; neither tells of anything that we delivered or did, so nobody
has to make it good within hours. Of the 101 notes of the corpus that complain in the words of PRICE, 14 tell of more;
of the other 87 six have a topic but the price, and most of these are kept out by it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from nlp import lazy

PRICE: Final = lazy.regex(
    "嫌[^,，。;；\\s]{0,10}(?:贵|价[格钱位]?高|价[格钱]?硬)|(?:太|有点儿?|有些|偏|好|真|挺|蛮|比较|死|老|还是|确实|略)贵|贵[了得死太点些]"
    "|(?:价[格钱位]?|报价|单价|总价|保费|费用|收费)[^,，。;；\\s]{0,4}(?:太|有点儿?|偏|还是|比较|挺|略)?(?:高|贵|硬)(?![兴度档级])"
    "|(?:想|要|让|求|能不能|可不可以|再|给|多)[^,，。;；\\s]{0,4}"
    "(?:便宜|打个?[\\d一二三四五六七八九]{0,2}折|优惠|折扣|降价|降点|降一?些|让点|让利|抹零|少点)"
    "|(?:超|超出|超过|高于)[^,，。\\s]{0,2}预算|预算[^,，。\\s]{0,3}(?:不够|不足|有限|紧|超)|[砍压还杀讲]价"
)
_MISSED: Final = lazy.regex(
    "(?:觉得|感觉|认为|嫌|说)[^,，。;；]{0,12}?(?:太|有点儿?|偏|不够|不太|过于|比较)[^,，。;；\\s]{1,6}|(?:嫌|觉得|感觉|认为|说)[^,，。;；]{0,8}(?:少了|缺)"
)
_OURS: Final = lazy.regex(
    "投诉|客诉|差评|曝光|举报|12315|消协|监管|银保监|[退换赔]|返工|[坏破漏裂断锈烂]|质量|瑕疵|故障|死机|卡[死顿]|报错|少[发送给]|错"
    "|没[到送发给修接回]|迟|拖|慢|[来到送]晚|催|等了|态度|不理|没人|骗|忽悠|坑|宰|黑心|乱收|[多加又]收|扣|涨|说好|合同|承诺|当初"
    "|原来|[上这那]批|收到|到货|用了|用过|生气|发火|火大|骂|吵|不满|不高兴|拍桌|闹|翻脸|再也不|傻子|返利|返点|补贴|窜货|差价|保价"
    "|刚买|买完|买贵|买的时候|受不了|忍"
)
"""What we delivered or did, or an anger that is more than haggling."""
_DELIVERED: Final = frozenset({"quality", "delivery", "service", "billing"})


def is_of_price(text: str, topics: Collection[str]) -> bool:
    """True when the text only holds the price against us; `topics`: those of its tags.

    >>> is_of_price("嫌贵，想要打个折", ["price"]), is_of_price("嫌贵，上批还有十几个坏的", ["price", "quality"])
    (True, False)
    """
    return not _DELIVERED & set(topics) and PRICE.search(text) is not None and _OURS.search(text) is None


def is_of_offer(text: str, topics: Collection[str]) -> bool:
    """True when the text tells what somebody misses in what he is shown, which only one who never bought can mean so.

    >>> is_of_offer("觉得报表太少", ["product"]), is_of_offer("觉得报表太少，生气了", ["product"])
    (True, False)
    """
    told = set(topics)
    is_of_goods = bool(told & {"product", "trial"}) and not told & _DELIVERED
    return is_of_goods and _MISSED.search(text) is not None and _OURS.search(text) is None
