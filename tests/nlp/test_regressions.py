"""Logistic regressions, beside scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from nlp import regressions


@pytest.mark.parametrize("cost", [0.01, 0.3, 100.0])
def test_coefficients_are_those_of_scikit_learn(cost: float) -> None:
    rng = np.random.default_rng(3)
    inputs = rng.normal(size=(500, 4))
    answers = (inputs @ (3, -1, 0, 0) + rng.normal(size=500) > 1).astype(np.float64)
    coefficients, bias = regressions.fit(inputs, answers, cost)
    expected = LogisticRegression(C=cost, tol=1e-9, max_iter=10_000).fit(inputs, answers)
    assert np.allclose(coefficients, expected.coef_[0], rtol=1e-3, atol=1e-4)
    assert bias == pytest.approx(expected.intercept_[0], rel=1e-3)


def test_answers_told_without_fault_leave_finite_coefficients() -> None:
    inputs = np.array([[-1000.0], [-1.0], [1.0], [1000.0]])
    coefficients, bias = regressions.fit(inputs, np.array([0.0, 0.0, 1.0, 1.0]), 1000.0)
    assert 0 < coefficients[0] < 20
    assert abs(bias) < 1
