"""The tiers of a team as a setting: what is typed, what is stored, what holds."""

from __future__ import annotations

from dataclasses import dataclass

from crm.setting_kinds import Refused
from nlp import lazy
from nlp.fields import money
from scoring import tiers
from scoring.tiers import Tier, TiersNotAscending

MOST, LONGEST_NAME = 6, 8
_PART = lazy.regex(r"[，,;；、\n]+")
_NAME = lazy.regex(r"^\s*([\u4e00-\u9fffA-Za-z]{1,12}?(?:卡|级|员|客户)?(?:VIP)?\d?)(?=[\s:：=\d¥￥]|$)")
_DAYS = lazy.regex(r"(\d{1,3})\s*(?:单|天|次)")


@dataclass(frozen=True, slots=True)
class Tiers:
    """Names with the net money of 365 days and the order days that they ask for."""

    def check(self, value: object) -> tuple[Tier, ...]:
        """As in setting_kinds.Kind."""
        if not isinstance(value, list | tuple):
            raise Refused("tiers")
        try:
            found = [one if isinstance(one, Tier) else Tier(str(one[0]), int(one[1]), int(one[2])) for one in value]
        except (TypeError, ValueError, IndexError, KeyError) as error:
            raise Refused("tiers") from error
        return _checked(found)

    def dump(self, value: object) -> object:
        """As in setting_kinds.Kind."""
        return [[one.name, one.least_fen, one.least_purchase_days] for one in self.check(value)]

    def read(self, typed: str) -> tuple[Tier, ...]:
        """As in setting_kinds.Kind: 普卡，银卡 1万 2单，金卡 5万 4单.

        >>> [(tier.name, tier.least_fen, tier.least_purchase_days) for tier in Tiers().read("普卡，银卡 1万 2单")]
        [('普卡', 0, 0), ('银卡', 1000000, 2)]
        """
        return _checked([_one(part) for part in _PART.split(typed.strip()) if part.strip()])


def _one(part: str) -> Tier:
    name = _NAME.match(part)
    if name is None:
        raise Refused("tiers")
    rest = part[name.end() :]
    days = _DAYS.search(rest)
    if days:
        rest = rest[: days.start()] + rest[days.end() :]
    bare = rest.strip(" \t:：=≥>元")
    whole = [a.fen for a in money.find(bare) if (a.start, a.end) == (0, len(bare))]
    if bare and not whole:
        raise Refused("tiers")
    return Tier(name[1], whole[0] if whole else 0, int(days[1]) if days else 0)


def _checked(found: list[Tier]) -> tuple[Tier, ...]:
    if not 2 <= len(found) <= MOST:
        raise Refused("count", 2, MOST)
    if any(not 0 < len(one.name) <= LONGEST_NAME or one.least_fen < 0 or one.least_purchase_days < 0 for one in found):
        raise Refused("tiers")
    try:
        given = tiers.ordered(found)
    except TiersNotAscending as error:
        raise Refused("order") from error
    if (given[0].least_fen, given[0].least_purchase_days) != (0, 0):
        given = _checked([Tier("普卡"), *given]) if all(one.name != "普卡" for one in given) else given
    return tuple(given)
