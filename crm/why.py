"""The contributions of the model as stored reasons: code, weight in log-odds against a purchase, and the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from scoring import churn, groups
from scoring.history import Histories

if TYPE_CHECKING:
    from scoring.contributions import Usual
    from scoring.lives import Facts

SHOWN = 3


def told(pairs: Iterable[tuple[str, float]], facts: Facts, row: int, usual: Usual) -> list[dict[str, Any]]:
    """The reasons of the customer at `row` of the facts, with what their words need; weights > 0 speak against him."""
    days = float(facts.purchase_days[row])
    gap = facts.mean_gap()[row]
    numbers = {
        "recency_days": float(facts.recency[row]) - 1,  # the facts count from the end of today
        "purchase_days": days,
        "mean_gap_days": float(gap) if np.isfinite(gap) else 0.0,
        "last_gap_days": float(facts.last_gap[row]),
        "mean_fen": round(float(facts.money[row]) / days),
        "usual_fen": round(usual.money),
        "returned_fen": float(facts.returned[row]),
        "lines": round(float(facts.lines[row]) / days, 1),
        "usual_lines": round(usual.lines, 1),
    }
    return [
        {"code": code, "weight": round(-weight, 4), **{k: numbers[k] for k in NEEDED[code]}} for code, weight in pairs
    ]


NEEDED: Mapping[str, tuple[str, ...]] = {
    "long_silence": ("recency_days", "mean_gap_days", "purchase_days"),
    "recent_purchase": ("recency_days",),
    "single_purchase": ("recency_days",),
    "repeat_purchases": ("purchase_days",),
    "broken_habit": ("purchase_days", "recency_days"),
    "getting_rarer": ("mean_gap_days", "last_gap_days"),
    "getting_more_frequent": ("mean_gap_days", "last_gap_days"),
    "high_amounts": ("mean_fen", "usual_fen"),
    "low_amounts": ("mean_fen", "usual_fen"),
    "returns": ("returned_fen",),
    "large_orders": ("lines", "usual_lines"),
    "small_orders": ("lines", "usual_lines"),
}


def noted(histories: Histories, index: int, weights: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the notes say against the customer; weight 0 where the team's own past does not support the fact."""
    found = []
    for code, count, more in (
        ("open_complaint", histories.open_complaints[index], {}),
        ("churn_sign", histories.churn_notes_90d[index], {"window_days": 90.0}),
        ("negative_notes", histories.negative_notes_90d[index], {"window_days": 90.0}),
        (
            "silence",
            _silent(histories, index),
            {"contact_days": float(np.nan_to_num(histories.days_since_contact[index]))},
        ),
    ):
        if count > 0:
            weight = weights.get(code, {})
            log_odds = float(weight.get("log_odds", 0.0)) if weight.get("supported") else 0.0
            found.append({"code": code, "weight": round(log_odds * float(count), 4), "count": float(count), **more})
    return found


def against(orders: Iterable[dict[str, Any]], notes: Iterable[dict[str, Any]], limit: int = SHOWN) -> list[Any]:
    """What speaks against a purchase; open complaints and churn signs come first, whatever they weigh.

    A fact that sounds like a good sign is left to the page of the forecast, which shows on which side it weighs.
    """
    bad = [r for r in orders if r["weight"] > 0 and r["code"] in BAD and not _is_no_silence(r)]
    found = bad + [reason for reason in notes if reason["weight"] > 0 or reason["code"] in FIRST]
    return sorted(found, key=lambda reason: (reason["code"] not in FIRST, -reason["weight"], reason["code"]))[:limit]


def _is_no_silence(reason: Mapping[str, Any]) -> bool:
    """Days without an order that are no reason to call anybody: too few of them."""
    if reason["code"] not in SILENCES:
        return False
    return bool(reason["recency_days"] < groups.least_days(reason.get("purchase_days", 1)))


def heaviest(orders: Iterable[dict[str, Any]], notes: Iterable[dict[str, Any]], limit: int = SHOWN) -> list[Any]:
    """What moved the forecast most, for or against a purchase."""
    return sorted([*orders, *notes], key=lambda reason: (-abs(reason["weight"]), reason["code"]))[:limit]


BAD = frozenset(
    {"long_silence", "single_purchase", "broken_habit", "getting_rarer", "low_amounts", "small_orders", "returns"}
)
SILENCES = ("long_silence", "single_purchase", "broken_habit")
FIRST = ("open_complaint", "churn_sign")


def _silent(histories: Histories, index: int) -> float:
    return float(churn.occurrences(histories.row(index), "silence")[0])
