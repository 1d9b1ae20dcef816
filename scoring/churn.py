"""How likely a customer is not to buy within the horizon, from order dates alone, with stated adjustments for notes.

The model is a Gamma-Poisson whose evidence fades: repeat purchase days count as orders, days under observation as
exposure, both halved with every half-life; the population is the prior. It needs no labels, no fitting by search and
no minimum number of orders, and can be recomputed by hand:

    decay    w = ln 2 / half_life
    orders   D = 0 with one purchase day, else e^(-w r) + (n - 2) (e^(-w r) - e^(-w t)) / (w (t - r))
    exposure E = (1 - e^(-w t)) / w
    prior    a = 0.5, b = a (sum of E + 90) / (sum of D + 1), summed over all customers with a purchase day
    horizon  H = (1 - e^(-w h)) / w
    base     p = ((b + E) / (b + E + H)) ^ (a + D)
    lateness log-odds of p + 0.4 ln(r / 2g) with three purchase days or more and r > 2g, g = max(7, (t - r) / (n - 1))

with r recency, t age of the first purchase day, n purchase days, h horizon, all in days. The last purchase day counts
by its own age, those between are taken as spread evenly (exact dates gave the same AUC to 0.002), the first one opens
the observation and does not count. The 90 and 1 are one imagined repeat order in 90 days: they matter for a team of
five and vanish for a team of a thousand. Lateness is what the Poisson cannot know: a customer of steady rhythm who is
more than twice the own mean gap late has a reason.

Source: the conjugate Gamma-Poisson with exponential forgetting (West & Harrison, Bayesian Forecasting and Dynamic
Models, 1997, discount factors); a = 0.5 and the half-life of 120 days had the best summed log-loss on *earlier* windows
of CDNOW (before 1997-07-01) and Online Retail (before 2011-06-11), and 0.4 for lateness lowered it further (AUC among
regulars +0.008 and +0.007); `python -m benchmarks scoring` measures the later windows.

For what is not in the order dates the log-odds are raised by ADJUSTMENTS. These are set by judgement: no public data
holds notes and orders, so they are switched off by passing `adjustments={}` and are to be judged by a backtest on the
team's own data.
Who never bought has probability 1.0: nothing speaks for a purchase.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from scoring.history import Column, Histories

PRIOR_ORDERS = 0.5
LEAST_HALF_LIFE_DAYS = 120.0
LATENESS, LATE_GAPS, LEAST_GAP_DAYS, REGULAR_DAYS = 0.4, 2.0, 7.0, 3
IMAGINED_ORDERS, IMAGINED_DAYS = 1.0, 90.0
DEFAULT_HORIZON_DAYS = 90
LEAST_REGULARS = 20
"""Customers with three purchase days or more that a team needs before its own rhythm is used."""
SILENT_DAYS = 60.0
DROP_SHARE = 0.5


@dataclass(frozen=True)
class Adjustment:
    """Log-odds added per occurrence, up to a number of occurrences."""

    log_odds: float
    at_most: int


ADJUSTMENTS: Mapping[str, Adjustment] = MappingProxyType(
    {
        "open_complaint": Adjustment(0.5, 2),
        "negative_notes": Adjustment(0.3, 3),
        "churn_sign": Adjustment(0.8, 2),
        "order_drop": Adjustment(0.3, 1),
        "silence": Adjustment(0.2, 1),
    }
)


@dataclass(frozen=True)
class Rhythm:
    """What a team's customers have in common: the horizon and the prior of the churn model."""

    horizon_days: int
    half_life_days: float
    prior_orders: float
    prior_days: float
    gap_days: float | None
    """Median over customers with three purchase days or more of their mean gap; None with fewer than 20 of them."""


def rhythm(histories: Histories, horizon_days: int | None = None) -> Rhythm:
    """The team's rhythm is known.

    Without a wish the horizon is two median gaps, rounded up to whole 30 days, within 30 to 360; 90 days for a team
    with fewer than 20 customers of three purchase days or more. The half-life is two median gaps, 120 days at least.
    """
    regular = (histories.purchase_days >= REGULAR_DAYS) & np.isfinite(histories.mean_gap_days)
    gap = float(np.median(histories.mean_gap_days[regular])) if regular.sum() >= LEAST_REGULARS else None
    half_life = max(LEAST_HALF_LIFE_DAYS, 2 * gap) if gap else LEAST_HALF_LIFE_DAYS
    own = DEFAULT_HORIZON_DAYS if gap is None else int(np.clip(30 * np.ceil(2 * gap / 30), 30, 360))
    orders, exposure = _evidence(histories, half_life)
    bought = histories.bought()
    days = PRIOR_ORDERS * (exposure[bought].sum() + IMAGINED_DAYS) / (orders[bought].sum() + IMAGINED_ORDERS)
    return Rhythm(horizon_days or own, half_life, PRIOR_ORDERS, float(days), gap)


def probability(
    histories: Histories, team: Rhythm, adjustments: Mapping[str, Adjustment] = ADJUSTMENTS
) -> npt.NDArray[np.float64]:
    """Probabilities of no purchase within `team.horizon_days`, shape (n_customers,), each in [0, 1] and never nan."""
    base = base_probability(histories, team)
    log_odds = sum((adjustment_log_odds(histories, code, rule) for code, rule in adjustments.items()), np.zeros(1))
    return shifted(base, log_odds)


def base_probability(histories: Histories, team: Rhythm) -> npt.NDArray[np.float64]:
    """The closed form of the module's docstring, before adjustments; uses only order dates."""
    orders, exposure = _evidence(histories, team.half_life_days)
    decay = np.log(2) / team.half_life_days
    ahead = -np.expm1(-decay * team.horizon_days) / decay
    seen = team.prior_days + exposure
    no_purchase = np.exp((team.prior_orders + orders) * np.log(seen / (seen + ahead)))
    return np.where(histories.bought(), shifted(no_purchase, _lateness(histories)), 1.0)


def occurrences(histories: Histories, code: str) -> Column:
    """How often the fact that `code` names holds, shape (n_customers,).

    order_drop: three purchase days or more, and at most half of the net money of the year before. silence: no contact
    and no purchase for more than 60 days; unknown contact is no silence. Raises: KeyError for an unknown code.
    """
    match code:
        case "open_complaint":
            return histories.open_complaints
        case "negative_notes":
            return histories.negative_notes_90d
        case "churn_sign":
            return histories.churn_notes_90d
        case "order_drop":
            before = histories.previous_year_fen
            dropped = (before > 0) & (histories.net_fen_year <= DROP_SHARE * before)
            return (dropped & (histories.purchase_days >= REGULAR_DAYS)).astype(np.float64)
        case "silence":
            quiet = np.fmin(histories.days_since_contact, histories.recency_days)
            return (np.isfinite(histories.days_since_contact) & (quiet > SILENT_DAYS)).astype(np.float64)
    raise KeyError(code)


def adjustment_log_odds(histories: Histories, code: str, rule: Adjustment) -> Column:
    """Log-odds that the fact adds, shape (n_customers,)."""
    return rule.log_odds * np.minimum(occurrences(histories, code), rule.at_most)


def shifted(probabilities: Column, log_odds: Column) -> Column:
    """Probabilities moved by log-odds; 0 and 1 stay what they are.

    >>> shifted(np.array([0.5, 1.0]), np.array([np.log(3), 2.0]))
    array([0.75, 1.  ])
    """
    factor = np.exp(log_odds)
    return probabilities * factor / (1 - probabilities + probabilities * factor)


def _lateness(histories: Histories) -> Column:
    """Log-odds for being late against the own rhythm, shape (n_customers,)."""
    recency, first = np.nan_to_num(histories.recency_days), np.nan_to_num(histories.first_days)
    gap = np.maximum((first - recency) / np.maximum(histories.purchase_days - 1, 1), LEAST_GAP_DAYS)
    late = LATENESS * np.log(np.maximum(recency / (LATE_GAPS * gap), 1.0))
    return np.where(histories.purchase_days >= REGULAR_DAYS, late, 0.0)


def _evidence(histories: Histories, half_life_days: float) -> tuple[Column, Column]:
    """Faded repeat orders D and faded exposure E, each of shape (n_customers,), zero for who never bought."""
    decay = np.log(2) / half_life_days
    recency, first = np.nan_to_num(histories.recency_days), np.nan_to_num(histories.first_days)
    latest, span = np.exp(-decay * recency), decay * (first - recency)
    between = latest * np.where(span > 0, -np.expm1(-span) / np.where(span > 0, span, 1.0), 1.0)
    repeat = latest + np.maximum(histories.purchase_days - 2, 0) * between
    return np.where(histories.purchase_days >= 2, repeat, 0.0), -np.expm1(-decay * first) / decay
