"""Cue words, listed by hand: which kind of thing a word is (anger, rival, deadline …), so that a word no training note
holds still counts. The lists are nlp/words/*.txt: `[kind]` lines head words separated by blanks."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from nlp import trees

FOLDER: Final = Path(__file__).parent / "words"
NEGATION: Final = "not"
_BITS: Final = 10
_LAST: Final = 1 << (_BITS - 1)
_SHARED: Final = tuple(range(1 << _BITS))
"""Each number once: thousands of words share a few hundred kinds."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The features that a word's kinds make where it stands, as numbers.

    plain: one for each kind. here: these, and once more marked where it stands in the last clause. before: the first
    half of the number of a turn that begins with each kind.
    """

    plain: tuple[int, ...]
    here: tuple[int, ...]
    before: tuple[int, ...]


class Kinds:
    """The kinds of some words, with their numbers for each place where one may stand."""

    __slots__ = ("_numbers", "is_negation")

    def __init__(self, kinds: Sequence[int], *, is_negation: bool) -> None:
        self.is_negation = is_negation
        self._numbers = [_numbers(kinds, negated, last) for negated in (0, 1) for last in (0, 1)]

    def numbers(self, *, negated: bool, last: bool) -> Numbers:
        """Behind a negation they are others."""
        return self._numbers[2 * negated + last]


def _numbers(kinds: Sequence[int], negated: int, last: int) -> Numbers:
    plain = tuple(_SHARED[2 * kind + negated] for kind in kinds)
    marked = tuple(_SHARED[number + _LAST] for number in plain) if last else ()
    return Numbers(plain, plain + marked, tuple(number << _BITS for number in plain))


@dataclass(frozen=True, slots=True)
class Cues:
    """A tree of the words; at the node where a word ends stands the place of its kinds in `kinds`, elsewhere 0."""

    tree: trees.Tree
    places: array[int]
    kinds: Sequence[Kinds]

    def find(self, text: str) -> list[tuple[int, int, Kinds]]:
        """(start, end, kinds) of every listed word of a folded text, longest match first, none inside another."""
        found: list[tuple[int, int, Kinds]] = []
        roots, first, places, find = self.tree.roots, self.tree.first, self.places, self.tree.letters.find
        free, size = 0, len(text)
        for at, node in enumerate(map(roots.get, text)):
            if node is None or at < free:
                continue
            end = at + 1
            place, free = places[node], end
            while end < size:
                node = find(text[end], first[node], first[node + 1])
                if node < 0:
                    break
                end += 1
                if places[node]:
                    place, free = places[node], end
            if place:
                found.append((at, free, self.kinds[place]))
        return found


def load(folder: Path = FOLDER) -> Cues:
    """The word lists of a folder, read anew."""
    listed = words(folder)
    tree, nodes = trees.of_words(list(listed))
    distinct = {found: place for place, found in enumerate(dict.fromkeys(listed.values()), start=1)}
    places = np.zeros(len(tree.letters), np.int32)
    places[nodes] = [distinct[found] for found in listed.values()]
    order = {kind: at for at, kind in enumerate(sorted({kind for found in distinct for kind in found}))}
    kinds = [Kinds([order[kind] for kind in found], is_negation=NEGATION in found) for found in ((), *distinct)]
    return Cues(tree, array("i", places.tobytes()), kinds)


def words(folder: Path = FOLDER) -> dict[str, tuple[str, ...]]:
    """The kinds of every word of the lists of a folder."""
    kinds: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.txt")):
        for kind, word in _words(path):
            found = kinds.get(word, ())
            if kind not in found:
                kinds[word] = (*found, kind)
    return kinds


def _words(path: Path) -> Iterator[tuple[str, str]]:
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            kind = line.strip("[] ")
            continue
        yield from ((kind, word) for word in line.split())
