"""What is told of an order that is stored: typed wrong (何秀英这单写错了应该是四千二), somebody else's, or off.

Which order is meant, and whether there is one at all, decides who knows the orders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from nlp import lazy, when
from nlp.reader import (
    cues,
    order_added,
    order_amending,
    order_disputed,
    order_named,
    order_news,
    order_values,
    order_wording,
)
from nlp.reader.order_named import SHEET, Called
from nlp.reader.order_values import CHANGE, SLIP, SLIP_FIRST, SLIP_WORD, UNTOLD, ZERO, Right
from nlp.when import When

LONGEST = 60  # characters; a longer message tells a story


@dataclass(frozen=True, slots=True)
class OrderChange:
    """An order is not what was typed, or is off.

    kind: change; cancel; refuse: the customer does not want it, whether an order is off is not said
    right: what is right, and what is wrong
    day, product_named, fen, quantity: which order is meant, as far as that is told
    names_order: an order is spoken of; without, what was typed just before is meant (不对 是4200)
    is_last: the one just entered (刚才那单); is_double: it was entered twice; is_off: it is to go, whatever it was
    is_news: the customer's doing, no slip of ours; says_more: something else is told beside what is right
    kept_fen: orders of these sums stay; is_guess: it is asked which order, and whether one is meant
    """

    kind: Literal["change", "cancel", "refuse"]
    right: Right = UNTOLD
    day: When | None = None
    product_named: str = ""
    fen: int | None = None
    quantity: float | None = None
    names_order: bool = True
    is_last: bool = False
    is_double: bool = False
    is_off: bool = False
    is_news: bool = False
    says_more: bool = False
    kept_fen: tuple[int, ...] = ()
    is_guess: bool = False


_ORDER = lazy.regex(
    rf"(?:刚才|刚刚|刚|上面|上|最后|前面|那|这|最近)(?:的|那|这|一)*[张个条]?{SHEET}"
    rf"|(?<!下)(?<!签)订单(?!号)|[的年月日号天]{SHEET}|(?<=[一-鿿])单子"
)
_LAST = lazy.regex(rf"(?:刚才|刚刚|刚|上面|上|最后|最近)(?:的|那|这|一)*[张个条]?{SHEET}")
_SLIP_INTO = lazy.regex(r"把[^,，。;；]{1,14}[写记打输录填]成了?")
_OTHERS = lazy.regex(
    "报价|单价|定价|标价|预算|合同(?!总?价|总?额|金额|[还都也]?没有?[签定])|折扣|"
    "账期|到期|交期|货期|目标|底价|首付|定金|订金|尾款|运费单|欠|[回付打]款|到账|[这下]次|月付|先付|[退返](?:给|[她他])|已退|发票|开票"
    "|提成|工资|成本|对手|同行|对方|[发送交到收]货|签收|生产|验收|送来|发了|比(?!如)|尾号|号码|电话|手机|微信|邮箱|生日|名字|姓"
)
_ASKS = lazy.regex("[?？吗]|能不能|可不可以|能否|是否|要不要|行不行|好不好|怎么|为什么|多久")
_WISHED = lazy.regex(
    "建议|希望|想(?!起)|申请|要求|如果|要是|万一|可能|也许|打算|准备|争取|提醒|记得|别忘|[说问催](?!错|反)"
)
_CLAUSE = lazy.regex(r"[,，。;；!！\n]")
_NOT = lazy.regex("(?:不用|不要|没有?|别|未|不必|不能|不会|无需)(?:再)?(?:改|换|调|变|更)")


_OFF = (
    "(?:取消|作废|撤销|撤单|撤|删除|删|去掉|不算数?|不作数|黄|泡汤|退订|退单|退货|退回来?|退|没了|免"
    "|不做|不订|不要|不下|不买)"
)
_FILLER = (
    "她们?|他们?|客户|又|都|也|就|已经?|说|要|帮我|先|全部?|整[个单张]|直接|被|临时|突然|自己|吧|了|现在|[,， ]"
    "|我|是|[记写录输打搞弄填][错重岔多]|重复|有?(?:错|问题|误)的?|不对"
    "|不要(?:了[,， ]*|[,， ]+)(?=[删撤去作取])|[那这][笔单个]|给|的(?=[删撤取作去])"
)
_HIS_REASON = (
    r"[,，\s]+(?:因为|客户|[她他]们?|人家|又|都|已经|说)*(?:退[款货钱保费卡课]|不要|不买|不做|不办|反悔|取消)了"
)
_WHY = rf"(?:(?:{order_wording.SLIPPED}|{_HIS_REASON}|{order_wording.NOT_YET})[。!！\s]*)?"
_OFF_AFTER = lazy.regex(
    rf"^(?P<between>(?:{_FILLER})*?)(?P<off>{_OFF})(?:掉|去|回来)?(?:[了吧啦呗。!！\s]|算了)*{_WHY}$"
)
_OFF_BEFORE = lazy.regex(
    rf"^\s*(?:{SLIP_WORD}了?[,，。 ]*)?(?:请|麻烦|帮我|帮忙|给我|把|将)*"
    r"(?P<off>取消|作废|撤销|撤掉|撤|删除|删掉|删|去掉|退掉)(?:掉|了|一下)*"
    r"(?P<whose>[^,，。;；]{0,12}?)(?P<sheet>" + SHEET + rf")(?:\s?某{{1,8}})?[了吧呗啦。!！\s]*{_WHY}$"
)
_PAID_THEN = lazy.regex(  # 撤销何工2720已收款那单: how it stands is no part of what it is called
    rf"(?<=[^没未])(?:已经?)?(?:收款|付款|收了款|付了款|付清|结清)的?(?=[那这]一?[张个条]?{SHEET})"
)
_TOLD_WHY = lazy.regex(rf"{_HIS_REASON}[。!！\s]*$")
_OFF_WORD = lazy.regex(r"(?P<off>撤单|退单|退订|销单|删单|消单)(?:[了吧啦呗。!！\s]|算了)*$")
_OURS = lazy.regex("作废|撤|删|去掉|不算|不作数|消单|销单")  # what is done to a record, not by a customer
_UNSURE = lazy.regex("黄|泡汤|没了|不做|退(?!订|单)|免")  # a deal may be lost so, a delivery come back
_DOUBLE = lazy.regex(
    r"(?:[写记录输打登]重复?了?|重复了|[记写录输打登]了?(?:[两2二]|多)[遍次单笔]|多[记写录输打登]了?一?[遍次单笔])"
)
_REFUSED = lazy.regex(
    r"(?:又|突然|临时|说|现在|都|全|暂时|这次|货|东西|的|他|她)*(?:不要|不买|不订|不下单|不拿货|不进货|退订)(?:货|单)?了(?:[吧啊。!！\s])*$"
)

_NO_ORDER = lazy.regex(
    "(?<!是)不(?:是|算|能算)(?:我们的|什么|真的|一?个|一?笔|新)*(?:订单|单子|成交|销售|营业额|业绩)(?!号|编|价)"
)

_IS_THAT = lazy.regex(r"(?:不对|错了|[那这]一?[个条笔]|[那这]|还|并|都|[\s,，。!！])*")
_AROUND_GOODS = lazy.regex(
    rf"{SLIP_FIRST.pattern}|取消|撤[销掉回]|删[掉除]|去掉|作废|[昨今前]天|上周|上个?月|[\d月日号]+|[那这][个条笔]|[写记录输打]重|[把将的在下订买了给我帮记录\s]"
)


def told(text: str, now: datetime, called: str = "") -> OrderChange | None:
    """The change of an order that the text tells of; `called`: the words that name the customer in it.

    >>> from datetime import timedelta, timezone
    >>> now = datetime(2026, 3, 18, 10, tzinfo=timezone(timedelta(hours=8)))
    >>> told("这单写错了应该是四千二", now).right.fen, told("那单取消了", now).kind, told("下单3600", now)
    (420000, 'cancel', None)
    """
    plain = order_values.SAID_ANEW.sub("不对 ", order_wording.straight(text, called))
    plain = _PAID_THEN.sub("", plain)
    plain = order_values.SUM_ANEW.sub(r"不对 是\g<sum>", plain)
    if len(plain) > LONGEST or _ASKS.search(plain) or cues.NOTE.match(plain):
        return None
    is_wished = _WISHED.search(plain) is not None
    if (none := order_disputed.none_told(plain, called)) is not None:
        return OrderChange("cancel", fen=none.fen, is_off=none.is_off, is_guess=is_wished or not none.is_off)
    if not is_wished and (more := order_added.told(plain, called)) is not None:
        return OrderChange("change", more.right, names_order=more.names_order, is_guess=more.is_guess)
    if not is_wished and (found := order_disputed.put_right(plain, called)) is not None:
        return _certain(plain, now, called) or OrderChange("change", found[0], names_order=found[1])
    settled, kept = order_disputed.settled(plain, called)
    return replace(change, kept_fen=kept) if (change := _certain(settled, now, called)) is not None else None


def _certain(plain: str, now: datetime, called: str) -> OrderChange | None:
    masked = "某" * len(called)  # 陶志刚那单: his name tells no time
    text = plain.replace(called, masked) if called else plain
    by = order_named.told(text)
    if (line := _of_line(by, now, masked) or _none(by, now, masked)) is not None:
        return line
    if _OTHERS.search(plain):
        return None
    change = _off(by, now, masked) or _changed(by, now, masked) or refused(text, masked)
    if change is None or change.right.whose is None or not called:
        return change
    return replace(change, right=replace(change.right, whose=change.right.whose.replace(masked, called)))


def _of_line(by: Called, now: datetime, called: str) -> OrderChange | None:
    """改成150个, 孙丽那单单价改成7块5: the number or the price of a piece; of somebody named only as of an order."""
    order, text = _ORDER.search(by.text), by.text
    rest = text[: order.start()] + text[order.end() :] if order is not None else text
    rest = re.sub("^[的 ]+", "", rest.replace(called, "") if called else rest)
    right = order_amending.told(rest)
    is_guess = bool(called) and called in text and order is None and SLIP_FIRST.match(text) is None
    if right is None or (is_guess and right.goods is None and not order_amending.OF_COUNT.search(rest)):
        return None
    return OrderChange(
        "change",
        right,
        day=_named_day(text, order, now),
        fen=by.fen,
        quantity=by.quantity,
        names_order=order is not None,
        is_last=_LAST.search(text) is not None,
        says_more=is_guess and order_news.TELLS.search(text) is not None,
        is_guess=is_guess and right.goods is None,
    )


def _none(by: Called, now: datetime, called: str) -> OrderChange | None:
    """小雨那单不是订单 是押金: what was booked is no sale at all; one called by its sum is order_disputed's matter.

    不是订单 alone is said of what was just entered, and asked about.
    """
    said = _NO_ORDER.search(by.text)
    if said is None or _WISHED.search(by.text[: said.start()]):
        return None
    before = by.text[: said.start()]
    order = _ORDER.search(before)
    if by.fen is None and order is None and not re.search("^[这那]|刚", before.strip()):
        is_that = _IS_THAT.fullmatch(before.replace(called, "", 1) if called else before) is not None
        return OrderChange("cancel", names_order=False, is_off=True, is_guess=True) if is_that else None
    day = when.first(before, now) if order is not None else None
    return OrderChange("cancel", day=day, fen=by.fen, is_last=_LAST.search(before) is not None, is_off=True)


def _off(by: Called, now: datetime, called: str) -> OrderChange | None:
    """取消孙丽的订单, 那单作废, 撤单, 记重了, 撤销 孙丽 500."""
    text = by.text
    order = _ORDER.search(text)
    before = _OFF_BEFORE.match(text)
    if before is not None and (order or before["whose"] or before["off"] != "退掉"):
        return _cancelled(by, before["off"], now, called, is_news=False)
    by, off = _called_off(by, order) if order is not None else (by, None)
    if order is not None and _DOUBLE.search(text):
        doubled = _cancelled(by, "删", now, called, is_news=False)
        return replace(doubled, is_double=True, is_off=off is not None and _OURS.search(off) is not None)
    if off is not None:
        gone = _cancelled(by, off, now, called, is_news=not _OURS.search(off))
        return replace(gone, says_more=_TOLD_WHY.search(text) is not None)
    if (fen := order_named.alone(text, called, order_named.OFF, order_wording.SLIPPED)) is not None:
        return OrderChange("cancel", day=when.first(text, now), fen=fen, names_order=False, is_off=True)
    said = order_named.name_first(text, called)
    alone = _OFF_WORD.search(said)
    if alone is not None and not _WISHED.search(said) and _is_bare(said[: alone.start()], called):
        return _cancelled(by, alone["off"], now, called, is_news=not _OURS.search(alone["off"]))
    return None


def _called_off(by: Called, order: re.Match[str]) -> tuple[Called, str | None]:
    """The word for its end behind the words for an order, None without; a sum between them tells which order."""
    text = by.text
    sum_behind = order_named.behind(text, order.end())
    fen, start = sum_behind or (by.fen, order.end())
    after = None if _WISHED.search(text) else _OFF_AFTER.match(text[start:])
    return (replace(by, fen=fen), after["off"]) if after is not None else (by, None)


def _cancelled(by: Called, off: str, now: datetime, called: str, *, is_news: bool) -> OrderChange:
    text = by.text
    is_sure, order = _UNSURE.search(off) is None, _ORDER.search(text)
    return OrderChange(
        "cancel" if is_sure or not is_news else "refuse",
        day=_named_day(text, order, now),
        product_named=_goods_named(text, called),
        fen=by.fen,
        quantity=by.quantity,
        is_last=_LAST.search(text) is not None,
        is_news=is_news,
    )


def _named_day(text: str, order: re.Match[str] | None, now: datetime) -> When | None:
    """The day by which the order is called: 孙丽昨天那单; 那单昨天取消了 tells another."""
    return when.first(text[: order.end()], now) if order is not None else None


def _is_bare(before: str, called: str) -> bool:
    """True where nothing but the customer and little words stand there."""
    return not re.sub(r"[客户他她的要已经又说就都给把了,，\s]", "", before.replace(called, "") if called else before)


def refused(text: str, called: str) -> OrderChange | None:
    """孙丽不要了: an order of hers may be off."""
    clause = _CLAUSE.split(text.rstrip("。!！,， "))[-1]
    if not called or called not in text or not _REFUSED.search(clause) or re.search("想|如果|要是|还没", text):
        return None
    named = _REFUSED.sub("", clause).replace(called, "").strip()
    return OrderChange("refuse", names_order=False, product_named=named if len(named) > 1 else "", is_news=True)


def _changed(by: Called, now: datetime, called: str) -> OrderChange | None:
    """What is right instead of what was typed."""
    text = by.text
    order = _ORDER.search(text)
    is_slip = (SLIP_FIRST.match(text) or ZERO.match(text) or _SLIP_INTO.search(text)) is not None
    is_field = order_news.FIELD.search(text) is not None and (SLIP.search(text) or CHANGE.search(text)) is not None
    if not (order or is_slip or is_field) or _WISHED.search(text) or _NOT.search(text):
        return None
    is_pointed_at = order is not None and order.group()[0] in "刚上最前那这"
    right = order_values.told(text, now, order.end() if order is not None else None, is_pointed_at)
    if right is None:
        return None
    return OrderChange(
        "cancel" if right.is_of_another else "change",
        right,
        day=_named_day(text, order, now) if right.on is None else None,
        product_named=_goods_named(text, called) if order is not None else "",
        fen=by.fen,
        quantity=by.quantity,
        names_order=order is not None,
        is_last=_LAST.search(text) is not None,
        says_more=not right.is_of_another and order_news.says_more(text, called),
    )


def _goods_named(text: str, called: str) -> str:
    """The goods by which the order is called: 孙丽螺栓那单."""
    order = _ORDER.search(text)
    before = text[: order.start()] if order is not None else ""
    before = _CLAUSE.split(before.replace(called, " ") if called else before)[-1]
    words = _AROUND_GOODS.sub("", (before.split(" ") or [""])[-1])
    return words if re.fullmatch(r"[一-鿿A-Za-z\d]{2,10}", words) else ""
