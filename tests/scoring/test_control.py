"""Natural limits: the textbook figures, no false alarms, shifts found, and short or odd histories refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import control as simulated
from scoring import control

QUIET = [10.0, 12.0, 9.0, 11.0, 10.0, 12.0, 11.0, 9.0, 10.0, 11.0, 12.0, 10.0]


def test_the_limits_are_the_mean_and_the_moving_range() -> None:
    history = [100.0, 104.0] * 15
    found = control.band(history)
    width = 2.66 * 4 * control._allowance(30, 1)
    assert found.centre == pytest.approx(102)
    assert [found.low, found.high] == pytest.approx([102 - width, 102 + width])
    assert 1 < control._allowance(3_000, 1) < 1.01, "an endless history has the limits of the book"
    assert found.points == 30


def test_eleven_points_are_not_enough_and_a_line_without_change_tells_nothing_of_money() -> None:
    with pytest.raises(control.NotEnoughHistory) as refused:
        control.band(QUIET[:11], counts=True)
    assert refused.value.points == 11
    with pytest.raises(control.NotEnoughHistory):
        control.band([0.0] * 40)
    with pytest.raises(control.NotEnoughHistory):
        control.share_band([(1, 2)] * 11 + [(0, 0)] * 30, 5)
    assert control.band(QUIET, counts=True).points == 12


@pytest.mark.parametrize("kind", simulated.KINDS)
def test_a_stable_series_is_outside_in_one_point_of_a_hundred_at_most(kind: str) -> None:
    draw, counts = simulated.KINDS[kind]
    assert simulated.false_alarms(draw, simulated.ours(counts), 24, series=500) <= 0.01


def test_a_shift_of_three_sigma_is_found() -> None:
    assert simulated.found_within(5, 60, series=300) > 0.75
    assert simulated.found_in_a_week(26, series=300) > 0.95


def test_one_case_after_sixty_quiet_days_is_chance_and_four_are_not() -> None:
    found = control.band([0.0] * 60, counts=True)
    assert (found.place(1), found.place(4)) == ("usual", "above")
    assert found.low == 0


def test_weekdays_are_compared_with_themselves() -> None:
    rng = np.random.default_rng(5)
    days = [at % 5 for at in range(60)]
    history = [float(rng.normal(200 if day == 0 else 100, 6)) for day in days]
    monday = control.band(history, seasons=days, season=0)
    friday = control.band(history, seasons=days, season=4)
    assert monday.place(200) == friday.place(100) == "usual"
    assert (monday.place(100), friday.place(200)) == ("below", "above")
    level = [float(rng.normal(100, 6)) for _ in days]
    assert control.band(level, seasons=days, season=0) == control.band(level), "alike weekdays are not told apart"


def test_a_share_of_few_is_wider_than_a_share_of_many() -> None:
    history = [(9.0, 10.0), (8.0, 10.0), (10.0, 10.0), (9.0, 10.0)] * 8
    few, many = control.share_band(history, 2), control.share_band(history, 100)
    assert few.place(0.5) == "usual"
    assert many.place(0.5) == "below"
    assert many.high == pytest.approx(many.centre + many.centre - many.low, abs=0.02) or many.high == 1
    kept = control.share_band([(5.0, 5.0)] * 20, 5)
    assert (kept.place(1.0), kept.place(0.8), kept.place(0.4)) == ("usual", "usual", "below")


@given(st.lists(st.floats(0, 1e9), min_size=12, max_size=70), st.booleans())
def test_limits_hold_the_centre_and_are_never_negative(history: list[float], counts: bool) -> None:
    try:
        found = control.band([float(round(value)) for value in history], counts=counts)
    except control.NotEnoughHistory:
        return
    assert 0 <= found.low <= found.high
    assert found.low - 1e-6 <= found.centre <= found.high + 1e-6
