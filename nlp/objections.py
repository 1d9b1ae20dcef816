"""Whether what a customer holds against us is an objection of a sale: the price, or what he misses in what he is shown.

Both are displeasure and carry the label of a complaint; neither tells of anything that we delivered or did, so nobody
has to make it good within hours. Of the 101 notes of the corpus that complain in the words of PRICE, 14 tell of more;
of the other 87 six have a topic but the price, and most of these are kept out by it. Nor has anybody where his own site
is not ready and something comes later for it.
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
_NOT_READY: Final = lazy.regex(
    "(?:水电|土建|硬装|装修|瓷砖|地砖|墙面?|地面|地暖|吊顶|防水|泥瓦?工|木工|油漆|乳胶漆|现场|工地|场地|厂房|机房|基础|房子|新房|那边|门窗)"
    "[^,，。;；]{0,8}(?:还没|没有?|未|还不)[^,，。;；]{0,4}(?:做|好|完|干|贴|通|装|刷|到位|具备|交房|收尾|结束)"
)
_PUT_OFF: Final = lazy.regex("(?:推|延|改|挪|顺延|放|等)(?:迟|后|期)?(?:到|至)|(?:推迟|延期|延后|往后[推挪])")
_ANGRY: Final = lazy.regex(
    "投诉|客诉|差评|举报|催|等了|态度|骂|生气|发火|不满|不高兴|受不了|我们|咱们|[退赔]|一拖再拖|又[推拖延]|说好|答应|漏|空鼓|起[翘皮泡]|返工|维修|来?修|裂"
)
_DELIVERED: Final = frozenset({"quality", "delivery", "service", "billing"})


def is_of_site(text: str) -> bool:
    """True where something comes later because his own site is not ready, and nobody minds: nothing to be made good.

    >>> is_of_site("工长说水电还没做完 柜子要推到4月10号安装"), is_of_site("水电做好了 柜子又推到4月10号 生气了")
    (True, False)
    """
    return all(one.search(text) for one in (_NOT_READY, _PUT_OFF)) and _ANGRY.search(text) is None


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
