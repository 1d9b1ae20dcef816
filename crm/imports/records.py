"""A sheet and its mapping → the customers or orders in it, and the rows that cannot be used with the reason of each.

Runs in the worker process: everything here is plain data. Search keys are made here too, because they cost more than
writing them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crm import search_keys
from crm.customers import Profile
from crm.imports import columns, rows, sheets, units, values
from crm.imports.rows import Bad, CustomerRow, OrderRow, person_key
from nlp import lazy

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
    unit: str = ""  # the cell above the table that says in what its money is


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
    filled = sum(any(row) for row in sheet.rows)
    kind = columns.guess_kind(sheet)
    return Look(sheet.header, sample, filled, kind, guesses, sheet.has_header, sheet.page, sheet.pages, sheet.unit)


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
    scales = {name: units.scale(sheet.header[at[0]], sheet.unit) for name, at in held.items() if name in rows.MONEY}
    for at, row in enumerate(sheet.rows):
        sheet.rows[at] = []  # the text of fifty thousand rows and what is made of them need not both be in memory
        if any(row):
            number = at + sheet.first_row
            reason = _no_record(sheet, row)
            if reason:
                batch.bad.append(Bad(number, reason))
            else:
                cells = {name: _joined(name, row, at) for name, at in held.items()}
                _take(batch, kind, number, row, cells, now, scales)
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


def _take(
    batch: Batch,
    kind: str,
    row: int,
    line: Sequence[str],
    cells: Mapping[str, str],
    now: datetime,
    scales: Mapping[str, int | str],
) -> None:
    formula = next((cell for cell in cells.values() if cell[:1] == "="), "")
    made = (
        Bad(row, "formula", formula)
        if formula
        else rows.customer(row, cells, now)
        if kind == "customers"
        else rows.order(row, cells, now.date(), scales)
    )
    if isinstance(made, Bad):
        batch.bad.append(made)
    elif isinstance(made, CustomerRow):
        batch.customers.append(made)
    else:
        if made.number:
            made = replace(made, whole=_mark(line))
        batch.orders.append(made)
        key = person_key(made)
        if key not in batch.people:
            batch.people[key] = rows.person(made)


def _mark(line: Sequence[str]) -> int:
    """A number that stands for all cells of the line."""
    return int.from_bytes(hashlib.blake2b("\t".join(line).encode(), digest_size=8).digest())


def keys_of(profile: Profile) -> list[tuple[str, str]]:
    """The search keys of a customer who is to be made."""
    return search_keys.of_customer(profile.name, profile.company, profile.nicknames, profile.phones, profile.wechat)


def first_reasons(bad: Iterable[Bad], limit: int) -> list[Bad]:
    """The first refused rows, in the order of the file."""
    return sorted(bad, key=lambda entry: entry.row)[:limit]
