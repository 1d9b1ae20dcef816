"""The lines of a bill: goods, how many and what they cost, each word of them told: 鸡腿2箱190一箱, 5袋面粉每袋85.

What a number beside several pieces costs, each or all, stays open in its line; a sum of all lines decides (`settled`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from nlp import lazy
from nlp.fields import prices

_PIECE = f"(?:{prices.PIECES.replace('块', '')}|[次节扎升组盘页朵枝])"  # 3块 is a price
_NUMBER = r"(?:\d{1,6}(?:\.\d{1,2})?|[一二两三四五六七八九十百]{1,5})"
_GAP = r"[\s,，、:：]{0,2}"
MONEY = (
    r"[¥￥]?(?:\d{1,7}(?:\.\d{1,2})?|[一二两三四五六七八九十百千]{1,7})"
    r"(?:(?:块钱?|元)(?:\d(?!\d)|[一二三四五六七八九])?|[毛角](?:\d|[一二三四五六七八九])?)?钱?(?![\d.万千百零kKwW%]|[折号天点成年]|月(?!结)|共)"
)
_SPEC = r"\s?\d{1,4}(?:\.\d)?\s?(?:升|毫升|(?i:ml|l|kg|g)装?|克|寸|度|[斤个枚支片只包瓶]装|公斤装)"
_MODEL = r"(?:\s?[A-Za-z]{1,3}\d{1,4}|\d{3,5})(?:[-*×x./]x?[^\Wx]{1,8}(?:x(?=\s))?){0,6}(?=\s)"
_NAME = rf"(?:[A-Za-z]{{1,3}}\d{{1,4}})?[一-鿿A-Za-z]{{1,10}}?(?:{_SPEC}|{_MODEL})?"


def _count(n: str) -> str:
    return rf"(?P<n{n}>{_NUMBER})\s?(?P<piece{n}>{_PIECE})(?!装)"


def _each(n: str) -> str:
    return (
        rf"(?:(?:[每一]\s?(?P<of{n}>{_PIECE})|单价|@|(?P<times{n}>[*×xX✕]))\s?[:：是要]?\s?(?P<each{n}>{MONEY})(?!\s?{_PIECE})"
        rf"|(?P<each_too{n}>{MONEY})\s?(?:/|[一每])\s?(?P<of_too{n}>{_PIECE}))"
    )


def _price(n: str) -> str:
    no_more = rf"(?!\s?(?:{_PIECE}|[/每*×xX✕]|一\s?{_PIECE}))"
    behind = rf"(?:{_GAP}(?:[=＝]|一共|共|合计|小计)\s?|[\s,，]{{1,2}}(?!{_NUMBER}\s?{_PIECE}))"
    whole = rf"(?P<after{n}>{behind}(?P<whole{n}>{MONEY}){no_more})"
    bare = rf"(?P<all{n}>[=＝])?\s?(?P<told{n}>{MONEY}){no_more}"
    return rf"(?:{_each(n)}|{bare}){whole}?"


_LINE = lazy.regex(
    rf"{_count('2')}的?\s?(?P<name2>{_NAME}){_GAP}{_price('2')}"  # before the next: 两个扳手 一个35
    rf"|(?P<name1>{_NAME})\s?(?:[再又还][要来拿订])?{_GAP}{_count('1')}(?:的|{_GAP}){_price('1')}"
    rf"|(?P<name3>{_NAME}){_GAP}{_each('3')}{_GAP}{_count('3')}"
)
_UNPRICED = lazy.regex(
    rf"(?P<name1>{_NAME})\s?{_count('1')}(?=$|[\s,，、])|{_count('2')}的?\s?(?P<name2>{_NAME})(?=$|[\s,，、])"
    rf"|(?P<name4>[一-鿿]{{2,8}})\s?(?P<alone4>{MONEY})(?=$|[\s,，、])"
)
_MOST_OF_ONE, _LEAST_EACH, _TENTH = Decimal(30), Decimal("0.5"), Decimal("0.1")  # yuan: see rows.py
_LEAST_OF_PACK, _PACK = Decimal(20), lazy.regex("[箱件桶袋筐提板]")


@dataclass(frozen=True, slots=True)
class Line:
    """Goods with their number; `sums`: what they may cost in fen, the price of one first; none where none is told.

    told: the number, in yuan, that may be the price of one or of all; is_each: the price of one is told as such
    """

    goods: str
    pieces: Decimal
    piece: str
    sums: tuple[int, ...]
    told: Decimal | None = None
    is_each: bool = False

    @property
    def is_cheap(self) -> bool:
        """True for 200副手套九块 beside goods told with the price of one: nobody sells so cheap."""
        return self.told is not None and self.told <= _MOST_OF_ONE and self.told / self.pieces <= _LEAST_EACH

    @property
    def is_doubtful(self) -> bool:
        """True for a number that may well be the price of one: 3箱 280 does not divide, a sack hardly costs 17."""
        if self.told is None or len(self.sums) < 2:
            return False
        each = self.told / self.pieces
        return each % _TENTH != 0 or (each < _LEAST_OF_PACK and self.is_pack)

    @property
    def is_pack(self) -> bool:
        """True for what is sold by the case, sack or barrel."""
        return _PACK.match(self.piece) is not None

    @property
    def words(self) -> str:
        """The goods with their number: 鸡腿2箱; without where none is told."""
        gap = " " if self.goods[-1:].isascii() else ""  # 轴承6205 10个
        return f"{self.goods}{gap}{self.pieces:f}{self.piece}" if self.piece else self.goods


def read(text: str, place: int) -> tuple[Line, int] | None:
    """The line of goods that begins at the place, and where it ends.

    >>> [read(words, 0)[0].sums for words in ("鸡腿2箱190一箱", "5袋面粉85", "牛奶20箱*45=900")]
    [(38000,), (42500, 8500), (90000,)]
    """
    match = _LINE.match(text, place) or _UNPRICED.match(text, place)
    if match is None:
        return None
    found = {name.rstrip("1234"): value for name, value in match.groupdict().items() if value is not None}
    pieces, goods = prices.count_of(found.get("n", "1")), re.sub(r"\s+", "", found["name"])
    of = found.get("of") or found.get("of_too")
    if not pieces or not is_goods(goods) or of not in (None, found.get("piece")):
        return None
    if "alone" in found:  # 精华298
        alone = yuan(found["alone"])
        return (Line(goods, pieces, "", (_fen(alone),)), match.end()) if alone else None
    each, told, whole = (yuan(found.get(name)) for name in ("each", "told", "whole"))
    each, end = each or yuan(found.get("each_too")), match.end()
    if "after" in found and whole != pieces * (each or told or 0):
        end = match.end() - len(found["after"])  # 盐1箱60 共555: of all lines
        whole = None
    if each is None and told is not None and (pieces == 1 or whole is not None):
        each, told = told, None
    if each is not None:
        sums: tuple[int, ...] = (_fen(pieces * each),)
        return Line(goods, pieces, found["piece"], sums, is_each=pieces > 1), end
    sums = (_fen(pieces * told), _fen(told)) if told is not None else ()
    sums = sums[-1:] if "all" in found else sums
    return Line(goods, pieces, found["piece"], sums, told), end


_MORE_OF_IT = lazy.regex(rf"{_count('0')}{_GAP}{_each('0')}")


def of_the_same(text: str) -> tuple[str, int] | None:
    """Pieces told without their goods, with the price of one: how many, and what they cost in fen.

    >>> of_the_same("两台 一台320"), of_the_same("三套"), of_the_same("两台 一箱320")
    (('2台', 64000), None, None)
    """
    match = _MORE_OF_IT.fullmatch(text.strip())
    each = yuan(match["each0"] or match["each_too0"]) if match is not None else None
    if match is None or not each or (match["of0"] or match["of_too0"]) != match["piece0"]:
        return None
    pieces = prices.count_of(match["n0"])
    return (f"{pieces:f}{match['piece0']}", _fen(pieces * each)) if pieces else None


_NO_GOODS = lazy.regex(
    "^[上这本下]个?(?:周|月|星期|礼拜)|[了我他她收付转你咱这那没不都就才被把让叫说讲问想嫌觉很太肯愿欠剩涨降砍退返赔借罚每]|[款费金价钱账帐票岁次]$|^[付收转汇结减免送赠]|^在(?!线)"
    "|^去(?![污渍屑油黑皱斑角痘])|^[到从跟给替]|^找(?!平)|价|谈|[到给要]$|[一二两三四五六七八九十百千万零]$|^[个点些](?!人)"
    "|预算|报价|红包|房租|工资|奖|积分|余额|优惠|免费|样|赠品|^[一每两].?$|同行|别家|别处|对手|竞品|[家店]里|资料|发票|合同|一共|总共|合计|单价|总价|微信|现金|转账|支付|月结|周结|订单|下单"
)


def is_goods(name: str) -> bool:
    """True for words that may name goods in a line that tells their number and price.

    >>> [is_goods(name) for name in ("鸡腿", "油", "单价", "他", "M8螺栓", "返")]
    [True, True, False, False, True, False]
    """
    bare = re.sub(r"\d.*$", "", name) or name
    return (len(bare) > 1 or bare in prices.SHORT or bool(re.search("[A-Za-z]", bare))) and not _NO_GOODS.search(name)


def settled(lines: Sequence[Line], fen: int) -> bool:
    """True where the lines can cost that sum, each number taken for the price of one or of all.

    >>> lines = [read(words, 0)[0] for words in ("鸡腿2箱190一箱", "面粉5袋85")]
    >>> settled(lines, 80500), settled(lines, 46500), settled(lines, 50000)
    (True, True, False)
    """
    reached = {0}
    for line in lines:
        reached = {so_far + one for so_far in reached for one in line.sums if so_far + one <= fen}
    return fen in reached


def yuan(words: str | None) -> Decimal | None:
    """The number of yuan that the words are: 2块6, ¥190."""
    return prices.of_one(words.strip("¥￥ ")) if words else None


def _fen(yuan: Decimal) -> int:
    return int((yuan * 100).to_integral_value())


_GOODS_AND_SUM = lazy.regex(rf"{_NUMBER}\s?{_PIECE}[一-鿿A-Za-z]{{0,8}}\s?[¥￥]?\d{{2,6}}(?![\d.]|\s?{_PIECE})")


def are_on_both_sides(text: str, called: str) -> bool:
    """True where goods with their number and sum stand before the customer's name and behind it: two are told of.

    >>> are_on_both_sides("王记2箱鸡腿396 老刘羊肉卷10斤330", "老刘"), are_on_both_sides("2箱鸡腿396 老刘", "老刘")
    (True, False)
    """
    at = text.find(called) if called else -1
    return at > 0 and all(_GOODS_AND_SUM.search(part) for part in (text[:at], text[at + len(called) :]))


_COUNTED_SUM = lazy.regex(  # 5个ER32 85, 5袋85 beside 铣刀3把 120一把: the price of one, or of all?
    rf"(?<![\d.])(?:\d{{1,5}}|[一二两三四五六七八九十]{{1,3}})\s?(?:{prices.PIECES})"
    r"(?:(?:\s?[一-鿿A-Za-z][^\s,，。;；\d]{0,11})?\s+|(?=\d))"
    r"[¥￥]?(?P<sum>\d{2,6}(?:\.\d{1,2})?)(?:块钱?|元)?(?=$|[\s,，。;；])"
)
_OF_BEFORE = lazy.regex("上次|之前|原|比|便宜|涨|别|对手|同行|市场|优惠|返|送|押")


def others_told(text: str, span: tuple[int, int], known: tuple[int | None, ...]) -> bool:
    """True where other goods stand with a number or price beside those at the place: nobody added them up.

    known: fen that are no others', what those cost

    >>> others_told("3桶 每桶235,大米4袋 每袋130", (0, 8), (70500,)), others_told("3桶 每桶235", (0, 8), (70500,))
    (True, False)
    """
    start, end = span
    for match in _COUNTED_SUM.finditer(text):
        is_apart = match.end("sum") <= start or match.start("sum") >= end
        if is_apart and round(float(match["sum"]) * 100) not in known:
            return True
    outside = [one for one in prices.told(text) if one.end() <= start or one.start() >= end]
    for price in outside:
        place = max((one.end() for one in outside if one.end() <= price.start()), default=0)
        place = end if price.start() >= end > place else place
        if prices.counts(text, place, price.start()) and not _OF_BEFORE.search(text[place : price.end() + 3]):
            return True
    return False
