"""Which leads become customers: naive Bayes over plain facts, once there are outcomes, with the facts as reasons.

Each fact adds the logarithm of how much more often it was seen on leads that were won than on those lost (one imagined
lead on either side); the sum, from the share of won leads, is the score's log-odds. With ten facts or less and some
dozens of outcomes this is hard to beat, and every addend can be told. The area under the curve is measured by leaving
every lead out once, so that the score is never judged on what it has seen.

Source: Domingos & Pazzani, Machine Learning 29, 1997; Laplace's rule of succession.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring import ranking

LEAST_OUTCOMES, LEAST_OF_EACH = 30, 8
Facts = Mapping[str, str]
"""Plain values by name, e.g. {"source": "展会", "need": "yes"}; what is unknown is left out."""


class NotEnoughHistory(ValueError):
    """Too few outcomes: `.args` are outcomes, needed, the smaller side, needed of it."""


@dataclass(frozen=True, slots=True)
class Score:
    """Probability of winning, and the facts that moved it: (name, value, log-odds), heaviest first."""

    probability: float
    reasons: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True)
class Conversion:
    """Counts of values among won and lost leads."""

    won: int
    lost: int
    values: Mapping[tuple[str, str], tuple[int, int]]
    """(name, value) to how many won and lost leads have it."""
    known: Mapping[str, tuple[int, int, int]]
    """name to how many won and lost leads have a value, and how many values there are."""
    area: float = 0.5
    """By leaving one out."""

    def record(self) -> dict[str, Any]:
        """Plain values for storage, read by `from_record`."""
        return {
            "won": self.won,
            "lost": self.lost,
            "area": round(self.area, 4),
            "values": [[name, value, won, lost] for (name, value), (won, lost) in self.values.items()],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Conversion:
        """The score that `record` described."""
        values = {(name, value): (won, lost) for name, value, won, lost in record["values"]}
        return cls(record["won"], record["lost"], values, _known(values), record["area"])

    def score(self, facts: Facts) -> Score:
        """The score of a lead; values never seen say nothing."""
        found = [(name, value, self._weight(name, value, 0, 0)) for name, value in facts.items()]
        reasons = sorted((one for one in found if one[2]), key=lambda one: (-abs(one[2]), one[0]))
        total = _log_odds(self.won, self.lost) + sum(one[2] for one in found)
        return Score(_sigmoid(total), tuple(reasons[:3]))

    def log_odds_without(self, facts: Facts, won: bool) -> float:
        """The log-odds of one of the leads it learned from, as if it had not been seen."""
        here, there = int(won), int(not won)
        total = _log_odds(self.won - here, self.lost - there)
        return total + sum(self._weight(name, value, here, there) for name, value in facts.items())

    def _weight(self, name: str, value: str, won: int, lost: int) -> float:
        if (name, value) not in self.values:
            return 0.0
        seen, (known_won, known_lost, kinds) = self.values[name, value], self.known[name]
        among_won = (seen[0] - won + 1) / (known_won - won + kinds)
        among_lost = (seen[1] - lost + 1) / (known_lost - lost + kinds)
        return math.log(among_won / among_lost)


def learn(leads: Sequence[tuple[Facts, bool]]) -> Conversion:
    """The score learned from leads that ended. Raises: NotEnoughHistory below 30, or 8 won or lost."""
    won = sum(outcome for _, outcome in leads)
    fewer = min(won, len(leads) - won)
    if len(leads) < LEAST_OUTCOMES or fewer < LEAST_OF_EACH:
        raise NotEnoughHistory(len(leads), LEAST_OUTCOMES, fewer, LEAST_OF_EACH)
    counts: dict[bool, Counter[tuple[str, str]]] = {True: Counter(), False: Counter()}
    for facts, outcome in leads:
        counts[outcome].update(facts.items())
    seen = sorted(counts[True].keys() | counts[False].keys())
    values = {pair: (counts[True][pair], counts[False][pair]) for pair in seen}
    rough = Conversion(won, len(leads) - won, values, _known(values))
    unseen = np.array([rough.log_odds_without(facts, outcome) for facts, outcome in leads])
    area = ranking.area(unseen, np.array([outcome for _, outcome in leads]))
    return Conversion(rough.won, rough.lost, values, rough.known, area)


def _known(values: Mapping[tuple[str, str], tuple[int, int]]) -> dict[str, tuple[int, int, int]]:
    return {
        name: (
            sum(seen[0] for pair, seen in values.items() if pair[0] == name),
            sum(seen[1] for pair, seen in values.items() if pair[0] == name),
            sum(pair[0] == name for pair in values),
        )
        for name in {pair[0] for pair in values}
    }


def _log_odds(won: int, lost: int) -> float:
    return math.log((won + 1) / (lost + 1))


def _sigmoid(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
