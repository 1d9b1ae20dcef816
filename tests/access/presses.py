"""The data of every button there is, made from its fields and the records that it points to."""

from __future__ import annotations

import dataclasses

from handlers import buttons
from tests.access import records, rules
from tests.access.records import Records

Kind = type[buttons.Press]


def fields_of(kind: Kind) -> list[str]:
    """The names of all fields of a button."""
    return [one.name for one in dataclasses.fields(kind)]  # type: ignore[arg-type]  # all are dataclasses


def records_of(kind: Kind) -> list[str]:
    """The fields that hold the id of a record."""
    return [name for name in fields_of(kind) if name in rules.RECORDS]


def record_in(kind: Kind, name: str) -> str:
    """Which kind of record the field points to."""
    record = rules.RECORD_OF.get((kind.code, name)) or rules.RECORDS[name]
    return f"draft:{rules.DRAFT_OF[kind.code]}" if record == "draft" else record


def data(kind: Kind, own: Records, points_to: Records | None = None, at: str | None = None) -> str:
    """Callback data whose records are `own`, but for the field `at`, or all of them without one: there it points to a
    record of `points_to`, or to one that does not exist."""
    parts = [kind.code]
    for place, name in enumerate(fields_of(kind)):
        if name in rules.RECORDS:
            whose = points_to if at in (None, name) else own
            parts.append(str(whose.ids[record_in(kind, name)] if whose is not None else records.NOBODY + place))
        else:
            parts.append(str(rules.PECULIAR.get(kind.code, {}).get(name, rules.VALUES[name])))
    return ":".join(parts)
