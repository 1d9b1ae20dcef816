"""A sum that closes one article beside others (羊肉卷30斤28一斤一共840 孜然5包每包6块): it is not the whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from nlp import lazy
from nlp.fields import money, prices

_CLOSES = lazy.rare(
    rf"(?:一共|总共|合计|共计|小计|总计|共|就是|[=＝])(?:是|[:： ])*[¥￥]?(?P<sum>{money.DIGITS})(?![\d.万千kKwW])"
    rf"(?:块钱|块|元)?(?!\s?{prices.PIECES})"
)


def without(plain: str) -> str:
    """The text with such sums blanked out place by place.

    >>> without("肉30斤28一斤一共840 盐5包每包6块").split(), without("肉30斤28一斤一共840").split()
    (['肉30斤28一斤', '盐5包每包6块'], ['肉30斤28一斤一共840'])
    """
    return _blanked(plain, lambda fen, own, whole: fen == own != whole)


def without_whole(plain: str) -> str:
    """The text without the sum of all articles, where it is no more than what they cost together.

    >>> without_whole("肉30斤28一斤 盐5包每包6块 一共870").split()
    ['肉30斤28一斤', '盐5包每包6块']
    """
    return _blanked(plain, lambda fen, own, whole: fen in (own, whole))


def _blanked(plain: str, is_one: Callable[[Decimal, Decimal | None, Decimal], bool]) -> str:
    """The text without the closing sums of which that holds: the sum, what the article before costs, what all cost."""
    closing = list(_CLOSES.finditer(plain))
    told = sorted(prices.told(plain), key=re.Match.start) if closing else []
    costs = [_cost(plain, told, place) for place in range(len(told))]
    left, start, whole = plain, 0, sum(filter(None, costs), Decimal(0))
    for match in closing:
        before = [place for place, price in enumerate(told) if start <= price.start() and price.end() <= match.start()]
        fen, own = Decimal(match["sum"].replace(",", "")), costs[before[-1]] if before else None
        if is_one(fen, own, whole):
            left = left[: match.start()] + " " * len(match.group()) + left[match.end() :]
        start = match.end()
    return left


def _cost(plain: str, told: list[re.Match[str]], place: int) -> Decimal | None:
    """What all pieces of that price cost, in yuan; None where not one number of them stands before it."""
    start = told[place - 1].end() if place else 0
    line = prices.line(plain, start, told[place])
    return line.pieces * line.each if line is not None else None
