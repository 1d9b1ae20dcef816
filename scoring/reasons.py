"""Why a customer's churn probability is what it is: the facts that moved it most, each measured on the model itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from scoring import churn
from scoring.churn import Adjustment, Rhythm
from scoring.history import Histories

LEAST_WEIGHT = 0.005


@dataclass(frozen=True)
class Reason:
    """A fact that holds, and by how much the probability falls when it is taken away.

    Codes and their numbers: own_rhythm (mean_gap_days, longest_gap_days, recency_days, purchase_days),
    single_purchase (recency_days), never_bought (), open_complaint (count), negative_notes (count, window_days),
    churn_sign (count, window_days), order_drop (year_fen, previous_year_fen, drop_share), silence (contact_days).
    """

    code: str
    weight: float
    numbers: Mapping[str, float]


def reasons(
    histories: Histories,
    index: int,
    team: Rhythm | None = None,
    adjustments: Mapping[str, Adjustment] = churn.ADJUSTMENTS,
    limit: int = 3,
) -> tuple[Reason, ...]:
    """The heaviest reasons of one customer, heaviest first, ties by code; only facts that hold.

    `team` is the rhythm of the whole team (`assignment.cutoffs.rhythm`); without it, it is taken from `histories`.
    """
    row = histories.row(index)
    team = team or churn.rhythm(histories)
    if not row.bought()[0]:
        return (Reason("never_bought", 1.0, {}),)
    found = [*_order_reasons(row, team, adjustments), *_adjustment_reasons(row, team, adjustments)]
    found = [reason for reason in found if reason.weight >= LEAST_WEIGHT]
    return tuple(sorted(found, key=lambda reason: (-reason.weight, reason.code))[:limit])


def _order_reasons(row: Histories, team: Rhythm, adjustments: Mapping[str, Adjustment]) -> Iterator[Reason]:
    """Late against the own rhythm, or never came back: measured against the customer as if on time."""
    now = float(churn.probability(row, team, adjustments)[0])
    recency, gap = float(row.recency_days[0]), float(row.mean_gap_days[0])
    if row.purchase_days[0] < 2 and recency <= churn.LEAST_GAP_DAYS:
        return  # bought just now: nobody is late
    if row.purchase_days[0] < 2:
        on_time = replace(row, recency_days=np.zeros(1), first_days=np.zeros(1))
        numbers = {"recency_days": recency}
        yield Reason("single_purchase", now - float(churn.probability(on_time, team, adjustments)[0]), numbers)
    elif np.isfinite(gap) and recency > gap:
        on_time = replace(row, recency_days=np.array([gap]))
        yield Reason(
            "own_rhythm",
            now - float(churn.probability(on_time, team, adjustments)[0]),
            {
                "mean_gap_days": gap,
                "longest_gap_days": float(row.longest_gap_days[0]),
                "recency_days": recency,
                "purchase_days": float(row.purchase_days[0]),
            },
        )


def _adjustment_reasons(row: Histories, team: Rhythm, adjustments: Mapping[str, Adjustment]) -> Iterator[Reason]:
    now = churn.probability(row, team, adjustments)
    for code, rule in adjustments.items():
        log_odds = churn.adjustment_log_odds(row, code, rule)
        if log_odds[0] > 0:
            weight = float((now - churn.shifted(now, -log_odds))[0])
            yield Reason(code, weight, _numbers(row, code))


def _numbers(row: Histories, code: str) -> dict[str, float]:
    match code:
        case "order_drop":
            before, year = float(row.previous_year_fen[0]), float(row.net_fen_year[0])
            return {"year_fen": year, "previous_year_fen": before, "drop_share": min(1.0, 1 - year / before)}
        case "silence":
            return {"contact_days": float(row.days_since_contact[0])}
        case "open_complaint":
            return {"count": float(row.open_complaints[0])}
    return {"count": float(churn.occurrences(row, code)[0]), "window_days": 90.0}
