"""Linear support vector machines for many labels at once. Only training imports it.

Squared hinge loss, a squared penalty on the weights, none on the bias. A machine is a sum of the notes it learned from,
so all of them are kept as (n_notes, n_labels) shares in that sum; each step takes the notes' features twice, for all
labels together, and the bias is always the best for the weights.
Source: O. Chapelle, Training a Support Vector Machine in the Primal, Neural Computation 19, 2007 (conjugate gradients
on the notes' shares; here nonlinear ones, Polak-Ribière, whose steps are found by Newton's method).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

_STEPS: Final = 10
"""Scores are then within about 0.02 of where they end, which moves no figure. Source: leave-writers-out."""
_SEARCHES: Final = 2
_NOTHING: Final = 1e-12
_LEAST_SHARE: Final = 1e-6
Floats = NDArray[np.float32]
Matrix = Any
"""scipy.sparse.csr_array of float32, (n_notes, n_features); scipy publishes no types."""


def fit(notes: Matrix, loudness: Floats, given: Floats, costs: Floats) -> tuple[Floats, Floats]:
    """Rows (n_features, n_labels) and bias (n_labels,): of a note's features each label's score, above 0 where given.

    loudness: (n_features, n_labels), what each feature is multiplied by for each label. given: (n_notes, n_labels) of
    0 and 1. costs: (n_notes, n_labels), of the note's loss; 0 where the label was not asked for.
    """
    hinge = _Hinge(given * 2 - 1, costs)
    by_feature, squares = notes.T, loudness**2

    def rows(shares: Floats) -> Floats:
        found: Floats = by_feature @ shares
        found *= squares
        return found

    shares = _shares(hinge, lambda moved: notes @ rows(moved))
    return rows(shares), hinge.bias


def _shares(hinge: _Hinge, scored: Callable[[Floats], Floats]) -> Floats:
    """(n_notes, n_labels) with the least loss. scored: shares → the scores, without bias, of machines with these."""
    shares, scores, way, way_scores = (np.zeros_like(hinge.signs) for _ in range(4))
    size, slope_scores = np.ones(len(hinge.bias), np.float32), scores
    for step in range(_STEPS):
        pull = hinge.pull(scores)
        slope, before, size_before = shares - pull, slope_scores, size
        slope_scores = scores - scored(pull)
        size = _dot(slope, slope_scores)
        turn = np.maximum(0, (size - _dot(slope, before)) / np.maximum(size_before, _NOTHING)) * (step > 0)
        for old, new in ((way, slope), (way_scores, slope_scores)):
            old *= turn
            old -= new
        length = hinge.search(scores, way_scores, _dot(way, scores), _dot(way, way_scores))
        shares += length * way
        scores += length * way_scores
    return shares


class _Hinge:
    """The loss of scores; its bias is the best one for the scores searched last."""

    def __init__(self, signs: Floats, costs: Floats) -> None:
        self.signs, self._costs, self._pulls = signs, 2 * costs, 2 * costs * signs
        self._least = np.maximum(_LEAST_SHARE * self._costs.sum(axis=0), _NOTHING)
        self.bias: Floats = self._pulls.sum(axis=0) / np.maximum(self._costs.sum(axis=0), _NOTHING)

    def _slack(self, scores: Floats) -> Floats:
        """By how much each score falls short of 1 on its side."""
        found: Floats = scores + self.bias
        found *= self.signs
        np.subtract(1, found, out=found)
        np.maximum(found, 0, out=found)
        return found

    def pull(self, scores: Floats) -> Floats:
        """Minus the slope of the loss."""
        return self._slack(scores) * self._pulls

    def search(self, scores: Floats, way: Floats, slope: Floats, curve: Floats) -> Floats:
        """(n_labels,): how far to go this way, and the bias is moved along.

        slope, curve: (n_labels,) of the penalty.
        """
        length = np.zeros_like(self.bias)
        for _ in range(_SEARCHES):
            slack = self._slack(scores + length * way)
            short = self._costs * (slack > 0)
            slack *= self._pulls
            towards = slope + length * curve - _dot(slack, way)
            up = -slack.sum(axis=0)
            both, alone = _dot(short, way), np.maximum(short.sum(axis=0), self._least)
            short *= way
            along = curve + _dot(short, way)
            area = np.maximum(along * alone - both * both, _NOTHING)
            length -= (alone * towards - both * up) / area
            self.bias = self.bias - (along * up - both * towards) / area
        return length


def _dot(one: Floats, other: Floats) -> Floats:
    """(n_labels,): the sum over the notes."""
    found: Floats = np.einsum("ij,ij->j", one, other)
    return found
