"""What the tagger sees of texts: five blocks of features, each feature a number that every text with it shares.

words    jieba words and pairs of neighbours
clauses  pairs of words one apart within a clause, each clause's first and last word, words of the last clause
letters  characters and pairs of characters
cues     kinds of listed words (anger, rival, deadline …), marked when a negation stands before them
turns    one kind of cue and the next: who does what, and how it ends

The numbers are 64-bit hashes, made for many texts at once: as strings they would take ten times the memory, and
looking for them there, far from the processor, most of the time.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nlp import cues, cut_texts, tokens
from nlp.cut_texts import LONGEST, STOPS, CutTexts, Integers, Keys, Runs

BLOCKS: Final = ("words", "clauses", "letters", "cues", "turns")
_SORTS: Final = (2, 4, 2, 1, 1)
"""How many sorts of features each block has."""
_NEGATION_REACH: Final = 2
_LEFT, _RIGHT, _MIX, _SHIFT = np.array([0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xFF51AFD7ED558CCD, 33], np.uint64)
_SALTS: Final = np.array([pow(cut_texts.BASE, at, 1 << 64) for at in range(1000, 1000 + sum(_SORTS))], np.uint64)
"""One for each sort of feature, so that 好 as a word, as a character and as the end of a clause are three."""
_ALL: Final[Runs] = (slice(None), slice(None))
Marked = tuple[int, int, cues.Numbers]
"""A cue word's start and end with the numbers of its kinds."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some texts as features, block after block.

    keys, owners: of each feature its number and its text. sizes: how many features each block has.
    """

    cut: CutTexts
    marked: list[list[Marked]]
    keys: Keys
    owners: Integers
    sizes: tuple[int, ...]


@functools.cache
def _cues() -> cues.Cues:
    return cues.load()


def shorten(text: str) -> str:
    """The text, or the beginning and end of one longer than LONGEST."""
    return text if len(text) <= LONGEST else text[: LONGEST // 2] + "\n" + text[-LONGEST // 2 + 1 :]


def read(texts: Sequence[str]) -> Batch:
    """The features of texts no longer than LONGEST."""
    folded = list(map(tokens.fold, texts))
    cut = cut_texts.cut(folded)
    marked = list(map(_marked, folded))
    words, letters = _runs(cut)
    kinds = [[number for _, _, found in one for number in found.here] for one in marked]
    turns = list(map(_turns, marked))
    numbers = [np.array(list(itertools.chain.from_iterable(one)), np.uint64) for one in (kinds, turns)]
    left, right = (
        [*(cut.hashes[run[side]] for run in words), *(cut.codes[run[side]] for run in letters), *numbers]
        for side in (0, 1)
    )
    counts = list(map(len, left))
    keys = _mixed(np.concatenate(left), np.concatenate(right), np.repeat(_SALTS, counts))
    owners = np.zeros(len(keys), np.int64)
    if len(texts) > 1:
        of_words = [cut.owners[first] for first, _ in words]
        of_numbers = np.repeat(np.tile(np.arange(len(texts)), 2), [len(one) for one in (*kinds, *turns)])
        owners = np.concatenate([*of_words, *(cut.code_owners[first] for first, _ in letters), of_numbers])
    in_blocks = iter(counts)
    return Batch(cut, marked, keys, owners, tuple(sum(itertools.islice(in_blocks, sorts)) for sorts in _SORTS))


def _runs(cut: CutTexts) -> tuple[list[Runs], list[Runs]]:
    """What words and what letters make features, sort by sort."""
    alone = [(those, those) for those in (cut.heads, cut.tails, cut.closing())]
    return [_ALL, cut.neighbours(), cut.apart(), *alone], [_ALL, cut.letters()]


def _mixed(left: Keys, right: Keys, salts: Keys) -> Keys:
    """Source: the finishing steps of A. Appleby's MurmurHash3."""
    keys: Keys = left * _LEFT + right * _RIGHT + salts
    keys ^= keys >> _SHIFT
    keys *= _MIX
    keys ^= keys >> _SHIFT
    return keys


def spans(batch: Batch, at: int) -> tuple[Integers, Integers]:
    """Start and end of what each feature of one of the texts stands for, in the order of its features."""
    cut = batch.cut
    words, letters = _runs(cut)
    places = np.arange(len(cut.codes)) - np.searchsorted(cut.code_owners, at)
    starts = [cut.starts[first] for first, _ in words] + [places[first] for first, _ in letters]
    ends = [cut.ends[last] for _, last in words] + [places[last] + 1 for _, last in letters]
    if len(batch.marked) > 1:
        owners = [cut.owners[first] for first, _ in words] + [cut.code_owners[first] for first, _ in letters]
        starts, ends = ([side[own == at] for side, own in zip(sides, owners, strict=True)] for sides in (starts, ends))
    marked = batch.marked[at]
    found = [*((start, end) for start, end, kinds in marked for _ in kinds.here), *_turn_spans(marked)]
    of_cues = np.array(found, np.int64).reshape(-1, 2)
    return np.concatenate([*starts, of_cues[:, 0]]), np.concatenate([*ends, of_cues[:, 1]])


def _marked(folded: str) -> list[Marked]:
    """Cue words with their kinds: marked behind a negation, each once more in the last clause."""
    found: list[Marked] = []
    last_stop = _last_stop(folded)
    negated_until = -1
    for start, end, kinds in _cues().find(folded):
        found.append((start, end, kinds.numbers(negated=start <= negated_until, last=start > last_stop)))
        if kinds.is_negation:
            negated_until = end + _NEGATION_REACH
    return found


def _turns(marked: Sequence[Marked]) -> list[int]:
    return [
        before + after
        for (_, _, one), (_, _, other) in itertools.pairwise(marked)
        for before in one.before
        for after in other.plain
    ]


def _turn_spans(marked: Sequence[Marked]) -> list[tuple[int, int]]:
    return [
        (start, end)
        for (start, _, one), (_, end, other) in itertools.pairwise(marked)
        for _ in range(len(one.plain) * len(other.plain))
    ]


def _last_stop(folded: str) -> int:
    """Where the last stop stands that something follows; -1 without one."""
    return next((at for at in range(len(folded) - 2, -1, -1) if folded[at] in STOPS), -1)
