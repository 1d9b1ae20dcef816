"""What a layer is weighed by before it may go live, and how much worse it may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

TOLERANCES: Final[Mapping[str, float]] = {
    "intents_f1": 0.008,
    "topics_f1": 0.01,
    "sentiment_accuracy": 0.005,
    "urgent_f1": 0.01,
    "own": 0.005,
}
"""How far each score may lie below that of the version before. Source: benchmarks.learning, honest and poisoned teams.

The first four are those of writers the built-in model has not seen, on the delivered corpus; 'own' is the share of the
team's own answers told right by layers that had not learned from the note.
"""
FARTHEST: Final = 2.0
"""Tolerances that a layer may lie below the built-in model, however many versions led there."""
Own = Mapping[str, Sequence[float]]
"""Of each note of the team, by its key: the weight of the answers told right, and of all answers."""


def worse(scores: Mapping[str, float], reference: Mapping[str, float], built_in: Mapping[str, float]) -> str | None:
    """The first score that is too far below the version before or below the built-in model; None when none is."""
    for name, tolerance in TOLERANCES.items():
        least = max(reference[name] - tolerance, built_in[name] - FARTHEST * tolerance)
        if scores[name] < least:
            return name
    return None


def share(own: Own, keys: Sequence[str] | None = None) -> float:
    """The share of answers told right, of these notes or of all."""
    pairs = [own[key] for key in (own if keys is None else keys)]
    total = sum(weight for _, weight in pairs)
    return sum(right for right, _ in pairs) / total if total else 1.0
