"""What is right of an order that was typed wrong: its sum, how far that is off, goods, number, day or customer."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from nlp import lazy, when
from nlp.fields import money, prices
from nlp.fields.money import Amount
from nlp.when import When, months


@dataclass(frozen=True, slots=True)
class Right:
    """What is right; None where nothing is said of it.

    each: yuan of one piece; piece: the unit of the number; more: so many pieces come on top
    goods: that is told of this line of the order only; is_dropped: which is wanted no more
    then: what is told of other lines beside it
    by_fen, times: how far the sum is off; wrong_fen, wrong_product: what is wrong
    is_of_another: somebody else has the order, and who is not said
    is_total: all of it is told to cost `fen` now, which another order may, too
    added: goods that were left out of it; added_fen: what they may cost; added_words: as they are told
    """

    fen: int | None = None
    by_fen: int | None = None
    times: Decimal | None = None
    product: str | None = None
    on: date | None = None
    quantity: float | None = None
    piece: str | None = None
    more: float | None = None
    each: Decimal | None = None
    goods: str | None = None
    is_dropped: bool = False
    then: tuple[Right, ...] = ()
    whose: str | None = None
    wrong_fen: int | None = None
    wrong_product: str | None = None
    is_of_another: bool = False
    is_total: bool = False
    added: tuple[str, ...] = ()
    added_fen: tuple[int, ...] = ()
    added_words: str = ""


UNTOLD = Right()
SLIP_WORD = r"(?:[写记打输录填搞弄登说敲发报算看改](?:成)?(?:错|岔|串|反)了?|错了|有误|口误|手误|手滑)"
SLIP = lazy.regex(r"(?:[写记打输录填搞弄登敲算说改](?:成)?(?:错|岔|串|反)|错了|有误|手误|手滑|口误|不对)")
SLIP_FIRST = lazy.regex(rf"^(?:哦|啊|呃|嗯|唉|诶|哎|呀|[,，。!！…\s])*(?:不对|不好意思|{SLIP_WORD})")
_INTO = r"(?:(?:改|更正|修正|修改|更改)(?:一?下)?(?:成|为|到|作|回)?|(?:换|调整?|变)(?:成|为|到|作|回))"
CHANGE = lazy.regex(_INTO)
_CHANGED_TO = lazy.regex(rf"{_INTO}[了:： ]*(?:应该)?(?:是)?[¥￥]?\s?$|[改换正](?:成|为|到)[^,，。;；]*$")
_SUM_IS = lazy.regex("(?:金额|总价|总额|成交价)(?:应该)?[是为:： ]*[¥￥]?\\s?$")
_WRONG_BEFORE = lazy.regex(
    r"(?:不是|[写记打输错录填][写记]?成了?|原[来先]?[是写记的]*|之前[是写记的]*|本来写的?)[¥￥]?\s*$"
)
_WRONG_AFTER = lazy.regex(rf"\s*(?:块钱|块|元)?\s*(?:{_INTO}[成为到]?|[写记打输]错)")
_MORE = lazy.regex(r"(?:少|漏)(?:算|记|加|写|打|输)了?(?:一?[笔项个])?[一-鿿]{0,4}$")
_LESS = lazy.regex(r"多(?:算|记|加|写|打|输)了?(?:一?[笔项个])?[一-鿿]{0,4}$")
ZERO = lazy.regex(
    r"(?P<how>[少漏多])(?:写|打|输|记|敲|录|按|加|了)+\s?(?P<n>[一两二三俩123])?个?(?:零|0)(?!\d)(?:[。!！了吧啊\s]*$|[,，])"
)
_COUNTS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "1": 1, "2": 2, "3": 3}
PIECES = r"(?:[个台件箱套只包瓶桶条张支把盒批吨斤米卷袋根片份双副对辆本颗块]|公斤|kg)"
SAID_ANEW = lazy.regex(  # 是1万2千套 一共4万2, 是19箱 722, of the order just entered
    rf"^\s*(?=(?:应该)?是[\d.一二两三四五六七八九十百千万]{{1,9}}\s?{PIECES}[,，\s]*(?:(?:一共|总共|共|合计|总价)[^,，。;；?？]{{1,12}}"
    r"|[¥￥]?\d{2,6}(?:\.\d)?(?:块钱?|元)?)$)"
)
SUM_ANEW = lazy.regex(  # 应该是680, 价格是680, 680才对: nothing but what is right
    r"^(?:哦|啊|呃|嗯|唉|诶|哎呀?|[,，。…\s])*(?:(?:这[个单笔]?|那[个单笔]?|它)?的?(?:价格?|价钱|金额|总价|总额|成交价|合计|一共|数目?|钱)?"
    r"(?:应该|其实|实际上?|确实|明明|本来)+(?:就)?是|(?:价格?|价钱|金额|总价|总额|成交价)(?:就)?是|(?=[¥￥]?[\d.,]+[万千]?(?:块钱?|元)?才(?:对|是)))"
    r"\s?(?P<sum>[¥￥]?[\d.,]+[万千]?(?:块钱?|元)?)(?:才[对是])?(?:的|吧|啊|哦|哈|呢)*[。!！\s]*$"
)
_COUNT = lazy.regex(
    rf"(?:(?<!不)是|成|为|到|应该|[:：,，\s])(?P<n>\d{{1,6}}(?:\.\d{{1,2}})?[万千]?|[一二两三四五六七八九十百千万]{{1,8}})\s?(?P<piece>{PIECES}|[节次课])?"
    r"(?=[,，。;；!！\s]|不是|而不|吧|一共|总共|共|合计|$|(?<!\d)[¥￥]?\d{2})"
)
_OF_LESSONS = lazy.regex(r"\s?[节课篇页集期班]")  # 不对 是15节 tells no sum
_COUNTED = lazy.regex("数量|件数|个数|箱数|台数")
_THING = lazy.regex("产品|品名|品种|货名|型号|规格|品类")
_GOODS = lazy.regex(
    rf"(?:(?:{SLIP_WORD}|不对|{_INTO})[了,，。\s]*(?:应该|其实)?(?:是|成|为|要)?|(?:要|买|订|卖)?的?(?:应该)?是)"
    r"(?P<new>[^,，。;；!！\s¥￥是]{1,14}?)(?:[,，\s]*(?:而)?不是(?P<old>[^,，。;；!！\s]{1,14}?))?[了吧啊的。!！\s]*$"
)
_DATED = lazy.regex("日期|下单日|下单时间")
_ONLY_IS = lazy.regex(r"[了,，。!！\s]*(?:应该|其实)?是\s*")
_ONE_DAY = lazy.regex(r"天$|(?:周|星期|礼拜)[一二三四五六日天]$|[日号]$|月\d{1,2}$")
_IS_ALL = lazy.regex(r"(?:的|下的|订的|签的)?(?:[单笔])?[了吧啊。!！\s]*")
_OF_DAY = lazy.regex(r"(?:(?<!不)是|成|为|到|在)\s*$")
_WHOSE = lazy.regex(
    r"(?:不是[^,，。;；\s]{1,8}?的?[,，\s]*)?(?:应该)?(?:(?<!还)(?<!不)是|[记改归挪转移]到|归|算)(?P<who>[^,，。;；\s\d]{2,8}?)(?:的|名下|头上|那边|那里)+"
    r"(?:[,，\s]*(?:而)?不是[^,，。;；\s]{1,8}?的?)?(?:[单笔]子?)?[了吧啊。!！\s]*$"
)
_OF_ANOTHER = lazy.regex(
    r"[记写搞弄]错(?:人|客户)(?:名下)?了?[,，。\s]*(?:应该)?(?:(?:是|归|[记改]到)(?P<who>[^,，。;；\s\d]{2,8}?)(?:的|名下)*)?[了吧啊。!！\s]*$"
)


def told(text: str, now: datetime, order_ends: int | None, is_pointed_at: bool = False) -> Right | None:
    """What the text says is right.

    order_ends: the place behind the words for the order, None without such
    is_pointed_at: that order, of which 数量是50条 can only be a correction

    >>> right = told("应该是4200不是2400", datetime(2026, 3, 18), None)
    >>> right.fen, right.wrong_fen
    (420000, 240000)
    """
    counted = _count(text, is_pointed_at)
    found = _sum(text, is_pointed_at) or _zeros(text) or _day(text, now, order_ends) or _whose(text, order_ends)
    if found is None and order_ends is not None and _JUST_ENTERED.search(text[:order_ends]):
        found = named(text[order_ends:])
    found = found or counted or _goods(text, order_ends)
    if found is None or found.fen is None:
        return found
    return found if counted is None else replace(found, quantity=counted.quantity, piece=counted.piece)


def _sum(text: str, is_pointed_at: bool) -> Right | None:
    """是4200不是2400, 改成1.2万, 写成2400了 应该4200, 少算了运费120."""
    right: list[Amount] = []
    wrong: list[Amount] = []
    for one in money.find(text):
        if one.score <= 0 or one.fen <= 0 or _OF_LESSONS.match(text, one.end):
            continue
        before = text[: one.start]
        if _MORE.search(before):
            return Right(by_fen=one.fen)
        if _LESS.search(before):
            return Right(by_fen=-one.fen)
        is_wrong = _WRONG_BEFORE.search(before) or _WRONG_AFTER.match(text, one.end)
        (wrong if is_wrong else right).append(one)
    if len(right) != 1:
        return None
    before = text[: right[0].start]
    is_right = SLIP.search(text) or wrong or _CHANGED_TO.search(before) or (is_pointed_at and _SUM_IS.search(before))
    if not is_right:
        return None
    return Right(fen=right[0].fen, wrong_fen=wrong[0].fen if wrong else None)


def _zeros(text: str) -> Right | None:
    """少写了一个零: the sum is ten times what stands."""
    match = ZERO.search(text)
    if match is None:
        return None
    power = Decimal(10) ** _COUNTS.get(match["n"] or "一", 1)
    return Right(times=1 / power if match["how"] == "多" else power)


def _whose(text: str, order_ends: int | None) -> Right | None:
    """那单是李娜的, 记错人了 是李娜; of 那单收货人是李娜的 the order stays."""
    if match := _OF_ANOTHER.search(text):
        return Right(whose=match["who"]) if match["who"] else Right(is_of_another=True)
    match = _WHOSE.search(text, order_ends) if order_ends is not None else None
    if match is None or re.sub("应该|其实|实际上?|[我了,，。 ]", "", text[order_ends : match.start()]):
        return None
    return Right(whose=match["who"])


def _count(text: str, is_pointed_at: bool) -> Right | None:
    """数量写错了 是50箱."""
    match = _COUNT.search(text)
    is_wrong = (
        (is_pointed_at and _COUNTED.search(text))
        or SLIP.search(text)
        or CHANGE.search(text)
        or re.search("[是为]不?是|不是", text)
    )
    if match is None or not is_wrong or not (match["piece"] or _COUNTED.search(text)):
        return None
    counted = count_of(match["n"])
    return Right(quantity=counted, piece=match["piece"]) if counted else None


def count_of(said: str) -> float:
    """How many that is; 0 for what is no number.

    >>> count_of("50"), count_of("一万二千"), count_of("1.2万"), count_of("1万2"), count_of("5k")
    (50.0, 12000.0, 12000.0, 12000.0, 5000.0)
    """
    return float(prices.count_of(said) or 0)


def _day(text: str, now: datetime, order_ends: int | None) -> Right | None:
    """日期错了 是昨天, 孙丽那单是昨天的: the day that is right stands last."""
    found = [one for one in when.find(text, now) if one.on is not None and one.kind != "recur"]
    is_said_last = order_ends is not None and bool(found) and order_ends <= found[-1].span[0]
    slip = SLIP_FIRST.match(text)  # 不对 是上周四, of what was just entered
    is_all = slip is not None and bool(found) and _ONLY_IS.fullmatch(text, slip.end(), found[-1].span[0]) is not None
    if not found or not (_DATED.search(text) or is_said_last or is_all):
        return None
    day = found[-1]
    on = _past(day, now) if _ONE_DAY.search(day.words.strip()) else None
    if on is None or _OF_DAY.search(text[: day.span[0]]) is None or not _IS_ALL.fullmatch(text[day.span[1] :]):
        return None
    return Right(on=on)


def _past(day: When, now: datetime) -> date | None:
    """The day as one of an order is meant: 周一 is the last one; None for a day to come."""
    on = day.on
    if on is not None and on > now.date() and re.fullmatch("(?:周|星期|礼拜)[一二三四五六日天]", day.words.strip()):
        on -= timedelta(days=7)
    if on is not None and when.is_last_years(on, day.words, now.date()):
        on = months.add_months(on, -12)
    return on if on is not None and on <= now.date() else None


_JUST_ENTERED = lazy.regex("刚才|刚刚?|上面|最后|最近")
_NAMED = lazy.regex(
    r"(?:的?(?:产品|货|东西))?(?:应该|其实)?[是叫:：]\s?(?P<new>[一-鿿A-Za-z\d][一-鿿A-Za-z\d.*/ -]{1,15}?)"
    rf"(?:[ ,，]?(?P<n>\d{{1,6}}|[一二两三四五六七八九十]{{1,3}})\s?(?P<piece>{PIECES}))?[。!！\s]*"
)
_NO_GOODS = lazy.regex(
    "[月季周]结|现[金结款]|含税|不含|加?急|测试|[重错对假真]|[她他我你它咱谁]|客户|公司|老板|[姐哥总付转给退送发到价票账款欠赊单昨今明天周号日年月点折]"
    "|微信|支付宝|订单|线上|^[老新]|优惠|活动|的$|^[零一二两三四五六七八九十百千万亿半\\d.]+[万千百块元毛]"
    rf"|^[\d一二两三四五六七八九十百]+\s?(?:{PIECES})$|^(?:全|都|只|就|不|没|要|在|从|跟|和)"
)


def named(text: str) -> Right | None:
    """The goods of the order just entered, told behind the words for it: 刚才那个订单 | 是850加工中心一台.

    The number of a model is no sum.

    >>> named("是850加工中心一台").product, named("是3600"), named("是月结")
    ('850加工中心', None, None)
    """
    match = _NAMED.fullmatch(text.strip())
    if match is None or re.search("[一-鿿]{2}|[A-Za-z]", match["new"]) is None or _NO_GOODS.search(match["new"]):
        return None
    said = match["n"]
    if said is None and re.search(r"\d", match["new"]) is None:  # 是李娜, 是补货 tell of no goods
        return None
    pieces = None if said is None else count_of(said)
    return Right(product=match["new"].strip(), quantity=pieces or None, piece=match["piece"])


def _goods(text: str, order_ends: int | None) -> Right | None:
    """产品写错了 应该是螺母, 那单是螺母不是螺栓; without words for an order only of a slip."""
    match = _GOODS.search(text)
    if match is None or re.search(r"\d", match["new"]) or not (match["old"] or _THING.search(text)):
        return None
    if order_ends is None and SLIP.search(text) is None:
        return None
    return Right(product=match["new"], wrong_product=match["old"])
