"""Which words of a text decided a label: what each feature added is spread over the characters it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import features

MOST: Final = 4
_SHARE: Final = 0.4
"""A word counts as evidence when it adds at least this share of what the strongest word adds."""
_LONGEST_PHRASE: Final = 6
_EMPTY: Final = frozenset("了的我他她它说着就把都也又在是个跟和给与吧呢啊嘛吗呀么哦嗯这那您你们来去上下里")
_END: Final = (1 << features.SPAN_BITS) - 1


def words(
    text: str, spans: Sequence[tuple[int, int]], places: Sequence[int], parts: NDArray[np.float32]
) -> list[tuple[str, ...]]:
    """For each column of parts, one to MOST words of the text, as they stand in it and in its order.

    spans: the words' (start, end). places: the packed spans of the features. parts: (n_features, n_columns), what each
    feature adds. Neighbouring words that both count are told as one phrase.
    """
    if not parts.shape[1]:
        return []
    added = _by_word(np.array(spans), np.array(places), parts).tolist()
    able = [at for at, (start, end) in enumerate(spans) if _tells(text[start:end])] or list(range(len(spans)))
    return [_best(text, spans, column, able) for column in added]


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
