"""What a customer prefers: each way's share of all that was counted, in five levels.

0–20 % hardly, to 40 % sometimes, to 60 % normal, to 80 % rather, to 100 % strongly; a share on a bound is of the lower
level. Below three counted there is no share to speak of. Source: PRODUCT row C29.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEVELS = ((20, "hardly"), (40, "sometimes"), (60, "normal"), (80, "rather"), (100, "strongly"))
LEAST = 3


@dataclass(frozen=True, slots=True)
class Share:
    """How often one way was counted among all."""

    name: str
    count: int
    total: int

    @property
    def percent(self) -> float:
        """0 to 100."""
        return 100 * self.count / self.total if self.total else 0.0

    @property
    def level(self) -> str:
        """One of LEVELS.

        >>> Share("phone", 1, 5).level, Share("phone", 2, 5).level, Share("phone", 5, 5).level
        ('hardly', 'sometimes', 'strongly')
        """
        return next(level for bound, level in LEVELS if 100 * self.count <= bound * max(self.total, 1))


def shares(counts: Mapping[str, int]) -> list[Share]:
    """The ways that were counted, the most frequent first; equal ones in the order given."""
    total = sum(counts.values())
    found = [Share(name, count, total) for name, count in counts.items() if count]
    return sorted(found, key=lambda share: -share.count)
