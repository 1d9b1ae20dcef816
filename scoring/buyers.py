"""Who buys X: a small decision tree that can be read aloud, with how well it does on customers it has not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from scoring import ranking

LEAST_BUYERS, LEAST_CUSTOMERS = 10, 40
DEPTH = 3
FOLDS = 5


class NotEnoughHistory(ValueError):
    """Too few customers or buyers: `.args` are what is there and what is needed."""


@dataclass(frozen=True)
class Step:
    """A condition on the way to a leaf."""

    fact: str
    at_most: bool
    """True: the fact is at most the bound; False: above it."""
    bound: float


Path = tuple[Step, ...]


@dataclass(frozen=True)
class Leaf:
    """Customers that meet all conditions, and the share of them that bought."""

    steps: Path
    customers: int
    buyers: int

    @property
    def share(self) -> float:
        return self.buyers / self.customers


@dataclass(frozen=True)
class Tree:
    """Leaves by share, the keenest first; `area` is the area under the curve by five-fold cross-validation."""

    leaves: tuple[Leaf, ...]
    customers: int
    buyers: int
    area: float


def grow(facts: Sequence[str], table: npt.ArrayLike, bought: npt.ArrayLike, depth: int = DEPTH) -> Tree:
    """The tree over `table` of shape (n_customers, n_facts), for `bought` of shape (n_customers,).

    A leaf holds at least 5 % of the customers and 5 of them. Missing values count as the median.
    Raises: NotEnoughHistory below 40 customers, or 10 buyers or others.
    """
    values, labels = _filled(np.asarray(table, dtype=np.float64)), np.asarray(bought, dtype=bool)
    fewer = int(min(labels.sum(), labels.size - labels.sum()))
    if labels.size < LEAST_CUSTOMERS or fewer < LEAST_BUYERS:
        raise NotEnoughHistory(labels.size, LEAST_CUSTOMERS, fewer, LEAST_BUYERS)
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # 1 s at import
    from sklearn.tree import DecisionTreeClassifier

    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=max(5, labels.size // 20), random_state=0)
    with threadpool_limits(1):
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
        guessed = cross_val_predict(tree, values, labels, cv=folds, method="predict_proba")[:, 1]
        fitted = tree.fit(values, labels)
    where = fitted.apply(values)
    leaves = [
        Leaf(steps, int((where == leaf).sum()), int(labels[where == leaf].sum()))
        for leaf, steps in _walk(fitted.tree_, list(facts), 0, ())
    ]
    order = tuple(sorted(leaves, key=lambda leaf: -leaf.share))
    return Tree(order, labels.size, int(labels.sum()), ranking.area(guessed, labels))


def _walk(
    tree: Any, facts: Sequence[str], node: int, steps: tuple[Step, ...]
) -> Iterator[tuple[int, tuple[Step, ...]]]:
    left, right = int(tree.children_left[node]), int(tree.children_right[node])
    if left == right:
        yield node, _tightest(steps)
        return
    fact, bound = facts[int(tree.feature[node])], float(tree.threshold[node])
    yield from _walk(tree, facts, left, (*steps, Step(fact, True, bound)))
    yield from _walk(tree, facts, right, (*steps, Step(fact, False, bound)))


def _tightest(steps: Path) -> Path:
    """Of several bounds on one side of a fact only the last, which is the tightest."""
    kept = {(step.fact, step.at_most): step for step in steps}
    return tuple(kept.values())


def _filled(table: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    finite = np.where(np.isfinite(table), table, np.nan)
    known = np.isfinite(finite).any(axis=0)
    medians = np.zeros(table.shape[1])
    medians[known] = np.nanmedian(finite[:, known], axis=0)
    return np.where(np.isfinite(finite), finite, medians)
