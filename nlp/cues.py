"""Cue words, listed by hand: which kind of thing a word is (anger, rival, deadline …), so that a word no training note
holds still counts. The lists are nlp/words/*.txt: `[kind]` lines head words separated by blanks."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from nlp import trees

FOLDER: Final = Path(__file__).parent / "words"
NEGATION: Final = "not"


@dataclass(frozen=True, slots=True)
class Names:
    """The features that a word's kinds make where it stands.

    plain: one for each kind. here: these, and once more marked `last` where it stands in the last clause.
    before: the first half of the name of a turn that begins with each kind.
    """

    plain: tuple[str, ...]
    here: tuple[str, ...]
    before: tuple[str, ...]


class Kinds:
    """The kinds of some words, with their names for each place where one may stand, made when the first stands there."""

    __slots__ = ("_kinds", "_names", "is_negation")

    def __init__(self, kinds: Sequence[str]) -> None:
        self.is_negation = NEGATION in kinds
        self._kinds = kinds
        self._names: list[Names | None] = [None] * 4

    def names(self, *, negated: bool, last: bool) -> Names:
        """Names behind a negation carry a `!`."""
        place = 2 * negated + last
        found = self._names[place]
        if found is None:
            kinds = [f"!{kind}" if negated else kind for kind in self._kinds]
            found = self._names[place] = _names(kinds, last=last)
        return found


def _names(kinds: Sequence[str], *, last: bool) -> Names:
    plain = tuple(map(sys.intern, kinds))
    marked = tuple(sys.intern(f"last {kind}") for kind in kinds) if last else ()
    return Names(plain, plain + marked, tuple(sys.intern(f"{kind}>") for kind in kinds))


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
    return Cues(tree, array("i", places.tobytes()), [Kinds(()), *map(Kinds, distinct)])


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
