"""Cue words, listed by hand: which kind of thing a word is (anger, rival, deadline …), so that a word no training note
holds still counts. The lists are nlp/words/*.txt: `[kind]` lines head words separated by blanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "words"
NEGATION: Final = "not"
_ONE: Final = (1,)


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
    """The kinds of some words, with their names ready for each place where it may stand."""

    def __init__(self, kinds: Sequence[str]) -> None:
        self.is_negation = NEGATION in kinds
        self._names = {
            (negated, last): _names([f"!{kind}" if negated else kind for kind in kinds], last=last)
            for negated in (False, True)
            for last in (False, True)
        }

    def names(self, *, negated: bool, last: bool) -> Names:
        """Names behind a negation carry a `!`."""
        return self._names[negated, last]


def _names(kinds: Sequence[str], *, last: bool) -> Names:
    plain = tuple(kinds)
    marked = tuple(f"last {kind}" for kind in kinds) if last else ()
    return Names(plain, plain + marked, tuple(f"{kind}>" for kind in kinds))


@dataclass(frozen=True, slots=True)
class Cues:
    """Words with their kinds, and for the first two characters of longer words their lengths, longest first."""

    kinds: dict[str, Kinds]
    lengths: dict[str, tuple[int, ...]]

    def find(self, text: str) -> Iterator[tuple[int, int, Kinds]]:
        """(start, end, kinds) of every listed word of a folded text, longest match first, none inside another."""
        free, size = 0, len(text)
        kinds, lengths = self.kinds, self.lengths
        for at, start in enumerate(map(add, text, text[1:] + "\n")):
            if at < free:
                continue
            for length in lengths.get(start, _ONE):
                found = kinds.get(text[at : at + length])
                if found is not None and at + length <= size:
                    free = at + length
                    yield at, free, found
                    break


def load(folder: Path = FOLDER) -> Cues:
    """The word lists of a folder, read anew."""
    kinds: dict[str, dict[str, None]] = {}
    for path in sorted(folder.glob("*.txt")):
        for kind, word in _words(path):
            kinds.setdefault(word, {})[kind] = None
    lengths: dict[str, set[int]] = {}
    for word in kinds:
        if len(word) > 1:
            lengths.setdefault(word[:2], {1}).add(len(word))
    shared = {found: Kinds(found) for found in map(tuple, kinds.values())}  # thousands of words are of the same kinds
    return Cues(
        {word: shared[tuple(found)] for word, found in kinds.items()},
        {start: tuple(sorted(sizes, reverse=True)) for start, sizes in lengths.items()},
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
