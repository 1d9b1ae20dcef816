"""Labelled notes → weights. Only training imports it, and SciPy with it; answering never does.

Two steps: for each label a linear support vector machine over the features of `features`; then `second_step` turns the
scores of all labels into probabilities. The second step is fitted on scores that each note got from machines that had
seen no note of its writer, so probabilities, thresholds and figures are those of a new writer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import features, first_step, key_tables, labels, second_step, tagger, weights
from nlp.corpus import Note
from nlp.key_tables import KeyTable

FOLDS: Final = 4
_BLOCK_WEIGHTS: Final = (1.0, 0.7, 1.0, 0.6, 0.4)
"""How loud each block of features.BLOCKS is. Source: leave-writers-out on the delivered corpus."""
_RAREST: Final = (3, 5, 5, 2, 4)
"""In how many notes a feature must stand to be learned, for each block."""
_BAND: Final = 0.015
"""Share of the notes on either side of a threshold that the abstain band holds."""
_NOTHING: Final = 1e-12
_BATCH: Final = 1024
_BLOCKS: Final = np.arange(len(features.BLOCKS), dtype=np.uint8)
SENTIMENT: Final = slice(len(labels.INTENTS) + len(labels.TOPICS), len(labels.ALL) - 1)
TOPICS: Final = slice(len(labels.INTENTS), SENTIMENT.start)
Floats = NDArray[np.float32]
Matrix = Any
"""scipy.sparse.csr_array of float32, (n_notes, n_features); scipy publishes no types."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """Weights with the (n_notes, n_labels) probabilities that their notes got as notes of unseen writers."""

    weights: weights.Weights
    held_out: Floats


def fit(notes: Sequence[Note], *, seed: int = 0, processes: int = 1) -> Fitted:
    """A tagger fitted on these notes, the same for the same seed. More than one process only where no threads run."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # matrices this small only suffer from threads, most of all when the cores are busy
        return _fit(notes, seed, processes)


def _fit(notes: Sequence[Note], seed: int, processes: int) -> Fitted:
    seen = _seen([features.shorten(note.text) for note in notes])
    given, folds = truth(notes), writer_folds(notes)
    table, blocks, frequencies, found = _vocabulary(seen, len(notes))
    sizes = seen.extras
    del seen  # a hundred megabytes
    loud = frequencies * _loudness(blocks)
    matrix = _matrix(found, loud, tagger.scales(found, blocks, frequencies**2))
    del found
    rows, bias, scores = first_step.fit(matrix, given, folds, processes)
    inputs = np.hstack([scores, sizes])
    second, logits = second_step.fit(inputs, given, folds, seed, processes)
    held_out = tagger.probabilities(logits)
    thresholds = best_thresholds(given, held_out)
    low, high = _band(held_out, thresholds)
    rows *= loud[:, None]
    halves = rows.astype(np.float16)
    made = weights.Weights(table, blocks, halves, frequencies**2, bias, second, thresholds, low, high, about={})
    return Fitted(made, held_out)


def named(fitted: weights.Weights, **about: str) -> weights.Weights:
    """The weights with what is known about them; a version is always among it."""
    return replace(fitted, about={"version": "unnamed", **about})


def truth(notes: Sequence[Note]) -> Floats:
    """(n_notes, n_labels) of 0 and 1."""
    return np.array([[label in given for label in labels.ALL] for given in map(Note.given, notes)], np.float32)


def writer_folds(notes: Sequence[Note], n_folds: int = FOLDS) -> list[NDArray[np.bool_]]:
    """Which notes are left out, fold by fold: whole writers, at most n_folds folds of about equal size."""
    sizes = Counter(note.writer for note in notes)
    loads = [0] * min(n_folds, len(sizes))
    fold_of: dict[str, int] = {}
    for writer, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold_of[writer] = loads.index(min(loads))
        loads[fold_of[writer]] += size
    return [np.array([fold_of[note.writer] == fold for note in notes]) for fold in range(len(loads))]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Of each feature of some notes its number, its note and its block; and (n_notes, 2), the notes' sizes."""

    keys: NDArray[np.uint64]
    owners: NDArray[np.int64]
    blocks: NDArray[np.uint8]
    extras: Floats


def _seen(texts: Sequence[str]) -> _Seen:
    starts = range(0, len(texts), _BATCH)
    batches = [features.read(texts[at : at + _BATCH]) for at in starts]
    return _Seen(
        np.concatenate([batch.keys for batch in batches]),
        np.concatenate([at + batch.owners for at, batch in zip(starts, batches, strict=True)]),
        np.concatenate([np.repeat(_BLOCKS, batch.sizes) for batch in batches]),
        np.concatenate([tagger.extras(batch) for batch in batches]),
    )


def _vocabulary(seen: _Seen, n_notes: int) -> tuple[KeyTable, NDArray[np.uint8], Floats, tagger.Known]:
    """The table of the features learned; of each row, after 0 for 'nothing known', its block and smoothed inverse
    document frequency; and what is known of the notes."""
    keys, places = np.unique(seen.keys, return_inverse=True)
    blocks = np.zeros(len(keys), np.uint8)
    blocks[places] = seen.blocks
    pairs = np.sort(seen.owners * len(keys) + places)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    counts = np.bincount(pairs % len(keys), minlength=len(keys))
    kept = np.flatnonzero(counts >= np.array(_RAREST)[blocks])
    kept = kept[np.argsort(blocks[kept], kind="stable")]
    row_of = np.zeros(len(keys), np.int64)
    row_of[kept] = np.arange(1, len(kept) + 1)
    frequencies = np.concatenate([[_NOTHING], np.log((1 + n_notes) / (1 + counts[kept])) + 1]).astype(np.float32)
    found = tagger.known(pairs // len(keys), row_of[pairs % len(keys)], n_notes)
    return key_tables.build(keys[kept]), np.concatenate([_BLOCKS[:1], blocks[kept]]), frequencies, found


def _loudness(blocks: NDArray[np.uint8]) -> Floats:
    return np.concatenate([[0], np.array(_BLOCK_WEIGHTS)[blocks[1:]]]).astype(np.float32)


def _matrix(found: tagger.Known, loud: Floats, scales: Floats) -> Matrix:
    from scipy.sparse import csr_array

    ends = np.append(found.heads, len(found.rows))
    places = found.rows.astype(np.int32), ends.astype(np.int32)  # liblinear takes no wider ones
    return csr_array((loud[found.rows] * scales, *places), shape=(len(found.heads), len(loud)))


def best_thresholds(given: Floats, likely: Floats) -> Floats:
    """(n_labels,): for each label the probability from which giving it makes its F1 highest."""
    eligible = _with_topics(given)
    found = np.full(given.shape[1], 0.5, np.float32)
    for column in range(given.shape[1]):
        if SENTIMENT.start <= column < SENTIMENT.stop:
            continue
        notes = eligible if TOPICS.start <= column < TOPICS.stop else slice(None)
        found[column] = _best_threshold(given[notes, column], likely[notes, column])
    return found


def _best_threshold(answers: Floats, likely: Floats) -> float:
    order = np.argsort(-likely, kind="stable")
    hits = np.cumsum(answers[order])
    if not len(hits) or not hits[-1]:
        return 0.5
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + hits[-1])
    at = int(f1.argmax())
    return float((likely[order[at]] + likely[order[min(at + 1, len(order) - 1)]]) / 2)


def _band(likely: Floats, thresholds: Floats) -> tuple[Floats, Floats]:
    """Around each threshold, the probabilities between which _BAND of the notes lie below it, and as many above.

    The sentiments, of which the likeliest is taken, have no band.
    """
    ranked = np.sort(likely, axis=0)
    low, high = np.empty_like(thresholds), np.empty_like(thresholds)
    width = max(1, round(_BAND * len(likely)))
    for column, limit in enumerate(thresholds):
        if SENTIMENT.start <= column < SENTIMENT.stop:
            low[column] = high[column] = limit
            continue
        at = int(np.searchsorted(ranked[:, column], limit))
        low[column] = np.clip(ranked[max(0, at - width), column], limit / 2, limit)
        high[column] = max(ranked[min(len(ranked) - 1, at + width), column], limit)
    return low, high


def _with_topics(given: Floats) -> NDArray[np.bool_]:
    asked = [labels.ALL.index(label) for label in ("complaint", "need_explicit")]
    return np.asarray(given[:, asked].any(axis=1), bool)


def figures(given: Floats, likely: Floats, folds: Sequence[NDArray[np.bool_]] = ()) -> dict[str, Any]:
    """Scores of probabilities given to unseen writers' notes; thresholds for a fold are tuned on the other folds."""
    told = np.zeros_like(given)
    for test in folds or [np.ones(len(given), bool)]:
        rest = ~test if folds else test
        told[test] = likely[test] >= best_thresholds(given[rest], likely[rest])
    return scores_of(given, told, likely[:, SENTIMENT].argmax(axis=1))


def scores_of(given: Floats, told: Floats, moods: NDArray[np.int64]) -> dict[str, Any]:
    """intents_f1, topics_f1, sentiment_accuracy, urgent_f1 and f1 a label of labels told (0 or 1) and moods told."""
    eligible = _with_topics(given)
    single = {}
    for column, label in enumerate(labels.ALL):
        notes = eligible if label in labels.TOPICS else slice(None)
        single[label] = _f1(given[notes, column], told[notes, column])
    return {
        "intents_f1": float(np.mean([single[label] for label in labels.INTENTS])),
        "topics_f1": float(np.mean([single[label] for label in labels.TOPICS])),
        "sentiment_accuracy": float((moods == given[:, SENTIMENT].argmax(axis=1)).mean()),
        "urgent_f1": single[labels.URGENT],
        "f1": {label: single[label] for label in labels.ALL if label not in labels.SENTIMENTS},
    }


def _f1(given: Floats, told: Floats) -> float:
    both = float((given * told).sum())
    return 2 * both / max(1.0, float(given.sum() + told.sum()))
