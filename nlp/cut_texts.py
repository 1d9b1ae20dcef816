"""The words of many texts at once, side by side in arrays, with their hashes and clauses."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import tokens, trees

LONGEST: Final = 400
"""Characters a text may have at most."""
STOPS: Final = frozenset(" ，。！？,.!?;；、…—~～:：")
BASE: Final = 0x9E3779B97F4A7C15
_POWERS, _INVERSES = (
    np.array([pow(base, at, 1 << 64) for at in range(LONGEST + 1)], np.uint64)
    for base in (BASE, pow(BASE, -1, 1 << 64))
)
_IS_STOP: Final = np.isin(np.arange(1 << 16), [ord(stop) for stop in STOPS])
Keys = NDArray[np.uint64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Runs = tuple[Any, Any]
"""The first and the last member of each run: two indices (places, flags or a slice) into arrays of members."""


@dataclass(frozen=True, slots=True)
class CutTexts:
    """Some texts as characters and words, one text behind the other.

    codes, code_owners: each character as a number, and its text. starts, ends: of each word, in its text. owners: its
    text. hashes: equal for equal words. spoken: whether it is none of STOPS. heads, tails: whether it is the first, the
    last of a clause. clauses: its clause's number, counted over all texts; a stop's means nothing. n_words, n_clauses:
    of each text.
    """

    codes: Keys
    code_owners: Integers
    starts: Integers
    ends: Integers
    owners: Integers
    hashes: Keys
    spoken: Flags
    heads: Flags
    tails: Flags
    clauses: Integers
    n_words: Integers
    n_clauses: Integers

    def neighbours(self) -> Runs:
        """Each word with the next of its text."""
        return _neighbours(self.owners, len(self.n_words))

    def letters(self) -> Runs:
        """Each character with the next of its text."""
        return _neighbours(self.code_owners, len(self.n_words))

    def apart(self) -> Runs:
        """Each word with the next but one of its clause."""
        clauses, spoken = self.clauses, self.spoken
        first = np.flatnonzero((clauses[2:] == clauses[:-2]) & spoken[2:] & spoken[:-2])
        return first, first + 2

    def closing(self) -> Flags:
        """The words of each text's last clause."""
        last = np.cumsum(self.n_clauses)[self.owners] if len(self.n_words) > 1 else self.n_clauses
        return np.asarray((self.clauses == last) & self.spoken, bool)


def _neighbours(owners: Integers, n_texts: int) -> Runs:
    if n_texts == 1:
        return slice(0, -1), slice(1, None)
    first = np.flatnonzero(owners[1:] == owners[:-1])
    return first, first + 1


def cut(texts: Sequence[str]) -> CutTexts:
    """The words of folded texts no longer than LONGEST."""
    codes = trees.codes_of("".join(texts)).astype(np.int64)
    found = list(map(tokens.cutter().ends, texts))
    sizes, n_words = (np.array(list(map(len, those)), np.int64) for those in (texts, found))
    ends = np.array(list(itertools.chain.from_iterable(found)), np.int64)
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1]
    places, begun = np.arange(len(codes)), starts
    owners: Integers = np.zeros_like(ends)
    code_owners: Integers = np.zeros_like(codes)
    if len(texts) > 1:
        starts[(np.cumsum(n_words) - n_words)[n_words > 0]] = 0
        owners, code_owners = (np.repeat(np.arange(len(texts)), counts) for counts in (n_words, sizes))
        offsets = np.cumsum(sizes) - sizes
        places, begun = places - offsets[code_owners], starts + offsets[owners]
    keys = codes.view(np.uint64)
    spoken = ~_IS_STOP.take(codes[begun], mode="clip")
    heads, tails, begins = spoken.copy(), spoken.copy(), starts[1:] == 0
    heads[1:] &= ~spoken[:-1] | begins
    tails[:-1] &= ~spoken[1:] | begins
    n_clauses = np.bincount(owners[heads], minlength=len(texts))
    hashes = _hashes(keys * _POWERS[places], begun, begun + (ends - starts)) * _INVERSES[starts]
    clauses = np.cumsum(heads, dtype=np.int64)
    return CutTexts(keys, code_owners, starts, ends, owners, hashes, spoken, heads, tails, clauses, n_words, n_clauses)


def _hashes(parts: Keys, starts: Integers, ends: Integers) -> Keys:
    """The sum, modulo 2 ** 64, of the parts of each word."""
    sums = np.zeros(len(parts) + 1, np.uint64)
    np.cumsum(parts, out=sums[1:])
    return sums[ends] - sums[starts]
