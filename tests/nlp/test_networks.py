"""Small networks: what they learn, and that a seed tells all of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp import networks

Floats = NDArray[np.float32]


def problem() -> tuple[Floats, Floats]:
    """Two labels: whether two inputs have the same sign, and whether the third is above 0."""
    inputs = np.random.default_rng(5).normal(size=(20_000, 3)).astype(np.float32)
    return inputs, np.stack([inputs[:, 0] * inputs[:, 1] > 0, inputs[:, 2] > 0], axis=1).astype(np.float32)


def told(found: networks.Networks, inputs: Floats) -> Floats:
    """(n, n_notes, n_labels): the logits that each network gives each label."""
    logits: Floats = np.maximum(inputs @ found.into + found.into_bias, 0) @ found.out + found.out_bias
    return logits


def test_what_no_line_divides_is_learned_beside_what_one_does() -> None:
    inputs, given = problem()
    found = networks.fit(inputs[:15_000], given[:15_000], 0, count=2)
    right = (told(found, inputs[15_000:]) > 0) == (given[15_000:] > 0)
    assert (right.mean(axis=1) > 0.93).all()


def test_same_seed_gives_the_same_networks_and_another_others() -> None:
    inputs, given = (side[:1000] for side in problem())
    first, again, other = (networks.fit(inputs, given, seed, count=2).into for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(first[0], first[1])


def test_networks_side_by_side_do_not_know_each_other() -> None:
    inputs, given = (side[:1000] for side in problem())
    alone, beside = (networks.fit(inputs, given, 1, count).into[0] for count in (1, 2))
    assert np.allclose(alone, beside, atol=1e-5)


def test_fewer_notes_than_a_batch_are_enough() -> None:
    inputs, given = (side[:5] for side in problem())
    assert np.isfinite(told(networks.fit(inputs, given, 0, count=1), inputs)).all()
