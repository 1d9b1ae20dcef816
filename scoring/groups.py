"""Value x churn: the five groups, by a rule short enough to be checked by hand.

1. No value: no purchase day within the last 730 days (or ever), or nothing left of the last 730 days once returns are
   subtracted (net_fen_year + previous_year_fen <= 0). A zero-amount order is no purchase. These have no RFM scores (0).
2. High value: net_fen_year >= value_fen. With m customers that have value and net_fen_year > 0, sorted from the largest
   amount down, value_fen is the amount at place ceil(m / 5): the 80th percentile by nearest rank. Everyone who ties
   with that place is high too; who has value but nothing net in the last 365 days is low.
3. At risk: probability of no purchase within the horizon >= 0.5 (see scoring/churn.py). crm/scores.py leaves out who
   cannot be judged yet (is_early): who bought just now, or once within the quarter.

Membership is stable from run to run: with the groups of the last run (`previous`) a customer who was at risk stays so
until the probability is below the threshold by 0.05, one who was not becomes so only above it by 0.05; the same for
high value with a tenth of value_fen. Without them (a first run, a new customer) the thresholds are sharp.

Quintile scores 1 to 5 among customers with value: the four cut-offs are the values at places ceil(m k / 5), k = 1..4,
counted from the smallest; the score is one plus the number of cut-offs the customer lies strictly above, so ties share
a score. Recency is turned round: 5 is the most recent. Frequency is purchase days ever, monetary is net_fen_year.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from scoring import churn
from scoring.churn import Adjustment, Rhythm
from scoring.history import Column, Histories

WINDOW_DAYS = 365
VALUE_WINDOW_DAYS = 730
RHYTHM, ONCE_DAYS = 2, 91  # who has fewer purchase days is not late within a quarter: one order has no rhythm
HABIT, NEW_DAYS = 3, 30  # who has fewer purchase days than that is not late within so many days of the last one
LEAST_LATE_DAYS = 14  # nobody is late before: three orders in three days are no rhythm that could be broken
LEAST_DAYS = ((RHYTHM, ONCE_DAYS), (HABIT, NEW_DAYS))  # who has fewer purchase days than, is late from that day on

Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Cuts = tuple[float, ...]


class Group(StrEnum):
    """Value × churn: the five groups of customers."""

    HIGH_STABLE = "high_stable"
    HIGH_AT_RISK = "high_at_risk"
    LOW_STABLE = "low_stable"
    LOW_AT_RISK = "low_at_risk"
    NO_VALUE = "no_value"


GROUPS = tuple(Group)
"""The group of each code in `Assignment.groups`."""


@dataclass(frozen=True)
class Settings:
    """What a team may choose."""

    value_share: float = 0.2
    """Share of the customers with net money in the last 365 days that count as high value."""
    churn_probability: float = 0.5
    horizon_days: int | None = None
    """None: by the team's rhythm."""
    adjustments: Mapping[str, Adjustment] = field(default_factory=lambda: churn.ADJUSTMENTS)
    risk_margin: float = 0.05
    """Probability beyond the threshold that a change of risk takes, once a customer has a group."""
    value_margin: float = 0.1
    """Share of value_fen beyond it that a change of value takes."""


@dataclass(frozen=True)
class Cutoffs:
    """What the population decided; kept from the last full run to score one customer alone. All plain numbers."""

    value_fen: int
    """0 when nobody has net money in the window; then nobody is high."""
    churn_probability: float
    rhythm: Rhythm
    recency_cuts: Cuts = ()
    frequency_cuts: Cuts = ()
    monetary_cuts: Cuts = ()
    window_days: int = WINDOW_DAYS
    value_window_days: int = VALUE_WINDOW_DAYS

    @property
    def horizon_days(self) -> int:
        return self.rhythm.horizon_days

    def record(self) -> dict[str, Any]:
        """The cut-offs as plain JSON values, for `from_record`."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Self:
        """The cut-offs that `record` gave."""
        cuts = {name: tuple(value) for name, value in record.items() if name.endswith("_cuts")}
        return cls(**{**record, **cuts, "rhythm": Rhythm(**record["rhythm"])})


@dataclass(frozen=True)
class Assignment:
    """Columns of shape (n_customers,) and the cut-offs behind them."""

    groups: Codes
    """Indexes into GROUPS."""
    churn_probability: Column
    value_fen: Column
    """Net of returns over the last 365 days."""
    recency_score: Codes
    frequency_score: Codes
    monetary_score: Codes
    cutoffs: Cutoffs

    def group(self, index: int) -> Group:
        return GROUPS[int(self.groups[index])]

    def counts(self) -> dict[Group, int]:
        """Customers in each group, all five present."""
        return dict(zip(GROUPS, np.bincount(self.groups, minlength=len(GROUPS)).tolist(), strict=True))

    def money_fen(self) -> dict[Group, int]:
        """Net fen of the last 365 days in each group, all five present."""
        sums = np.bincount(self.groups, self.value_fen, len(GROUPS))
        return dict(zip(GROUPS, (int(total) for total in sums), strict=True))


def assign(
    histories: Histories,
    settings: Settings | None = None,
    cutoffs: Cutoffs | None = None,
    previous: Codes | None = None,
    probability: Column | None = None,
) -> Assignment:
    """Every customer is in one group, with churn probability and RFM scores.

    With `cutoffs` of an earlier full run the population is not looked at: so a single customer is scored. `previous`
    holds the group codes of the last run, shape (n_customers,), -1 where there is none. `probability` of no purchase
    replaces the one of scoring/churn.py, for who has a better one (scoring/forecasts.py).
    """
    settings = settings or Settings()
    cutoffs = cutoffs or find_cutoffs(histories, settings)
    if probability is None:
        probability = churn.probability(histories, cutoffs.rhythm, settings.adjustments)
    before = np.full(histories.n_customers, -1, dtype=np.int8) if previous is None else previous
    valued = has_value(histories)
    high_from = cutoffs.value_fen * _shift(before, (0, 1), (2, 3), settings.value_margin) + cutoffs.value_fen
    high = valued & (histories.net_fen_year > 0) & (histories.net_fen_year >= high_from) & (cutoffs.value_fen > 0)
    at_risk = probability >= cutoffs.churn_probability + _shift(before, (1, 3), (0, 2), settings.risk_margin)
    codes = np.where(valued, np.where(high, 0, 2) + at_risk, GROUPS.index(Group.NO_VALUE)).astype(np.int8)
    return Assignment(
        groups=codes,
        churn_probability=probability,
        value_fen=histories.net_fen_year,
        recency_score=_scores(-histories.recency_days, tuple(-cut for cut in cutoffs.recency_cuts), valued),
        frequency_score=_scores(histories.purchase_days, cutoffs.frequency_cuts, valued),
        monetary_score=_scores(histories.net_fen_year, cutoffs.monetary_cuts, valued),
        cutoffs=cutoffs,
    )


def is_early(histories: Histories) -> Flags:
    """Who bought just now, or once within the quarter, and nothing is told against him: too early to say he leaves.

    The forecast gives every first order about the odds of the team's others, until more follow, and takes days of
    silence after several orders in a week for a broken rhythm. One order has no rhythm to be late against: who bought
    a house, or a policy of a year, would be called lost a month later.
    """
    fewer = [histories.purchase_days < number for number, _ in LEAST_DAYS]
    least = np.select(fewer, [days for _, days in LEAST_DAYS], LEAST_LATE_DAYS)
    lately: Flags = np.nan_to_num(histories.recency_days, nan=ONCE_DAYS) < least
    quiet: Flags = (histories.open_complaints == 0) & (histories.churn_notes_90d == 0)
    return histories.bought() & lately & quiet


def least_days(purchase_days: float) -> int:
    """Before so many days since the last purchase nobody is late; the same rule as in `is_early`.

    >>> [least_days(number) for number in (1, 2, 3)]
    [91, 30, 14]
    """
    return next((days for number, days in LEAST_DAYS if purchase_days < number), LEAST_LATE_DAYS)


def without_early(assigned: Assignment, early: Flags) -> Assignment:
    """The groups; who is `early`, shape (n_customers,), is in the stable one of his value."""
    at_risk = np.isin(assigned.groups, (1, 3))
    return replace(assigned, groups=np.where(early & at_risk, assigned.groups - 1, assigned.groups).astype(np.int8))


def movements(before: Codes, now: Codes) -> npt.NDArray[np.int64]:
    """How many customers went from each group to each, shape (5, 5); who had no group (-1) is left out."""
    known = before >= 0
    pairs = before[known].astype(np.int64) * len(GROUPS) + now[known]
    return np.bincount(pairs, minlength=len(GROUPS) ** 2).reshape(len(GROUPS), len(GROUPS))


def _shift(before: Codes, inside: tuple[int, ...], outside: tuple[int, ...], margin: float) -> Column:
    """The threshold is lower for who is inside already and higher for who is not; shape (n_customers,)."""
    return np.where(np.isin(before, inside), -margin, np.where(np.isin(before, outside), margin, 0.0))


def has_value(histories: Histories) -> Flags:
    """Who has a purchase day within 730 days and something left of these days after returns."""
    recent = histories.bought() & (np.nan_to_num(histories.recency_days) <= VALUE_WINDOW_DAYS)
    return recent & (histories.net_fen_year + histories.previous_year_fen > 0)


def find_cutoffs(histories: Histories, settings: Settings) -> Cutoffs:
    """The cut-offs of this population."""
    valued = has_value(histories)
    money = histories.net_fen_year[valued]
    return Cutoffs(
        value_fen=_value_cutoff(money[money > 0], settings.value_share),
        churn_probability=settings.churn_probability,
        rhythm=churn.rhythm(histories, settings.horizon_days),
        recency_cuts=tuple(-cut for cut in _quintiles(-histories.recency_days[valued])),
        frequency_cuts=_quintiles(histories.purchase_days[valued]),
        monetary_cuts=_quintiles(money),
    )


def _value_cutoff(money: Column, share: float) -> int:
    if not money.size:
        return 0
    place = max(1, int(np.ceil(round(money.size * share, 9))))
    return int(np.partition(money, money.size - place)[money.size - place])


def _quintiles(values: Column) -> Cuts:
    if not values.size:
        return ()
    places = [-(-values.size * k // 5) - 1 for k in (1, 2, 3, 4)]
    ordered = np.sort(values)
    return tuple(float(ordered[place]) for place in places)


def _scores(values: Column, cuts: Cuts, valued: Flags) -> Codes:
    above = np.searchsorted(np.asarray(cuts, dtype=np.float64), np.nan_to_num(values), side="left")
    return np.where(valued, 1 + above, 0).astype(np.int8)
