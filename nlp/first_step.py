"""The first step of fitting: features → a linear score for each label. Only training imports it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import labels

_COST: Final = 0.06
_MOOD_COST: Final = 0.12
"""Of the sentiments and urgency."""
_TOPIC_COST: Final = 0.15
_PLAIN: Final = 0.5
_RARE_RATIO: Final = 0.1
_TOPICS: Final = range(len(labels.INTENTS), len(labels.INTENTS) + len(labels.TOPICS))
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]
Floats = NDArray[np.float32]
Matrix = Any
"""scipy.sparse.csr_array of float32, (n_notes, n_features); scipy publishes no types."""


@dataclass(frozen=True, slots=True)
class _Job:
    """What every process needs: the notes, and which of them each fit leaves out."""

    matrix: Matrix
    given: Floats
    left_out: Sequence[NDArray[np.bool_]]
    seed: int

    def run(self, at: int) -> tuple[Floats, Floats]:
        """The machines that have not seen the notes left out."""
        known = ~self.left_out[at]
        return _machines(self.matrix[known], self.given[known], self.seed)


_job: _Job | None = None  # of a worker process; set once, at its start


def fit(
    matrix: Matrix, given: Floats, folds: Sequence[NDArray[np.bool_]], seed: int, processes: int
) -> tuple[Floats, Floats, Floats]:
    """Rows (n_features, n_labels) and bias (n_labels,) fitted on all notes; scores (n_notes, n_labels), held out.

    Each note's scores come from machines that have not seen its fold.
    """
    job = _Job(matrix, given, [np.zeros(len(given), bool), *folds], seed)
    (rows, bias), *others = _run(job, processes)
    scores = np.zeros_like(given)
    for test, (fold_rows, fold_bias) in zip(folds, others, strict=True):
        scores[test] = matrix[test] @ fold_rows + fold_bias
    return rows, bias, scores


def _run(job: _Job, processes: int) -> list[tuple[Floats, Floats]]:
    every = range(len(job.left_out))
    if processes == 1:
        return [job.run(at) for at in every]
    with multiprocessing.get_context("fork").Pool(processes, _begin, (job,)) as pool:  # a fork shares the matrix
        return pool.map(_work, every, chunksize=1)


def _begin(job: _Job) -> None:
    global _job  # a worker has one job, and what it is sent for each fit must stay small
    _job = job


def _work(at: int) -> tuple[Floats, Floats]:
    assert _job is not None
    return _job.run(at)


def _machines(matrix: Matrix, given: Floats, seed: int) -> tuple[Floats, Floats]:
    """(n_features, n_labels) and (n_labels,): a linear support vector machine for each label.

    Topics are learned only from notes that may have one: the others' topics were never asked for.
    """
    from sklearn.svm import LinearSVC

    rows = np.zeros((matrix.shape[1], given.shape[1]), np.float32)
    bias = np.full(given.shape[1], -1.0, np.float32)
    eligible = np.flatnonzero(given[:, _GATES].any(axis=1))
    about = matrix[eligible]
    for column in range(given.shape[1]):
        is_topic = column in _TOPICS
        answers = given[eligible, column] if is_topic else given[:, column]
        if answers.size and answers.min() < answers.max():
            cost = _COST if column < _TOPICS.start else _TOPIC_COST if is_topic else _MOOD_COST
            machine = LinearSVC(C=cost, tol=1e-2, random_state=seed)
            seen = about if is_topic else matrix
            telling = _telling(seen, answers)
            machine.fit(_scaled_columns(seen, telling), answers)
            rows[:, column], bias[column] = machine.coef_[0] * telling, machine.intercept_[0]
    return rows, bias


def _telling(matrix: Matrix, answers: Floats) -> Floats:
    """(n_features,): how loud a feature is made for one label, by how much it tells of it in the notes.

    Source: S. Wang, C. Manning, Baselines and Bigrams, ACL 2012 (log-count ratios); here their root, beside a plain
    share so that a feature that tells little alone is still heard with others.
    """
    sums = np.stack([matrix.T @ answers, matrix.T @ (1 - answers)]) + _RARE_RATIO
    ratios = np.log(sums / sums.sum(axis=1, keepdims=True))
    return np.asarray(_PLAIN + np.sqrt(np.abs(ratios[0] - ratios[1])), np.float32)


def _scaled_columns(matrix: Matrix, factors: Floats) -> Matrix:
    from scipy.sparse import csr_array

    return csr_array((matrix.data * factors[matrix.indices], matrix.indices, matrix.indptr), shape=matrix.shape)
