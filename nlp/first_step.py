"""The first step of fitting: features → a linear score for each label. Only training imports it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import forks, labels, machines

_PLAIN: Final = 0.5
_RARE_RATIO: Final = 0.1
_TOPICS: Final = slice(len(labels.INTENTS), len(labels.INTENTS) + len(labels.TOPICS))
_COSTS: Final = np.repeat([0.06, 0.15, 0.12], [len(labels.INTENTS), len(labels.TOPICS), 4]).astype(np.float32)
"""(n_labels,): of intents, of topics, of the sentiments and urgency."""
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]
Floats = NDArray[np.float32]
Matrix = Any
"""scipy.sparse.csr_array of float32, (n_notes, n_features); scipy publishes no types."""


def fit(
    matrix: Matrix, given: Floats, folds: Sequence[NDArray[np.bool_]], processes: int
) -> tuple[Floats, Floats, Floats]:
    """Rows (n_features, n_labels) and bias (n_labels,) fitted on all notes; scores (n_notes, n_labels), held out.

    Each note's scores come from machines that have not seen its fold.
    """
    left_out = [np.zeros(len(given), bool), *folds]

    def without(at: int) -> tuple[Floats, Floats]:
        return _machines(matrix[~left_out[at]], given[~left_out[at]])

    (rows, bias), *others = forks.each(without, len(left_out), processes)
    scores = np.zeros_like(given)
    for test, (fold_rows, fold_bias) in zip(folds, others, strict=True):
        scores[test] = matrix[test] @ fold_rows + fold_bias
    return rows, bias, scores


def _machines(matrix: Matrix, given: Floats) -> tuple[Floats, Floats]:
    """(n_features, n_labels) and (n_labels,): a linear support vector machine for each label.

    Topics are learned only from notes that may have one: the others' topics were never asked for.
    """
    asked = np.ones_like(given)
    asked[:, _TOPICS] = given[:, _GATES].max(axis=1, keepdims=True)
    return machines.fit(matrix, _telling(matrix, given, asked), given, asked * _COSTS)


def _telling(matrix: Matrix, given: Floats, asked: Floats) -> Floats:
    """(n_features, n_labels): how loud a feature is made for each label, by how much it tells of it in the notes asked.

    Source: S. Wang, C. Manning, Baselines and Bigrams, ACL 2012 (log-count ratios); here their root, beside a plain
    share so that a feature that tells little alone is still heard with others.
    """
    with_it, without = (matrix.T @ (asked * side) + _RARE_RATIO for side in (given, 1 - given))
    usual = with_it.sum(axis=0) / without.sum(axis=0)
    with_it /= without
    with_it /= usual
    ratios = np.log(with_it, out=with_it)
    np.sqrt(np.abs(ratios, out=ratios), out=ratios)
    ratios += _PLAIN
    return np.asarray(ratios, np.float32)
