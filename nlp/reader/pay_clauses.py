"""How an order is paid, told beside it: 首付4万 分期36个月, 尾款月底付, 收现金6000: neither its goods nor its sum.

These clauses are blanked before goods and sum are looked for; `financed` and `paid_beside` read what they say.
"""

from __future__ import annotations

import re

from nlp import lazy, ways_to_pay
from nlp.fields import money
from nlp.when import numerals

_CLAUSE = lazy.regex(r"[^\s,，。;；!！]+")
_COUNT = r"[一二两三四五六七八九十\d]{1,3}"
_FINANCED = (
    r"(?:首付|头款|首款)(?![一-鿿]{0,2}[卡票])|贷(?=\d|款|[一二两三四五六七八九])|(?:[招工农建中交]行|银行|商业|公积金)?贷款"
    rf"|按揭|分(?:成|为)?{_COUNT}[期次笔]|分期|月供|每期|每个?月(?:[付还供]|(?=\d))"
)
_PAYS = lazy.regex(
    rf"^(?:{_FINANCED}|[尾余]款|(?:剩|余)下?的?|剩余|其余|[定订]金|意向金|诚意金|预付"
    rf"|(?:今天|刚)?先[付交收打转]|已[付交收]|付了一半|{_COUNT}次付清|全款$"
    r"|(?:旧|老)[车机房](?:抵|折|作价|置换|卖)|置换(?:抵|补))"
    rf"|(?:{_FINANCED})$"
    r"|[付补交结打还]清?(?:尾款|余款|剩下的?|其余的?)$"
)
_DAY = r"(?:[今昨前明后]天|\d{1,2}月\d{1,2}[号日]|\d{1,2}[号日]|[本下]?个?月[底初])"
_ON_A_DAY = lazy.regex(
    rf"^(?:{_DAY}(?:[先再]?[付交给打转]了?)?|[先再][付交给打转]了?)[¥￥]?\d[\d.,]*[万千块元]\d{{0,4}}[块元]?$"
)
_HANDED_OVER = lazy.regex(r"^(?:[^,，。;；]{0,8}?[来去过])?[提交取](?:走)?车(?![位库险]|[一-鿿]{0,3}[了过])")
_IN_CASH = lazy.regex(  # by other ways the order itself is paid: parts_paid and paid_whole read that
    r"^[也都是全当场]*(?:[收付给交]|付的)?[了的到]?现[金钱款][¥￥]?[\d.,一二两三四五六七八九十百千万]*[块元]?钱?[收付结交]?[了讫清]{0,2}$"
)
_SUM_BEHIND = lazy.regex(r"^(?:总价|总额|一共|总共|合计|全款|裸车价|车价|成交价)")

PRICE_BESIDE = lazy.regex(  # of words beside a sum: 补200, 微信200现金68, 官网3299, 现金收
    rf"^(?:其中)?(?:{ways_to_pay.ANY})(?:[付收]了?$|[付收]?[ :：]?\d+)"
    r"|^(?:补|官网|原价|门市价?|优惠价?|团购券?|抵?券|美团|点评|抖音|京东|淘宝)价?[ :：]?\d+"
)


def without(text: str) -> str:
    """The text with the clauses blanked out that tell how or when is paid, and when a car is fetched, place by place.

    >>> without("哈弗h6 12万98 首付4万 分期36个月").rstrip(), without("荣放 20万8 全款 明天来提车").rstrip()
    ('哈弗h6 12万98', '荣放 20万8')
    """
    return _CLAUSE.sub(lambda match: " " * len(match.group()) if _is_apart(match.group()) else match.group(), text)


def _is_apart(clause: str) -> bool:
    plain = numerals.plain(clause)
    if _SUM_BEHIND.search(plain) and plain != "全款":
        return False
    has_sum = any(one.score >= money.MARKED for one in money.find(plain))
    if any(pattern.search(plain) for pattern in (_PAYS, _ON_A_DAY, _IN_CASH)):
        return True
    return _HANDED_OVER.search(plain) is not None and not has_sum


def is_financed(text: str) -> bool:
    """True where it is told that a loan or instalments pay for it: 首付30% 剩余贷款60期."""
    return re.search(_FINANCED, numerals.plain(text)) is not None
