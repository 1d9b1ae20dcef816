"""Goods as they are dictated: how many, what one costs, what that makes, and numbers that name a model.

6205轴承 300个 5块 1500, 两百盒手套二十六一盒 三百包纱布四块二, 7210轴承8只 145.
A row pasted from a sheet is read here, too; `totals` adds up what the rows cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from nlp import lazy
from nlp.fields import prices
from nlp.fields.prices import Piecewise

_HAN = "一二两三四五六七八九十百千万零"
_END = r"(?=$|[\s,，。;；、!！)）]|还有|另外|含税|不含)"
_BARE = lazy.rare(  # what may be a price or a sum where nothing is counted with it
    rf"(?<![\d{_HAN}A-Za-z.＊*×/:：#内外-])[¥￥]?(?:(?P<cents>[\d{_HAN}]{{1,3}})分钱?(?:{_END}|[一每])|{prices.PRICE}{_END})"
)
_NO_ROW = lazy.regex(  # sums that are none of the goods', and pieces that cost nothing
    r"合计|总|共|[=＝]|[定订押]金|已付|付了|欠|尾款|运费|便宜|优惠|折|减|返|退|[送赠搭]了?[\d一二两三四五六七八九十]|上次|之前|原价|标价|预算|报价"
)
_OF_TIME = lazy.rare(r"(?:月结|账期)\s?\d{1,3}天?|\d{1,3}天(?:账期|付款|内)|[\d一二三]{1,3}个点|\d{1,2}\s?[%％]")
_FILLER = r"(?:[\s,，:：]|不?含税价?|未税|单价|每|一|共|合计|各|@|¥|￥)*"
_MODEL = lazy.rare(  # 7210轴承8只 145, 6204 200个 4.3, 轴承6204 50套 22
    rf"(?<![\d.A-Za-z¥￥*×/-])(?<![收付花转账款用])(?P<model>(?!\d+00(?!\d))\d{{3,5}})(?![\d.]|[块元万千kKwW]|\s?{prices.PIECES})"
    rf"(?P<goods>[A-Za-z]{{0,3}}(?![年月日号天点的])[一-鿿]{{0,8}}?)\s?(?:要|订|来|拿)?\s?"
    rf"(?P<n>\d{{1,6}}|[{_HAN}]{{1,4}})\s?{prices.PIECES}{_FILLER}(?P<price>\d{{1,6}}(?:\.\d{{1,3}})?)(?![\d.]|\s?[月号日天点年%折])"
)
_HYPHENED = lazy.rare(r"(?<![A-Za-z\d.])\d{2,6}(?=[A-Z]{0,3}-(?:\d?[A-Za-z]))[A-Z]{0,3}-\w{1,6}")  # 6204-2RS
_SAID_SUM = rf"[一二两三四五六七八九][{_HAN}]*[百千万][{_HAN}]*(?:块钱?|元)?(?=$|[\s,，。;；!！]|定|成交|签|拿|含税)"
_MODEL_AND_SUM = lazy.rare(  # 两套 2346 七百六, 32台 2346@390, 6205轴承五百: another number is the sum
    rf"(?<=[台套个只把部支])\s?(?:(?!\d+0(?!\d))\d{{3,5}})(?=\s{{1,2}}{_SAID_SUM})"
    rf"|(?<=[台套个只把部支])\s?(?:(?!\d+00(?!\d))\d{{3,5}})(?=\s{{0,2}}@)"
    rf"|(?<![\d.A-Za-z¥￥*×/-])(?!\d+00(?!\d))\d{{4}}(?![\d.年月日号元块万千百的]|\s?{prices.PIECES})"
    rf"(?=(?![^,，。;；]{{0,6}}[付欠还给收差剩退抵减扣让优送转打共总合])[一-鿿]{{2,6}}?{_SAID_SUM})"
)
_DEED = lazy.regex("[了定订要拿买]")
_LEAST_EACH, _MOST_OF_ONE, _MOST_DOUBTED = Decimal("0.5"), Decimal(30), Decimal(2000)  # yuan
_MOST_WITH_TENTHS, _TENTH = Decimal(100), Decimal("0.1")
_COSTLY = lazy.regex("[套台桶箱盒瓶辆吨卷]")  # none of these costs half a yuan
_LEAST_OF_ROW, _LEAST_PIECES = Decimal(100), Decimal(2)  # yuan, pieces: below, numbers fit by chance
_NUMBER = r"[¥￥]?(\d{1,7}(?:\.\d{1,2})?)(?:块钱?|元)?"
_ROW = lazy.regex(rf"(?<![\d.A-Za-z×xX*/-]){_NUMBER}[\s,，|]+{_NUMBER}[\s,，|]+{_NUMBER}(?![\d.A-Za-z×xX*/%-])")
# Goods by their model, and terms of trade: there one says what one costs.
_TRADE = lazy.regex(r"＊|[A-Z][A-Za-z]{1,8}\d|[A-Z]{1,4}\d[A-Za-z\d-]|月结|账期")


@dataclass(frozen=True, slots=True)
class Lone:
    """The one number beside the only pieces: the price of one, or of all? `piece`: their unit."""

    pieces: Decimal
    told: Decimal
    piece: str

    @property
    def sums(self) -> tuple[int, int]:
        """What all cost in fen if that is the price of one, and if it is that of all."""
        return int(self.pieces * self.told * 100), int(self.told * 100)


@lru_cache(maxsize=16)  # several readers of one message ask
def without_models(plain: str) -> str:
    """The text with a mark for each digit that names a model: no sum, and no price.

    >>> without_models("两套 2346 七百六"), without_models("2346 七百六")
    ('两套 ＊＊＊＊ 七百六', '2346 七百六')
    >>> without_models("要7210轴承8只 145"), without_models("6204-2RS 300个 单价4.2"), without_models("3000 螺栓 20个")
    ('要＊＊＊＊轴承8只 145', '＊＊＊＊＊＊＊＊ 300个 单价4.2', '3000 螺栓 20个')
    """
    plain = _HYPHENED.sub(lambda match: "＊" * len(match.group()), plain)
    plain = _MODEL_AND_SUM.sub(lambda match: re.sub(r"\d", "＊", match.group()), plain)
    for match in _MODEL.finditer(plain):
        pieces = prices.count_of(match["n"])
        is_sum = pieces is not None and pieces * Decimal(match["price"]) == Decimal(
            match["model"]
        )  # 3600 螺栓 20个 180
        if pieces and pieces > 1 and not is_sum:
            plain = f"{plain[: match.start('model')]}{'＊' * len(match['model'])}{plain[match.end('model') :]}"
    return plain


def find(plain: str) -> list[Piecewise]:
    """Each line of goods with its pieces and price: of two and more, or of one that is proved by its sum; else [].

    8分 is the price of one, whatever is counted.

    >>> [(int(one.pieces), int(one.each)) for one in find("6205 300个 5块 1500 另外 6308轴承 40套 22 880")]
    [(300, 5), (40, 22)]
    """
    read = _lines(plain)
    if read is None or not all(one for one, _ in read):
        return []
    found = [one for one, _ in read if one is not None]
    return found if len(found) > 1 or (found and read[0][1]) else []


def pasted(plain: str) -> Piecewise | None:
    """The pieces and the price of one where a row of a sheet tells both with their product: 钢板 50 320 16000.

    >>> found = pasted("镀锌钢板 50 320 16000")
    >>> (int(found.pieces), int(found.each)) if found else None, pasted("镀锌钢板 50 320 1600")
    ((50, 320), None)
    """
    match = _ROW.search(plain)
    if match is None:
        return None
    pieces, each, whole = (Decimal(number) for number in match.groups())
    if pieces != int(pieces) or pieces * each != whole or whole < _LEAST_OF_ROW or pieces < _LEAST_PIECES:
        return None
    return Piecewise(pieces, each, "", match.start(), match.end())


def is_open(plain: str) -> bool:
    """True where of several lines some have the price of one, and the number of another may be that or its sum."""
    read = _lines(plain)
    if read is None or len(read) < 2 or all(one for one, _ in read):
        return False
    return any(one and one.pieces > 1 for one, _ in read)


def lone(plain: str) -> Lone | None:
    """The pieces and the bare number of the only line; None where its price is told, or another number.

    >>> lone("3桶切削液 1850").sums, lone("50套 每套22"), lone("50套 22 1100")
    ((555000, 185000), None, None)
    """
    parts = _parts(plain)
    if parts is None or len(parts) != 1 or len(parts[0][1]) != 1:
        return None
    count, (price,) = parts[0]
    pieces, told = prices.count_of(count["n"]), _price(price)
    if not pieces or pieces < 2 or not told or "of" in price.groupdict() or not _is_bare(price) or find(plain):
        return None
    return Lone(pieces, told, count["piece"])


def doubt(plain: str) -> Lone | None:
    """The only line, where more than its number speaks for the price of one.

    That is next to nothing for each of what costs more, and what does not divide beside a model or terms of trade.

    >>> doubt("50套 22").sums, doubt("50套 2200"), doubt("M7N-45 3套 320").sums, doubt("3盒茶叶 320")
    ((110000, 2200), None, (96000, 32000), None)
    """
    one = lone(plain)
    if one is None:
        return None
    each = one.told / one.pieces
    has_tenths = one.told % 1 != 0 and one.told < _MOST_WITH_TENTHS
    if each <= _LEAST_EACH and (has_tenths or _COSTLY.search(one.piece)):
        return one
    is_uneven = one.told < _MOST_DOUBTED and each % _TENTH != 0
    return one if is_uneven and each > _LEAST_EACH and _TRADE.search(without_models(plain)) else None


def _lines(plain: str) -> list[tuple[Piecewise | None, bool]] | None:
    """Each line with whether its sum proves it, None for a price that is open; None where any has no number."""
    parts = _parts(plain)
    if not parts or any(not 0 < len(told) < 3 for _, told in parts):
        return None
    is_priced = len(parts) > 1 and any("of" in told[0].groupdict() for _, told in parts)
    return [_line(plain, count, told, is_priced) for count, told in parts]


@lru_cache(maxsize=16)  # for the whole, for what is open, and for the price of one
def _parts(plain: str) -> list[tuple[re.Match[str], list[re.Match[str]]]] | None:
    """The counts, left to right, each with the prices and numbers behind it; None where other sums are told."""
    plain = _OF_TIME.sub(lambda match: " " * len(match.group()), without_models(plain))
    if _NO_ROW.search(plain):
        return None
    told = prices.told(plain)
    left = _blanked(plain, told)
    bare = [one for one in _BARE.finditer(left) if _price(one)]
    found = prices.counts(_blanked(left, bare), 0, len(left))
    counts = [one for one in found if not plain[one.end() : one.end() + 1].isdigit()]  # 3米6
    if not counts or any(one.start() < counts[0].start() for one in (*told, *bare)):
        return None
    ends = [*(one.start() for one in counts[1:]), len(plain)]
    numbers = sorted((*told, *bare), key=re.Match.start)
    return [
        (count, [one for one in numbers if count.end() <= one.start() < end])
        for count, end in zip(counts, ends, strict=True)
    ]


def _line(
    plain: str, count: re.Match[str], told: list[re.Match[str]], is_priced: bool
) -> tuple[Piecewise | None, bool]:
    """The line; `is_priced`: another tells the price of one, so that a small number here may be one, too."""
    pieces, numbers = prices.count_of(count["n"]), [_price(one) for one in told]
    if not pieces or not all(numbers):
        return None, False
    values = [number for number in numbers if number]
    each: Decimal | None = values[0] if "of" in told[0].groupdict() else None
    is_proven = False
    if len(values) > 1:
        small, large = sorted(values)
        is_proven = pieces * small == large and pieces > 1
        each = small if is_proven else None
    elif each is None and (pieces == 1 or values[0] < 1 or (is_priced and _is_price(values[0], pieces))):
        each, is_proven = values[0], values[0] < 1 and pieces > 1 and "0." not in told[0].group()
    if each is None:
        return None, False
    what = plain[count.end() : told[0].start()].strip(" ,，的要是每")
    what = what if re.fullmatch(rf"[一-鿿A-Za-z]{{2,10}}|[{prices.SHORT}]", what) and not _DEED.search(what) else ""
    return Piecewise(pieces, each, what, count.start(), told[-1].end(), count["piece"]), is_proven


def _is_price(told: Decimal, pieces: Decimal) -> bool:
    """True for 两百副手套九块, which nobody sells so cheap: no sum of all."""
    return told <= _MOST_OF_ONE and told / pieces <= _LEAST_EACH


def _price(one: re.Match[str]) -> Decimal | None:
    if cents := one.groupdict().get("cents"):
        number = prices.count_of(cents)
        return number / 100 if number else None
    return prices.price_of(one)


def _is_bare(price: re.Match[str]) -> bool:
    """False for 3万 and 一千二, which nobody says of a small thing."""
    return re.search("[万千百kKwW]", price.group()) is None


def _blanked(plain: str, found: Iterable[re.Match[str]]) -> str:
    for one in found:
        plain = f"{plain[: one.start()]}{'＊' * (one.end() - one.start())}{plain[one.end() :]}"
    return plain
