"""Linear machines for many labels at once, beside scikit-learn's, which fits them one by one."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_array, random_array
from sklearn.svm import LinearSVC

from nlp import machines

COSTS = (0.06, 0.12, 0.15)
Floats = NDArray[np.float32]


def problem(n_notes: int = 600, n_features: int = 300) -> tuple[csr_array, Floats, Floats]:
    """Notes, labels that some features tell with some noise, and how loud each feature is."""
    rng = np.random.default_rng(7)
    notes = csr_array(random_array((n_notes, n_features), density=0.1, rng=rng, dtype=np.float32))
    telling = rng.normal(size=(n_features, len(COSTS)))
    noise = rng.normal(size=(n_notes, len(COSTS)))
    given = (notes @ telling + noise > (0, 1, 2)).astype(np.float32)
    return notes, given, rng.uniform(0.3, 0.9, telling.shape).astype(np.float32)


@pytest.mark.parametrize("column", range(len(COSTS)))
def test_each_label_gets_the_scores_of_its_own_machine(column: int) -> None:
    notes, given, loudness = problem()
    costs = np.ones_like(given) * np.array(COSTS, np.float32)
    rows, bias = machines.fit(notes, loudness, given, costs)
    alone = LinearSVC(C=COSTS[column], intercept_scaling=100, tol=1e-6, max_iter=100_000, random_state=0)
    alone.fit(notes.multiply(loudness[:, column]).tocsr().astype(np.float64), given[:, column])
    expected = notes @ (alone.coef_[0] * loudness[:, column]) + alone.intercept_[0]
    assert np.abs(notes @ rows[:, column] + bias[column] - expected).max() < 0.05


def test_notes_that_cost_nothing_teach_nothing() -> None:
    notes, given, loudness = problem()
    costs = np.ones_like(given)
    costs[300:, 1] = 0
    rows, bias = machines.fit(notes, loudness, given, costs)
    half_rows, half_bias = machines.fit(notes[:300], loudness, given[:300], costs[:300])
    assert np.allclose(rows[:, 1], half_rows[:, 1], atol=1e-3)
    assert bias[1] == pytest.approx(half_bias[1], abs=1e-3)


def test_label_without_both_answers_is_told_by_its_bias_alone() -> None:
    notes, given, loudness = problem()
    given[:, 0], given[:, 1] = 0, 1
    costs = np.ones_like(given)
    costs[:, 2] = 0
    rows, bias = machines.fit(notes, loudness, given, costs)
    assert not rows.any()
    assert bias.tolist() == [-1, 1, 0]
