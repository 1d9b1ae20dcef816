"""Whether an order is told to be paid whole, in the sentence that tells it: 烫发 68 微信收了, 订了面霜 580 已付."""

from __future__ import annotations

from nlp import lazy, ways_to_pay
from nlp.fields import money
from nlp.when import numerals

_MONEY = f"(?:{ways_to_pay.ANY}|[货全]?款项?|全额|钱)"
_END = r"(?=$|[\s,，。.;；!！、~～（(])"
_OPEN = r"(?:^|(?<=[\s,，。\d元块钱的]))"
_CAME = lazy.regex(
    rf"{_MONEY}(?:都|也|就|已经?|全部?|当场|直接|一次性)*(?:[付收给转到结交打刷入]|过来)(?:清|完|齐|好|讫|到|过来?|款|账|给?我)*(?:了|的?{_END})"
    rf"|(?:已经?|都|当场|现场|全部?|一次性)[付收结交给](?:清|完|齐|讫|过|好|款|全款|全额|现金)?(?:了|{_END})"
    rf"|[付结交收][清讫齐完](?:了|{_END})|[付收给交][了的]?(?:全款|全额|现金)了?{_END}|[付收]的(?:微信|支付宝|刷卡){_END}"
    rf"|[付收]过?了?款了?{_END}|现[结付]了?{_END}|扫了?码了{_END}|扫了码{_END}|刷了卡{_END}"
    rf"|{_OPEN}(?:钱|都|也|已经?)*(?:收|付|给|结|交|缴|结账|转账|买单)(?:到|过|好|掉)?了{_END}"
    rf"|{_OPEN}(?:全款|全额)(?:已经?|都)?{ways_to_pay.ANY}[付转收]?了?{_END}|{_OPEN}{ways_to_pay.ANY}(?:全款|全额)了?{_END}"
    rf"|{_OPEN}(?:今天|现在|刚[刚才]?|已经?|当场){{0,2}}[付交缴转打给收]了(?= ?[¥￥]?\d)"
    r"|[缴交]了(?= ?[¥￥]?[\d.]{1,9}[万千]?(?:块钱?|元)?的?(?:学费|课费|课时费|培训费))"
    r"|(?<![年月季期])[缴交]费(?= ?[¥￥]?\d)"
    rf"|{_OPEN}{_MONEY}了?{_END}|(?i:\b(?:paid|cash)\b)"
)
_DELIVERED_LATER = lazy.regex(  # 全款到账 明天发货
    r"(?:明[天早晚]|下(?:周|个?月)|[这本]?周[一二三四五六日天末])[^\s,，。;；付收给转结交打款钱]{0,8}(?:发货?|送货?|出货|安装|上课|开课|[来拿取提]货?)"
    r"(?=$|[\s,，。;；])"
)
_ALL = lazy.regex("[付结交收缴补][清齐讫]")
_NET = lazy.regex(r"(?:实[收付]|净收|(?<![签验回没未])收|(?<=[\s,，])付)了?[:： ]?[¥￥]?$")
_BY_WAY = lazy.regex(f"{ways_to_pay.ANY}[付收]?了?[:： ]*[¥￥]?$")
_IN_PART = lazy.regex(  # or not yet, or of something else
    "[?？吗未没别说问]|不(?!锈)|(?<![售前])后(?!天|台|视)|[再等][付收给转结打交]|[会要想能可]以?[付收转打结现微刷]|打算|准备|明[天早晚]|下(?:周|个?月|次)"
    "|月[底结初]|[定订]金|[尾余首]款|首付|预[付收]|一半|分[期次批两二三四几\\d]|[剩余欠赊]|还差|还有(?=\\s?[¥￥\\d一])|挂账|账期|[%％]|[一二三四五六七八九\\d]成"
    "|到付|[抵退]|押金|保证金|[年季月]付|按[年季月]|[运税邮]费|先[付收给交]|(?<!客)户头|款式|[这那一新]款"
)


def is_all(text: str) -> bool:
    """True where nothing is left to pay, by whatever came before: 付清了, and not 微信收了, which tells what came now.

    >>> is_all("年卡 3680 付清了 微信"), is_all("眼霜 200 微信收了")
    (True, False)
    """
    return _ALL.search(text) is not None


def without(product: str | None) -> str | None:
    """What was sold, without the words of paying behind it.

    >>> without("面霜 微信收了"), without("现金"), without("现金流量表")
    ('面霜', None, '现金流量表')
    """
    return (_CAME.sub("", product).strip(" ,，。") or None) if product else product


def is_told(text: str, fen: int) -> bool:
    """True where the words tell that all of the order's sum was paid, and nothing of a part, a condition or a day.

    >>> is_told("烫发 68 微信收了", 6800), is_told("订了面霜 580 已付300", 58000), is_told("580 明天微信付", 58000)
    (True, False, False)
    """
    body = numerals.plain(text)
    if fen <= 0 or _IN_PART.search(_DELIVERED_LATER.sub(" ", body)):
        return False
    sums = money.find(body)
    if any(one.fen == fen and _NET.search(body[: one.start]) for one in sums):
        return True
    by_way = [one.fen for one in sums if _BY_WAY.search(body[: one.start])]  # 微信200 现金68
    if len(sums) > 1 and sum(by_way) == fen:
        return True
    return any(
        all(one.fen == fen for one in sums if match.end() <= one.start <= match.end() + 1)
        for match in _CAME.finditer(body)
    )
