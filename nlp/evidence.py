"""Which words of a text decided a label: what each feature added is spread over the characters it stands for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import features, labels
from nlp.weights import Weights

MOST: Final = 4
_SHARE: Final = 0.4
"""A word counts as evidence when it adds at least this share of what the strongest word adds."""
_LONGEST_PHRASE: Final = 6
_EMPTY: Final = frozenset("了的我他她它说着就把都也又在是个跟和给与吧呢啊嘛吗呀么哦嗯这那您你们来去上下里")
_END: Final = (1 << features.SPAN_BITS) - 1


NONE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})


class Evidence(Mapping[str, tuple[str, ...]]):
    """For each label told, one to MOST words of the text, as they stand in it and in its order.

    The words are looked for when the first is asked for: many tags are counted, few are shown. Neighbouring words that
    both count are told as one phrase.
    """

    def __init__(self, fitted: Weights, text: str, view: features.View, told: Sequence[str]) -> None:
        self._fitted, self._text, self._view, self._told = fitted, text, view, told
        self._found: dict[str, tuple[str, ...]] | None = None

    def __getitem__(self, label: str) -> tuple[str, ...]:
        if self._found is None:
            self._found = dict(zip(self._told, _words(self._fitted, self._text, self._view, self._told), strict=True))
        return self._found[label]

    def __iter__(self) -> Iterator[str]:
        return iter(self._told)

    def __len__(self) -> int:
        return len(self._told)

    def __repr__(self) -> str:
        return repr(dict(self))


def _words(fitted: Weights, text: str, view: features.View, told: Sequence[str]) -> list[tuple[str, ...]]:
    places, parts = _parts(fitted, view, [labels.ALL.index(label) for label in told])
    spans = features.word_spans(view)
    added = _by_word(np.array(spans), places, parts).tolist()
    able = [at for at, (start, end) in enumerate(spans) if _tells(text[start:end])] or list(range(len(spans)))
    return [_best(text, spans, column, able) for column in added]


def _parts(fitted: Weights, view: features.View, columns: list[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The packed spans of the known features, and (n_features, n_columns), what each of them adds to those labels."""
    places: list[int] = []
    parts = []
    for block, names, spans in zip(fitted.vocabulary, view.blocks, features.spans(view), strict=True):
        found = dict(zip(map(block.get, names), spans, strict=True))
        found.pop(None, None)
        rows = np.fromiter(found, np.int64, len(found))
        length = np.sqrt(fitted.squares[0] + fitted.squares[rows].sum())
        parts.append(fitted.rows[rows][:, columns] / length)
        places += found.values()
    return np.array(places, np.int64), np.concatenate(parts)


def _by_word(spans: NDArray[np.int64], places: NDArray[np.int64], parts: NDArray[np.float32]) -> NDArray[np.float64]:
    """(n_columns, n_words): what the characters of each word add."""
    starts, ends = places >> features.SPAN_BITS, places & _END
    share = (parts / np.maximum(ends - starts, 1)[:, None]).ravel()
    columns = parts.shape[1]
    size = int(spans[-1, 1]) + 1
    steps = np.bincount(_cells(starts, size, columns), share, size * columns)
    steps -= np.bincount(_cells(ends, size, columns), share, size * columns)
    total = steps.reshape(columns, size).cumsum(axis=1).cumsum(axis=1)
    before = np.where(spans[:, 0] > 0, total[:, spans[:, 0] - 1], 0.0)
    return np.asarray(total[:, spans[:, 1] - 1] - before)


def _cells(places: NDArray[np.int64], size: int, columns: int) -> NDArray[np.int64]:
    return (places[:, None] + np.arange(0, size * columns, size)).ravel()


def _tells(word: str) -> bool:
    return word not in _EMPTY and any(map(str.isalnum, word))


def _best(text: str, spans: Sequence[tuple[int, int]], added: list[float], able: list[int]) -> tuple[str, ...]:
    ranked = sorted(able, key=added.__getitem__, reverse=True)[:MOST]
    least = added[ranked[0]] * _SHARE
    chosen = sorted(at for rank, at in enumerate(ranked) if not rank or added[at] >= least > 0)
    phrases: list[tuple[int, int]] = []
    for at in chosen:
        start, end = spans[at]
        if phrases and phrases[-1][1] == start and end - phrases[-1][0] <= _LONGEST_PHRASE:
            phrases[-1] = (phrases[-1][0], end)
        else:
            phrases.append((start, end))
    return tuple(dict.fromkeys(text[start:end].strip() or text[start:end] for start, end in phrases))
