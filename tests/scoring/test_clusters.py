"""Clusters: made ready, parted, measured, named, and the same from run to run."""

from __future__ import annotations

import numpy as np
import pytest

from scoring import cluster_profiles, clusters, partitions, preparation
from scoring.cluster_profiles import Kind, Level
from scoring.partitions import Algorithm, Start
from scoring.preparation import Matrix, Scaling

NAMES = ("recency_days", "purchase_days", "money")


def four_kinds(each: int = 100, seed: int = 1) -> Matrix:
    """Recent rich, recent poor, silent rich, silent poor; far apart."""
    rng = np.random.default_rng(seed)
    centres = np.array([[10, 30, 9000], [12, 2, 100], [400, 25, 7000], [420, 1, 80]])
    return np.vstack([rng.normal(centre, np.array([3, 0.5, 20]), (each, 3)) for centre in centres])


def test_holes_are_filled_extremes_capped_and_both_counted() -> None:
    table = np.column_stack([np.arange(100.0), np.r_[np.full(99, 5.0), 5.0], np.arange(100.0) ** 2])
    table[3, 0], table[4, 0], table[7, 2] = np.nan, np.inf, np.nan
    found = preparation.prepare(NAMES, table, Scaling.Z_SCORE)
    assert found.filled == {"recency_days": 2, "purchase_days": 0, "money": 1}
    assert found.capped["recency_days"] == 6
    assert found.left_out["purchase_days"] == "constant"
    assert np.isfinite(found.table).all()
    assert np.isfinite(found.raw).all()


@pytest.mark.parametrize("scaling", list(Scaling))
def test_every_scaling_makes_columns_comparable(scaling: Scaling) -> None:
    found = preparation.prepare(NAMES, four_kinds(), scaling)
    if scaling is Scaling.MIN_MAX:
        assert found.table.min() == 0
        assert found.table.max() == 1
    else:
        assert found.table.mean(axis=0) == pytest.approx(np.zeros(found.table.shape[1]), abs=1e-9)
        assert found.table.std(axis=0) == pytest.approx(np.ones(found.table.shape[1]))


def test_a_column_told_twice_is_left_out_as_collinear() -> None:
    rng = np.random.default_rng(2)
    one = rng.random(200)
    found = preparation.prepare(["a", "b", "c"], np.column_stack([one, rng.random(200), one * 2 + 1]))
    assert found.left_out == {"c": "collinear"}
    assert all(1 <= factor < 1.1 for factor in found.inflation.values())


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_kinds_that_are_far_apart_are_told_apart(algorithm: Algorithm) -> None:
    prepared = preparation.prepare(NAMES, four_kinds(), Scaling.Z_SCORE)
    found = clusters.find(prepared, np.random.default_rng(0), algorithm, k=4)
    for kind in range(4):
        assert len(set(found.labels[kind * 100 : kind * 100 + 100].tolist())) == 1
    assert found.chosen.ari > 0.95
    assert found.centre_distances.diagonal() == pytest.approx(np.zeros(4), abs=1e-6)


def test_k_is_chosen_and_each_cluster_has_its_name_and_strategy() -> None:
    prepared = preparation.prepare(NAMES, four_kinds(), Scaling.Z_SCORE)
    found = clusters.find(prepared, np.random.default_rng(0))
    assert found.chosen.k == 4
    assert found.chosen.stable
    profiles = cluster_profiles.describe(prepared, found)
    assert sum(profile.customers for profile in profiles) == 400
    kinds = {found.labels[at * 100]: kind for at, kind in enumerate(("champions", "new", "sleeping_big", "lost"))}
    assert {profile.number: str(profile.kind) for profile in profiles} == kinds
    lost = next(profile for profile in profiles if profile.kind is Kind.LOST)
    assert lost.levels["recency_days"] in (Level.HIGH, Level.VERY_HIGH)
    assert lost.strategy == "cheap_touch_only"
    assert sum(profile.money_share or 0 for profile in profiles) == pytest.approx(1)


def test_labels_keep_their_meaning_when_customers_come_in_another_order() -> None:
    table = four_kinds()
    prepared = preparation.prepare(NAMES, table, Scaling.Z_SCORE)
    first = clusters.find(prepared, np.random.default_rng(0), k=4)
    back = preparation.prepare(NAMES, four_kinds(seed=9)[::-1], Scaling.Z_SCORE)
    second = clusters.find(back, np.random.default_rng(5), k=4, last=first.record())
    assert second.labels[::-1].tolist() == first.labels.tolist()
    more = clusters.find(back, np.random.default_rng(5), k=5, last=first.record())
    assert set(more.numbers) == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("start", list(Start))
def test_every_way_to_start_ends_near_the_best(start: Start) -> None:
    table = preparation.prepare(NAMES, four_kinds(), Scaling.Z_SCORE).table
    best = partitions.part(table, 4, Algorithm.K_MEANS, np.random.default_rng(0)).inertia
    one = partitions.part(table, 4, Algorithm.K_MEANS, np.random.default_rng(1), start)
    assert one.start is start
    assert one.inertia == pytest.approx(best, rel=0.01)


def test_fewer_than_thirty_customers_are_refused_and_so_is_a_flat_table() -> None:
    with pytest.raises(clusters.TooFewCustomers) as refused:
        clusters.find(preparation.prepare(NAMES, four_kinds(7)), np.random.default_rng(0))
    assert refused.value.args == (28, 30)
    with pytest.raises(clusters.TooFewCustomers):
        clusters.find(preparation.prepare(NAMES, np.ones((50, 3))), np.random.default_rng(0))


def test_thirty_customers_of_two_sorts_get_clusters_without_a_fault() -> None:
    table = np.array([[1.0, 2.0, 3.0]] * 15 + [[9.0, 1.0, 0.0]] * 15)
    found = clusters.find(preparation.prepare(NAMES, table), np.random.default_rng(0))
    assert found.labels.shape == (30,)
    assert found.labels[0] != found.labels[-1]
