"""What looks like a sale of ours, or like news of the customer, and is neither: it is a note.

A payment to come (月底付五百), goods from somebody else (在别处拿了10箱 一箱80), a house that was drawn by lot, and
where one delivery goes (那单地址改成武侯区). A house or car that he bought is asked about: some of us sell them.
The plain cases of an invoice and of a used card stand here, the others in `no_sale`, which comes after. What is quoted,
wished for or has a chance is `unclosed`, which this module asks.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from nlp import lazy, when
from nlp.reader import chosen, cues, deposits, incoming, moments, order_instead, owed, renewals, sums, unclosed
from nlp.reader.goods import QUANTITY
from nlp.reader.orders import product
from nlp.reader.reading import Message, Reading
from nlp.when import numerals

_LONGEST = 60  # characters; what is longer tells a story, which the router weighs
_THEN = "§"  # stands for a time to come
_UNCERTAIN = ("note_or_order", "what_action")

_PAYS = (
    "(?:支付|[付转汇缴]|打(?![样折版包开电])|交(?![货期流代])|结(?![果婚束])|清(?=[¤款账])"
    "|给(?=我|咱|公司|钱|款|[¤ ]|$)|还(?=我|咱|公司|钱|款|清|上|[¤ ]|$)|回(?=款|¤))"
)
_COMES = "(?:我们?|咱们?|公司|款|账|钱|清|齐|来|过来|过去|回来|上|给|到|吧|的|[ 。!！])*"
_SOON = "(?:过[几两]天|[这近]几天|这两天|晚点|晚些时候|等会儿?|待会儿?|一会儿?|回头|改天|到时候?|过阵子|有钱了?|回款了)"
_TO_COME = lazy.regex(
    f"(?:{_THEN}|{_SOON})[^,，。;；¤]{{0,8}}?{_PAYS}(?!了|过(?!来)|完)[^,，。;；¤了]{{0,6}}¤"
    f"|(?:{_THEN}|{_SOON})[^,，。;；¤]{{0,4}}[把将先]¤[^,，。;；¤了]{{0,4}}{_PAYS}(?!了|过(?!来)|完)"
    f"|^@?(?:说好?|答应|承诺|保证|那边|这边|那|笔|的|把|货款|[尾余]款|款|钱|[ :])*¤(?:块钱?|元|的|都|[ ,，说答应])*"
    f"(?:{_THEN}|{_SOON})[^,，。;；¤了]{{0,5}}?{_PAYS}{_COMES}$"
)
_BY_US = lazy.regex(
    "(?:给|跟|向|替|帮|退|赔|返)[ ]?@|(?:[打转付退还汇结交][给回]?|退) ?@|[退返赔]"
    f"|(?<![给跟向把转打付还])(?:我们?|公司)(?:先|再|就|{_THEN})*[给付打转还汇结交]|[?？吗]|提醒|记得|别忘"
)

_ELSEWHERE = (
    "(?:别处|别家|别人(?:家|那[里儿边]?|手[里上])?|别的(?:地方|店|家|供应商|厂家?|公司)|其[他它](?:家|地方|店|供应商|厂家?)"
    "|另外?一家|外面|外头|对手(?:那[里儿边])?|对家|同行(?:那[里儿边])?|竞品(?:那[里儿边])?|友商(?:那[里儿边])?|隔壁(?:店|家)?)"
)
_FETCHED = "(?:拿|进|买|订|定|采购|提|补|要|搞|弄|下|签|做|办|投保?|报|续)(?:了|的|过|货)"
_OURS = "(?:老板|老婆|老公|老师|小|总部|专柜|展|商城|官网|线上|直播|财务|采购|朋友)"
_FROM_OTHERS = lazy.regex(
    f"(?:在|去|到|从|跟|找|向|问|让|由)(?:了|的)?{_ELSEWHERE}[^,，。;；]{{0,6}}?{_FETCHED}"
    f"|(?:从(?!{_OURS})[^我咱俺他她@店仓库公司,，。;；\\d ]{{2,6}}?"
    "|[在去到](?:老(?![板婆公师总])[一-鿿]|[一-鿿]{1,2}(?:总|哥|姐|老板)))(?:那边|那里|那儿|手里|手上|家)"
    "(?:又|也|刚|一共|总共|都)*(?:拿|进|买|订|采购|提|补)(?:了|的|货)"
    f"|(?:拿|进|买|订|定|用|签|换)了?{_ELSEWHERE}的(?!人)"
)
_FROM_US = lazy.regex("(?:在|从|来|找|跟|给|又|回|转)(?:我|咱)|回来了|下了?单")
_DRAWN = lazy.regex(
    "摇号|中奖|中彩|(?<![看相选])中了(?:[一二两三四五六七八九十\\d]*[套辆台个张]?)?(?:新?房|车|大奖|彩票|车牌)"
)
_OWN_HOUSE = lazy.regex(
    "买(?:了|的|上|下)+(?:[一二两三四五六七八九十几\\d]*[辆套台部栋间])?(?:新|二手|学区|商品|小)?(?:房子?|车子?|别墅|商铺|公寓)"
    "(?=$|[^一-鿿]|[一每][套台辆部栋间]|单价|总共|一共|花)"
)

_CARD_USED = lazy.regex(
    "(?:划|耗|扣|销)了?(?:次)?卡(?!付|买|交|支付|办)|[从用]卡里|卡里?扣(?!\\s?[\\d一二两三四五六七八九十百]+\\s?[个只套件包箱颗])|刷会员卡|储值(?:卡|里)?(?:消费|消耗|用)"
)
_OPENED = lazy.regex("[办开充续][了张个]*[^,，。 ]{0,4}卡|充值|充了?(?=[\\d一二两三四五六七八九])")

_NOT_SOLD = lazy.regex(
    "@(?:自己|家|公司|[她他的])*把[^,，。;；给]{1,6}卖(?:了|掉)|看[中上好]了?|相中"
    "|^(?:我们?|今天|刚|又|[上下]午|已经?|给|@|[ ,，])*(?:送|寄|给)(?:了|过去|去)*"
    "[^,，。;；]{0,6}(?:样品|小样|试用装?|赠品)"
    "|开(?:了|好|完|出)?[¥￥]?\\d[\\d.,]*[万千]?(?:块钱?|元)?的?(?:发票|专票|普票|增票|票(?!据))"
)
_BUYS = "(?:办|买|订|定|下了?单|下了?一?单|报|签|充|拿|投|要)"
_KIN = "(?:妹妹|姐姐|哥哥|弟弟|(?<=[她他的家])[妹姐哥弟]|朋友|同事|闺蜜|邻居|亲戚|同学|[表堂][哥姐弟妹])"
_BOUGHT_BY_ANOTHER = lazy.regex(
    f"@(?:[她他的家]|一个|有个)*{_KIN}[^,，。给帮替]{{0,6}}?{_BUYS}"
    f"|(?:介绍|推荐)了?(?:[她他的家]|一个|个|位|自己)*{_KIN}[^。]{{0,6}}?(?<!自己)(?<!自己也){_BUYS}"
    "|@(?:公司|他们|她们|自己|集团|单位)(?:也|又|刚|今天|昨天)*中标"
    "|(?:今年|这个?月|本月|本季度?|[上下]半年|这半年|一年)(?:已经|累计|总共|一共|快|差不多|将近|都)*"
    "(?:[订定买拿进消采][购费]?了(?:快|差不多|将近|总共|一共)|(?<=[经计共快多近都])[订定买拿进消采][购费]?了)"
    "|^(?!.*(?:又|再|下单|追加|加订)).*[订定买要]的[^,，。;；]{0,8}(?:到货|到齐|到了|发货|发出|送到|送达|签收|装好)了?"
)

_THAT_ORDER = lazy.regex("(?:[那这上][一次个张]?(?:批|单|笔|车)|订单(?:改|变|换|要加急))")
_OF_DELIVERY = lazy.regex(
    "(?:[那这上刚][一个张笔次]*单(?!位)|订单|单子|[这那][一]?[批车箱件]货?|的货|包裹|快递|发货单|送货单|送货|发货)"
    "[^,，。;；]{0,6}?(?:地址|[送发寄]到|[送发寄]去|改到|改送)"
)

_TAKES = lazy.regex(
    "要(?=[\\d一二两三四五六七八九十])|[要拿订定买进签办](?:了|的(?!钱|款))|成交|拍板|投保|报名|认购|签约|定下|续费"
)


def guarded(reading: Reading, message: Message) -> Reading:
    """The reading; an order that is none of ours becomes a note, and so does an address that is a delivery's."""
    if reading.parts or message.contact or message.body.startswith("/") or len(message.body) > _LONGEST:
        return reading
    if reading.action == "update" and _is_of_delivery(reading, message):
        return chosen.as_action("note", message) or reading
    if reading.action != "order" and reading.ask not in _UNCERTAIN:
        return reading
    if reading.action == "order" and _is_of_stored(reading, message):
        return chosen.as_action("note", message) or reading
    if is_told(message):
        return chosen.as_action("note", message) or reading
    is_asked = _is_of_his_own(reading, message) or order_instead.told(message.body) is not None
    is_asked = is_asked or unclosed.is_wished(message)
    return _doubted(reading, message) if reading.action == "order" and is_asked else reading


def is_told(message: Message) -> bool:
    """True for a payment to come or of goods sold before, what he got from somebody else, and what his card paid."""
    rest = message.body.replace(message.who.words, "@", 1) if message.who.words else message.body
    if _FROM_OTHERS.search(rest) and not _FROM_US.search(rest):
        return True
    if any(found.search(rest) and not _is_taken(found.sub(" ", rest)) for found in (_DRAWN, _NOT_SOLD)):
        return True
    if unclosed.is_told(message):
        return True
    if incoming.is_of_agreed(message.body) and not _is_taken(rest):
        return True
    if (_CARD_USED.search(rest) and not _OPENED.search(rest)) or deposits.is_of_goods(message.body):
        return True
    beside = renewals.rest(message.body, message.now)
    if beside is not None and not any((_is_taken(beside), _PAID.search(beside), _RENEWED.search(message.body))):
        return True  # 养老险第二年 20000 5月8号扣
    return is_payment_to_come(message.body, message.now, message.who.words)


_PAID = lazy.regex("[付交缴转收打买签办定订]了|出单|到账|成功|已[付交缴收]|今天|刚")
_RENEWED = lazy.regex(
    r"(?<![没未要不])(?:续(?:[费缴交期签约卡险]|保费?)?(?:了|好|完)|已经?续)(?!再|吗|没|[?？])"
    r"|(?<![没未要不])续(?:[费缴交期签约卡险]|保|[一两二三四五\d]+年)+[ ,，]?[¥￥]?[1-9]\d{2,}(?![\d年月号日])"
)  # 续费3600, 续签一年 36000


def is_payment_to_come(text: str, now: datetime, name: str = "") -> bool:
    """True where the customer, called `name`, will pay a sum, and nothing else is ordered.

    >>> now = datetime(2026, 3, 18, 10)
    >>> is_payment_to_come("孙丽下周打两万过来", now, "孙丽"), is_payment_to_come("孙丽下单3000 月底付", now, "孙丽")
    (True, False)
    """
    plain = numerals.plain(text)
    signed = _signed(plain, name, now)
    if len(plain) > _LONGEST or _is_ordered(signed):
        return False
    is_none = QUANTITY.search(signed) or _BY_US.search(signed)
    return is_none is None and _TO_COME.search(signed) is not None


def _is_ordered(signed: str) -> bool:
    """True where something was ordered, or a reminder is asked for; 下周打款提货 is still to come."""
    before = signed.split(_THEN)[0]
    return any(found.search(rest) for found, rest in ((cues.ORDER, before), (cues.REMIND, signed), (_TAKES, signed)))


def _is_taken(rest: str) -> bool:
    """True where something is told to be ordered."""
    return any(found.search(rest) for found in (cues.ORDER, _TAKES))


def _signed(plain: str, name: str, now: datetime) -> str:
    """The words with a sign for the name, for each sum and for each time to come; other times are left out."""
    times = [one for one in when.find(plain, now) if not one.recurrence]
    ahead = {one.span[0]: _THEN for one in moments.ahead(plain, now)}
    return owed.signs(plain, name, times, ahead)[0]


def _is_of_stored(reading: Reading, message: Message) -> bool:
    """True where an order without a sum is one that there is: 那批货要加急 加运费300."""
    if reading.amount_fen is not None:
        return False
    found = (_OF_DELIVERY, _THAT_ORDER)
    return any(one.search(message.body) and not _is_taken(one.sub(" ", message.body)) for one in found)


def _is_of_his_own(reading: Reading, message: Message) -> bool:
    """True for 买了3台车 一台30万, 她朋友订了20箱 and 订的50箱到货了, where the reader takes it for an order."""
    if reading.action != "order" or reading.customer is None:
        return False
    rest = message.body.replace(message.who.words, "@", 1) if message.who.words else message.body
    return _OWN_HOUSE.search(rest) is not None or _BOUGHT_BY_ANOTHER.search(rest) is not None


def _doubted(reading: Reading, message: Message) -> Reading:
    candidates = (reading.customer,) if reading.customer else reading.candidates
    amount = sums.likely(message)
    asked = Reading("note", candidates=candidates, note=message.text, ask="note_or_order", confidence=0.5)
    return replace(asked, amount_fen=reading.amount_fen, product=product(message, amount))


def _is_of_delivery(reading: Reading, message: Message) -> bool:
    """True where nothing but a place is news, and it is told of an order or its goods."""
    found = reading.fields
    is_place = found is not None and found.region is not None
    others = found is not None and (found.company or found.title or found.name or found.birthdays or found.wechat)
    return (
        is_place
        and not others
        and _OF_DELIVERY.search(re.sub(re.escape(message.who.words), " ", message.body)) is not None
    )
