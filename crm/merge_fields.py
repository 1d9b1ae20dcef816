"""What the one record says after a merge: of each field the fuller value, else the newer one, unless told otherwise."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from crm.tables import Customer
from crm.tables.base import Instant
from nlp.likeness import firms, people

ASKED = ("name", "company", "title", "region", "address", "industry", "source", "wechat", "email", "gender")
BIRTHDAYS: Mapping[str, tuple[str, ...]] = {
    "solar": ("solar_month", "solar_day", "solar_year"),
    "lunar": ("lunar_month", "lunar_day", "lunar_year", "lunar_leap"),
}
LONGER_SAYS_MORE = ("title", "region", "address", "industry")
DEPTHS = ("business", "friend", "partner")
EITHER = ("no_contact", "bad_payer")  # what holds for one record holds for the person
# The record's own story, not the person's; owners follow crm.transfers.
OWN = (
    *("customer_id", "team_id", "owner_id", "assigned_at", "lead_rung", "updated_at", "deleted_at"),
    *("source_chat_id", "source_message_id", "source_text"),
)
_FULL_FIRST = {"full": 0, "latin": 1, "given": 2, "call": 3, "pet": 4, "none": 5}

_CALLS = {"call", "pet"}  # 老陈 says no more than 陈总: whichever record is kept is called as it was


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field in which the two differ. `takes_gone`: the value of the record that goes is taken."""

    name: str
    kept: Any
    gone: Any
    takes_gone: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Column → what the kept record will say; what was in doubt, in a fixed order."""

    values: dict[str, Any]
    conflicts: tuple[Conflict, ...]

    @property
    def mark(self) -> int:
        """A short number that changes with what is in doubt: a press on an older page is told by it."""
        told = repr([(one.name, one.kept, one.gone) for one in self.conflicts])
        return zlib.crc32(told.encode()) % 100_000


def plan(kept: Customer, gone: Customer, flips: int | None = 0) -> Plan:
    """The fields after the merge; bit n of `flips` takes the other value of the n-th conflict, None always ours."""
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for name in (*ASKED, *BIRTHDAYS):
        mine, theirs = _value(kept, name), _value(gone, name)
        if not theirs or (mine and _says_all(name, mine, theirs)):
            values[name] = mine
        elif not mine or _says_all(name, theirs, mine):
            values[name] = theirs
        else:
            flipped = bool((flips or 0) >> len(conflicts) & 1)
            takes_gone = flips is not None and _prefers_gone(kept, gone, name) != flipped
            conflicts.append(Conflict(name, mine, theirs, takes_gone))
            values[name] = theirs if conflicts[-1].takes_gone else mine
    return Plan(_spread(values) | _silent(kept, gone) | _nicknames(kept, gone, values["name"]), tuple(conflicts))


def _value(row: Customer, name: str) -> Any:
    if name not in BIRTHDAYS:
        return getattr(row, name)
    values = tuple(getattr(row, part) for part in BIRTHDAYS[name])
    return values if values[0] and values[1] else ()


def _says_all(name: str, one: Any, other: Any) -> bool:
    """True when the first says what the second says, perhaps more fully."""
    if not isinstance(one, str):
        return bool(one[:2] == other[:2] and one[3:] == other[3:] and (one[2] == other[2] or not other[2]))
    if one.casefold() == other.casefold():
        return True
    if name == "name":
        kinds = people.read(one).kind, people.read(other).kind
        return {*kinds} <= _CALLS or _FULL_FIRST[kinds[0]] < _FULL_FIRST[kinds[1]]
    if name == "company":
        return len(one) >= len(other) and firms.relation(firms.read(one), firms.read(other)) == "same"
    return name in LONGER_SAYS_MORE and other in one


def _prefers_gone(kept: Customer, gone: Customer, name: str) -> bool:
    """The newer record knows better; where a customer came from, the older."""
    return gone.created_at < kept.created_at if name == "source" else _is_newer(gone, kept)


def _is_newer(one: Customer, other: Customer) -> bool:
    return one.updated_at > other.updated_at


def _spread(values: dict[str, Any]) -> dict[str, Any]:
    """Birthdays as their columns."""
    spread = {name: value for name, value in values.items() if name not in BIRTHDAYS}
    for calendar, parts in BIRTHDAYS.items():
        if values[calendar]:
            spread |= dict(zip(parts, values[calendar], strict=True))
    return spread


def _silent(kept: Customer, gone: Customer) -> dict[str, Any]:
    """What nobody has to be asked about; a column that other rooms add is filled where it is empty."""
    values: dict[str, Any] = {name: bool(getattr(kept, name) or getattr(gone, name)) for name in EITHER}
    values["relation"] = max((kept.relation, gone.relation), key=lambda one: DEPTHS.index(one) if one in DEPTHS else 0)
    values["stage"] = _stage(kept, gone)
    values["created_at"] = min(kept.created_at, gone.created_at)
    values["mourning_until"] = max(filter(None, (kept.mourning_until, gone.mourning_until)), default=None)
    birthday = [part for parts in BIRTHDAYS.values() for part in parts]
    for column in Customer.__table__.columns:
        if column.name not in (*OWN, *ASKED, *birthday, "nicknames", *values) and getattr(kept, column.name) is None:
            values[column.name] = getattr(gone, column.name)
    return values


def _stage(kept: Customer, gone: Customer) -> str:
    """Who has bought has; nobody is lost whom one of us still talks to; else the newer one knows."""
    if "won" in (kept.stage, gone.stage):
        return "won"
    if "lead" in (kept.stage, gone.stage):
        return gone.stage if kept.stage == "lead" else kept.stage
    return gone.stage if _is_newer(gone, kept) else kept.stage


def _nicknames(kept: Customer, gone: Customer, name: str) -> dict[str, Any]:
    """Every other name that either had is a nickname: he is found by it."""
    names = {*(kept.nicknames or ()), *(gone.nicknames or ()), kept.name, gone.name} - {name}
    return {"nicknames": sorted(names)}


def written(row: Customer, values: Mapping[str, Any]) -> dict[str, Any]:
    """The row says so; column → [before, since] of what changed, as JSON holds it."""
    changed = {}
    for name, value in values.items():
        was = getattr(row, name)
        if was != value:
            setattr(row, name, value)
            changed[name] = [_plain(was), _plain(value)]
    return changed


def taken_back(row: Customer, changed: Mapping[str, Sequence[Any]]) -> None:
    """What still says what the merge made it say, says again what it said before."""
    for name, (was, since) in changed.items():
        if _plain(getattr(row, name)) == since:
            setattr(row, name, _typed(name, was))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _typed(name: str, value: Any) -> Any:
    kind = Customer.__table__.columns[name].type
    if value is None or not isinstance(value, str):
        return value
    if isinstance(kind, Instant):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if kind.python_type is date else value
