"""Value, quintiles and tiers by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring import lives, purchases, rfm, tiers, value
from scoring.lives import Window
from scoring.repeat_purchase import RepeatPurchase
from scoring.tiers import Event, Tier
from scoring.value import Expected

MODEL = RepeatPurchase(k=1, r=0.8, alpha=40.0, a=1.2, b=3.0)
CUTOFF = 734_000


def test_an_amount_is_shrunk_to_the_population_by_its_credibility() -> None:
    who = ["a"] * 4 + ["b"] * 4 + ["c"]
    days = [CUTOFF - 10 * n for n in (1, 2, 3, 4, 1, 2, 3, 4, 1)]
    bought = purchases.gather(who, days, [90.0, 110, 95, 105, 10, 30, 15, 25, 20])
    facts = lives.known(bought, Window(CUTOFF, 90, CUTOFF - 100))
    amounts = value.amount(bought, facts)
    assert 60 < amounts[0] < 100
    assert 20 < amounts[1] < 60
    assert amounts[2] > amounts[1], "one order says less than four: it is shrunk more"


def test_lifetime_value_is_discounted_and_grows_with_its_days() -> None:
    bought = purchases.gather(["a"] * 5, [CUTOFF - n for n in (1, 20, 40, 60, 80)], [100.0] * 5)
    facts = lives.known(bought, Window(CUTOFF, 90, CUTOFF - 100))
    amounts = np.array([100.0])
    year, two = (value.lifetime(MODEL, facts, amounts, days=days).mean[0] for days in (365, 730))
    free = value.lifetime(MODEL, facts, amounts, days=365, yearly_discount=0.0)
    assert two > year
    assert free.mean[0] == pytest.approx(100 * MODEL.expected(facts.lives(), [365.0])[0][0])
    assert 0.9 * free.mean[0] < year < free.mean[0]
    half = value.lifetime(MODEL, facts, amounts, margins=0.5, days=365)
    assert half.mean[0] == pytest.approx(year / 2)


def test_money_ahead_is_number_times_amount() -> None:
    number = Expected(np.array([2.0]), np.array([0.0]), np.array([4.0]))
    assert value.money_ahead(number, np.array([50.0])) == Expected(
        np.array([100.0]), np.array([0.0]), np.array([200.0])
    )


def test_concentration_counts_the_fewest_that_make_four_fifths() -> None:
    found = value.concentration(np.array([50.0, 30.0, 10.0, 5.0, 5.0, -20.0, np.nan]))
    assert found is not None
    assert found.customers_of_80 == pytest.approx(2 / 5)
    assert found.largest == pytest.approx(0.5)
    assert found.shares[-1] == pytest.approx((1.0, 1.0))
    assert value.concentration(np.array([0.0, -5.0])) is None


def test_quintiles_have_their_cut_offs_and_ties_share_a_score() -> None:
    recency = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10, np.nan, 400])
    count = np.array([5.0] * 10 + [0, 3])
    money = np.array([10.0, 20, 30, 40, 50, 60, 70, 80, 90, 100, 0, 999])
    found = rfm.score(recency, count, money)
    assert found.recency.scores.tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0, 0]
    assert found.recency.cuts == (9.0, 7.0, 5.0, 3.0)
    assert found.frequency.scores.tolist() == [1] * 10 + [0, 0]
    assert found.monetary.cuts == (20.0, 40.0, 60.0, 80.0)
    assert found.total.tolist() == [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0]
    assert found.area.scores.tolist() == [0] * 12


def test_an_area_is_judged_by_its_other_customers() -> None:
    money = np.array([1000.0, 10, 10, 10])
    found = rfm.others_mean(["上海", "上海", "苏州", None], money, np.ones(4, dtype=bool))
    mean = money.mean()
    assert found.tolist() == pytest.approx([(10 + 5 * mean) / 6, (1000 + 5 * mean) / 6, mean, mean])


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=30))
def test_wild_money_has_scores_within_bounds(money: list[float]) -> None:
    size = len(money)
    found = rfm.score(np.arange(float(size)), np.ones(size), np.array(money), ["x"] * size, [None] * size)
    for column in (found.recency, found.frequency, found.monetary, found.area, found.industry):
        assert ((column.scores >= 1) & (column.scores <= 5)).all()


RULES: Sequence[Tier] = (Tier("普卡"), Tier("银卡", 1000, 2), Tier("金卡", 5000, 4))


@pytest.mark.parametrize(("money", "days", "place"), [(0, 0, 0), (999, 9, 0), (1000, 1, 0), (1000, 2, 1), (9000, 4, 2)])
def test_a_tier_takes_money_and_purchase_days(money: int, days: int, place: int) -> None:
    assert tiers.place_of(RULES, money, days) == place


def test_standing_tells_what_is_missing_and_what_is_near() -> None:
    found = tiers.standing(RULES, 4600, 4, before=0, leaving_fen=3700)
    assert (found.place, found.missing_fen, found.missing_purchase_days) == (1, 400, 0)
    assert found.events == (Event.UPGRADE, Event.DOWNGRADE_NEAR, Event.UPGRADE_NEAR)
    assert tiers.standing(RULES, 9000, 9, before=2).events == ()
    assert tiers.standing(RULES, 10, 9, before=2).events == (Event.DOWNGRADE,)


def test_rules_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(tiers.TiersNotAscending):
        tiers.ordered([Tier("a", 100, 5), Tier("b", 200, 1)])
    with pytest.raises(tiers.TiersNotAscending):
        tiers.ordered([Tier("a", 100), Tier("a", 200)])
    assert [tier.name for tier in tiers.ordered(reversed(RULES))] == ["普卡", "银卡", "金卡"]


def test_the_bounds_of_purchases_are_the_quantiles_of_the_negative_binomial() -> None:
    dice = np.random.default_rng(1)
    shape, chance, share = dice.gamma(0.5, 2.0, 2_000) + 0.01, dice.uniform(0.001, 0.999, 2_000), dice.random(2_000)
    assert (value._quantile(share, shape, chance) == stats.nbinom.ppf(share, shape, chance)).all()
