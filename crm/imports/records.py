"""A sheet and its mapping → the customers or orders in it, and the rows that cannot be used with the reason of each.

Runs in the worker process: everything here is plain data. Search keys are made here too, because they cost more than
writing them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from almanac.birthdays import Birthday
from crm import search_keys
from crm.customers import Profile
from crm.imports import columns, sheets, values
from nlp import fields

SAMPLE_ROWS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What a person needs to see before the columns are agreed on."""

    header: list[str]
    sample: list[list[str]]
    rows: int
    kind: str
    guesses: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used. `reason` is a code worded by handlers.texts; `cell` is what was in the way."""

    row: int
    reason: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the file has him, with his search keys."""

    row: int
    profile: Profile
    note: str
    keys: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OrderRow:
    """A line of the order file. `who` is the cell that names the customer, '' when only phones do."""

    row: int
    who: str
    phones: tuple[str, ...]
    on: date
    fen: int
    product: str | None
    quantity: float | None
    cost_fen: int | None = None


@dataclass(slots=True)
class Batch:
    """All rows of a file. `people` are the customers that the orders would make, by `who` or number."""

    customers: list[CustomerRow] = field(default_factory=list)
    orders: list[OrderRow] = field(default_factory=list)
    people: dict[str, CustomerRow] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)


def look(content: bytes, name: str) -> Look:
    """The header, the first rows, and what the columns are taken for.

    Raises: sheets.FileRefused
    """
    sheet = sheets.read(content, name)
    guesses = {kind: columns.guess(sheet, kind) for kind in columns.FIELDS}
    sample = [row for row in sheet.rows if any(row)][:SAMPLE_ROWS]
    return Look(sheet.header, sample, sum(any(row) for row in sheet.rows), columns.guess_kind(sheet), guesses)


def read(content: bytes, name: str, kind: str, mapping: Sequence[str], now: datetime) -> Batch:
    """The rows of the file under the mapping; `now` on the team's wall clock.

    Raises: sheets.FileRefused
    """
    sheet = sheets.read(content, name)
    batch = Batch()
    for at, row in enumerate(sheet.rows):
        if any(row):
            cells = {name: row[column] for column, name in enumerate(mapping) if name and column < len(row)}
            _take(batch, kind, at + sheet.first_row, cells, now)
    return batch


def error_file(content: bytes, name: str, reasons: Mapping[int, str]) -> bytes:
    """A .csv that Excel opens: the rows that were refused, as they are, with the reason in front.

    `reasons` are the words by row number. Raises: sheets.FileRefused
    """
    import csv
    import io

    sheet = sheets.read(content, name)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["行", "原因", *map(_harmless, sheet.header)])
    for row, words in sorted(reasons.items()):
        at = row - sheet.first_row
        if 0 <= at < len(sheet.rows):
            writer.writerow([row, words, *map(_harmless, sheet.rows[at])])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") and values.number(cell) is None else cell


def _take(batch: Batch, kind: str, row: int, cells: Mapping[str, str], now: datetime) -> None:
    if kind == "customers":
        made = _customer(row, cells, now)
        batch.customers.append(made) if isinstance(made, CustomerRow) else batch.bad.append(made)
        return
    order = _order(row, cells, now.date())
    if isinstance(order, Bad):
        batch.bad.append(order)
        return
    batch.orders.append(order)
    key = person_key(order)
    if key not in batch.people:
        batch.people[key] = _person(order)


def person_key(order: OrderRow) -> str:
    """What stands for the customer of the line within the file."""
    return order.who.lower() or order.phones[0]


def _phones(row: int, cell: str) -> list[str] | Bad:
    if values.is_rounded_phone(cell):
        return Bad(row, "rounded_phone", cell)
    found = values.phones(cell)
    return found if found or not cell else Bad(row, "phone", cell)


def _customer(row: int, cells: Mapping[str, str], now: datetime) -> CustomerRow | Bad:
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    name = values.plain(cells.get("name", "")) or cells.get("company", "") or ""
    if not name:
        return Bad(row, "no_name")
    born, note = _birthday(cells.get("birthday", ""), now), cells.get("note", "")
    if cells.get("birthday") and not born:
        note = f"{note} 生日：{cells['birthday']}".strip()
    name, nicknames = called(name)
    profile = Profile(
        name=name,
        nicknames=nicknames,
        phones=tuple(dict.fromkeys(numbers)),
        company=cells.get("company") or None,
        title=cells.get("title") or None,
        region=cells.get("region") or None,
        industry=cells.get("industry") or None,
        source=_source(cells.get("source", "")),
        wechat=cells.get("wechat") or None,
        email=cells.get("email") or None,
        birthdays=tuple(born),
    )
    return CustomerRow(row, profile, note, keys_of(profile))


def _source(cell: str) -> str | None:
    return (fields.source_of(cell) or cell) if cell else None


def _birthday(cell: str, now: datetime) -> list[Birthday]:
    found = values.birthday(cell, now) if cell else []
    return [Birthday(b.calendar, b.month, b.day, b.leap, b.year) for b in found]


def _order(row: int, cells: Mapping[str, str], today: date) -> OrderRow | Bad:
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    who = values.plain(cells.get("customer", ""))
    on, fen = values.day(cells.get("date", "")), values.fen(cells.get("amount", ""))
    if not who and not numbers:
        return Bad(row, "no_customer")
    if on is None:
        return Bad(row, "date", cells.get("date", ""))
    if on > today:
        return Bad(row, "future", cells.get("date", ""))
    if fen is None:
        return Bad(row, "amount", cells.get("amount", ""))
    quantity, cost = values.number(cells.get("quantity", "")), values.fen(cells.get("cost", ""))
    return OrderRow(row, who, tuple(numbers), on, fen, cells.get("product") or None, quantity, cost)


def _person(order: OrderRow) -> CustomerRow:
    name, nicknames = called(order.who or order.phones[0])
    profile = Profile(name=name, nicknames=nicknames, phones=order.phones)
    return CustomerRow(order.row, profile, "", keys_of(profile))


def called(cell: str) -> tuple[str, tuple[str, ...]]:
    """The name of a customer known by a number alone, and the number as a nickname to find him by.

    >>> called("1"), called("张伟")
    (('客户 1', ('1',)), ('张伟', ()))
    """
    return (f"客户 {cell}", (cell,)) if re.fullmatch(r"[\d.-]+", cell) else (cell, ())


def keys_of(profile: Profile) -> list[tuple[str, str]]:
    """The search keys of a customer who is to be made."""
    return search_keys.of_customer(profile.name, profile.company, profile.nicknames, profile.phones, profile.wechat)


def first_reasons(bad: Iterable[Bad], limit: int) -> list[Bad]:
    """The first refused rows, in the order of the file."""
    return sorted(bad, key=lambda entry: entry.row)[:limit]
