"""Set phrases that tell no label stand as plain words while a note is tagged: 等我电话, 开户行工行, 满五唯一.

The tagger knows 电话 and 账号 from those who complain and leave, a bank from those who went there, 唯一 from praise,
支付宝 from rivals, 现金 from buyers, and 那边 from the rival's side. In these phrases they say when to call, where to
pay, how a sum was paid, what tax is due, who carries, where to meet, and at the customer's; who brought somebody is
nlp.denied's. Of 41,765 notes of its corpus 20 are in these words, and none has other intents for it. What would change
notes there for the worse stays as it is: 电话 beside any word of anger, 那边 at large (36 notes), the bank of who
compares interest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nlp import card_use, customer_names, lazy, names, ways_to_pay
from nlp.fields import prices
from nlp.tagger import Tags

_BANK: Final = (
    "(?:(?:工商|建设|农业|招商|交通|中国|邮储|浦发|光大|中信|民生|兴业|平安)银行|(?<![一-鿿])[工建农中招交]行|"
    "(?<=开户行)[:： ]?[工建农中招交]行)"
)
_PAID_INTO: Final = lazy.regex("面签|开户行|税号|(?:账号|帐号|卡号)[^,，。;；]{0,8}\\d{8}")
_HIS_SIDE: Final = (
    f"(?:(?<={customer_names.STANDS_AS})|(?<={customer_names.FIRM})|(?<=[总姐哥工长])|(?<=经理)|(?<=主任)|(?<=老师))"
    f"那边(?=[要送给订拿补发][^,，。;； ]{{0,6}}?[\\d一二两三四五六七八九十几半]+(?:{prices.PIECES})"
    "|[送发]错|要?投诉|让我们滚)"
)
_CARRIER: Final = lazy.regex(
    "(?:顺丰|[圆中申]通|韵达|京东|德邦|跨越|EMS)(?:快递|快运|物流)?(?=[：: ]?(?:单号|运单|[A-Za-z]{0,3}\\d{6}))"
)
_SOON: Final = (
    "(?:[今明后]天|今晚|明早|上午|下午|晚上|晚点|一会儿?|回头|待会儿?|稍后|周[一二三四五六日]|下周|\\d[点号]"
    "|到时候?|再)"
)
_PAID_BY: Final = (
    lazy.regex(  # how a sum was paid: 剪发 58 支付宝, 40现金; a bank's notes speak of its cards and of 对公
        f"(?<=[\\d元块])[ ,，]*[用已]?(?:{ways_to_pay.CASH}|{ways_to_pay.APPS}|扫码|刷卡|转账)(?:已|都)*"
        "(?:[付收转给结](?:款|账|过|好)?)?[了的]?(?=$|[ ,，。])"
    )
)
_OF_THE_CALM: Final = (  # each only where no word beside it may be that of one who is angry
    (lazy.regex("等([我他她你您])的?个?电话(?=$|[,，。 ])"), r"等\1联系"),
    (lazy.regex("(?:打|通)完了?电话"), "聊完"),
    (lazy.regex("打(?:个|[我他她])?电话就(?=[送来到去发行])"), "联系就"),
    (lazy.regex(f"({_SOON}[^,，。 ]{{0,2}})(?:给我[打来回]个?|[打来回]我)电话(?=$|[,，。 ])"), r"\1联系我"),
    (_CARRIER, "快递"),
    (_PAID_BY, "收了"),
    (lazy.regex("(?:美团|抖音|大众?点评)(?:团购)?券(?= ?\\d)"), "券"),
)
_PHRASES: Final = (
    (lazy.regex("换了?个?(?:电话|手机)?号码?了?(?=$|[,，。 ])"), "换手机号了"),
    (lazy.regex("满[五二]不?唯一"), "满五年"),
    (lazy.regex(_HIS_SIDE), ""),
    (lazy.regex("(?<=[在去到约])([^,，。 ]{0,4})(?:星巴克|麦当劳|肯德基)(?=$|[,，。 见谈聊碰等])"), r"\1咖啡店"),
)
_OF_PAYING: Final = (
    (lazy.regex(_BANK), "银行"),
    (lazy.regex("(?:账号|帐号|卡号)[:： ]?\\d[\\d ]{5,}"), "收款账户"),
)
_FROM_NOW_ON: Final = lazy.regex(
    "(?:以后|今后|往后)(?P<what>[^,，。;； ]{0,6}(?:找|联系|对接)(?P<who>[一-鿿]{2,4}) ?"
    "(?:电话|手机)?[:： ]?1\\d{10}(?!\\d))"
)
_LEAVES: Final = lazy.regex("转(?![账帐款]?到?账)|去[^,，。;；]{0,6}了|换|走了|停|再也|同行|别家|隔壁|对手|盗")


def plain(text: str) -> str:
    """The text as the tagger shall read it; the customer's name in it stands as customer_names has it.

    >>> plain("王总那边要20箱 等我电话"), plain("吴芳 开户行招商银行 账号622588011234")
    ('王总要20箱 等我联系', '吴芳 开户行银行 收款账户')
    >>> plain("以后采购找李建 13900003333"), plain("以后找别家"), plain("工行利率低")
    ('采购找李建 13900003333', '以后找别家', '工行利率低')
    """
    for pattern, words in _PHRASES:
        text = pattern.sub(words, text)
    for pattern, words in _OF_THE_CALM:
        if pattern.search(text) and not card_use.may_be_angry(pattern.sub("", text)):
            text = pattern.sub(words, text)
    if _PAID_INTO.search(text) and not _tells_more(text):
        for pattern, words in _OF_PAYING:
            text = pattern.sub(words, text)
    now_on = _FROM_NOW_ON.search(text)
    if now_on and names.is_full_name(now_on["who"]):  # whom to call at the customer's from now on
        text = _FROM_NOW_ON.sub(r"\g<what>", text)
    return text


def _tells_more(text: str) -> bool:
    """True where somebody may be angry or leave: then an account or a bank is more than where to pay."""
    return card_use.may_be_angry(text) or _LEAVES.search(text) is not None


def told(said: Tags, read: str, text: str) -> Tags:
    """The tags of the text, given those of how it was read: no word that does not stand in it is evidence."""
    if read == text:
        return said
    evidence = {label: tuple(word for word in words if word in text) for label, words in said.evidence.items()}
    return replace(said, evidence=evidence)
