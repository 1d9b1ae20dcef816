"""Small networks: what they learn, and that a seed tells all of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp import networks

Doubles = NDArray[np.float64]


def problem() -> tuple[Doubles, Doubles]:
    """Two labels: whether two inputs have the same sign, and whether the third is above 0."""
    inputs = np.random.default_rng(5).normal(size=(20_000, 3))
    return inputs, np.stack([inputs[:, 0] * inputs[:, 1] > 0, inputs[:, 2] > 0], axis=1).astype(np.float64)


def told(network: networks.Network, inputs: Doubles) -> Doubles:
    """The logits of each label."""
    logits: Doubles = np.maximum(inputs @ network.into + network.into_bias, 0) @ network.out + network.out_bias
    return logits


def test_what_no_line_divides_is_learned_beside_what_one_does() -> None:
    inputs, given = problem()
    network = networks.fit(inputs[:15_000], given[:15_000], 0)
    right = (told(network, inputs[15_000:]) > 0) == (given[15_000:] > 0)
    assert (right.mean(axis=0) > 0.93).all()


def test_same_seed_gives_the_same_network_and_another_another() -> None:
    inputs, given = (side[:1000] for side in problem())
    first, again, other = (networks.fit(inputs, given, seed).into for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_fewer_notes_than_a_batch_are_enough() -> None:
    inputs, given = (side[:5] for side in problem())
    assert np.isfinite(told(networks.fit(inputs, given, 0), inputs)).all()
