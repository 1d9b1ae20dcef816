"""Counted votes → the moves of a layer: a logistic regression whose starting point is what the built-in model says.

Without evidence nothing moves: the penalty draws every move to 0. Needs SciPy; only the child process that learns
imports it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import labels, layers
from nlp.tagger import Tagger
from nlp.votes import Count

PENALTY: Final = 0.1
"""What draws the moves to 0. Source: benchmarks.learning, among 0.03 to 1: the least drift for what is gained."""
UNSPOKEN: Final = 0.2
"""The weight of a tag that nobody touched: that it was left alone says a little for it."""
_RAREST: Final = 2
_ITERATIONS: Final = 60
_TOPICS: Final = slice(len(labels.INTENTS), layers.SENTIMENT.start)
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]
Floats = NDArray[np.float32]
Matrix = Any
"""scipy.sparse.csr_array of float64, (n_notes, n_runs); scipy publishes no types."""


@dataclass(frozen=True, slots=True)
class Task:
    """The team's notes as they are to be learned.

    runs: of each note. likely: (n_notes, n_labels) of the built-in model. answers, weights: (n_notes, n_labels).
    spoken: (n_notes,) whether somebody's word counts there. columns: the labels of which somebody spoke.
    rarity: of each run, in [0, 1]: a run that stands in many notes of the world says little of this team.
    """

    runs: tuple[frozenset[str], ...]
    likely: Floats
    answers: Floats
    weights: Floats
    spoken: NDArray[np.bool_]
    columns: tuple[int, ...]
    rarity: Mapping[str, float]


def likely(tagger: Tagger, texts: Sequence[str]) -> Floats:
    """(n_texts, n_labels): what the built-in model says."""
    told = [[said.probability[label] for label in labels.ALL] for said in tagger.tag_many(texts)]
    return np.array(told, np.float32).reshape(len(told), len(labels.ALL))


def decided(probable: layers.Numbers, thresholds: Floats) -> Floats:
    """(n_texts, n_labels) of 0 and 1: the labels given at these probabilities."""
    told = (probable >= thresholds).astype(np.float32)
    told[:, layers.SENTIMENT] = 0
    told[np.arange(len(told)), layers.SENTIMENT.start + probable[:, layers.SENTIMENT].argmax(axis=1)] = 1
    may_have_topics = (told[:, _GATES] > 0).any(axis=1)
    told[~may_have_topics, _TOPICS] = 0
    return told


def task(texts: Sequence[str], probable: Floats, counted: Count, thresholds: Floats, world: Sequence[str] = ()) -> Task:
    """What members said, and with little weight what the model told where nobody said a word.

    world: notes of others, by which common runs are known.
    """
    said = counted.weights > 0
    answers = np.where(said, counted.answers, decided(probable, thresholds))
    weights = np.where(said, counted.weights, UNSPOKEN)
    without_topics = ~(answers[:, _GATES] > 0).any(axis=1)
    weights[without_topics, _TOPICS] = counted.weights[without_topics, _TOPICS]
    columns = tuple(np.flatnonzero(said.any(axis=0)).tolist())
    runs = tuple(frozenset(layers.runs(text)) for text in texts)
    spoken = np.asarray(said.any(axis=1))
    answers, weights = answers.astype(np.float32), weights.astype(np.float32)
    return Task(runs, probable, answers, weights, spoken, columns, _rarity(runs, world))


def _rarity(runs: Sequence[frozenset[str]], world: Sequence[str]) -> dict[str, float]:
    """1 for a run that the world does not know, near 0 for one in most of its notes."""
    known = frozenset().union(*runs)
    counts = Counter(run for text in world for run in layers.runs(text) & known)
    total = np.log(2 + len(world))
    return {run: float(np.log((2 + len(world)) / (1 + counts[run])) / total) for run in known}


def fit(given: Task, chosen: NDArray[np.bool_] | None = None) -> tuple[dict[str, int], Floats]:
    """The vocabulary and the moves of a layer, learned from all notes or from those chosen."""
    kept = np.ones(len(given.runs), bool) if chosen is None else chosen
    rows = np.flatnonzero(kept)
    vocabulary = _vocabulary(given, rows)
    matrix = _matrix([given.runs[row] for row in rows], vocabulary, given.rarity)
    moves = np.zeros((len(vocabulary), len(labels.ALL)), np.float32)
    if given.columns and vocabulary:
        moves[:, given.columns] = _regression(matrix, given, rows)
        moves *= np.array([given.rarity[run] for run in vocabulary], np.float32)[:, None]
    return vocabulary, moves


def cross_fit(given: Task, n_folds: int) -> Floats:
    """(n_notes, n_labels): what each note is told by a layer that has not learned from it."""
    found = np.zeros_like(given.likely)
    for fold in range(n_folds):
        test = np.arange(len(given.runs)) % n_folds == fold
        vocabulary, moves = fit(given, ~test)
        asked = _matrix([given.runs[row] for row in np.flatnonzero(test)], vocabulary)
        found[test] = layers.moved(given.likely[test], asked @ moves)
    return found


def _vocabulary(given: Task, rows: NDArray[np.int64]) -> dict[str, int]:
    """Runs in at least _RAREST notes, one of them spoken of."""
    counts = Counter(run for row in rows for run in given.runs[row])
    taught = {run for row in rows if given.spoken[row] for run in given.runs[row]}
    kept = sorted(run for run in taught if counts[run] >= _RAREST)
    return {run: at for at, run in enumerate(kept)}


def _matrix(
    runs: Sequence[frozenset[str]], vocabulary: Mapping[str, int], rarity: Mapping[str, float] | None = None
) -> Matrix:
    """The notes as the layer sees them; with the rarity of runs as they are learned from."""
    from scipy.sparse import csr_array

    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for found in runs:
        known = [run for run in found if run in vocabulary]
        scale = 1 / np.sqrt(max(1, len(found)))
        columns += map(vocabulary.__getitem__, known)
        values += [scale * (rarity[run] if rarity else 1.0) for run in known]
        ends.append(len(columns))
    return csr_array((values, columns, ends), shape=(len(runs), len(vocabulary)))


def _regression(matrix: Matrix, given: Task, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """(n_runs, n_columns): the moves that make the answers likeliest, by L-BFGS."""
    from scipy.optimize import minimize

    columns = list(given.columns)
    likely, answers, weights = (part[rows].astype(np.float64) for part in (given.likely, given.answers, given.weights))
    size = matrix.shape[1]

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moves = flat.reshape(size, len(columns))
        shift = np.zeros_like(likely)
        shift[:, columns] = matrix @ moves
        told = np.clip(layers.moved(likely, shift), 1e-6, 1 - 1e-6)
        cost = -(weights * (answers * np.log(told) + (1 - answers) * np.log(1 - told)))
        cost[:, layers.SENTIMENT] = -(weights * answers * np.log(told))[:, layers.SENTIMENT]
        slope = matrix.T @ (weights * (told - answers))[:, columns] + PENALTY * moves
        return float(cost[:, columns].sum() + PENALTY / 2 * (flat @ flat)), slope.ravel()

    options = {"maxiter": _ITERATIONS}
    found = minimize(loss, np.zeros(size * len(columns)), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x.reshape(size, len(columns)))
