"""A sale told with how it is financed is an order of its price: 成交 哈弗H6 12.98万 分期 首付4万 贷款8万98.

Of a sum that only a loan or an instalment tells (首付6万 剩下的贷36期 月供4千1) nothing is sold, and a house or a car
(买了学区房 300万 贷款200万) may be what he bought elsewhere: that is asked about.
"""

from __future__ import annotations

from dataclasses import replace

from nlp import lazy
from nlp.fields import money
from nlp.reader import chosen, cues, moments, orders, pay_clauses, sums
from nlp.reader.reading import Message, Reading

_LONGEST = 60  # characters; what is longer tells a story, which the router weighs
_UNCERTAIN = ("note_or_order", "what_action")
_GETS = "(?:提|买|订|定|签|卖|拿|办)(?:了|下来?了?|走了?)"
_SOLD = lazy.regex(f"{_GETS}(?!吗|没)|成交|下[定单订]|落定|拍板")
_KIN = (
    "(?:老公|老婆|妻子|丈夫|爱人|对象|男友|女友|男朋友|女朋友|爸爸?|妈妈?|父母|爹|娘|儿子|女儿|孩子|女婿|儿媳|岳父|岳母"
    "|公公|婆婆|[姐妹哥弟]{1,2}|[表堂][姐妹哥弟]|朋友|同事|闺蜜|邻居|亲戚|同学|家里人?)"
)
_NOT_SOLD = lazy.regex(
    "[说问想要嫌催让吗呢?？别没不未退]|如果|打算|考虑|报价|预算|准备|能|会|再"
    "|同行|别家|别处|对手|竞品|自己|上次|去年|[前]年"
    "|还(?:了|清|上|掉|完)*(?:银行|房子?|车子?|信用)?(?:的|那笔)?(?:贷|按揭)"
    "|(?:手头|资金|手上|经济|周转)[^,，。 ]{0,3}(?:紧|困难)"
)
_LOAN = "(?:(?:房|车|信用|抵押|经营|消费|公积金)?贷款?|按揭|月供|首付款?|头款|每期)"
_GOT = "(?:办|拿|批|放|申请|下|贷|到)"
_LOAN_GOT = lazy.regex(
    f"{_LOAN}(?:也|都|终于|已经?|刚|手续|审批|的|钱|是|[:： ]){{0,9}}{_GOT}(?:下来|下|好|完|妥|到|到账|款|了)*"
    f"|{_GOT}(?:下来|下|到|好|了){{0,6}}(?:一?笔)?(?:银行|商业)?的?{_LOAN}"
)
_OF_LOAN = lazy.regex(
    rf"{_LOAN}(?:也|都|终于|已经?|刚|的|了|是|{_GOT}|下来|[好完妥]|审批|手续|到账|还剩|剩|[:：,， ])*[¥￥]?$"
)
_HOUSE = "自家|家里|老家|新|二手|学区|学位|商品|小|大|老|旧|婚|海景|江景|湖景|安置|精装|商住|洋"
_HIS_OWN = lazy.regex(
    f"{_GETS}(?:[一二两三四五六七八九十几\\d]*[辆套台部栋间])?(?:{_HOUSE})*的?"
    "(?:房子?|车子?|别墅|商铺|公寓|铺面|门面|厂房|写字楼|车位)(?=$|[^一-鿿]|[一每][套台辆部栋间]|单价|总共|一共|总价|全款|花)"
    f"|(?<![带陪跟和同与])(?<![带陪跟和同与][他她]){_KIN}[^,，。给帮替 ]{{0,4}}(?:提|买|订|定|签|卖|拿|办)"
    f"|(?<![现过来回])[在去](?!公司|线上|展)[^,，。我咱店\\d ]{{1,5}}{_GETS}"
)  # a house or a car, what his family buys, and what is bought in 老家: perhaps of somebody else


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; a note or a doubt that tells a financed sale is an order, and a bare instalment none."""
    if reading.parts or message.contact or message.body.startswith("/") or len(message.body) > _LONGEST:
        return reading
    is_note = reading.action == "note" or reading.ask in _UNCERTAIN
    if cues.NOTE.match(message.body) or not pay_clauses.is_financed(message.body):
        return reading
    plain = replace(message, body=pay_clauses.without(message.body))
    if reading.action == "order" and reading.amount_fen and _is_instalment(reading.amount_fen, plain.body, message):
        return replace(reading, amount_fen=None, ask=reading.ask or "what_amount", confidence=0.5)
    if not is_note:
        return reading
    told = [one for one in money.find(plain.body) if not _OF_LOAN.search(message.body[: one.start])]
    if not told and reading.ask == "note_or_order" and money.find(message.body):
        return chosen.as_action("note", message) or reading
    return _as_sale(reading, message, plain, told)


def _as_sale(reading: Reading, message: Message, plain: Message, told: list[money.Amount]) -> Reading:
    """The order of the one sum that is no loan's, where it is sold; what he may have for himself is asked about."""
    found = [one for one in told if one.score >= money.MARKED and one.fen >= sums.WORTH]
    words = message.who.words
    rest, whole = (body.replace(words, " ", 1) if words else body for body in (plain.body, message.body))
    bare = _LOAN_GOT.sub(" ", whole)
    is_sold = message.who.known is not None and _SOLD.search(_LOAN_GOT.sub(" ", rest))
    if len(found) != 1 or not is_sold or _NOT_SOLD.search(rest) or _NOT_SOLD.search(bare):
        return reading
    if moments.ahead(rest, message.now):
        return reading
    sale = replace(orders.as_order(plain, found[0]), note=message.text)
    if _HIS_OWN.search(bare) is None:
        return sale
    customer = sale.customer
    return replace(
        sale,
        action="note",
        customer=None,
        candidates=(customer,) if customer else (),
        ask="note_or_order",
        confidence=0.5,
    )


def _is_instalment(fen: int, rest: str, message: Message) -> bool:
    """True for the 4100 of 月供4千1: no sum beside the financing is the order's."""
    return any(one.fen == fen for one in money.find(message.body)) and not money.find(rest)
