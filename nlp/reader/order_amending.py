"""A line of an order put right or dropped (改成150个, 生抽改成72一箱, 雪碧不要了), and the order's text with it."""

from __future__ import annotations

import re
from dataclasses import replace

from nlp import lazy
from nlp.fields import prices, subtotals
from nlp.reader.order_values import CHANGE, SLIP, SLIP_FIRST, Right, count_of
from nlp.when import numerals

_PIECE = prices.PIECES.replace("块", "")  # 改成两块 is a price
_N = r"(?P<n>\d{1,7}(?:\.\d{1,2})?|[一二两三四五六七八九十百千]{1,6})"
_LONGEST = 80  # characters: more tells a story
_SLIPS = "不对|不是|错了?|[写记打](?=错)|数量(?=错)|等等|等下"
_HEAD = rf"(?:{_SLIPS}|哦|啊|呃|嗯|那|就|还是|帮我|给我|麻烦|把|的|[,，。!！:：\s])*"
_GOODS = (
    r"(?P<goods>(?!数量|件数|个数|单价|应该|总|金额|一共)[一-鿿A-Za-z\d][一-鿿A-Za-z\d*.-]{1,11}?|["
    + prices.SHORT
    + r"])?\s?的?\s?"
)
_INTO = r"(?:改|换|变|调|更正|修正|加|减|增)(?:成|为|到)"
_END = r"\s?(?:才对|吧|了|啊|的|[。!！\s])*"
_COUNT = lazy.regex(
    rf"{_HEAD}{_GOODS}(?P<counted>数量|件数|个数)?(?:[写记打]?错了?|[,，\s]){{0,6}}+(?:应该)?"
    rf"(?P<how>{_INTO}|是|要|[:：])\s?{_N}\s?(?P<piece>{_PIECE})?{_END}"
)
_MORE = lazy.regex(
    rf"{_HEAD}(?:(?P<more>再加|再要|再来|多加|再补)|(?P<less>减掉?|减去|少要|去掉))了?\s?{_N}\s?(?P<piece>{_PIECE}){_END}"
)
_EACH = lazy.regex(
    rf"{_HEAD}{_GOODS}(?:单价|每{_PIECE})(?:[写记打]?错了?|[,，\s])*(?:应该)?(?:{_INTO}|是|为|按|[:：])\s?[¥￥]?"
    rf"(?P<price>[\d.一二两三四五六七八九十百千毛角分块元钱]{{1,9}}?)(?:/?[一每]?{_PIECE})?{_END}"
)
_YUAN = r"[¥￥]?(?P<price>[\d.一二两三四五六七八九十百千毛角分块元钱]{1,9}?)(?:块钱?|元)?"
_EACH_BEHIND = lazy.regex(
    rf"{_HEAD}{_GOODS}(?:价格?)?(?:{_INTO}|[涨降]到)\s?"
    rf"(?:{_YUAN}\s?(?:/|一|每)\s?{_PIECE}|每\s?{_PIECE}{_YUAN.replace('price', 'price2')}){_END}"
)
_DROPPED = lazy.regex(
    rf"{_HEAD}(?P<goods>(?!货|东西|[全都那这单]|订单|样品|以后|暂时|现在)[一-鿿A-Za-z]{{1,8}}?)(?<![不没别])(?:先|就|也|[那这]个)*"
    rf"(?:不要|不拿|不订|不用送?|去掉|删掉|划掉)了{_END}"
)
_NEWS = lazy.regex(
    r"^(?:刚才?|今[天早]|上午|下午|早上|又|还|来?电话?|打(?:来)?电话(?:来(?!电))?|[他她]们?|客户|那边"
    r"|说|讲|要求|[ ,，:：])*"
    r"(?:说|讲|要求|把|要)\s?"
)
OF_COUNT = lazy.regex("(?:数量|件数|个数)[^,，。;；]{0,4}(?:改|换|变|调)(?:成|为|到)")
"""孙丽 数量改成250根: of whoever is named the order just entered may be meant."""
_APART = lazy.regex(r"[,，。;；\s]+")


def told(text: str) -> Right | None:
    """The number or price of a piece that is right, where the text, without order and customer, says nothing else.

    >>> right = told("不对，M10螺母是2000个")
    >>> right.goods, right.quantity, told("单价改成7块5").each, told("再加50个").more
    ('M10螺母', 2000.0, Decimal('7.5'), 50.0)
    >>> right = told("又说雪碧不要了 可乐加到25提")
    >>> right.goods, right.is_dropped, right.then[0].quantity, told("生抽改成72一箱").each
    ('雪碧', True, 25.0, Decimal('72'))
    """
    if len(text) > _LONGEST:
        return None
    bare = _NEWS.sub("", text)
    if (one := _told(text) or _told(bare)) is not None:
        return one
    lines = [_told(line) for line in _APART.split(bare) if line]
    rights = [right for right in lines if right is not None and right.goods]
    return replace(rights[0], then=tuple(rights[1:])) if len(rights) == len(lines) > 1 else None


def _told(text: str) -> Right | None:
    if match := _MORE.fullmatch(text):
        pieces = count_of(match["n"])
        return Right(more=-pieces if match["less"] else pieces, piece=match["piece"]) if pieces else None
    is_correction = (SLIP_FIRST.match(text) or SLIP.search(text) or CHANGE.search(text)) is not None
    if match := _EACH.fullmatch(text):
        each = prices.of_one(match["price"]) if is_correction else None
        return Right(goods=match["goods"], each=each) if each else None
    if match := _EACH_BEHIND.fullmatch(text):
        each = prices.of_one(match["price"] or match["price2"])
        return Right(goods=match["goods"], each=each) if each else None
    if match := _DROPPED.fullmatch(text):
        return Right(goods=match["goods"], is_dropped=True)
    match = _COUNT.fullmatch(text)
    if match is None or not (match["piece"] or match["counted"]):
        return None
    pieces = count_of(match["n"])
    if not pieces or not (is_correction or re.match("[改换变调更修加减增]", match["how"])):
        return None
    return Right(goods=match["goods"], quantity=pieces, piece=match["piece"])


def is_in_another_piece(text: str, right: Right) -> bool:
    """True where the number is told in a unit in which the order counts nothing; 个 may stand for any.

    >>> is_in_another_piece("浴巾100条 单价20", Right(quantity=3.0, piece="箱"))
    True
    """
    plain = numerals.plain(text)
    counted = {one["piece"] for one in prices.counts(plain, 0, len(plain))} - {"个"}
    return right.piece not in (None, "个") and bool(counted) and right.piece not in counted


def amended(text: str, right: Right) -> str | None:
    """The text of an order with what is right of its one line, or of the line of those goods; None where it is unclear.

    >>> amended("M8螺栓 5000个 单价0.35 M10螺母 3000个 单价0.28", Right(goods="M10螺母", quantity=2000.0))
    'M8螺栓 5000个 单价0.35 M10螺母 2000个 单价0.28'
    """
    plain = _amended(subtotals.without_whole(numerals.plain(text)), right)
    for other in right.then:
        plain = _amended(plain, other) if plain is not None else None
    return plain


def _amended(plain: str, right: Right) -> str | None:
    line = _line(plain, right.goods)
    if line is None:
        return None
    start, end = line
    told_each = [one for one in prices.told(plain) if start <= one.start() and one.end() <= end]
    if right.each is not None:
        if len(told_each) != 1:
            return None
        one = told_each[0]
        return f"{plain[: one.start()]}单价{right.each:f}元{plain[one.end() :]}"
    counts = prices.counts(plain, start, told_each[-1].start() if told_each else end)
    if right.is_dropped:
        is_line = len(counts) == len(told_each) == 1 and len(prices.told(plain)) > 1
        first = min(plain.find(right.goods or "", start), counts[0].start()) if is_line else 0
        return f"{plain[:first]}{plain[end:]}" if is_line else None
    if len(counts) != 1 or is_in_another_piece(counts[0].group(), right):
        return None
    was = count_of(counts[0]["n"])
    pieces = right.quantity if right.quantity is not None else was + (right.more or 0)
    if not was or pieces <= 0:
        return None
    return f"{plain[: counts[0].start('n')]}{_written(pieces)}{plain[counts[0].end('n') :]}"


def _line(plain: str, goods: str | None) -> tuple[int, int] | None:
    """Where the line of the goods stands, all of the text without any; None where no line can be told."""
    if goods is None:
        return 0, len(plain)
    places = [found.start() for found in re.finditer(re.escape(goods), plain, re.I)]
    if len(places) != 1:
        return None
    start = 0
    for one in sorted(prices.told(plain), key=re.Match.start):
        if places[0] < one.end():
            return start, one.end()
        start = one.end()
    return None


def _written(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number}"
