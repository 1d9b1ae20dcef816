"""Which products are bought together: frequent item sets and rules 'who has A and B also has C', counted exactly.

Apriori's search over bit sets: an item is a row of bits, one a basket; an item set is the AND of its rows, its support
the number of bits set. All comparisons are between whole numbers, so 16 of 20 is a confidence of 0.8, not 0.7999….

Source: Agrawal & Srikant, VLDB 1994 (support, confidence, pruning); Zaki, IEEE TKDE 12, 2000 (vertical search). Own
code, because no well-kept library met the figures: efficient-apriori 2.0.6 took more than 1.5 s for the third setting
of benchmarks/scoring_groups.py, mlxtend rounds confidences.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.uint64]
Places = tuple[int, ...]

LARGEST_SET = 8
MOST_SETS = 200_000


class TooManySets(ValueError):
    """The support asked for is so low that more than 200,000 item sets reach it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who has all of `has` also has `also`."""

    has: tuple[Hashable, ...]
    also: Hashable
    baskets: int
    """Baskets with all of them."""
    support: float
    confidence: float
    lift: float
    """Confidence over the share of baskets with `also`; above 1 they attract each other."""


@dataclass(frozen=True)
class ItemSets:
    """Frequent item sets by their items' places in `items`, ascending, with the number of baskets."""

    items: tuple[Hashable, ...]
    baskets: int
    counts: dict[Places, int]

    def rules(self, least_confidence: float) -> list[Rule]:
        """The rules with one item on the right, the most confident first, of equals the shortest."""
        found = list(self._rules(Fraction(str(least_confidence))))
        return sorted(found, key=_order)

    def _rules(self, least: Fraction) -> Iterator[Rule]:
        for places, count in self.counts.items():
            if len(places) < 2:
                continue
            for at, also in enumerate(places):
                has = places[:at] + places[at + 1 :]
                before = self.counts[has]
                if count * least.denominator >= least.numerator * before:
                    confidence = count / before
                    lift = confidence * self.baskets / self.counts[(also,)]
                    left = tuple(self.items[place] for place in has)
                    yield Rule(left, self.items[also], count, count / self.baskets, confidence, lift)


def _order(rule: Rule) -> tuple[float, float, int, int, str]:
    return -rule.confidence, -rule.lift, -rule.baskets, len(rule.has), str(rule.has)


def frequent(baskets: Iterable[Iterable[Hashable]], least_support: float, largest: int = LARGEST_SET) -> ItemSets:
    """All item sets in at least that share of the baskets; a product counts once a basket.

    Raises: TooManySets.

    >>> frequent([["tea", "milk"], ["tea"], ["tea", "milk"]], 0.5).counts
    {(0,): 2, (0, 1): 2, (1,): 3}
    """
    items, table, number = _table(baskets)
    share = Fraction(str(least_support))
    least = max(1, -(-share.numerator * number // share.denominator))
    counts: dict[Places, int] = {}
    if number:
        support = np.bitwise_count(table).sum(axis=1)
        kept = np.flatnonzero(support >= least)
        _grow((), kept.tolist(), table[kept], support[kept].tolist(), least, largest, counts)
    return ItemSets(items, number, counts)


def _grow(
    prefix: Places,
    places: Sequence[int],
    rows: Bits,
    supports: Sequence[int],
    least: int,
    largest: int,
    counts: dict[Places, int],
) -> None:
    """Adds every frequent set that begins with `prefix`; `rows` are the bits of prefix and one more item."""
    for at, place in enumerate(places):
        found = (*prefix, place)
        counts[found] = supports[at]
        if len(counts) > MOST_SETS:
            raise TooManySets(least)
        if at + 1 == len(places) or len(found) == largest:
            continue
        both = rows[at + 1 :] & rows[at]
        support = np.bitwise_count(both).sum(axis=1)
        kept = np.flatnonzero(support >= least)
        if kept.size:
            following = [places[at + 1 + index] for index in kept.tolist()]
            _grow(found, following, both[kept], support[kept].tolist(), least, largest, counts)


def _table(baskets: Iterable[Iterable[Hashable]]) -> tuple[tuple[Hashable, ...], Bits, int]:
    """The items in the order of their names, a row of bits for each, and the number of baskets that hold something."""
    members: dict[Hashable, list[int]] = {}
    number = 0
    for basket in baskets:
        products = set(basket)
        for product in products:
            members.setdefault(product, []).append(number)
        number += bool(products)
    items = tuple(sorted(members, key=lambda item: (str(type(item)), str(item))))
    table = np.zeros((len(items), -(-max(number, 1) // 64)), dtype=np.uint64)
    for row, item in enumerate(items):
        at = np.array(members[item], dtype=np.uint64)
        np.bitwise_or.at(table[row], (at // np.uint64(64)).astype(np.int64), np.uint64(1) << (at % np.uint64(64)))
    return items, table, number
