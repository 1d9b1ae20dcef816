"""What moves a customer's forecast most, measured on the model that made it.

Each fact is taken back in the order history itself and the forecast made again: the contribution of the fact is the
difference of the log-odds of buying, positive where the fact speaks for a purchase.

timing      the whole history is moved in time so that the last purchase is as old as usual: the customer's own mean
            gap with three purchase days or more, else the population's median
repetition  only the last purchase day is kept; who has one gets another at half its age
money       every purchase day has the population's median money
rhythm      the days between first and last are spread evenly
returns     nothing was given back
lines       every purchase day has the population's median number of lines
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from scoring import lives
from scoring.forecasts import Method, Model
from scoring.lives import Facts
from scoring.purchases import Column, Integers, Purchases

CODES = {
    "timing": ("recent_purchase", "long_silence"),
    "repetition": ("repeat_purchases", "single_purchase"),
    "money": ("high_amounts", "low_amounts"),
    "rhythm": ("getting_more_frequent", "getting_rarer"),
    "returns": ("returns", "returns"),
    "lines": ("large_orders", "small_orders"),
}
"""The name of each fact where it leans towards a purchase, and where it leans the other way.

Which of the two holds is read off the orders; what it weighs, and on which side, is the model's to say.
"""
BROKEN_HABIT = "broken_habit"
"""More than one purchase day, but the model expects less for it: the silence weighs more after a habit."""
LEAST = 0.02
"""Log-odds below which a fact is not worth a word."""
SHOWN = 3


@dataclass(frozen=True)
class Contributions:
    """Log-odds by fact, each of shape (n_buyers,), in the order of CODES; and which of its two names each fact has."""

    table: dict[str, Column]
    leans: dict[str, npt.NDArray[np.bool_]]

    def reasons(self, index: int, limit: int = SHOWN, against_only: bool = False) -> list[tuple[str, float]]:
        """Codes and log-odds of one customer, heaviest first; `against_only`: what speaks against a purchase."""
        weights = {fact: float(column[index]) for fact, column in self.table.items()}
        found = [(self._code(fact, index, weight), weight) for fact, weight in weights.items()]
        kept = [pair for pair in found if abs(pair[1]) >= LEAST and (pair[1] < 0 or not against_only)]
        return sorted(kept, key=lambda pair: (-abs(pair[1]), pair[0]))[:limit]

    def at(self, places: Integers) -> Contributions:
        """Those of the customers at these places."""
        leans = {fact: column[places] for fact, column in self.leans.items()}
        return Contributions({fact: column[places] for fact, column in self.table.items()}, leans)

    def _code(self, fact: str, index: int, weight: float) -> str:
        if fact == "repetition" and weight < 0 and self.leans[fact][index]:
            return BROKEN_HABIT
        return CODES[fact][0 if self.leans[fact][index] else 1]


@dataclass(frozen=True)
class Usual:
    """What is usual in the population."""

    recency: float
    money: float
    lines: float


def usual(facts: Facts) -> Usual:
    """The medians of who bought."""
    if not facts.rows.size:
        return Usual(1.0, 0.0, 1.0)
    columns = facts.recency, facts.money / facts.purchase_days, facts.lines / facts.purchase_days
    return Usual(*(float(np.median(column)) for column in columns))


def measure(model: Model, purchases: Purchases, facts: Facts, population: Usual | None = None) -> Contributions:
    """The contributions of every customer of `facts`; none where everybody gets the base rate.

    `population` is what is usual, where `purchases` and `facts` are those of some customers only.
    """
    if model.method is Method.BASE_RATE or not facts.rows.size:
        return Contributions({}, {})
    past, typical = purchases.before(model.window.cutoff), population or usual(facts)
    now = model.logits(facts)
    found = {}
    for fact, taken_back in TAKEN_BACK.items():
        other = lives.known(taken_back(past, facts, typical), model.window)
        found[fact] = now - model.logits(other)
    return Contributions(found, _leans(facts, typical))


def _leans(facts: Facts, typical: Usual) -> dict[str, npt.NDArray[np.bool_]]:
    return {
        "timing": facts.recency <= _usual_age(facts, typical),
        "repetition": facts.purchase_days > 1,
        "money": facts.money >= typical.money * facts.purchase_days,
        "rhythm": ~(facts.last_gap > facts.mean_gap()),
        "returns": facts.returned > 0,
        "lines": facts.lines >= typical.lines * facts.purchase_days,
    }


def _usual_age(facts: Facts, typical: Usual) -> Column:
    return np.where(facts.purchase_days >= 3, np.maximum(facts.mean_gap(), 1.0), typical.recency)


def _timing(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    usual_age = _usual_age(facts, typical)
    later = np.zeros(past.n_customers, dtype=np.int64)
    later[facts.rows] = np.round(facts.recency - usual_age).astype(np.int64)
    moved = np.clip(past.days + later[past.rows], facts.window.start, facts.window.cutoff - 1)
    return _merged(replace(past, days=moved))


def _repetition(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    last = np.append(np.diff(past.rows) != 0, True)[: past.rows.size]
    single = facts.purchase_days == 1
    middle = facts.window.cutoff - np.maximum(facts.recency[single] / 2, 1).astype(np.int64)
    rows = np.concatenate([past.rows[last], facts.rows[single]])
    days = np.concatenate([past.days[last], middle])
    order = np.lexsort((days, rows))
    money = np.concatenate([past.money[last], facts.last_money[single]])[order]
    lines = np.concatenate([past.lines[last], facts.last_lines[single]])[order]
    return _merged(replace(past, rows=rows[order], days=days[order], money=money, lines=lines))


def _money(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    return replace(past, money=np.full(past.money.size, typical.money))


def _rhythm(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    """Evenly spread days; where two fall on one day they are one."""
    count = np.bincount(past.rows, minlength=past.n_customers)
    place = np.arange(past.rows.size) - (np.cumsum(count) - count)[past.rows]
    first, last = (np.zeros(past.n_customers) for _ in range(2))
    last[past.rows] = past.days
    first[past.rows[::-1]] = past.days[::-1]
    share = place / np.maximum(count[past.rows] - 1, 1)
    days = np.round(first[past.rows] + share * (last - first)[past.rows]).astype(np.int64)
    return _merged(replace(past, days=days))


def _returns(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    return replace(past, returned=np.zeros(past.returned.size))


def _lines(past: Purchases, facts: Facts, typical: Usual) -> Purchases:
    return replace(past, lines=np.full(past.lines.size, typical.lines))


def _merged(past: Purchases) -> Purchases:
    """Neighbouring entries of one customer and day are one purchase day."""
    new = np.append(True, (np.diff(past.rows) != 0) | (np.diff(past.days) != 0))[: past.rows.size]
    starts = np.flatnonzero(new)
    money = np.add.reduceat(past.money, starts) if starts.size else past.money
    lines = np.add.reduceat(past.lines, starts) if starts.size else past.lines
    return replace(past, rows=past.rows[starts], days=past.days[starts], money=money, lines=lines)


TAKEN_BACK: dict[str, Callable[[Purchases, Facts, Usual], Purchases]] = {
    "timing": _timing,
    "repetition": _repetition,
    "money": _money,
    "rhythm": _rhythm,
    "returns": _returns,
    "lines": _lines,
}
