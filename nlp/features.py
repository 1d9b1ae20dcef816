"""What the tagger sees of a text: five blocks of features, and the span of text that each of them stands for.

words    jieba words and pairs of neighbours
letters  characters and pairs of characters
clauses  pairs of words one apart within a clause, each clause's first and last word, words of the last clause
cues     kinds of listed words (anger, rival, deadline …), marked when a negation stands before them
turns    one kind of cue and the next: who does what, and how it ends
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add
from typing import Final

from nlp import cues, tokens

BLOCKS: Final = ("words", "letters", "clauses", "cues", "turns")
LONGEST: Final = 400
"""Characters looked at; a longer text is read at its beginning and its end, so that no message can stall the bot."""
STOPS: Final = frozenset(" ，。！？,.!?;；、…—~～:：")
_NEGATION_REACH: Final = 2

Span = int
"""A stretch of text packed into one number, `start << SPAN_BITS | end`: arrays of numbers are cheap to make."""
SPAN_BITS: Final = 10
Names = Sequence[str]
Clause = tuple[int, int]
"""A clause's first word and the one after its last, as places in the words."""


@dataclass(frozen=True, slots=True)
class View:
    """A text as features: its words, its clauses, and for each block of BLOCKS the names of its features."""

    folded: str
    words: list[str]
    clauses: list[Clause]
    blocks: tuple[Names, ...]


@functools.cache
def _cues() -> cues.Cues:
    return cues.load()


def shorten(text: str) -> str:
    """The text, or the beginning and end of one longer than LONGEST."""
    return text if len(text) <= LONGEST else text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 + 1 :]


def view(text: str) -> View:
    """The features of a text no longer than LONGEST."""
    folded = tokens.fold(text)
    words = tokens.cut(folded)
    clauses = _clauses(words)
    marked = list(_marked(folded))
    blocks = _words(words), _letters(folded), _neighbours(words, clauses), _kinds(marked), _turns(marked)
    return View(folded, words, clauses, blocks)


def word_spans(seen: View) -> list[tuple[int, int]]:
    """(start, end) of each word in the text."""
    ends = list(itertools.accumulate(map(len, seen.words)))
    return list(zip([0, *ends], ends, strict=False))


def spans(seen: View) -> tuple[Sequence[Span], ...]:
    """For each block the stretch of text that each of its features stands for, side by side with their names.

    Only evidence asks for them, so they are made apart from the names, which every text needs.
    """
    words, marked = word_spans(seen), list(_marked(seen.folded))
    return (
        [start << SPAN_BITS | end for start, end in words]
        + [left[0] << SPAN_BITS | right[1] for left, right in itertools.pairwise(words)],
        _letter_spans(len(seen.folded)),
        _neighbour_spans(words, seen.clauses),
        [start << SPAN_BITS | end for start, end, kinds in marked for _ in kinds.here],
        _turn_spans(marked),
    )


def _clauses(words: Sequence[str]) -> list[Clause]:
    clauses: list[Clause] = []
    first = 0
    for at, word in enumerate(words):
        if word[0] in STOPS:
            if first < at:
                clauses.append((first, at))
            first = at + 1
    if first < len(words):
        clauses.append((first, len(words)))
    return clauses


def _words(words: list[str]) -> Names:
    return words + [f"{left} {right}" for left, right in itertools.pairwise(words)]


def _letters(folded: str) -> Names:
    return [*folded, *map(add, folded, folded[1:])]


@functools.lru_cache(maxsize=LONGEST + 1)
def _letter_spans(size: int) -> tuple[Span, ...]:
    return tuple(at << SPAN_BITS | at + run for run in (1, 2) for at in range(size - run + 1))


def _neighbours(words: list[str], clauses: Sequence[Clause]) -> Names:
    features: list[str] = []
    for first, end in clauses:
        clause = words[first:end]
        features += [f"{left}_{right}" for left, right in zip(clause, clause[2:], strict=False)]
    features += ["<" + words[first] for first, _ in clauses]
    features += [">" + words[end - 1] for _, end in clauses]
    for first, end in clauses[-1:]:
        features += ["last " + word for word in words[first:end]]
    return features


def _neighbour_spans(words: Sequence[tuple[int, int]], clauses: Sequence[Clause]) -> list[Span]:
    found: list[tuple[int, int]] = []
    for first, end in clauses:
        clause = words[first:end]
        found += [(left[0], right[1]) for left, right in zip(clause, clause[2:], strict=False)]
    found += [words[first] for first, _ in clauses]
    found += [words[end - 1] for _, end in clauses]
    for first, end in clauses[-1:]:
        found += words[first:end]
    return [start << SPAN_BITS | end for start, end in found]


Marked = tuple[int, int, cues.Names]
"""A cue word's start and end with the names of its kinds."""


def _marked(folded: str) -> Iterator[Marked]:
    last_stop = _last_stop(folded)
    negated_until = -1
    for start, end, kinds in _cues().find(folded):
        yield start, end, kinds.names(negated=start <= negated_until, last=start > last_stop)
        if kinds.is_negation:
            negated_until = end + _NEGATION_REACH


def _kinds(marked: Sequence[Marked]) -> Names:
    """The kinds of every cue word: `!` behind a negation, each once more as `last` in the last clause."""
    return [name for _, _, kinds in marked for name in kinds.here]


def _turns(marked: Sequence[Marked]) -> Names:
    return [
        before + after
        for (_, _, one), (_, _, other) in itertools.pairwise(marked)
        for before in one.before
        for after in other.plain
    ]


def _turn_spans(marked: Sequence[Marked]) -> list[Span]:
    return [
        start << SPAN_BITS | end
        for (start, _, one), (_, end, other) in itertools.pairwise(marked)
        for _ in range(len(one.plain) * len(other.plain))
    ]


def _last_stop(folded: str) -> int:
    """Where the last stop stands that something follows; -1 without one."""
    return next((at for at in range(len(folded) - 2, -1, -1) if folded[at] in STOPS), -1)
