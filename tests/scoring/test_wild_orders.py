"""Whatever the orders are, every score is finite and in its range, and nothing raises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring import contributions, forecasts, next_orders, order_quality, orders_file, portfolio, value
from scoring.purchases import Column

TODAY = 734_000
WILD_AMOUNTS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.floats(-1000, 1000), st.just(0.0), st.just(5.0)
)
LINES = st.lists(
    st.tuples(st.integers(0, 12), st.integers(TODAY - 900, TODAY + 200), WILD_AMOUNTS), min_size=0, max_size=120
)
CELLS = st.text(max_size=20) | st.sampled_from(["2011-01-01", "5", "-3", "¥7", "1e999", "nan", "a", '"', "2011/13/1"])


def columns(lines: list[tuple[int, int, float]]) -> tuple[list[int], list[int], list[float]]:
    return [line[0] for line in lines], [line[1] for line in lines], [line[2] for line in lines]


def check(found: portfolio.Portfolio) -> None:
    """Every column is finite, ordered and in its range."""
    size = found.facts.rows.size
    assert ((found.purchase_probability >= 0) & (found.purchase_probability <= 1)).all()
    for expected in (found.number, found.money, found.lifetime):
        for column in vars(expected).values():
            assert column.shape == (size,)
            assert np.isfinite(column).all()
            assert (column >= 0).all()
        assert (expected.low <= expected.high).all()
    dates = found.next_order
    assert (dates.earliest <= dates.expected).all()
    assert (dates.expected <= dates.latest).all()
    assert (dates.latest <= found.horizon_days).all()
    for column in found.reasons.table.values():
        assert np.isfinite(column).all()
    alerts = forecasts.alerts(found.model, found.facts)
    assert len(set(alerts.tolist())) == alerts.size
    assert (found.facts.purchase_days[alerts] >= 3).all()
    assert found.model.method != "base_rate" or not alerts.size


@given(LINES, st.integers(1, 400) | st.none())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_wild_orders_give_finite_scores(lines: list[tuple[int, int, float]], horizon: int | None) -> None:
    check(portfolio.score(*columns(lines), TODAY, horizon))


@pytest.mark.parametrize(
    "amounts",
    [
        np.full(400, 7.0),
        np.r_[np.full(399, 1.0), 1e11],
        np.zeros(400),
        np.tile([10.0, -10.0], 200),
        np.full(400, np.nan),
    ],
    ids=["all equal", "one has nearly all", "all zero", "all given back", "unknown"],
)
def test_odd_money_gives_finite_scores(amounts: Column) -> None:
    rng = np.random.default_rng(3)
    check(portfolio.score(rng.integers(0, 80, 400), TODAY - rng.integers(0, 400, 400), amounts, TODAY, 60))


@pytest.mark.parametrize("customers", [0, 1, 2])
def test_few_customers_give_finite_scores(customers: int) -> None:
    who = np.arange(customers).repeat(3)
    check(portfolio.score(who, TODAY - 10 * np.arange(who.size), np.ones(who.size), TODAY))


def test_a_thousand_orders_in_one_second_are_one_purchase_day() -> None:
    found = portfolio.score(np.zeros(1000), np.full(1000, TODAY), np.ones(1000), TODAY)
    check(found)
    assert found.facts.purchase_days.tolist() == [1]
    assert found.facts.lines.tolist() == [1000]


def test_an_order_of_1900_does_not_stretch_the_history() -> None:
    rng = np.random.default_rng(5)
    who, days = rng.integers(0, 300, 3000), TODAY - rng.integers(0, 400, 3000)
    sane = portfolio.score(who, days, np.ones(3000), TODAY, 60)
    odd = portfolio.score(np.r_[who, 300], np.r_[days, 693_596], np.ones(3001), TODAY, 60)
    check(odd)
    assert odd.model.window.start >= sane.model.window.start - 1
    assert np.abs(odd.purchase_probability[:-1] - sane.purchase_probability).max() < 0.1


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=20))
@settings(max_examples=150, deadline=None)
def test_no_table_breaks_the_reader(rows: list[list[str]]) -> None:
    content = "\n".join(["customer_id,date,amount", *(",".join(row) for row in rows)]).encode("utf-8", "replace")
    lines = orders_file.read(content)
    assert len(lines.customers) == lines.days.size == lines.amounts.size
    assert not np.isinf(lines.amounts).any()
    list(order_quality.sentences(lines, TODAY))


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_reader(content: bytes) -> None:
    try:
        orders_file.read(b"customer_id,date,amount\n" + content)
        orders_file.read(content)
    except orders_file.NotATable:
        pass


def test_reasons_are_measured_on_the_model_that_speaks() -> None:
    rng = np.random.default_rng(11)
    who = rng.integers(0, 400, 3000)
    found = portfolio.score(who, TODAY - rng.integers(0, 500, 3000), np.ones(3000), TODAY, 60, explain=50)
    if found.model.method != "base_rate":
        whole = contributions.measure(found.model, found.purchases, found.facts)
        for fact, column in found.reasons.table.items():
            assert column == pytest.approx(whole.table[fact][found.explained])


def test_next_order_and_number_agree_about_who_buys_sooner_and_more() -> None:
    days = [TODAY - 300 + day for day in [*range(0, 300, 10), 0, 150, 290]] + [TODAY - 200] * 40
    who = ["often"] * 30 + ["rarely"] * 3 + [f"x{n}" for n in range(40)]
    found = portfolio.score(who, days, np.ones(73), TODAY, 90)
    names = [str(found.purchases.ids[row]) for row in found.facts.rows]
    often, rarely = names.index("often"), names.index("rarely")
    assert found.number.mean[often] > 2 * found.number.mean[rarely]
    assert found.next_order.expected[often] < found.next_order.expected[rarely]
    assert next_orders.LEAST_PURCHASE_DAYS == 3
    assert value.LIFETIME_DAYS == 730
