"""Small networks of one hidden layer that tell all labels together. Only training imports it.

Rectified hidden units, logistic outputs, cross-entropy with weight decay. Several are fitted side by side, each in its
own order of the notes, in single precision. scikit-learn's MLPClassifier with the same settings and shuffles comes to
the same numbers in some ten times the time: networks this small spend it between the steps, not on them.
Source: D. Kingma, J. Ba, Adam: A Method for Stochastic Optimization, ICLR 2015 (the steps); X. Glorot, Y. Bengio,
Understanding the Difficulty of Training Deep Feedforward Neural Networks, AISTATS 2010 (where they begin).
"""

from __future__ import annotations

from collections.abc import Sequence
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
_LEAST: Final = np.float32(1e-8)
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Networks:
    """into: (n, n_inputs, n_hidden). into_bias: (n, 1, n_hidden). out: (n, n_hidden, n_labels). out_bias: (n, 1,
    n_labels)."""

    into: Floats
    into_bias: Floats
    out: Floats
    out_bias: Floats


def fit(inputs: Floats, given: Floats, seed: int, count: int) -> Networks:
    """So many networks that tell labels (n_notes, n_labels), 0 or 1, of inputs (n_notes, n_inputs) of deviation 1."""
    randoms = [np.random.default_rng((seed, number)) for number in range(count)]
    learner = _Learner(inputs.shape[1], given.shape[1], randoms)
    for _ in range(_EPOCHS):
        orders = np.stack([random.permutation(len(inputs)) for random in randoms])
        mixed, answers = inputs[orders], given[orders]
        for at in range(0, len(inputs), _BATCH):
            learner.learn(mixed[:, at : at + _BATCH], answers[:, at : at + _BATCH])
    return learner.networks


class _Learner:
    """Networks and what their next step hangs on: all numbers of each in one row, of which the layers are views."""

    def __init__(self, n_inputs: int, n_labels: int, randoms: Sequence[np.random.Generator]) -> None:
        layers = ((n_inputs, _HIDDEN), (1, _HIDDEN), (_HIDDEN, n_labels), (1, n_labels))
        sizes = [rows * columns for rows, columns in layers]
        reach = np.sqrt(6 / np.array([n_inputs + _HIDDEN, n_inputs + _HIDDEN, _HIDDEN + n_labels, _HIDDEN + n_labels]))
        starts = np.stack([random.uniform(-1, 1, sum(sizes)) for random in randoms])
        self._numbers = (np.repeat(reach, sizes) * starts).astype(np.float32)
        self._decay = np.repeat(np.array([_DECAY, 0, _DECAY, 0], np.float32), sizes)
        self._slope, self._mean, self._square = (np.zeros_like(self._numbers) for _ in range(3))
        self.networks, self._slopes = (
            Networks(*(part.reshape(len(randoms), *layer) for part, layer in zip(parts, layers, strict=True)))
            for parts in (np.split(whole, np.cumsum(sizes)[:-1], axis=1) for whole in (self._numbers, self._slope))
        )
        self._steps = 0

    def learn(self, inputs: Floats, given: Floats) -> None:
        """Each network has moved one step towards what its batch says: (n, n_notes, n_inputs) and (…, n_labels)."""
        self._find_slope(inputs, given)
        slope, mean, square = self._slope, self._mean, self._square
        self._steps += 1
        mean *= _MEAN_KEPT
        mean += (1 - _MEAN_KEPT) * slope
        square *= _SQUARE_KEPT
        square += (1 - _SQUARE_KEPT) * slope**2
        rate = _RATE * (1 - _SQUARE_KEPT**self._steps) ** 0.5 / (1 - _MEAN_KEPT**self._steps)
        self._numbers -= rate * mean / (np.sqrt(square) + _LEAST)

    def _find_slope(self, inputs: Floats, given: Floats) -> None:
        networks, slopes = self.networks, self._slopes
        hidden = np.maximum(inputs @ networks.into + networks.into_bias, 0)
        gap = 0.5 + 0.5 * np.tanh((hidden @ networks.out + networks.out_bias) / 2) - given
        back = gap @ networks.out.swapaxes(1, 2)
        back *= hidden > 0
        np.matmul(hidden.swapaxes(1, 2), gap, out=slopes.out)
        np.sum(gap, axis=1, keepdims=True, out=slopes.out_bias)
        np.matmul(inputs.swapaxes(1, 2), back, out=slopes.into)
        np.sum(back, axis=1, keepdims=True, out=slopes.into_bias)
        self._slope += self._decay * self._numbers
        self._slope /= inputs.shape[1]
