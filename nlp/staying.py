"""What sounds like leaving and is none: a visit moved or called off, a package in use, what is renewed or paid yearly,
one article that comes back or is dropped from an order.

The tagger learned 取消, 剩, 今年 from those who left. Of 27,254 notes of its corpus 51 are in these words, three of
them labelled as a sign of leaving; without a word of _LEAVING or _NO_VISIT 36 are left and one of these three, which
speaks of a rival and keeps its label. Articles that come back are 18 notes, three of them labelled so. Of 40,925
notes 31 are read as a visit called off, two as one of who does not come this once, and 19 as a renewal, none of them
labelled so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from nlp import customer_names, lazy, names
from nlp.fields import prices
from nlp.tagger import Tags
from nlp.when import numerals

_NUMBER = "[\\d一二两三四五六七八九十]{1,6}"
_DAY = (
    "(?:今[天晚早]|明[天晚早]|[大]?后天|[这本下上]?个?(?:周|星期|礼拜)[一二三四五六日天末]|下个?(?:周|星期|礼拜)"
    f"|(?:{_NUMBER}月)?{_NUMBER}[号日]|[上下中]午|早上|晚上|{_NUMBER}点)"
)
_MOVED: Final = lazy.regex(
    f"(?:改|挪|推|延|顺延|推迟|提前|换|调|另?约)(?:期|约|时间)?(?:到|至|成|在)了?[^,，。;；]{{0,3}}{_DAY}|改约[^,，。;；]{{0,3}}{_DAY}"
)
_IN_USE: Final = lazy.regex(
    f"(?:做|用|上|练|体验|到店|来)[了过完]?第?{_NUMBER}[次节回][^。;；]{{0,8}}[剩余]下?{_NUMBER}[次节回]"
)
_EVERY_YEAR: Final = lazy.regex("每个?[年月季]度?[^,，。;；]{0,8}(?:交费|缴费|续费|续保|付款|打款|下单|订货|进货|补货)")
_LEAVING: Final = lazy.regex(
    "不续|不[做来想再要用买签订]|[退停转]|折现|别家|别处|他家|同行|比价|算了|缓|没人?接|不接|不回|失联|冷|再说|考虑|关店|搬|减|缩|少|砍|降|省"
    "|预算|便宜|流失|走了|下个?月|明年|年底|接手|接替|嫌|不满|投诉|吃力|困难|一日|以前是"
)
_VISIT: Final = (
    "(?:试驾|预约|拜访|参观|看[房车厂]|体验课?|试听课?|课|护理|头疗|面谈|见面|饭局|验收|约好?的?|到店|上门|演示|demo)"
)
_CANCELLED: Final = lazy.regex(
    f"(?:{_VISIT}|{_DAY}的?)[^,，。;；]{{0,5}}取消[了掉]?(?=$|[,，。;； ])"
    f"|取消[了掉]?{_DAY}?的?[^,，。;；]{{0,5}}{_VISIT}"
    f"|{_DAY}[^,，。;；]{{0,3}}(?:来不了|不来了|过不来|去不了)|爽约|放了?我?鸽子"
)
_ELSEWHERE: Final = lazy.regex("报了别|别的|隔壁|不[学练约]了|换了?家|投诉")
_ONE_VISIT: Final = "(?:试驾|参观|看[房车厂]|体验课?|试听课?|面谈|见面|饭局|验收|演示)"
_NOT_COMING: Final = lazy.regex(  # once: not 下周起不来了, nor 私教课不来了
    f"(?:{_DAY}|{_ONE_VISIT})的?(?:{_ONE_VISIT})?[^,，。;；起始以后退再都]{{0,2}}(?:不过?来了|不过来|过不来|[来去]不了|不去了)"
)
_PLAINLY_OFF: Final = lazy.regex("(?<![后再也])(?:不过?来了|不过来|取消[了掉]?)")
_UNTIL: Final = (  # the day to which a contract is renewed, and nothing else behind it
    f"(?:(?:[今明后]年|\\d{{2,4}}年|下个?月)年?[底末中初]?|[年月]底|(?:(?:[今明后]|\\d{{2,4}})年)?{_NUMBER}月(?:[底末初]|份|{_NUMBER}[号日])?)了?"
)
_RENEWED: Final = lazy.regex(
    "续(?:保|费|约|卡|签|交|缴|年费|会员)?(?:了(?!吗|没|[?？])|好了|成功|完了|上了)"
    f"|续(?:保|费|约|签)[到至]{_UNTIL}[。!！ ]*$"
)
_NOT_RENEWED: Final = lazy.regex(
    "(?:不|没|勿|别|只|未)[^,，。;； ]{0,8}续|别家|别处|他家|同行|[转换]到|最后|犹豫|考虑|没[有给拿]|退|改成|缩|少"
    "|[在去到跟](?!我|咱|店|期)[^,，。;； 我咱店期]{2,5}(?:续|投|买)|以前|从前|签字|竞争|对手|隔壁|没在我"
)
_NO_VISIT: Final = lazy.regex("订单|下单|合同|保费|[缴交付打回]款|[缴交]费|续|签约|年会|送货|发货")


_PIECES: Final = f"{_NUMBER}(?:{prices.PIECES})"
_ARTICLE: Final = "(?!货|东西|[全都])[^\\s,，。;；\\d退群团卡租床户班费菜人全都]{2,8}?"
_BACK: Final = lazy.regex(
    f"(?<![撤减早消倒衰后辞进清屏告引])退(?:[了掉回货]|一下)*(?:{_ARTICLE}{_PIECES}|{_PIECES}{_ARTICLE}(?=$|[^一-鿿]|[退一每从扣算]))"
    f"|{_ARTICLE}(?:有|[坏破化漏碎烂]了)?{_PIECES}[^。;；]{{0,12}}[要来]退(?![休出订团群卡租费款])"
    f"|{_ARTICLE}不要了?[,，;；和 ]+(?:[^,，。;；加改减换到成要来补]{{0,8}}[加改减换到成要来补])+{_PIECES}"
    f"|(?:[加改减换到成要补]){_PIECES}[^,，。;；]{{0,8}}[,，;；和 ]+{_ARTICLE}不要了"
    f"|(?:欠款|欠账|货款|账[上里]?|应收)[^,，。;；]{{0,6}}[减扣]掉?[¥￥]?{_NUMBER}"
)
_RIVAL: Final = "[^\\s,，。;；、和跟了换签不走]"
_RIVALS: Final = lazy.regex(
    "(?:我们|咱们?)?的?(?:主要)?(?:竞品|竞争对手|对手|同行)(?:主要)?(?:有|是|包括|就是|[:：])\\s?"
    f"{_RIVAL}{{2,8}}(?:[\\s,，、和跟]{_RIVAL}{{1,8}}){{1,6}}"
)
_OFF: Final = lazy.regex("(?P<who>[^\\s,，。]{2,4}?)\\s?(?:那个|的)?取消[了吧]?[。！!]?")
_NO_STORY: Final = 28  # characters: whoever tells more may tell why he leaves
_ALL_BACK: Final = lazy.regex(
    "[别他]家|别处|别人|同行|对手|比价|以后|[再不没]了?再|没发|取消|再也|不合作|不续|不来|终止|全[部都]?退|都退|退出|[全都][部]?不|什么都不|取消合作|剩"
    "|供应商|厂家|牌子|失望|最后|关店|关门|搬|转让|停|不[养做开卖用]|用不|卖不|没人|不满|投诉(?<!不是投诉)"
)


def is_of_goods(text: str) -> bool:
    """True when one article is dropped or comes back, or a debt gets less by it: the customer stays.

    >>> is_of_goods("退陈记鸡腿2箱"), is_of_goods("雪碧不要了 可乐加到25提"), is_of_goods("退了2箱，以后去别家拿")
    (True, True, False)
    """
    plain = numerals.plain(text)
    return len(plain) <= _NO_STORY and _BACK.search(plain) is not None and _ALL_BACK.search(plain) is None


def is_renewed(text: str) -> bool:
    """True where a policy, a card or a contract is told to be renewed, with us as far as the words say.

    >>> is_renewed("孙浩续保了 交了4850 平安的"), is_renewed("孙浩在平安续保了"), is_renewed("孙浩说不想续了")
    (True, False, False)
    >>> is_renewed("孙浩续约到明年"), is_renewed("孙浩考虑续约到明年")
    (True, False)
    """
    is_short = len(text) <= _NO_STORY
    return is_short and _RENEWED.search(text) is not None and _NOT_RENEWED.search(text) is None


def is_staying(text: str) -> bool:
    """True when what sounds like leaving in the text is a new date, a visit that fell through, a use or a habit.

    >>> is_staying("取消了明天的头疗 改到周六同一时间"), is_staying("订单改到下月，领导要省预算")
    (True, False)
    """
    if is_renewed(text):
        return True
    if is_not_coming(text):
        return True
    if _LEAVING.search(text):
        return False
    if _CANCELLED.search(text) is not None:
        return _NO_VISIT.search(text) is None and _ELSEWHERE.search(text) is None
    is_moved = _MOVED.search(text) is not None and _NO_VISIT.search(text) is None
    return is_moved or _IN_USE.search(text) is not None or _EVERY_YEAR.search(text) is not None


def is_not_coming(text: str, of_visit: bool = False) -> bool:
    """True where the customer does not come this once, and nothing else sounds like leaving; `of_visit`: 不来了 is said
    of what stands in the calendar, so no day need be told.

    >>> is_not_coming("江水的试驾不来了"), is_not_coming("江水后天不来了"), is_not_coming("江水以后不来了")
    (True, True, False)
    >>> is_not_coming("江水不来了"), is_not_coming("江水不来了", of_visit=True)
    (False, True)
    """
    rest = _NOT_COMING.sub("", text)
    if of_visit:
        rest = _PLAINLY_OFF.sub("", rest)
    return rest != text and _LEAVING.search(rest) is None and _NO_VISIT.search(text) is None


def names_rivals(text: str) -> bool:
    """True where the text only tells who the rivals are, which is said of no customer.

    >>> names_rivals("竞品有登士柏和士卓曼"), names_rivals("他说竞品有登士柏和士卓曼 在试")
    (True, False)
    """
    return _RIVALS.fullmatch(text.strip()) is not None


def without_leaving(said: Tags, text: str) -> Tags:
    """The tags but for a sign of leaving that is none; who also speaks of a rival keeps it."""
    in_doubt = "churn" in said.intents or "churn" in said.unsure
    if in_doubt and names_rivals(text):
        return as_staying(said)
    is_of_rival = "competitor" in said.intents and not is_renewed(text)  # 续保了 平安的 names what he has
    if not in_doubt or is_of_rival or not (is_staying(text) or is_of_goods(text)):
        return said
    return as_staying(said)


def doubted(said: Tags, text: str) -> Tags:
    """The tags with a sign of leaving unsure where something is off and nobody says what: 王总取消了, a visit or all.

    `text`: with the customer's name as customer_names has it.
    """
    off = _OFF.fullmatch(text.strip()) if "churn" in said.intents else None
    if off is None or not (off["who"] == customer_names.STANDS_AS or names.is_address(off["who"])):
        return said
    intents = tuple(label for label in said.intents if label != "churn")
    return replace(said, intents=intents, unsure=tuple(dict.fromkeys(("churn", *said.unsure))))


def as_staying(said: Tags) -> Tags:
    """The tags without a sign of leaving."""
    intents, unsure = (tuple(label for label in told if label != "churn") for told in (said.intents, said.unsure))
    return replace(said, intents=intents, unsure=unsure)
