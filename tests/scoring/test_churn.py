"""The churn probability: by hand, at the edges, and what must hold for every customer."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import churn, reasons
from scoring.churn import Rhythm
from scoring.history import Histories

TEAM = Rhythm(horizon_days=90, half_life_days=120.0, prior_orders=0.5, prior_days=60.0, gap_days=30.0)


@st.composite
def customers(draw: st.DrawFn) -> Histories:
    """A consistent customer with at least one purchase day."""
    days = draw(st.integers(1, 200))
    recency = draw(st.integers(0, 2000))
    first = recency + (draw(st.integers(days - 1, 5000)) if days > 1 else 0)
    gap = (first - recency) / (days - 1) if days > 1 else np.nan
    contact = draw(st.one_of(st.none(), st.integers(0, 900)))
    return Histories.of(
        {
            "recency_days": [recency],
            "first_days": [first],
            "purchase_days": [days],
            "mean_gap_days": [gap],
            "longest_gap_days": [gap * draw(st.floats(1, 3))],
            "net_fen_year": [draw(st.integers(-(10**6), 10**8))],
            "previous_year_fen": [draw(st.integers(-(10**6), 10**8))],
            "open_complaints": [draw(st.integers(0, 4))],
            "negative_notes_90d": [draw(st.integers(0, 6))],
            "churn_notes_90d": [draw(st.integers(0, 4))],
            "days_since_contact": [np.nan if contact is None else contact],
        }
    )


def risk(histories: Histories, team: Rhythm = TEAM) -> float:
    return float(churn.probability(histories, team)[0])


def plain(recency: float, days: int, first: float) -> Histories:
    return Histories.of({"recency_days": [recency], "purchase_days": [days], "first_days": [first]})


def test_two_orders_by_hand() -> None:
    # 120 and 240 days ago with a half-life of 120: one repeat order faded to 1/2, exposure (1 - 1/4) / w.
    decay = np.log(2) / 120
    ahead = (1 - 2 ** (-0.75)) / decay
    seen = 60 + 0.75 / decay
    assert risk(plain(120, 2, 240)) == pytest.approx((seen / (seen + ahead)) ** 1.0)


def test_one_order_is_judged_by_exposure_alone() -> None:
    decay = np.log(2) / 120
    ahead = (1 - 2 ** (-0.75)) / decay
    assert risk(plain(0, 1, 0)) == pytest.approx((60 / (60 + ahead)) ** 0.5)
    assert risk(plain(0, 1, 0)) < risk(plain(100, 1, 100)) < risk(plain(900, 1, 900)) < 1


def test_lateness_adds_its_stated_log_odds() -> None:
    # Ten orders 20 days apart, then 120 days of silence: three times twice the gap.
    late = plain(120, 10, 300)
    decay = np.log(2) / 120
    orders = 0.5 + 8 * (0.5 - 2**-2.5) / (decay * 180)
    seen = 60 + (1 - 2**-2.5) / decay
    base = (seen / (seen + (1 - 2**-0.75) / decay)) ** (0.5 + orders)
    assert risk(late) / (1 - risk(late)) == pytest.approx(base / (1 - base) * 3**0.4)


def test_who_never_bought_has_probability_one() -> None:
    assert risk(Histories.of({"purchase_days": [0]})) == 1.0


def test_a_customer_late_by_the_own_rhythm_is_riskier_than_one_on_time() -> None:
    assert risk(plain(5, 13, 365)) < 0.2
    assert risk(plain(150, 13, 510)) > 0.5


def test_one_day_with_several_purchase_days_is_harmless() -> None:
    assert 0 <= risk(plain(5, 3, 5)) <= 1


@given(customers())
def test_probabilities_are_probabilities(customer: Histories) -> None:
    for team in (TEAM, churn.rhythm(customer), churn.rhythm(customer, 365)):
        assert 0 <= risk(customer, team) <= 1


@given(customers(), st.integers(0, 5000))
def test_a_more_recent_purchase_never_raises_churn(customer: Histories, days: int) -> None:
    recency = float(customer.recency_days[0])
    newer = replace(customer, recency_days=np.array([max(0.0, recency - days)]))
    if customer.purchase_days[0] == 1:
        newer = replace(newer, first_days=newer.recency_days)
    assert risk(newer) <= risk(customer) + 1e-12


@given(customers(), st.sampled_from(["open_complaints", "negative_notes_90d", "churn_notes_90d"]))
def test_more_trouble_never_lowers_churn(customer: Histories, column: str) -> None:
    worse = replace(customer, **{column: getattr(customer, column) + 1})
    assert risk(worse) >= risk(customer)


@given(customers())
def test_a_longer_horizon_never_raises_churn(customer: Histories) -> None:
    longer = replace(TEAM, horizon_days=180)
    assert risk(customer, longer) <= risk(customer)


@given(customers())
def test_without_adjustments_only_order_dates_count(customer: Histories) -> None:
    bare = plain(customer.recency_days[0], int(customer.purchase_days[0]), customer.first_days[0])
    assert churn.probability(customer, TEAM, {}) == pytest.approx(churn.base_probability(bare, TEAM))


def test_an_open_complaint_adds_its_stated_log_odds() -> None:
    calm = plain(30, 5, 150)
    angry = replace(calm, open_complaints=np.array([1.0]))
    odds = [p / (1 - p) for p in (risk(calm), risk(angry))]
    assert odds[1] / odds[0] == pytest.approx(np.exp(0.5))


def test_the_team_rhythm_by_hand() -> None:
    regulars = Histories.of(
        {"recency_days": [0] * 25, "purchase_days": [3] * 25, "first_days": [70] * 25, "mean_gap_days": [35] * 25}
    )
    team = churn.rhythm(regulars)
    assert (team.gap_days, team.horizon_days, team.half_life_days) == (35, 90, 120)
    assert churn.rhythm(regulars, 30).horizon_days == 30


def test_a_small_team_takes_ninety_days() -> None:
    few = Histories.of({"recency_days": [0] * 19, "purchase_days": [3] * 19, "mean_gap_days": [300] * 19})
    assert churn.rhythm(few).horizon_days == 90
    assert churn.rhythm(Histories.of({})).horizon_days == 90


@given(customers())
def test_reasons_name_only_facts_that_hold(customer: Histories) -> None:
    found = reasons.reasons(customer, 0, TEAM)
    assert len(found) <= 3
    assert [reason.weight for reason in found] == sorted((reason.weight for reason in found), reverse=True)
    for reason in found:
        assert 0 < reason.weight <= 1
        assert all(np.isfinite(list(reason.numbers.values())))
        assert fact_holds(customer, reason.code, reason.numbers.get("count"))


def fact_holds(customer: Histories, code: str, count: float | None) -> bool:
    row = {name: float(getattr(customer, name)[0]) for name in vars(customer)}
    return {
        "own_rhythm": row["purchase_days"] >= 2 and row["recency_days"] > row["mean_gap_days"],
        "single_purchase": row["purchase_days"] == 1,
        "open_complaint": row["open_complaints"] == count,
        "negative_notes": row["negative_notes_90d"] == count,
        "churn_sign": row["churn_notes_90d"] == count,
        "order_drop": row["previous_year_fen"] > 0 and row["net_fen_year"] <= row["previous_year_fen"] / 2,
        "silence": row["days_since_contact"] > 60 and row["recency_days"] > 60,
    }[code]


def test_a_customer_on_time_without_trouble_has_no_reasons() -> None:
    happy = Histories.of(
        {"recency_days": [5], "purchase_days": [13], "first_days": [365], "mean_gap_days": [30], "net_fen_year": [900]}
    )
    assert reasons.reasons(happy, 0, TEAM) == ()


def test_the_heaviest_reason_comes_first() -> None:
    late = Histories.of(
        {
            "recency_days": [5, 120],
            "purchase_days": [11, 11],
            "first_days": [305, 420],
            "mean_gap_days": [30, 30],
            "longest_gap_days": [45, 45],
            "churn_notes_90d": [0, 1],
            "negative_notes_90d": [0, 1],
        }
    )
    first, second, third = reasons.reasons(late, 1, TEAM)
    assert [first.code, second.code, third.code] == ["own_rhythm", "churn_sign", "negative_notes"]
    assert first.numbers == {"mean_gap_days": 30, "longest_gap_days": 45, "recency_days": 120, "purchase_days": 11}
    assert second.weight == pytest.approx(0.2, abs=0.05)


def test_who_never_bought_gets_that_reason() -> None:
    (only,) = reasons.reasons(Histories.of({"purchase_days": [0]}), 0, TEAM)
    assert only.code == "never_bought"
