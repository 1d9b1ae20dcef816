"""K-means, Gaussian mixture and Ward on a scaled table, with three ways to choose the first centres.

Large tables are fitted on a sample of 20,000 customers; everybody is then assigned to the nearest centre (K-means,
Ward) or the likeliest component (mixture). Distances are Euclidean in the scaled columns.

Source: MacQueen 1967, Arthur & Vassilvitskii 2007 (restarts: k-means++ five times); Gonzalez 1985 (far apart: each next
centre is the customer farthest from those chosen); Ward 1963 (hierarchical sample: the clusters of 1,000 customers).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.cluster import hierarchy
from threadpoolctl import threadpool_limits

Matrix = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

FITTED = 20_000
SAMPLE = 1_000
RESTARTS = 5


class Algorithm(StrEnum):
    """How customers are parted."""

    K_MEANS = "k_means"
    MIXTURE = "gaussian_mixture"
    WARD = "ward"


class Start(StrEnum):
    """Where the first centres of K-means come from."""

    FAR_APART = "far_apart"
    HIERARCHICAL = "hierarchical"
    RESTARTS = "restarts"


@dataclass(frozen=True)
class Partition:
    """Labels 0 to k - 1 of shape (n_customers,), centres of shape (k, n_columns)."""

    labels: Labels
    centres: Matrix
    inertia: float
    """Mean squared distance to the own centre."""
    start: Start | None
    predict: Callable[[Matrix], Labels]

    @property
    def smallest(self) -> float:
        """Share of the smallest cluster."""
        return float(np.bincount(self.labels, minlength=len(self.centres)).min() / max(self.labels.size, 1))


def part(
    table: Matrix, k: int, algorithm: Algorithm, rng: np.random.Generator, start: Start | None = None
) -> Partition:
    """The customers in k clusters. K-means without `start` tries all three and keeps the smallest inertia."""
    sample = table if len(table) <= FITTED else table[rng.choice(len(table), FITTED, replace=False)]
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fewer distinct customers than clusters: the answer is still a partition
        if algorithm is Algorithm.MIXTURE:
            return _mixture(table, sample, k, rng)
        if algorithm is Algorithm.WARD:
            return _assigned(table, _ward_centres(sample, k, rng, FITTED // 10), None)
        found = [_k_means(table, sample, k, one, rng) for one in ([start] if start else list(Start))]
    return min(found, key=lambda partition: partition.inertia)


def nearest(table: Matrix, centres: Matrix) -> Labels:
    """The place of the nearest centre, shape (n_customers,)."""
    found: Labels = distances(table, centres).argmin(axis=1)
    return found


def distances(table: Matrix, centres: Matrix) -> Matrix:
    """Euclidean distances to the centres, shape (n_customers, k)."""
    square = (table**2).sum(axis=1)[:, None] - 2 * table @ centres.T + (centres**2).sum(axis=1)
    found: Matrix = np.sqrt(np.maximum(square, 0.0))
    return found


def _k_means(table: Matrix, sample: Matrix, k: int, start: Start, rng: np.random.Generator) -> Partition:
    from sklearn.cluster import KMeans  # 1 s at import that only clustering pays

    seed = int(rng.integers(2**31))
    first: Any = "k-means++"
    if start is Start.FAR_APART:
        first = _far_apart(sample, k)
    elif start is Start.HIERARCHICAL:
        first = _ward_centres(sample, k, rng, SAMPLE)
    times = RESTARTS if start is Start.RESTARTS else 1
    fitted = KMeans(k, init=first, n_init=times, random_state=seed).fit(sample)
    if len(table) > len(sample):  # one warm-started run over everybody ends where the sample pointed
        fitted = KMeans(k, init=fitted.cluster_centers_, n_init=1, max_iter=20, random_state=seed).fit(table)
    return _assigned(table, fitted.cluster_centers_, start)


def _mixture(table: Matrix, sample: Matrix, k: int, rng: np.random.Generator) -> Partition:
    from sklearn.mixture import GaussianMixture

    fitted = GaussianMixture(k, n_init=3, reg_covar=1e-3, random_state=int(rng.integers(2**31))).fit(sample)

    def predict(other: Matrix) -> Labels:
        return np.asarray(fitted.predict(other), dtype=np.int64)

    labels = predict(table)
    spread = ((table - fitted.means_[labels]) ** 2).sum(axis=1).mean()
    return Partition(labels, fitted.means_, float(spread), None, predict)


def _assigned(table: Matrix, centres: Matrix, start: Start | None) -> Partition:
    labels = nearest(table, centres)
    inertia = float(((table - centres[labels]) ** 2).sum(axis=1).mean())
    return Partition(labels, centres, inertia, start, lambda other: nearest(other, centres))


def _far_apart(sample: Matrix, k: int) -> Matrix:
    """The customer nearest to the mean, then always the one farthest from all chosen."""
    chosen = [int(((sample - sample.mean(axis=0)) ** 2).sum(axis=1).argmin())]
    near = ((sample - sample[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < k:
        chosen.append(int(near.argmax()))
        near = np.minimum(near, ((sample - sample[chosen[-1]]) ** 2).sum(axis=1))
    return sample[chosen]


def _ward_centres(sample: Matrix, k: int, rng: np.random.Generator, size: int) -> Matrix:
    few = sample if len(sample) <= size else sample[rng.choice(len(sample), size, replace=False)]
    labels = hierarchy.fcluster(hierarchy.linkage(few, "ward"), k, "maxclust") - 1
    found = [few[labels == label].mean(axis=0) for label in range(int(labels.max()) + 1)]
    while len(found) < k:  # fewer distinct customers than clusters
        found.append(few[len(found) % len(few)])
    return np.array(found)
