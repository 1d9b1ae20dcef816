"""Is a lead worth the time now: money, authority, need (MAN), desire and ability, each with the advice that follows.

What is unknown counts as 'no' for the case, and is listed as what to find out first.
Source: MAN, the eight combinations of the sales literature; desire and ability as PRODUCT row C07 names them. The days
until a decision are set by judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

Answer = bool | None
"""Yes, no or unknown."""

FACTS = ("money", "authority", "need")
LETTERS = ("M", "A", "N")
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "M+A+N": "close_now",
        "M+A+n": "awaken_need",
        "M+a+N": "reach_decider",
        "m+A+N": "arrange_payment",
        "M+a+n": "find_decider_then_need",
        "m+A+n": "watch_budget",
        "m+a+N": "keep_warm",
        "m+a+n": "let_go",
    }
)
DESIRE = ("interest", "involvement", "fit", "trust", "liking")
ABILITY = ("credit", "payment_plan")
STRONG, FAIR = 0.8, 0.5
DAYS: Mapping[tuple[str, str], int | None] = MappingProxyType(
    {
        ("strong", "strong"): 7,
        ("strong", "fair"): 14,
        ("fair", "strong"): 30,
        ("fair", "fair"): 45,
        ("strong", "weak"): 60,
        ("weak", "strong"): 90,
        ("fair", "weak"): 90,
        ("weak", "fair"): 120,
        ("weak", "weak"): None,
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """One of the eight combinations; capital = yes, small = no or unknown."""

    code: str
    advice: str
    unknown: tuple[str, ...]
    """What to find out first, in the order money, authority, need."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """How much a lead wants and can: shares of yes among the checkpoints, a level each, days until a decision."""

    desire: float
    ability: float
    desire_level: str
    """strong, fair or weak."""
    ability_level: str
    expected_days: int | None
    """None: not in sight."""
    next_step: str
    """The checkpoint to work on next: the first 'no' of desire, then of ability, then the first unknown; or 'close'."""


def qualify(money: Answer, authority: Answer, need: Answer) -> Case:
    """The case of a lead with its advice.

    >>> qualify(True, None, True)
    Case(code='M+a+N', advice='reach_decider', unknown=('authority',))
    """
    answers = (money, authority, need)
    code = "+".join(letter if answer else letter.lower() for letter, answer in zip(LETTERS, answers, strict=True))
    unknown = tuple(fact for fact, answer in zip(FACTS, answers, strict=True) if answer is None)
    return Case(code, ADVICE[code], unknown)


def readiness(answers: Mapping[str, Answer]) -> Readiness:
    """Desire and ability by the checkpoints of DESIRE and ABILITY; those not in `answers` are unknown."""
    desire, ability = _share(answers, DESIRE), _share(answers, ABILITY)
    levels = _level(desire), _level(ability)
    return Readiness(desire, ability, *levels, DAYS[levels], _next_step(answers))


def _share(answers: Mapping[str, Answer], points: tuple[str, ...]) -> float:
    return sum(answers.get(point) is True for point in points) / len(points)


def _level(share: float) -> str:
    return "strong" if share >= STRONG else "fair" if share >= FAIR else "weak"


def _next_step(answers: Mapping[str, Answer]) -> str:
    for wanted in (False, None):
        for point in (*DESIRE, *ABILITY):
            if answers.get(point) is wanted:
                return point
    return "close"
