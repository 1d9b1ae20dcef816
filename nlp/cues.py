"""Cue words, listed by hand: which kind of thing a word is (anger, rival, deadline …), so that a word no training note
holds still counts. The lists are nlp/words/*.txt: `[kind]` lines head words separated by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "words"
NEGATION: Final = "not"


class Kinds:
    """The kinds of one word, as the names of features they make where the word stands."""

    def __init__(self, kinds: Sequence[str]) -> None:
        negated = tuple(f"!{kind}" for kind in kinds)
        self.is_negation = NEGATION in kinds
        self._names = {False: (tuple(kinds), _also_last(tuple(kinds))), True: (negated, _also_last(negated))}

    def names(self, *, negated: bool, last: bool) -> tuple[str, ...]:
        """`!` marks a word behind a negation; one in the last clause stands twice, the second time marked `last`."""
        return self._names[negated][last]


def _also_last(names: tuple[str, ...]) -> tuple[str, ...]:
    return (*names, *(f"last {name}" for name in names))


@dataclass(frozen=True, slots=True)
class Cues:
    """Words with their kinds, and for each first character the lengths of its words, longest first."""

    kinds: dict[str, Kinds]
    lengths: dict[str, tuple[int, ...]]

    def find(self, text: str) -> Iterator[tuple[int, int, Kinds]]:
        """(start, end, kinds) of every listed word of a folded text, longest match first, none inside another."""
        at, size = 0, len(text)
        kinds, lengths = self.kinds, self.lengths
        while at < size:
            for length in lengths.get(text[at], ()):
                found = kinds.get(text[at : at + length])
                if found is not None and at + length <= size:
                    yield at, at + length, found
                    at += length
                    break
            else:
                at += 1


def load(folder: Path = FOLDER) -> Cues:
    """The word lists of a folder, read anew."""
    kinds: dict[str, dict[str, None]] = {}
    for path in sorted(folder.glob("*.txt")):
        for kind, word in _words(path):
            kinds.setdefault(word, {})[kind] = None
    lengths: dict[str, set[int]] = {}
    for word in kinds:
        lengths.setdefault(word[0], set()).add(len(word))
    return Cues(
        {word: Kinds(tuple(found)) for word, found in kinds.items()},
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
    )


def _words(path: Path) -> Iterator[tuple[str, str]]:
    kind = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("["):
            kind = line.strip("[] ")
            continue
        yield from ((kind, word) for word in line.split())
