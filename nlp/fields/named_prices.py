"""A price of one piece that no word calls so: 又要两百套 还是8块5, 抗震支架120套 145的, 1000只 1块1."""

from __future__ import annotations

import re
from decimal import Decimal

from nlp import lazy
from nlp.fields import prices

_AGREED = (
    lazy.rare(
        rf"(?:还是|仍是|照旧|老价格?|原价|价格?(?:不变|一样|照旧))[,，\s]*(?:还是|是)?\s?[¥￥]?{prices.PRICE}{prices.NO_PRICE}"
        rf"(?!\s?{prices.PIECES})"
        rf"(?:\s?一?个(?![一-鿿\d]))?"
    ),
    lazy.rare(rf"(?<![\d.])[¥￥]?{prices.PRICE}(?:成交|成的|拿下)(?![价额量])"),
    lazy.rare(rf"(?<=[\s,，]){prices.PRICE.replace('(?P<whole>', '(?P<whole>(?=0[.])')}(?=$|[\s,，。])"),
    lazy.rare(rf"(?<=[\s,，])(?=[\d一二两三四五六七八九]块[\d一二三四五六七八九]){prices.PRICE}(?=$|[\s,，。])"),
)
_OF_KIND = lazy.rare(
    rf"{prices.COUNT}[\s,，]+(?:要|用|按|就|是)?[¥￥]?{prices.PRICE}的(?:那种|那款|规格)?(?=$|[\s,，。;；])"
)
_KIND = lazy.regex(
    rf"{prices.COUNT}[\s,，]+(?:要|用|按|就|是)?[¥￥]?{prices.PRICE.replace('(?P<', '(?P<o_')}的(?!单子?|货|[订定]单)"
)
_KIND_FIRST = lazy.rare(rf"(?<![\dA-Za-z.])[¥￥]?{prices.PRICE}的\s?{prices.COUNT}")  # 160的20件 170的30件
_GIVEN = lazy.regex("[送赠搭](?:了|[他她])*$")
_SIZED = lazy.regex("[双条]")  # 50双 38的, 裤子20条 30的: sizes
_SIZES = (Decimal(20), Decimal(48))
_MOST_OF_KIND = Decimal(1000)  # yuan: who takes ten or more of 145的 pays that for each
_MANY, _MOST_OF_ONE = 10, Decimal(100)  # pieces; yuan of one
_LEAST_OF_EACH, _LEAST_STRUCK = Decimal("0.1"), Decimal(1)  # yuan: what one would cost if the price were that of all


def find(plain: str) -> prices.Piecewise | None:
    """The pieces and the price of one, told in either way.

    >>> found = find("轻钢龙骨200根 18的")
    >>> found and (int(found.pieces), int(found.each))
    (200, 18)
    """
    return of_kind(plain) or agreed(plain)


def agreed(plain: str) -> prices.Piecewise | None:
    """The pieces and a price told bare, that would be next to nothing for all of them: 又要两百套 还是8块5.

    >>> found = agreed("最后26成交了100套")
    >>> (int(found.pieces), int(found.each)) if found else None, agreed("20包 还是60块")
    ((100, 26), None)
    """
    found = [match for pattern in _AGREED for match in pattern.finditer(plain)]
    each = prices.price_of(found[0]) if len(found) == 1 and not prices.told(plain) else None
    one = prices.with_pieces(plain, found[0], each) if each else None
    least = _LEAST_STRUCK if found and re.search("成交|成的|拿下", found[0].group()) else _LEAST_OF_EACH
    if one is None or one.pieces < _MANY or one.each >= min(_MOST_OF_ONE, one.pieces * least):
        return None
    return one


def of_kind(plain: str) -> prices.Piecewise | None:
    """The pieces and the price by which their kind is called: 抗震支架120套 145的; None of few or dear ones.

    Of two kinds (20件 160的 30件 170的) and of what may be a size (50双 38的) nothing is known.

    >>> found = of_kind("抗震支架120套 145的")
    >>> (int(found.pieces), int(found.each)) if found else None, of_kind("订了两台 5800的")
    ((120, 145), None)
    """
    match = _OF_KIND.search(plain)
    pieces, each = (prices.count_of(match["n"]), prices.price_of(match)) if match else (None, None)
    if match is None or not pieces or not each or pieces < _MANY or each >= _MOST_OF_KIND or prices.told(plain):
        return None
    if _is_one_of_several(plain, match) or _may_be_size(match, each):
        return None
    return prices.Piecewise(pieces, each, "", match.start(), match.end())


def _is_one_of_several(plain: str, match: re.Match[str]) -> bool:
    """True where another kind is called by its price, or other pieces are counted beside."""
    if len(list(_KIND.finditer(plain))) > 1:
        return True
    outside = [*prices.counts(plain, 0, match.start()), *prices.counts(plain, match.end(), len(plain))]
    return any(one["piece"] not in "块本" and not _GIVEN.search(plain[: one.start()]) for one in outside)


def _may_be_size(match: re.Match[str], each: Decimal) -> bool:
    is_bare = not re.search("[块元毛角¥￥]", match.group()) and each == int(each)
    return is_bare and _SIZED.fullmatch(match["piece"]) is not None and _SIZES[0] <= each <= _SIZES[1]


def is_unclear(plain: str) -> bool:
    """True where a price by which a few or dear pieces are called may be that of one or of all: 两台 5800的.

    >>> is_unclear("订了两台 5800的"), is_unclear("抗震支架120套 145的")
    (True, False)
    """
    is_told = _OF_KIND.search(plain) is not None or len(list(_KIND_FIRST.finditer(plain))) > 1
    return is_told and of_kind(plain) is None and not prices.told(plain)
