"""A sheet and its mapping → the customers or orders in it, and the rows that cannot be used with the reason of each.

Runs in the worker process: everything here is plain data. Search keys are made here too, because they cost more than
writing them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from almanac.birthdays import Birthday
from crm import search_keys
from crm.customers import Profile
from crm.imports import columns, sheets, values
from nlp import fields, lazy

SAMPLE_ROWS = 3
MOST_LOOKED_AT = 200  # rows, for a sample
NOTHING = frozenset(
    ("无", "没有", "暂无", "不详", "未知", "空", "-", "--", "—", "/", "\\", "n/a", "na", "none", "null", "nil")
)
JOINED = {"phone": "、", "name": ""}
_CLOSING = lazy.regex(
    r"(?:合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|sub)?(?:(?<=计)|(?:grand )?total)\s*[:：]?\s*[¥￥]?[\d.,]*$"
    r"|(?:制表|填表|审核|复核|打印|导出|备注|说明|注)[^:：]{0,4}[:：]",
    re.I,
)
_SPACED_NAME = lazy.regex("[一-鿿](?: [一-鿿]){1,3}")


@dataclass(frozen=True, slots=True)
class Look:
    """What a person needs to see before the columns are agreed on."""

    header: list[str]
    sample: list[list[str]]
    rows: int
    kind: str
    guesses: dict[str, list[str]]
    has_header: bool = True
    page: str = ""
    pages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that cannot be used. `reason` is a code worded by handlers.texts; `cell` is what was in the way."""

    row: int
    reason: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer as the file has him."""

    row: int
    profile: Profile
    note: str


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


def look(content: bytes, name: str, page: str | None = None) -> Look:
    """The header, the first rows, and what the columns are taken for.

    Raises: sheets.FileRefused
    """
    sheet = sheets.read(content, name, page)
    guesses = {kind: columns.guess(sheet, kind) for kind in columns.FIELDS}
    sample = [row for row in sheet.rows[:MOST_LOOKED_AT] if any(row)][:SAMPLE_ROWS]
    rows = sum(any(row) for row in sheet.rows)
    kind = columns.guess_kind(sheet)
    return Look(sheet.header, sample, rows, kind, guesses, sheet.has_header, sheet.page, sheet.pages)


def read(content: bytes, name: str, kind: str, mapping: Sequence[str], now: datetime, page: str | None = None) -> Batch:
    """The rows of the file under the mapping; `now` on the team's wall clock.

    Raises: sheets.FileRefused
    """
    sheet = sheets.read(content, name, page)
    batch = Batch()
    held: dict[str, list[int]] = {}
    for column, field_name in enumerate(mapping[: len(sheet.header)]):
        if field_name:
            held.setdefault(field_name, []).append(column)
    for at, row in enumerate(sheet.rows):
        sheet.rows[at] = []  # the text of fifty thousand rows and what is made of them need not both be in memory
        if any(row):
            number = at + sheet.first_row
            reason = _no_record(sheet, row)
            if reason:
                batch.bad.append(Bad(number, reason))
            else:
                _take(batch, kind, number, {name: _joined(name, row, at) for name, at in held.items()}, now)
    return batch


def _joined(name: str, row: Sequence[str], at: Sequence[int]) -> str:
    """What the columns of the field say; words that mean nothing are nothing."""
    cells = [row[column] for column in at]
    if len(cells) == 1:
        return "" if cells[0].lower() in NOTHING else cells[0]
    said = [cell for cell in cells if cell and cell.lower() not in NOTHING]
    return JOINED.get(name, " ").join(said)


def _no_record(sheet: sheets.Sheet, row: list[str]) -> str:
    """Why the row is nobody's: a total or a signature below the table, the header again; '' when it may be one."""
    first = next(cell for cell in row if cell)
    if _CLOSING.match(first):
        return "total"
    return "header" if sheet.has_header and first in sheet.header and sheets.is_header(row, sheet.header) else ""


def error_file(content: bytes, name: str, reasons: Mapping[int, str], page: str | None = None) -> bytes:
    """A .csv that Excel opens: the rows that were refused, as they are, with the reason in front.

    `reasons` are the words by row number. Raises: sheets.FileRefused
    """
    import csv
    import io

    sheet = sheets.read(content, name, page)
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
    formula = next((cell for cell in cells.values() if cell[:1] == "="), "")
    made = (
        Bad(row, "formula", formula)
        if formula
        else _customer(row, cells, now)
        if kind == "customers"
        else _order(row, cells, now.date())
    )
    if isinstance(made, Bad):
        batch.bad.append(made)
    elif isinstance(made, CustomerRow):
        batch.customers.append(made)
    else:
        batch.orders.append(made)
        key = person_key(made)
        if key not in batch.people:
            batch.people[key] = _person(made)


def person_key(order: OrderRow) -> str:
    """What stands for the customer of the line within the file."""
    return order.who.lower() or order.phones[0]


def _phones(row: int, cell: str) -> list[str] | Bad:
    if not cell:
        return []
    if values.is_rounded_phone(cell):
        return Bad(row, "rounded_phone", cell)
    return values.phones(cell) or Bad(row, "phone", cell)


def _customer(row: int, cells: Mapping[str, str], now: datetime) -> CustomerRow | Bad:
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    company = cells.get("company") or None
    name = _name(cells.get("name", "")) or company or ""
    if not name:
        return Bad(row, "no_name")
    born, note = _birthdays(cells, cells.get("note", ""), now)
    name, nicknames = called(name)
    profile = Profile(
        name=name,
        nicknames=nicknames,
        phones=tuple(dict.fromkeys(numbers)),
        company=company,
        title=cells.get("title") or None,
        region=cells.get("region") or None,
        industry=cells.get("industry") or None,
        source=_source(cells.get("source", "")),
        wechat=cells.get("wechat") or None,
        email=cells.get("email") or None,
        birthdays=born,
    )
    return CustomerRow(row, profile, note)


def _birthdays(cells: Mapping[str, str], note: str, now: datetime) -> tuple[tuple[Birthday, ...], str]:
    """The birthdays; what cannot be read is kept in the note."""
    born: list[Birthday] = []
    for field_name in ("birthday", "lunar_birthday"):
        cell = cells.get(field_name, "")
        found = values.birthday(cell, now, field_name == "lunar_birthday") if cell else []
        born += [Birthday(b.calendar, b.month, b.day, b.leap, b.year) for b in found]
        if cell and not found:
            note = f"{note} 生日：{cell}".strip()
    return tuple({birthday.calendar: birthday for birthday in born}.values()), note


@functools.lru_cache(1_000)
def _source(cell: str) -> str | None:
    return (fields.source_of(cell) or cell) if cell else None


def _order(row: int, cells: Mapping[str, str], today: date) -> OrderRow | Bad:
    numbers = _phones(row, cells.get("phone", ""))
    if isinstance(numbers, Bad):
        return numbers
    who = _name(cells.get("customer", ""))
    on = values.day(cells.get("date", ""))
    if not who and not numbers:
        return Bad(row, "no_customer")
    if on is None:
        return Bad(row, "date", cells.get("date", ""))
    if on > today:
        return Bad(row, "future", cells.get("date", ""))
    quantity, cost = values.number(cells.get("quantity", "")), values.fen(cells.get("cost", ""))
    fen = values.fen(cells.get("amount", ""))
    if fen is None and not cells.get("amount"):
        price = values.fen(cells.get("price", ""))
        fen = None if price is None or quantity is None else round(price * quantity)
    if fen is None:
        return Bad(row, "amount", cells.get("amount", ""))
    return OrderRow(row, who, tuple(numbers), on, fen, cells.get("product") or None, quantity, cost)


def _name(cell: str) -> str:
    """The name; 张　伟 is written apart only for the look of the column."""
    name = values.plain(cell)
    return name.replace(" ", "") if _SPACED_NAME.fullmatch(name) else name


def _person(order: OrderRow) -> CustomerRow:
    name, nicknames = called(order.who or order.phones[0])
    profile = Profile(name=name, nicknames=nicknames, phones=order.phones)
    return CustomerRow(order.row, profile, "")


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
