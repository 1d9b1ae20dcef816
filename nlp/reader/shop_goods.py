"""What a shop sells over its counter: services, cards and goods that everybody knows by their names.

The words before a sum and a way to pay may be anything: 同行报 3000 现金, 补偿 200 微信, 车牌 3366 微信. What is sold
has to be told by a word that names nothing else; a sum behind any other word is left to the rest of the reader.
"""

from __future__ import annotations

import re

from nlp import lazy, lexicon

_SERVICE = lazy.regex(
    "(?i)(?:(?:精|男士?|女士?|儿童|小孩|短发|长发|发根|刘海|全头|局部|[面手背眼头足腿]部|肩颈|头皮|做|了?个)*"
    "(?:[洗剪吹]|[洗剪吹]发|[剪洗吹理烫染]头发?|理发|造型|盘发|染发|补染|染|烫发?|护理|焗油|接发|拉直|离子烫"
    "|[漂挑]染|漂发|头疗|养发|做脸|洁面|补水|祛痘|修眉|[纹绣]眉|美甲|美睫|指甲|睫毛|脱毛|按摩|推拿|足疗|采耳|拔罐|刮痧|艾灸"
    "|spa|洗车|打蜡)[加和]?)+"
)
_CARD = lazy.regex("(?:[办开充续]了?张?)?(?:会员|储值|充值|次|年|月|季|疗程)?卡|充值")
_NEW_CARD = lazy.regex("[办开充续]了?张?(?:会员|储值|充值|次|年|月|季|疗程)?卡|[次年月季]卡|疗程卡")
_GOODS = lexicon.alternatives("shop_goods")
_ADJECTIVES = "(?:大|小|新|厚|薄|长款?|短款?|男[士款]?|女[士款]?|儿童|宝宝|老人|蓝牙|无线|智能|真皮|纯棉|进口|国产)*"
_NAMED = lazy.regex(f"{_ADJECTIVES}{_GOODS}")
_BRANDED = lazy.regex(f"(?P<brand>[一-鿿A-Za-z]{{0,4}}?){_GOODS}")
_NOT_SOLD = lazy.regex(
    "[我他她你咱这那没不都就才又被把让叫跟说讲问想嫌觉很太只肯愿欠剩涨降砍退返赔借扣罚还换抵送修看旧收报寄丢坏补比要哥姐弟妹爸妈叔婶舅姨]|二手|同行|竞品|对手|别家"
    "|预约|下次|推荐|其中|样品|赠品|免费|成本|进货|库存|老[公婆板]|朋友|客户|员工|同事|儿子|女儿"
)
_NO_ARTICLE = lazy.regex(
    "[我他她你咱这那没不都就才又被把让叫跟说讲问想嫌觉很太只肯愿欠剩涨降砍压退返赔借扣罚还每已了]|[款费金价钱账帐票号岁楼室]$"
    "|[付收转汇结期找旧原折减免]|[打还给]$|预算|报价|红包|房租|工资|奖|积分|余额|[卡里]里|目标|业绩|成本|库存|样品|订单|赊|优惠|官网|会员"
    "|客人|客户|一共|总共|合计|团购|^[一-鿿]$"
)


def is_service(words: str) -> bool:
    """True for a service and its price, whether or not anything is told of paying: 护理, 洗剪吹."""
    return _SERVICE.fullmatch(words) is not None


def is_sold(words: str) -> bool:
    """True for what is sold where its price is told to be paid: 会员卡, 鲜花, 轮胎.

    >>> is_sold("会员卡"), is_sold("小米手机"), is_sold("旧手机"), is_sold("同行报"), is_sold("车牌")
    (True, True, False, False, False)
    """
    if _SERVICE.fullmatch(words) or _CARD.fullmatch(words):
        return True
    branded = _BRANDED.fullmatch(words)
    return branded is not None and _NOT_SOLD.search(branded["brand"]) is None


def is_one_of_several(words: str) -> bool:
    """True for an article whose price may be added to another's: 烫发 588 护理 98; 会员198 is a price of the first.

    >>> is_one_of_several("护理"), is_one_of_several("办卡"), is_one_of_several("会员"), is_one_of_several("官网")
    (True, True, False, False)
    """
    return bool(_SERVICE.fullmatch(words) or _NEW_CARD.fullmatch(words) or _NAMED.fullmatch(words))


def may_be_article(words: str) -> bool:
    """True for words that may name an article, where a total told behind them agrees: 雨布260 绳子120 一共380."""
    return is_one_of_several(words) or (re.search(r"[一-鿿]{2}", words) is not None and not _NO_ARTICLE.search(words))
