"""Which words of a text decided a label: what each feature added is spread over the characters it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import bare_words, features, labels
from nlp.weights import Weights

MOST: Final = 4
_SHARE: Final = 0.4
"""A word counts as evidence when it adds at least this share of what the strongest word adds."""
_LONGEST_PHRASE: Final = 6
_EMPTY: Final = frozenset("了的我他她它说着就把都也又在是个跟和给与吧呢啊嘛吗呀么哦嗯这那您你们来去上下里")
Integers = NDArray[np.int64]


NONE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of some texts: their features, and the row of each, 0 where it has none."""

    fitted: Weights
    batch: features.Batch
    rows: NDArray[np.int64]


class Evidence(Mapping[str, tuple[str, ...]]):
    """For each label told, one to MOST words of the text, as they stand in it and in its order.

    The words are looked for when the first is asked for: many tags are counted, few are shown. Neighbouring words that
    both count are told as one phrase. A number, a day, a person or a place is told only where there is no other word.
    """

    __slots__ = ("_at", "_found", "_seen", "_text", "_told")

    def __init__(self, seen: Seen, at: int, text: str, told: Sequence[str]) -> None:
        """at: which of the texts seen it is."""
        self._seen, self._at, self._text, self._told = seen, at, text, told
        self._found: dict[str, tuple[str, ...]] | None = None

    def __getitem__(self, label: str) -> tuple[str, ...]:
        if self._found is None:
            words = _words(self._seen, self._at, self._text, self._told)
            self._found = dict(zip(self._told, words, strict=True))
        return self._found[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __repr__(self) -> str:
        return repr(dict(self))


def of(seen: Seen, at: int, text: str, told: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The evidence for the labels told of a text."""
    return Evidence(seen, at, text, told) if told else NONE


def _words(seen: Seen, at: int, text: str, told: Sequence[str]) -> list[tuple[str, ...]]:
    starts, ends, parts = _parts(seen, at, [labels.ALL.index(label) for label in told])
    cut = seen.batch.cut
    own = slice(None) if len(cut.n_words) == 1 else cut.owners == at
    heads, tails = cut.starts[own], cut.ends[own]
    added = _by_word(heads, tails, starts, ends, parts).tolist()
    words = list(zip(heads.tolist(), tails.tolist(), strict=True))
    said = [text[start:end] for start, end in words]
    any_word = [place for place, word in enumerate(said) if _tells(word)] or list(range(len(words)))
    able = [[place for place in any_word if bare_words.explains(said[place], label)] for label in told]
    return [_best(text, words, column, mine, any_word) for column, mine in zip(added, able, strict=True)]


def _parts(seen: Seen, at: int, columns: list[int]) -> tuple[Integers, Integers, NDArray[np.float32]]:
    """Start and end of the known features, and (n_features, n_columns), what each of them adds to those labels."""
    fitted = seen.fitted
    of_text = seen.rows[seen.batch.owners == at]
    known = np.flatnonzero(of_text)[::-1]
    rows, last = np.unique(of_text[known], return_index=True)
    lengths = np.sqrt(np.bincount(fitted.blocks[rows], fitted.squares[rows])).astype(np.float32)
    starts, ends = (side[known[last]] for side in features.spans(seen.batch, at))
    return starts, ends, fitted.rows[rows][:, columns] / lengths[fitted.blocks[rows], None]


def _by_word(
    heads: Integers, tails: Integers, starts: Integers, ends: Integers, parts: NDArray[np.float32]
) -> NDArray[np.float64]:
    """(n_columns, n_words): what the characters of each word add; heads, tails: where the words begin and end."""
    share = (parts / np.maximum(ends - starts, 1)[:, None]).ravel()
    columns = parts.shape[1]
    size = int(tails[-1]) + 1
    steps = np.bincount(_cells(starts, size, columns), share, size * columns)
    steps -= np.bincount(_cells(ends, size, columns), share, size * columns)
    total = steps.reshape(columns, size).cumsum(axis=1).cumsum(axis=1)
    before = np.where(heads > 0, total[:, heads - 1], 0.0)
    return np.asarray(total[:, tails - 1] - before)


def _cells(places: NDArray[np.int64], size: int, columns: int) -> NDArray[np.int64]:
    return (places[:, None] + np.arange(0, size * columns, size)).ravel()


def _tells(word: str) -> bool:
    return word not in _EMPTY and any(map(str.isalnum, word))


def _best(
    text: str, spans: Sequence[tuple[int, int]], added: list[float], able: list[int], any_word: list[int]
) -> tuple[str, ...]:
    """The strongest of the words that are able, the strongest of any where it leaves these far behind."""
    first = max(any_word, key=added.__getitem__)
    least = added[first] * _SHARE
    ranked = sorted(able, key=added.__getitem__, reverse=True)[:MOST]
    chosen = sorted(at for at in ranked if added[at] >= least > 0) or [first]
    phrases: list[tuple[int, int]] = []
    for at in chosen:
        start, end = spans[at]
        if phrases and phrases[-1][1] == start and end - phrases[-1][0] <= _LONGEST_PHRASE:
            phrases[-1] = (phrases[-1][0], end)
        else:
            phrases.append((start, end))
    return tuple(dict.fromkeys(text[start:end].strip() or text[start:end] for start, end in phrases))
