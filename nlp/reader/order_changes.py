"""What is told of an order that is stored: typed wrong (何秀英这单写错了应该是四千二), somebody else's, or off.

Which order is meant, and whether there is one at all, decides who knows the orders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from nlp import when
from nlp.fields import money
from nlp.fields.money import Amount
from nlp.reader import cues
from nlp.when import numerals

LONGEST = 60  # characters; a longer message tells a story


@dataclass(frozen=True, slots=True)
class OrderChange:
    """An order is not what was typed, or is off.

    kind: change; cancel; refuse: the customer does not want it, whether an order is off is not said
    fen, product, on, quantity, whose: what is right, None where nothing is said of it; by_fen, times: how far it is off
    wrong_fen, wrong_product: what is wrong
    day, product_named: which order is meant, as far as that is told
    names_order: an order is spoken of; without, what was typed just before is meant (不对 是4200)
    is_last: the one just entered (刚才那单); is_double: it was entered twice
    is_news: the customer's doing, no slip of ours
    """

    kind: Literal["change", "cancel", "refuse"]
    fen: int | None = None
    by_fen: int | None = None
    times: Decimal | None = None
    product: str | None = None
    on: date | None = None
    quantity: float | None = None
    whose: str | None = None
    wrong_fen: int | None = None
    wrong_product: str | None = None
    day: when.When | None = None
    product_named: str = ""
    names_order: bool = True
    is_last: bool = False
    is_double: bool = False
    is_news: bool = False


_SHEET = r"(?:订单|单子|单(?![位价独据凭纯号身元人双品单])|笔(?![记者芯试录]))"
_ORDER = re.compile(
    rf"(?:刚才|刚刚|刚|上面|上|最后|前面|那|这|最近)(?:的|那|这|一)*[张个条]?{_SHEET}"
    rf"|(?<!下)(?<!签)订单(?!号)|[的年月日号天]{_SHEET}|(?<=[一-鿿])单子"
)
_LAST = re.compile(rf"(?:刚才|刚刚|刚|上面|上|最后|最近)(?:的|那|这|一)*[张个条]?{_SHEET}")
_SLIP_WORD = r"(?:[写记打输录填搞弄登说敲发报算看](?:成)?(?:错|岔|串|反)了?|错了|有误|口误|手误|手滑)"
_SLIP = re.compile(r"(?:[写记打输录填搞弄登敲算](?:成)?(?:错|岔|串|反)|错了|有误|手误|手滑|口误|不对)")
_SLIP_FIRST = re.compile(rf"^(?:哦|啊|呃|嗯|唉|诶|哎呀?|呀|[,，。!！…\s])*(?:不对|不好意思|{_SLIP_WORD})")
_INTO = r"(?:(?:改|更正|修正|修改|更改)(?:一?下)?(?:成|为|到|作|回)?|(?:换|调整?|变)(?:成|为|到|作|回))"
_CHANGE = re.compile(_INTO)
_CHANGED_TO = re.compile(rf"{_INTO}[了:： ]*(?:应该)?(?:是)?[¥￥]?\s?$|[改换正](?:成|为|到)[^,，。;；]*$")
_FIELD = re.compile("金额|总价|总额|成交价|数目|钱数|产品|品名|品种|货名|件数|下单日")  # … of an order
_SLIP_INTO = re.compile(r"把[^,，。;；]{1,14}[写记打输录填]成了?")
_OTHERS = re.compile(
    "报价|单价|定价|标价|预算|合同|折扣|账期|交期|货期|目标|底价|首付|定金|订金|运费单|欠|回款|提成|工资|成本"
    "|尾号|号码|电话|手机|微信|邮箱|生日|名字|姓"
)
_ASKS = re.compile("[?？吗]|能不能|可不可以|能否|是否|要不要|行不行|好不好|怎么|为什么|多久")
_WISHED = re.compile(
    "建议|希望|想(?!起)|申请|要求|如果|要是|万一|可能|也许|打算|准备|争取|提醒|记得|别忘|[说问催](?!错|反)"
)
_CLAUSE = re.compile(r"[,，。;；!！\n]")

_WRONG_BEFORE = re.compile(
    r"(?:不是|[写记打输错录填][写记]?成了?|原[来先]?(?:[是写记的]|写的)*|之前(?:[是写记的]|写的)*|本来写的?)[¥￥]?\s*$"
)
_WRONG_AFTER = re.compile(rf"\s*(?:块钱|块|元)?\s*(?:{_INTO}[成为到]?|[写记打输]错)")
_MORE = re.compile(r"(?:少|漏)(?:算|记|加|收|写|打|输)了?(?:一?[笔项个])?[一-鿿]{0,4}$")
_LESS = re.compile(r"多(?:算|记|加|收|写|打|输)了?(?:一?[笔项个])?[一-鿿]{0,4}$")
_ZERO = re.compile(
    r"(?P<how>[少漏多])(?:写|打|输|记|敲|录|按|加|了)+\s?(?P<n>[一两二三俩123])?个?(?:零|0)(?!\d)(?:[。!！了吧啊\s]*$|[,，])"
)
_COUNTS = {"一": 1, "两": 2, "二": 2, "俩": 2, "三": 3, "1": 1, "2": 2, "3": 3}

_OFF = (
    "(?:取消|作废|撤销|撤单|撤|删除|删|去掉|不算数?|不作数|黄|泡汤|退订|退单|退货|退回来?|退|没了|免"
    "|不做|不订|不要|不下|不买)"
)
_OFF_AFTER = re.compile(rf"^(?P<between>[^,，。;；]{{0,6}}?)(?P<off>{_OFF})(?:掉|去|回来)?(?:[了吧啦呗。!！\s]|算了)*$")
_OFF_BEFORE = re.compile(
    r"^\s*(?:请|麻烦|帮我|帮忙|给我|把|将)*(?P<off>取消|作废|撤销|撤掉|撤|删除|删掉|删|去掉|退掉)(?:掉|了|一下)*"
    r"(?P<whose>[^,，。;；]{0,12}?)(?P<sheet>" + _SHEET + r")[了吧呗啦。!！\s]*$"
)
_OFF_WORD = re.compile(r"(?P<off>撤单|退单|退订|销单|删单|消单)(?:[了吧啦呗。!！\s]|算了)*$")
_OURS = re.compile("作废|撤|删|去掉|不算|不作数|消单|销单")  # what is done to a record, not by a customer
_UNSURE = re.compile("黄|泡汤|没了|不做|退(?!订|单)|免")  # a deal may be lost so, a delivery come back
_DOUBLE = re.compile(
    r"(?:[写记录输打登]重复?了?|重复了|[记写录输打登]了?(?:[两2二]|多)[遍次单笔]|多[记写录输打登]了?一?[遍次单笔])"
)
_REFUSED = re.compile(
    r"(?:又|突然|临时|说|现在|都|全|暂时|这次|的?货|东西|的|他|她)*(?:不要|不买|不订|不下单|不拿货|不进货|退订)(?:货|单)?了(?:[吧啊。!！\s])*$"
)

_PIECES = r"(?:[个台件箱套只包瓶桶条张支把盒批吨斤米卷袋根片份双副对辆本颗块]|公斤|kg)"
_COUNT = re.compile(
    rf"(?:是|成|为|到|应该|[:：,，\s])(?P<n>\d{{1,6}}(?:\.\d{{1,2}})?|[一二两三四五六七八九十百]{{1,4}})\s?(?P<piece>{_PIECES})?"
    r"(?=[,，。;；!！\s]|不是|而不|吧|一共|总共|共|合计|$)"
)
_COUNTED = re.compile("数量|件数|个数|箱数|台数")
_THING = re.compile("产品|品名|品种|货名|型号|规格|品类")
_GOODS = re.compile(
    rf"(?:(?:{_SLIP_WORD}|不对|{_INTO})[了,，。\s]*(?:应该|其实)?(?:是|成|为|要)?|(?:要|买|订|卖)?的?(?:应该)?是)"
    r"(?P<new>[^,，。;；!！\s¥￥]{1,14}?)(?:[,，\s]*(?:而)?不是(?P<old>[^,，。;；!！\s]{1,14}?))?[了吧啊的。!！\s]*$"
)
_AROUND_GOODS = re.compile(
    rf"{_SLIP_FIRST.pattern}|取消|撤销|删掉|删除|作废|[昨今前]天|上周|上个?月|[\d月日号]+|[把将的在下订买了给我帮\s]"
)
_DATED = re.compile("日期|时间|下单日|哪天")
_OF_DAY = re.compile(r"(?:(?<!不)是|成|为|到|在)\s*$")
_WHOSE = re.compile(
    r"(?:不是[^,，。;；\s]{1,8}?的?[,，\s]*)?(?:应该)?(?:(?<!还)(?<!不)是|[记改归挪转移]到|归|算)(?P<who>[^,，。;；\s\d]{2,8}?)(?:的|名下|头上|那边|那里)+"
    r"(?:[,，\s]*(?:而)?不是[^,，。;；\s]{1,8}?的?)?(?:[单笔]子?)?[了吧啊。!！\s]*$"
)
_OF_ANOTHER = re.compile(
    r"[记写搞弄]错(?:人|客户)(?:名下)?了?[,，。\s]*(?:应该)?(?:(?:是|归|[记改]到)(?P<who>[^,，。;；\s\d]{2,8}?)(?:的|名下)*)?[了吧啊。!！\s]*$"
)


def told(text: str, now: datetime, called: str = "") -> OrderChange | None:
    """The change of an order that the text tells of; `called`: the words that name the customer in it.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> told("这单写错了应该是四千二", now).fen, told("那单取消了", now).kind, told("下单3600", now)
    (420000, 'cancel', None)
    """
    plain = numerals.plain(text).strip()
    if len(plain) > LONGEST or _ASKS.search(plain) or _OTHERS.search(plain) or cues.NOTE.match(plain):
        return None
    return _off(plain, now, called) or _changed(plain, now, called) or _refused(plain, called)


def _off(text: str, now: datetime, called: str) -> OrderChange | None:
    """取消孙丽的订单, 那单作废, 撤单, 记重了."""
    order = _ORDER.search(text)
    before = _OFF_BEFORE.match(text)
    if before is not None and (order or before["whose"] or before["off"] != "退掉"):
        return _cancelled(text, before["off"], now, called, is_news=False)
    if order is not None and _DOUBLE.search(text):
        return _cancelled(text, "删", now, called, is_news=False, is_double=True)
    if order is not None and not _WISHED.search(text):
        after = _OFF_AFTER.match(text[order.end() :])
        if after is not None and not _SLIP.search(after["between"]):
            return _cancelled(text, after["off"], now, called, is_news=not _OURS.search(after["off"]))
    alone = _OFF_WORD.search(text)
    if alone is not None and not _WISHED.search(text) and _is_bare(text[: alone.start()], called):
        return _cancelled(text, alone["off"], now, called, is_news=not _OURS.search(alone["off"]))
    return None


def _cancelled(
    text: str, off: str, now: datetime, called: str, *, is_news: bool, is_double: bool = False
) -> OrderChange:
    is_sure = _UNSURE.search(off) is None
    return OrderChange(
        "cancel" if is_sure or not is_news else "refuse",
        day=when.first(text, now),
        product_named=_goods_named(text, called),
        is_last=_LAST.search(text) is not None,
        is_double=is_double,
        is_news=is_news,
    )


def _is_bare(before: str, called: str) -> bool:
    """True where nothing but the customer and little words stand there."""
    return not re.sub(r"[客户他她的要已经又说就都给把了,，\s]", "", before.replace(called, "") if called else before)


def _refused(text: str, called: str) -> OrderChange | None:
    """孙丽不要了: an order of hers may be off."""
    clause = _CLAUSE.split(text.rstrip("。!！,， "))[-1]
    if not called or called not in text or not _REFUSED.search(clause) or re.search("想|如果|要是|还没", text):
        return None
    named = _REFUSED.sub("", clause).replace(called, "").strip()
    return OrderChange("refuse", names_order=False, product_named=named if len(named) > 1 else "", is_news=True)


def _changed(text: str, now: datetime, called: str) -> OrderChange | None:
    """What is right instead of what was typed."""
    names_order = _ORDER.search(text) is not None
    is_slip = (_SLIP_FIRST.match(text) or _ZERO.match(text) or _SLIP_INTO.search(text)) is not None
    is_field = _FIELD.search(text) is not None and (_SLIP.search(text) or _CHANGE.search(text)) is not None
    if not (names_order or is_slip or is_field) or _WISHED.search(text):
        return None
    found = _sum(text) or _zeros(text) or _day(text, now) or _whose(text) or _count(text) or _goods(text)
    if found is None:
        return None
    if found.fen is not None and (counted := _count(text)) is not None:
        found = replace(found, quantity=counted.quantity)
    day = when.first(text, now) if found.on is None else None
    is_last = _LAST.search(text) is not None
    named = _goods_named(text, called) if names_order else ""
    return replace(found, day=day, names_order=names_order, is_last=is_last, product_named=named)


_Told = OrderChange("change")


def _sum(text: str) -> OrderChange | None:
    """是4200不是2400, 改成1.2万, 写成2400了 应该4200, 少算了运费120."""
    right: list[Amount] = []
    wrong: list[Amount] = []
    for one in money.find(text):
        if one.score <= 0 or one.fen <= 0:
            continue
        before = text[: one.start]
        if more := _MORE.search(before) or _LESS.search(before):
            return replace(_Told, by_fen=one.fen if more.re is _MORE else -one.fen)
        is_wrong = _WRONG_BEFORE.search(before) or _WRONG_AFTER.match(text, one.end)
        (wrong if is_wrong else right).append(one)
    if len(right) != 1 or not (_SLIP.search(text) or wrong or _CHANGED_TO.search(text[: right[0].start])):
        return None
    return replace(_Told, fen=right[0].fen, wrong_fen=wrong[0].fen if wrong else None)


def _zeros(text: str) -> OrderChange | None:
    """少写了一个零: the sum is ten times what stands."""
    match = _ZERO.search(text)
    if match is None:
        return None
    power = Decimal(10) ** _COUNTS.get(match["n"] or "一", 1)
    return replace(_Told, times=1 / power if match["how"] == "多" else power)


def _whose(text: str) -> OrderChange | None:
    """那单是李娜的, 记错人了 是李娜."""
    match = _OF_ANOTHER.search(text) or _WHOSE.search(text)
    if match is None:
        return None
    return replace(_Told, whose=match["who"]) if match["who"] else replace(_Told, kind="cancel")


def _count(text: str) -> OrderChange | None:
    """数量写错了 是50箱."""
    match = _COUNT.search(text)
    is_wrong = _SLIP.search(text) or _CHANGE.search(text) or re.search("[是为]不?是|不是", text)
    if match is None or not is_wrong or not (match["piece"] or _COUNTED.search(text)):
        return None
    said = match["n"]
    number = float(said) if said[0].isdigit() else float(numerals.integer(said) or 0)
    return replace(_Told, quantity=number) if number else None


def _day(text: str, now: datetime) -> OrderChange | None:
    """日期错了 是昨天: the day that is right stands last."""
    found = [one for one in when.find(text, now) if one.on is not None and one.kind != "recur"]
    if not found or not (
        _DATED.search(text) or _SLIP_FIRST.match(text) or len(found) > 1 or _is_said_last(text, found)
    ):
        return None
    day = found[-1]
    on = _past(day, now)
    is_right = on is not None and _OF_DAY.search(text[: day.span[0]]) is not None
    if not is_right or re.search(
        r"\w", re.sub(r"^(?:的|下的|订的|签的)?(?:[单笔])?[了吧啊]*", "", text[day.span[1] :])
    ):
        return None
    return replace(_Told, on=on)


def _past(day: when.When, now: datetime) -> date | None:
    """The day as one of an order is meant: 周一 is the last one; None for a day to come."""
    on = day.on
    if on is not None and on > now.date() and re.fullmatch("(?:周|星期|礼拜)[一二三四五六日天]", day.words.strip()):
        on -= timedelta(days=7)
    return on if on is not None and on <= now.date() else None


def _is_said_last(text: str, found: list[when.When]) -> bool:
    """孙丽那单是昨天的."""
    order = _ORDER.search(text)
    return order is not None and order.end() <= found[-1].span[0]


def _goods(text: str) -> OrderChange | None:
    """产品写错了 应该是螺母, 那单是螺母不是螺栓."""
    match = _GOODS.search(text)
    if match is None or re.search(r"\d", match["new"]) or not (match["old"] or _THING.search(text)):
        return None
    return replace(_Told, product=match["new"], wrong_product=match["old"])


def _goods_named(text: str, called: str) -> str:
    """The goods by which the order is called: 孙丽螺栓那单."""
    order = _ORDER.search(text)
    before = text[: order.start()] if order is not None else ""
    before = _CLAUSE.split(before.replace(called, " ") if called else before)[-1]
    words = _AROUND_GOODS.sub("", before)
    return words if re.fullmatch(r"[一-鿿A-Za-z\d]{2,10}", words) else ""
