"""Clusters of customers: k chosen by silhouette among the stable ones, stability measured by bootstrap, names kept.

For each k from 4 to 7 (fewer customers than 300: from 2) the customers are parted, and twenty times a sample of the
same size is drawn with replacement, parted anew and everybody assigned; the adjusted Rand index (ARI) between the two
says how much of the partition is chance. Chosen is the k of the largest silhouette among those with a mean ARI of 0.95
or more and no cluster under 5 %; where none is stable, the one with the largest ARI of those without a tiny cluster,
and `stable` is False.

Source: Hubert & Arabie 1985 (ARI); Hennig, Computational Statistics & Data Analysis 52, 2007 (bootstrap stability);
Rousseeuw 1987 (silhouette); Kuhn 1955 (matching of labels to the last run's centres).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize
from threadpoolctl import threadpool_limits

from scoring import partitions
from scoring.partitions import Algorithm, Labels, Matrix, Partition, Start
from scoring.preparation import Prepared

LEAST_CUSTOMERS = 30
MANY, SIZES, FEW_SIZES = 300, (4, 5, 6, 7), (2, 3, 4, 5)
LEAST_ARI, LEAST_SHARE = 0.95, 0.05
BOOTSTRAPS = 20
BOOTSTRAPPED, SILHOUETTE_SAMPLE = 5_000, 2_000


class TooFewCustomers(ValueError):
    """Below 30 customers a cluster is an anecdote: `.args` are how many there are and how many it takes."""


@dataclass(frozen=True)
class Trial:
    """How one k did."""

    k: int
    silhouette: float
    ari: float
    least_ari: float
    smallest: float
    inertia: float

    @property
    def stable(self) -> bool:
        return self.ari >= LEAST_ARI and self.smallest >= LEAST_SHARE


@dataclass(frozen=True)
class Clusters:
    """Labels of shape (n_customers,): numbers that keep their meaning from run to run."""

    labels: Labels
    numbers: tuple[int, ...]
    """The label of each row of `centres`."""
    centres: Matrix
    names: tuple[str, ...]
    algorithm: Algorithm
    start: Start | None
    chosen: Trial
    trials: tuple[Trial, ...]
    centre_distances: Matrix
    """Euclidean, between the centres in scaled columns, shape (k, k)."""

    def record(self) -> dict[str, Any]:
        """What the next run needs to keep the labels, as plain JSON values."""
        return {"names": list(self.names), "numbers": list(self.numbers), "centres": self.centres.tolist()}


def find(
    prepared: Prepared,
    rng: np.random.Generator,
    algorithm: Algorithm = Algorithm.K_MEANS,
    k: int | None = None,
    last: dict[str, Any] | None = None,
) -> Clusters:
    """The clusters of a prepared table; `k` by the criterion above unless given, labels matched to `last`.

    Raises: TooFewCustomers below 30, or if no column varies.
    """
    table = prepared.table
    if len(table) < LEAST_CUSTOMERS or not prepared.names:
        raise TooFewCustomers(len(table) if prepared.names else 0, LEAST_CUSTOMERS)
    sizes = (k,) if k else SIZES if len(table) >= MANY else FEW_SIZES
    found = [(size, partitions.part(table, size, algorithm, rng)) for size in sizes]
    trials = [try_out(table, size, algorithm, partition, rng) for size, partition in found]
    best = _best(trials)
    partition = found[best][1]
    numbers = matched(partition.centres, prepared.names, last)
    return Clusters(
        labels=np.array(numbers, dtype=np.int64)[partition.labels],
        numbers=numbers,
        centres=partition.centres,
        names=prepared.names,
        algorithm=algorithm,
        start=partition.start,
        chosen=trials[best],
        trials=tuple(trials),
        centre_distances=partitions.distances(partition.centres, partition.centres),
    )


def try_out(table: Matrix, k: int, algorithm: Algorithm, whole: Partition, rng: np.random.Generator) -> Trial:
    """Silhouette and bootstrap stability of a partition."""
    from sklearn.metrics import adjusted_rand_score, silhouette_score  # 1 s at import

    few = table if len(table) <= BOOTSTRAPPED else table[rng.choice(len(table), BOOTSTRAPPED, replace=False)]
    labels = whole.predict(few)
    start = Start.RESTARTS if algorithm is Algorithm.K_MEANS else None
    indexes = []
    with threadpool_limits(1):
        for _ in range(BOOTSTRAPS):
            again = partitions.part(few[rng.integers(len(few), size=len(few))], k, algorithm, rng, start)
            indexes.append(float(adjusted_rand_score(labels, again.predict(few))))
        seen = few[rng.permutation(len(few))[:SILHOUETTE_SAMPLE]]
        parts = whole.predict(seen)
        distinct = len(np.unique(parts))
        silhouette = float(silhouette_score(seen, parts)) if 1 < distinct < len(seen) else 0.0
    return Trial(k, silhouette, float(np.mean(indexes)), min(indexes), whole.smallest, whole.inertia)


def matched(centres: Matrix, names: tuple[str, ...], last: dict[str, Any] | None) -> tuple[int, ...]:
    """A number for each centre: that of the last run's nearest one, each used once; new ones get new numbers.

    Without a last run, or one over other columns, the numbers go from 0.
    """
    if last is None or tuple(last["names"]) != names:
        return tuple(range(len(centres)))
    old = np.array(last["centres"], dtype=np.float64)
    rows, columns = optimize.linear_sum_assignment(partitions.distances(centres, old))
    known = {int(row): int(last["numbers"][column]) for row, column in zip(rows, columns, strict=True)}
    fresh = iter(range(max(last["numbers"]) + 1, max(last["numbers"]) + 1 + len(centres)))
    return tuple(known[row] if row in known else next(fresh) for row in range(len(centres)))


def _best(trials: list[Trial]) -> int:
    """The place of the trial that is chosen."""
    stable = [at for at, trial in enumerate(trials) if trial.stable]
    if stable:
        return max(stable, key=lambda at: trials[at].silhouette)
    return max(range(len(trials)), key=lambda at: (trials[at].smallest >= LEAST_SHARE, trials[at].ari))
