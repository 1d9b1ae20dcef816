"""Many patterns that are asked of one text: only those are tried of which it has a character that they need."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from nlp.needed_chars import needed_chars

T = TypeVar("T")


class Sieve(Generic[T]):
    """Things in their order, each with the pattern that must be found in a text for it to fit.

    A set of things is a number here, with a bit for each: the first thing is the lowest bit.

    >>> list(Sieve([(re.compile(words), words) for words in ("周.天", "月?", "年底|年初")]).left("每年"))
    ['月?', '年底|年初']
    """

    def __init__(self, patterns: Sequence[tuple[re.Pattern[str], T]]) -> None:
        self._things = [thing for _, thing in patterns]
        self._bits: dict[str, int] = defaultdict(int)
        self._always = 0
        for at, (pattern, _) in enumerate(patterns):
            chars = needed_chars(pattern)
            if chars is None:
                self._always |= 1 << at
            for char in chars or ():
                self._bits[char] |= 1 << at

    def left(self, text: str) -> Iterator[T]:
        """Those whose pattern may be found in the text: of all others it has no needed character."""
        left = self._always
        for char in set(text):
            left |= self._bits.get(char, 0)
        while left:
            lowest = left & -left
            left ^= lowest
            yield self._things[lowest.bit_length() - 1]
