"""Which row a feature's number has: a table in which each number stands in one of two places.

So finding many at once takes two looks at arrays, no loop. Source: R. Pagh, F. Rodler, Cuckoo hashing, ESA 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_ROOM: Final = 2.5
"""Places for each number; two places are enough for all where at least twice as many stand open."""
_MOST_MOVES: Final = 500
_PRINT_SHIFT: Final = np.uint64(14)
Keys = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class KeyTable:
    """prints: 32 bits of the number at each place, rows: its row, 0 where none stands; their size is a power of two.

    A number that is not in the table is taken for one that is with a chance of 2 in 2 ** 32.
    """

    prints: NDArray[np.uint32]
    rows: NDArray[np.int32]

    def find(self, keys: Keys) -> NDArray[np.int64]:
        """The row of each number; 0 for one that has none."""
        first, second = _places(keys, len(self.rows))
        prints = _prints(keys)
        found = self.rows[first] * (self.prints[first] == prints)
        found |= self.rows[second] * (self.prints[second] == prints)
        return np.asarray(found, np.int64)


def build(keys: Keys) -> KeyTable:
    """The table in which the numbers have the rows 1, 2, 3 …"""
    size = 1 << max(4, int(np.ceil(np.log2(_ROOM * len(keys) + 1))))
    while (held := _held(keys, size)) is None:
        size *= 2
    places, rows = np.array(list(held), np.int64), np.array(list(held.values()), np.int32)
    table = KeyTable(np.zeros(size, np.uint32), np.zeros(size, np.int32))
    table.prints[places] = _prints(keys)[rows - 1]
    table.rows[places] = rows
    return table


def _held(keys: Keys, size: int) -> dict[int, int] | None:
    """The row at each place taken; None when one of the numbers finds no place."""
    first, second = (side.tolist() for side in _places(keys, size))
    held: dict[int, int] = {}
    for row in range(1, len(keys) + 1):
        if not _put(held, row, first, second):
            return None
    return held


def _put(held: dict[int, int], row: int, first: Sequence[int], second: Sequence[int]) -> bool:
    place = first[row - 1]
    for _ in range(_MOST_MOVES):
        moved = held.get(place)
        held[place] = row
        if moved is None:
            return True
        row = moved  # it goes to its other place
        place = second[row - 1] if first[row - 1] == place else first[row - 1]
    return False


def _places(keys: Keys, size: int) -> tuple[NDArray[Any], NDArray[Any]]:
    bits = size.bit_length() - 1
    first = (keys >> np.uint64(64 - bits)).astype(np.int64)
    return first, (keys & np.uint64(size - 1)).astype(np.int64)


def _prints(keys: Keys) -> NDArray[np.uint32]:
    return (keys >> _PRINT_SHIFT).astype(np.uint32)
