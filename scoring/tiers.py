"""Tiers by the team's own rules: which one a customer has, what lifts it, and when it is about to be lost.

A tier asks for net money of the last 365 days and for a number of purchase days in them (either may be 0). A customer
has the highest tier whose demands are all met. A drop is near when the money that leaves the window within the next
`notice_days` would take the tier away if nothing new were bought.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

NOTICE_DAYS = 30


class TiersNotAscending(ValueError):
    """A higher tier asks for less than a lower one, or two tiers have one name; `.args[0]` is the tier."""


@dataclass(frozen=True, slots=True)
class Tier:
    """What the team asks for."""

    name: str
    least_fen: int = 0
    least_purchase_days: int = 0


DEFAULT = (
    Tier("普卡"),
    Tier("银卡", 10_000_00, 2),
    Tier("金卡", 50_000_00, 4),
    Tier("白金", 200_000_00, 6),
)


class Event(StrEnum):
    """What happened to a customer's tier, or is about to."""

    UPGRADE = "upgrade"
    DOWNGRADE = "downgrade"
    DOWNGRADE_NEAR = "downgrade_near"
    UPGRADE_NEAR = "upgrade_near"


NEAR_SHARE = 0.9
"""An upgrade is near with 90 % of its money and all of its purchase days."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer's tier by place in the rules, and what is missing for the next one (0 at the top)."""

    place: int
    missing_fen: int
    missing_purchase_days: int
    events: tuple[Event, ...]


def ordered(tiers: Iterable[Tier]) -> tuple[Tier, ...]:
    """The rules from the lowest up, the lowest asking for nothing. Raises: TiersNotAscending."""
    found = tuple(sorted(tiers, key=lambda tier: (tier.least_fen, tier.least_purchase_days)))
    for lower, higher in itertools.pairwise(found):
        same = (lower.least_fen, lower.least_purchase_days) == (higher.least_fen, higher.least_purchase_days)
        if higher.least_purchase_days < lower.least_purchase_days or same:
            raise TiersNotAscending(higher.name)
    if len({tier.name for tier in found}) < len(found):
        raise TiersNotAscending(found[-1].name)
    return found


def place_of(tiers: Sequence[Tier], money_fen: int, purchase_days: int) -> int:
    """The place of the highest tier whose demands are met; 0 if none is.

    >>> DEFAULT[place_of(DEFAULT, 60_000_00, 5)].name
    '金卡'
    """
    met = [
        at for at, tier in enumerate(tiers) if money_fen >= tier.least_fen and purchase_days >= tier.least_purchase_days
    ]
    return max(met, default=0)


def standing(
    tiers: Sequence[Tier],
    money_fen: int,
    purchase_days: int,
    *,
    before: int | None = None,
    leaving_fen: int = 0,
    leaving_days: int = 0,
) -> Standing:
    """Where a customer stands. `before`: the place at the last run; `leaving_*`: what leaves the window soon."""
    place = place_of(tiers, money_fen, purchase_days)
    above = tiers[place + 1] if place + 1 < len(tiers) else None
    events: list[Event] = []
    if before is not None and place != before:
        events.append(Event.UPGRADE if place > before else Event.DOWNGRADE)
    if place_of(tiers, money_fen - leaving_fen, purchase_days - leaving_days) < place:
        events.append(Event.DOWNGRADE_NEAR)
    if above is not None and money_fen >= NEAR_SHARE * above.least_fen and purchase_days >= above.least_purchase_days:
        events.append(Event.UPGRADE_NEAR)
    return Standing(
        place,
        max(0, above.least_fen - money_fen) if above else 0,
        max(0, above.least_purchase_days - purchase_days) if above else 0,
        tuple(events),
    )
