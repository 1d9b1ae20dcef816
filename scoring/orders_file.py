"""A table of orders as people export it: customer_id, date, amount, with whatever dirt; every fault is counted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring import order_cells
from scoring.purchases import Column, Integers

NAMES = {
    "customer": (
        "customer_id",
        "customerid",
        "customer",
        "cust_id",
        "client",
        "客户",
        "客户编号",
        "客户id",
        "客户名称",
    ),
    "day": ("date", "order_date", "orderdate", "invoicedate", "day", "日期", "下单日期", "订单日期", "时间"),
    "amount": ("amount", "total", "money", "value", "revenue", "金额", "订单金额", "销售额"),
}
ENCODINGS = ("utf-8-sig", "gb18030", "latin-1")
LOOKED_AT = 20_000
BLANK = frozenset({"", "nan", "null", "none", "na", "n/a", "-", "—"})


class NotATable(ValueError):
    """The file has no header with a customer, a date and an amount; `.args[0]` names what is missing."""


@dataclass(frozen=True)
class OrderLines:
    """Columns of shape (n_lines,) and how often each fault was met, by code."""

    customers: list[str]
    days: Integers
    amounts: Column
    """nan where none was stated: an order of unknown value."""
    faults: Counter[str] = field(default_factory=Counter)


def read(content: bytes) -> OrderLines:
    """The lines with a customer and a date. Raises: NotATable.

    Faults: encoding, no_customer, bad_date, bad_amount, blank_amount, currency_symbol, broken_quotes.
    """
    text, guessed = _decoded(content)
    faults: Counter[str] = Counter({"encoding": 1} if guessed else {})
    rows = _rows(text.replace("\0", ""), faults)
    if not rows:
        raise NotATable("the file is empty")
    places = _places(rows[0])
    body = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    return _lines(body, places, faults)


def _decoded(content: bytes) -> tuple[str, bool]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace"), False
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding), encoding == "latin-1"
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 decodes everything")


def _rows(text: str, faults: Counter[str]) -> list[list[str]]:
    """The cells; a quote that is never closed does not swallow the lines after it."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    head = text.split("\n", 1)[0]
    mark = max(",;\t|", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        if not any("\n" in cell or "\r" in cell for row in rows for cell in row):
            return rows
    except csv.Error:
        pass
    faults["broken_quotes"] += 1
    return [[cell.strip('" ') for cell in line.split(mark)] for line in text.splitlines()]


def _places(head: Sequence[str]) -> tuple[int, int, int]:
    cells = [cell.strip().strip('"').lower().replace(" ", "_") for cell in head]
    found = {what: next((cells.index(name) for name in names if name in cells), None) for what, names in NAMES.items()}
    missing = [f"no column for the {what} ({names[0]})" for what, names in NAMES.items() if found[what] is None]
    if missing:
        raise NotATable("; ".join(missing))
    return tuple(place for place in found.values() if place is not None)  # type: ignore[return-value]  # three of them


def _lines(body: Sequence[Sequence[str]], places: tuple[int, int, int], faults: Counter[str]) -> OrderLines:
    who, when, much = places
    day_first = _is_day_first(row[when] for row in body[:LOOKED_AT] if len(row) > when)
    days: dict[str, int | None] = {}
    customers: list[str] = []
    numbers: list[int] = []
    amounts: list[float] = []
    for row in body:
        cells = [row[place].strip() if place < len(row) else "" for place in (who, when, much)]
        if cells[1] not in days:
            days[cells[1]] = order_cells.day(cells[1], day_first)
        number = days[cells[1]]
        if not cells[0] or number is None:
            faults["no_customer" if not cells[0] else "bad_date"] += 1
            continue
        customers.append(cells[0])
        numbers.append(number)
        amounts.append(_amount(cells[2], faults))
    return OrderLines(customers, np.array(numbers, dtype=np.int64), np.array(amounts, dtype=np.float64), faults)


def _is_day_first(cells: Iterable[str]) -> bool:
    """13/5/2011 somewhere says that days come first; where cells disagree, the majority."""
    votes = Counter(vote for cell in cells if (vote := order_cells.is_day_first(cell)) is not None)
    return votes[True] > votes[False]


def _amount(cell: str, faults: Counter[str]) -> float:
    """The amount, or nan with the fault counted."""
    if cell.lower() in BLANK:
        faults["blank_amount"] += 1
        return np.nan
    value = order_cells.amount(cell)
    if value is None:
        faults["bad_amount"] += 1
        return np.nan
    if order_cells.CURRENCY.search(cell):
        faults["currency_symbol"] += 1
    return value
