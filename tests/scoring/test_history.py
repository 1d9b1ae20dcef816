"""Order lines become histories, checked by hand; whatever comes in, clean numbers stand."""

import doctest
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import churn, groups, history, orders
from scoring.history import COLUMNS, Histories, RaggedColumns

TODAY = 10_000


def one(*lines: tuple[int, int]) -> Histories:
    """The history of a customer with these (days ago, fen)."""
    days, amounts = [TODAY - ago for ago, _ in lines], [fen for _, fen in lines]
    return orders.summarize(["a"] * len(lines), days, amounts, TODAY)[1]


def values(histories: Histories, *names: str) -> list[float]:
    return [float(getattr(histories, name)[0]) for name in names]


def test_three_orders_by_hand() -> None:
    row = one((10, 500), (40, 300), (100, 200))
    assert values(row, "recency_days", "first_days", "purchase_days") == [10, 100, 3]
    assert values(row, "longest_gap_days", "mean_gap_days") == [60, 45]
    assert values(row, "net_fen_year", "previous_year_fen", "net_fen_total") == [1000, 0, 1000]


def test_two_orders_of_a_day_are_one_purchase_day() -> None:
    assert values(one((10, 500), (10, 300), (12, 1)), "purchase_days", "mean_gap_days") == [2, 2]


def test_a_return_on_the_day_cancels_the_day_and_a_later_return_only_the_money() -> None:
    same_day = one((10, 500), (10, -500), (50, 100))
    assert values(same_day, "recency_days", "purchase_days") == [50, 1]
    later = one((9, -500), (10, 500), (50, 100))
    assert values(later, "recency_days", "purchase_days", "net_fen_total") == [10, 2, 100]


def test_zero_amounts_and_orders_ahead_are_no_purchases() -> None:
    row = one((5, 0), (-3, 900), (20, 100))
    assert values(row, "recency_days", "purchase_days", "net_fen_total") == [20, 1, 100]
    only_ahead = one((-3, 900))
    assert np.isnan(only_ahead.recency_days[0])
    assert values(only_ahead, "purchase_days", "net_fen_total") == [0, 0]


def test_a_year_is_365_days_with_today() -> None:
    row = one((0, 1), (364, 10), (365, 100), (730, 1000), (731, 10000))
    assert values(row, "net_fen_year", "previous_year_fen", "net_fen_total") == [11, 1100, 11111]


def test_customers_come_in_ascending_order_without_mixing() -> None:
    ids, histories = orders.summarize([7, 3, 7, 3], [9_990, 9_900, 9_980, 9_950], [1, 2, 4, 8], TODAY)
    assert ids.tolist() == [3, 7]
    assert histories.recency_days.tolist() == [50, 10]
    assert histories.mean_gap_days.tolist() == [50, 10]
    assert histories.net_fen_total.tolist() == [10, 5]


def test_no_orders_are_no_customers() -> None:
    ids, histories = orders.summarize([], [], [], TODAY)
    assert len(ids) == 0
    assert groups.assign(histories).counts() == dict.fromkeys(groups.GROUPS, 0)


def test_ragged_columns_are_refused() -> None:
    with pytest.raises(RaggedColumns):
        Histories.of({"recency_days": [1, 2], "purchase_days": [1]})


def test_left_out_columns_are_unknown_or_zero() -> None:
    row = Histories.of({"recency_days": [5], "purchase_days": [1]})
    assert values(row, "first_days", "open_complaints", "net_fen_year") == [5, 0, 0]
    assert np.isnan(row.days_since_contact[0])


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-50, 900), st.integers(-10_000, 10_000)), min_size=1, max_size=40)
)
def test_a_summary_agrees_with_counting_one_by_one(lines: list[tuple[int, int, int]]) -> None:
    customers, ages, amounts = zip(*lines, strict=True)
    ids, histories = orders.summarize(customers, [TODAY - age for age in ages], amounts, TODAY)
    for index, customer in enumerate(ids):
        net: dict[int, int] = {}
        for who, age, fen in lines:
            if who == customer and age >= 0:
                net[age] = net.get(age, 0) + fen
        bought = sorted(age for age, fen in net.items() if fen > 0)
        gaps = [older - newer for newer, older in pairwise(bought)]
        expected = [
            bought[0] if bought else np.nan,
            len(bought),
            bought[-1] if bought else np.nan,
            sum(fen for age, fen in net.items() if age < 365),
            sum(net.values()),
            sum(fen for age, fen in net.items() if 365 <= age <= 730),
            max(gaps, default=np.nan),
            sum(gaps) / len(gaps) if gaps else np.nan,
        ]
        np.testing.assert_allclose(values(histories.row(index), *COLUMNS[:8]), expected)


anything = st.one_of(st.none(), st.floats(), st.integers(-(10**12), 10**12))


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, anything)), min_size=1, max_size=5))
def test_whatever_comes_in_no_score_is_nan_or_infinite(rows: list[dict[str, float | None]]) -> None:
    histories = Histories.of({name: np.array([row[name] for row in rows], dtype=float) for name in COLUMNS})
    result = groups.assign(histories)
    for column in (result.churn_probability, result.value_fen, result.recency_score, result.monetary_score):
        assert np.isfinite(column).all()
    assert ((result.churn_probability >= 0) & (result.churn_probability <= 1)).all()
    assert sum(result.counts().values()) == len(rows)
    assert np.isfinite([float(result.cutoffs.value_fen), result.cutoffs.rhythm.prior_days]).all()


def test_examples_hold() -> None:
    assert [doctest.testmod(module).failed for module in (history, orders, churn)] == [0, 0, 0]
