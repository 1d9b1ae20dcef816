"""What the tagger sees of a text: four blocks of features, each with the span of text it stands for.

words    jieba words and pairs of neighbours
letters  runs of 1 to 3 characters
clauses  pairs of words one or two apart within a clause; words of the first and last clause, which carry the outcome
cues     kinds of listed words (anger, rival, deadline …), marked when a negation stands before them
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nlp import cues, tokens

BLOCKS: Final = ("words", "letters", "clauses", "cues")
LONGEST: Final = 400
"""Characters looked at; a longer text is read at its beginning and its end, so that no message can stall the bot."""
STOPS: Final = frozenset(" ，。！？,.!?;；、…—~～:：")
_NEGATION_REACH: Final = 2
_RUNS: Final = (1, 2, 3)

Span = int
"""A stretch of text packed into one number, `start << SPAN_BITS | end`: arrays of numbers are cheap to make."""
SPAN_BITS: Final = 10
Block = tuple[Sequence[str], Sequence[Span]]
Clause = list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class View:
    """A text as features: its words' spans, and for each block of BLOCKS its features and their spans, side by side."""

    words: list[tuple[int, int]]
    blocks: tuple[Block, ...]
    n_clauses: int


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
    spans = _spans(words)
    clauses = _clauses(words, spans)
    return View(spans, (_words(words, spans), _letters(folded), _neighbours(clauses), _kinds(folded)), len(clauses))


def _spans(words: Sequence[str]) -> list[tuple[int, int]]:
    spans = []
    at = 0
    for word in words:
        end = at + len(word)
        spans.append((at, end))
        at = end
    return spans


def _clauses(words: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[Clause]:
    clauses: list[Clause] = [[]]
    for word, (start, end) in zip(words, spans, strict=True):
        if word[0] not in STOPS:
            clauses[-1].append((word, start, end))
        elif clauses[-1]:
            clauses.append([])
    if not clauses[-1]:
        clauses.pop()
    return clauses


def _words(words: list[str], spans: list[tuple[int, int]]) -> Block:
    single = [start << SPAN_BITS | end for start, end in spans]
    pairs = [f"{left} {right}" for left, right in itertools.pairwise(words)]
    return words + pairs, single + [left[0] << SPAN_BITS | right[1] for left, right in itertools.pairwise(spans)]


def _letters(folded: str) -> Block:
    size = len(folded)
    return [folded[at : at + run] for run in _RUNS for at in range(size - run + 1)], _letter_spans(size)


@functools.lru_cache(maxsize=LONGEST + 1)
def _letter_spans(size: int) -> tuple[Span, ...]:
    return tuple(at << SPAN_BITS | at + run for run in _RUNS for at in range(size - run + 1))


def _neighbours(clauses: list[Clause]) -> Block:
    features: list[str] = []
    spans: list[Span] = []
    for clause in clauses:
        for gap in (2, 3):
            for (left, start, _), (right, _, end) in zip(clause, clause[gap:], strict=False):
                features.append(f"{left}_{right}")
                spans.append(start << SPAN_BITS | end)
    for mark, edge in (("<", 0), (">", -1)):
        features += [mark + clause[edge][0] for clause in clauses]
        spans += [clause[edge][1] << SPAN_BITS | clause[edge][2] for clause in clauses]
    for mark, chosen in (("last ", clauses[-1:]), ("first ", clauses[: len(clauses) > 1])):
        for clause in chosen:
            features += [mark + word for word, _, _ in clause]
            spans += [start << SPAN_BITS | end for _, start, end in clause]
    return features, spans


def _kinds(folded: str) -> Block:
    features: list[str] = []
    spans: list[Span] = []
    last_stop = max(folded.rfind(stop, 0, -1) for stop in STOPS)
    negated_until = -1
    for start, end, kinds in _cues().find(folded):
        marks = ("!", "last !") if start <= negated_until else ("", "last ")
        for mark in marks if start > last_stop else marks[:1]:
            features += [mark + kind for kind in kinds]
            spans += [start << SPAN_BITS | end] * len(kinds)
        if cues.NEGATION in kinds:
            negated_until = end + _NEGATION_REACH
    return features, spans
