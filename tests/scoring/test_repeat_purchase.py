"""The closed form against customers made by its own story."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from scoring import repeat_purchase
from scoring.purchases import Column
from scoring.repeat_purchase import Lives, RepeatPurchase

MODEL = RepeatPurchase(k=1, r=0.8, alpha=40.0, a=1.2, b=3.0)
SEEN, AHEAD = 200.0, 100.0


def lived(model: RepeatPurchase, customers: int, seed: int) -> tuple[Lives, Column]:
    """Lives of 200 days since the first purchase, and the purchases of the next 100."""
    rng = np.random.default_rng(seed)
    repeats, last, logs, later = (np.zeros(customers) for _ in range(4))
    rates = rng.gamma(model.r, 1 / model.alpha, customers)
    leaves = rng.beta(model.a, model.b, customers)
    for at in range(customers):
        day = 0.0
        while rng.random() >= leaves[at]:
            gap = rng.gamma(model.k, 1 / rates[at])
            day += gap
            if day > SEEN + AHEAD:
                break
            if day > SEEN:
                later[at] += 1
            else:
                repeats[at], last[at], logs[at] = repeats[at] + 1, day, logs[at] + np.log(max(gap, 1e-9))
    return Lives(repeats, last, np.full(customers, SEEN), logs), later


def test_what_is_foretold_comes_true_on_the_average() -> None:
    lives, later = lived(MODEL, 40_000, 1)
    chance, number = MODEL.probability(lives, AHEAD), MODEL.expected(lives, [AHEAD])[0]
    for chosen in (lives.repeats == 0, lives.repeats == 1, lives.repeats >= 3):
        error = 4 / np.sqrt(chosen.sum())
        assert chance[chosen].mean() == pytest.approx((later[chosen] > 0).mean(), abs=error * 0.5)
        assert number[chosen].mean() == pytest.approx(later[chosen].mean(), abs=error * max(later[chosen].std(), 0.1))


def test_steady_rhythm_is_found_by_k_of_two() -> None:
    story = RepeatPurchase(k=2, r=3.0, alpha=60.0, a=0.8, b=6.0)
    lives, later = lived(story, 6_000, 2)
    found = repeat_purchase.fit(lives)
    assert found.k == 2
    assert found.probability(lives, AHEAD).mean() == pytest.approx((later > 0).mean(), abs=0.03)
    assert found.expected(lives, [AHEAD])[0].mean() == pytest.approx(later.mean(), rel=0.15)


def test_the_parameters_of_the_story_are_found_again() -> None:
    lives, later = lived(MODEL, 8_000, 3)
    found = repeat_purchase.fit(lives)
    assert found.k == 1
    assert found.expected(lives, [AHEAD])[0].mean() == pytest.approx(later.mean(), rel=0.1)
    assert found.r / found.alpha == pytest.approx(MODEL.r / MODEL.alpha, rel=0.25)


def test_a_longer_horizon_never_lowers_the_chance() -> None:
    lives, _ = lived(MODEL, 300, 4)
    chances = [MODEL.probability(lives, days) for days in (1.0, 10.0, 100.0, 1000.0)]
    for shorter, longer in itertools.pairwise(chances):
        assert (longer >= shorter - 1e-12).all()


def test_longer_silence_never_makes_more_alive() -> None:
    silence = np.arange(0.0, 300.0, 10)
    lives = Lives(np.full(30, 4.0), 300.0 - silence, np.full(30, 300.0), np.zeros(30))
    assert (np.diff(MODEL.alive_probability(lives)) <= 1e-12).all()


def test_nobody_and_one_customer_have_finite_parameters() -> None:
    for size in (0, 1):
        found = repeat_purchase.fit(Lives(*(np.zeros(size) for _ in range(4))))
        assert all(np.isfinite(number) and number > 0 for number in vars(found).values())
