"""What a cluster is like: its medians, how they stand to everybody's, a name and a strategy as codes for the chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from scoring.clusters import Clusters
from scoring.preparation import Prepared

Flags = npt.NDArray[np.bool_]


class Level(StrEnum):
    """Where the median of the cluster stands in the whole team, by fifths."""

    VERY_LOW = "very_low"
    LOW = "low"
    MIDDLE = "middle"
    HIGH = "high"
    VERY_HIGH = "very_high"


class Kind(StrEnum):
    """A name for the cluster; each has its strategy in STRATEGIES."""

    CHAMPIONS = "champions"
    LOYAL = "loyal"
    NEW = "new"
    SLEEPING_BIG = "sleeping_big"
    FADING = "fading"
    LOST = "lost"
    ORDINARY = "ordinary"


STRATEGIES = {
    Kind.CHAMPIONS: "keep_close",
    Kind.LOYAL: "raise_amount",
    Kind.NEW: "second_order",
    Kind.SLEEPING_BIG: "win_back_in_person",
    Kind.FADING: "ask_and_remind",
    Kind.LOST: "cheap_touch_only",
    Kind.ORDINARY: "steady_care",
}
LEVELS = tuple(Level)


@dataclass(frozen=True)
class Profile:
    """One cluster. `levels` and `medians` by column name; `marks` are the columns that set it apart, widest first."""

    number: int
    customers: int
    share: float
    money_share: float | None
    """Share of all money, if a column is named 'money'."""
    medians: dict[str, float]
    levels: dict[str, Level]
    marks: tuple[str, ...]
    kind: Kind
    strategy: str


def describe(prepared: Prepared, clusters: Clusters) -> list[Profile]:
    """The profile of every cluster, the largest first."""
    found = [_profile(prepared, number, clusters.labels == number) for number in clusters.numbers]
    return sorted((profile for profile in found if profile.customers), key=lambda profile: -profile.customers)


def _profile(prepared: Prepared, number: int, members: Flags) -> Profile:
    size = int(members.sum())
    medians = {
        name: float(np.median(prepared.raw[members, at])) if size else 0.0 for at, name in enumerate(prepared.columns)
    }
    places = {name: _place(prepared.raw[:, at], medians[name]) for at, name in enumerate(prepared.columns)}
    levels = {name: LEVELS[min(int(place * 5), 4)] for name, place in places.items()}
    marks = tuple(sorted(places, key=lambda name: -abs(places[name] - 0.5)))
    kind = _kind(levels)
    money = _money_share(prepared, members)
    return Profile(number, size, size / len(members), money, medians, levels, marks, kind, STRATEGIES[kind])


def _kind(levels: dict[str, Level]) -> Kind:
    """The name by recency_days, purchase_days and money; 'ordinary' where these are not among the columns."""
    quiet, often, money = (LEVELS.index(levels.get(name, Level.MIDDLE)) for name in COLUMNS)
    rich, recent, silent = max(often, money) >= 3, quiet <= 1, quiet >= 3
    if rich and recent:
        return Kind.CHAMPIONS if min(often, money) >= 3 and max(often, money) == 4 else Kind.LOYAL
    if rich and silent:
        return Kind.SLEEPING_BIG
    if rich:
        return Kind.LOYAL
    if recent:
        return Kind.NEW if often <= 1 else Kind.ORDINARY
    if silent:
        return Kind.LOST if max(often, money) <= 1 else Kind.FADING
    return Kind.ORDINARY


COLUMNS = ("recency_days", "purchase_days", "money")


def _money_share(prepared: Prepared, members: Flags) -> float | None:
    if "money" not in prepared.columns:
        return None
    money = np.maximum(prepared.raw[:, prepared.columns.index("money")], 0.0)
    return float(money[members].sum() / money.sum()) if money.sum() > 0 else 0.0


def _place(values: npt.NDArray[np.float64], value: float) -> float:
    """The middle of the places that the value takes among all, 0 to 1."""
    return float(((values < value).mean() + (values <= value).mean()) / 2)
