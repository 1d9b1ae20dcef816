"""One customer after an order, the weight of a fact, and the past foretold."""

from __future__ import annotations

import json

import numpy as np
import pytest
from scipy import special

from scoring import backtest, evidence, forecasts, portfolio, purchases, updates
from scoring.purchases import Purchases

TODAY = 734_000


def team(customers: int = 700, seed: int = 2) -> Purchases:
    """Half buy every month, half hardly ever."""
    rng = np.random.default_rng(seed)
    lines = []
    for customer in range(customers):
        day = int(rng.integers(0, 300))
        while day < 720:
            lines.append((customer, TODAY - 720 + day, float(rng.integers(10, 900))))
            day += int(rng.exponential(30 if customer % 2 else 400)) + 1
    return purchases.gather(*zip(*lines, strict=True))


def one(days: list[int]) -> Purchases:
    return purchases.gather([1] * len(days), days, [100.0] * len(days))


def test_an_order_moves_the_stored_probability_up_and_time_moves_it_down() -> None:
    found = portfolio.score(*_lines(team()), TODAY, 60)
    stored = json.loads(json.dumps(updates.record(found.model)))
    days = [TODAY - ago for ago in (300, 250, 200, 150)]
    same = updates.updated(stored, one(days), one(days), TODAY, 0.3)
    bought = updates.updated(stored, one(days), one([*days, TODAY]), TODAY, 0.3)
    later = updates.updated(stored, one(days), one(days), TODAY + 60, 0.3)
    assert same == pytest.approx(0.3)
    assert bought is not None
    assert later is not None
    assert later < 0.3 < bought
    first = updates.updated(stored, one([]), one([TODAY]), TODAY, None)
    assert first is not None
    assert 0 < first < 1
    assert updates.updated(stored, one([]), one([]), TODAY, None) is None


def test_without_signal_an_order_changes_nothing() -> None:
    found = portfolio.score(*_lines(team()), TODAY, 60)
    stored = updates.record(found.model) | {"method": "base_rate", "base_rate": 0.4}
    assert updates.updated(stored, one([]), one([TODAY]), TODAY, 0.4) == 0.4


def test_the_fingerprint_is_that_of_the_orders() -> None:
    whole = team()
    assert whole.fingerprint() == team().fingerprint()
    assert whole.fingerprint() != whole.before(TODAY - 50).fingerprint()


def test_a_fact_that_foretells_leaving_is_switched_on_and_noise_is_not() -> None:
    rng = np.random.default_rng(3)
    logit, complaint, noise = rng.normal(0, 1, 2000), rng.random(2000) < 0.1, rng.random(2000) < 0.1
    gone = rng.random(2000) < special.expit(logit + 1.0 * complaint)
    found = evidence.weigh(logit, complaint.astype(float), gone)
    assert found.supported
    assert found.log_odds == pytest.approx(1.0, abs=0.4)
    assert not evidence.weigh(logit, noise.astype(float), gone).supported
    few = np.zeros(2000)
    few[np.flatnonzero(gone)[:15]] = 1
    assert not evidence.weigh(logit, few, gone).supported, "fifteen customers are too few"
    assert evidence.weigh(logit, np.zeros(2000), gone).customers == 0


def test_the_past_is_foretold_by_every_method_beside_the_simple_ones() -> None:
    rows = backtest.run(team(), TODAY + 1, 60)
    methods = {row.method for row in rows}
    assert methods == {"recency", "rfm_sum", "closed_form", "logistic", "boosting", "average"}
    for row in rows:
        assert row.cutoff + row.horizon_days <= TODAY + 1
        assert row.area > 0.6
    assert backtest.run(one([TODAY]), TODAY + 1, 60) == []


def test_a_backtest_window_is_not_changed_by_what_came_after_it() -> None:
    whole = team()
    last = backtest.run(whole, TODAY + 1, 60, windows=1)
    model, facts = forecasts.fit(whole.before(last[0].cutoff), last[0].cutoff, 60, labels=False)
    chance = model.probability(facts)
    assert 0 < chance.mean() < 1


def _lines(bought: Purchases) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return bought.ids[bought.rows], bought.days, bought.money
