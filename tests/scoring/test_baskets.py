"""Item sets and rules against counting by hand; the real groceries; suggestions never offer what is barred."""

from __future__ import annotations

import gzip
import itertools
import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import baskets, buyers, suggestions

BASKETS = st.lists(st.sets(st.sampled_from("abcdef"), max_size=5), max_size=40)


@given(BASKETS, st.sampled_from([0.05, 0.2, 0.5]), st.sampled_from([0.2, 0.5, 0.8, 1.0]))
@settings(deadline=None)
def test_sets_and_rules_are_those_that_counting_finds(
    bought: list[set[str]], support: float, confidence: float
) -> None:
    full = [basket for basket in bought if basket]
    found = baskets.frequent(bought, support)
    least_baskets = max(Fraction(1), Fraction(str(support)) * len(full))
    counted = {
        items: number
        for size in range(1, 7)
        for items in itertools.combinations("abcdef", size)
        if (number := sum(basket >= set(items) for basket in full)) >= least_baskets
    }
    named = {tuple(found.items[place] for place in places): count for places, count in found.counts.items()}
    assert named == counted
    rules = {(rule.has, rule.also) for rule in found.rules(confidence)}
    least = Fraction(str(confidence))
    wanted = {
        (tuple(item for item in items if item != also), also)
        for items, number in counted.items()
        for also in items
        if len(items) > 1 and Fraction(number, counted[tuple(item for item in items if item != also)]) >= least
    }
    assert rules == wanted


def test_sixteen_of_twenty_is_a_confidence_of_four_fifths() -> None:
    bought = [{"tea", "milk"}] * 16 + [{"tea"}] * 4 + [{"bread"}] * 30
    rules = baskets.frequent(bought, 0.1).rules(0.8)
    assert [(rule.has, rule.also, rule.confidence) for rule in rules] == [
        (("milk",), "tea", 1.0),
        (("tea",), "milk", 0.8),
    ]
    assert rules[1].lift == pytest.approx(0.8 / (16 / 50))


def test_the_groceries_hold_exactly_the_rules_they_hold() -> None:
    folder = os.environ.get("SALES_DATA", "")
    path = Path(folder) / "groceries_baskets.txt.gz"
    if not folder or not path.is_file():
        pytest.skip("skipped: groceries_baskets.txt.gz, mhahsler/arules (set SALES_DATA)")
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        bought = [tuple(line.rstrip("\n").split("\t")) for line in rows]
    found = [len(baskets.frequent(bought, s).rules(c)) for s, c in ((0.01, 0.5), (0.006, 0.25), (0.001, 0.8))]
    assert found == [15, 463, 410]


def test_too_low_a_support_is_refused_by_name() -> None:
    with pytest.raises(baskets.TooManySets):
        baskets.frequent([set(range(30))] * 2, 0.5, largest=30)


@given(BASKETS, st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
@settings(deadline=None)
def test_what_is_owned_or_barred_is_never_suggested(bought: list[set[str]], owned: set[str], barred: set[str]) -> None:
    rules = baskets.frequent(bought, 0.05).rules(0.2)
    for found in suggestions.suggest(rules, owned, barred, limit=9):
        assert found.product not in owned | barred
        assert set(found.rule.has) <= owned - barred
        assert found.rule.lift > 1


def test_the_strongest_rule_is_the_reason() -> None:
    bought = [{"tea", "milk", "cup"}] * 8 + [{"tea", "milk"}] * 2 + [{"tea"}] * 10 + [{"bread"}] * 10
    rules = baskets.frequent(bought, 0.05).rules(0.3)
    best = suggestions.suggest(rules, {"tea", "milk"})[0]
    assert (best.product, best.rule.has, best.rule.confidence) == ("cup", ("milk",), 0.8)
    owners = [(1, {"tea"}), (2, {"tea", "milk"}), (3, {"cup"})]
    missing = suggestions.buyers_missing(rules, "cup", owners)
    assert [(customer, rule.confidence) for customer, rule in missing] == [(2, 0.8), (1, 0.4)]


def test_the_tree_says_who_buys_in_words_that_hold() -> None:
    rng = np.random.default_rng(1)
    table = np.column_stack([rng.integers(0, 400, 300), rng.integers(1, 30, 300), rng.random(300)]).astype(float)
    bought = (table[:, 1] > 12) & (table[:, 0] < 200)
    table[::17, 2] = np.nan
    tree = buyers.grow(["recency_days", "purchase_days", "noise"], table, bought)
    keenest = tree.leaves[0]
    assert keenest.share > 0.9
    assert {step.fact for step in keenest.steps} == {"recency_days", "purchase_days"}
    assert sum(leaf.customers for leaf in tree.leaves) == 300
    assert sum(leaf.buyers for leaf in tree.leaves) == bought.sum() == tree.buyers
    assert tree.area > 0.95


def test_too_few_buyers_grow_no_tree() -> None:
    with pytest.raises(buyers.NotEnoughHistory) as refused:
        buyers.grow(["x"], np.zeros((50, 1)), [True] * 5 + [False] * 45)
    assert refused.value.args == (50, 40, 5, 10)
