"""The lines of a page → its header and its rows: where the table begins, and whether there is but one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from crm.imports import containers, headers, units, values
from crm.imports.containers import FileRefused, Lines
from nlp import lazy

__all__ = ["MOST_ROWS", "FileRefused", "Sheet", "read"]

MOST_ROWS = 50_000
MOST_COLUMNS = 60
LISTED = 100  # columns: what a list of customers counts more than any other page
HEADER_WITHIN = 10  # rows: titles and blank lines may stand above the header
LOOKED_AT_CLOSELY = 100  # rows: further down a second header is seen by its plain words only
_OF_CUSTOMERS = {"customer", "company", "source", "industry", "owner"}
_DATA = lazy.regex(r"[¥￥]?-?[\d,]+(?:\.\d+)?|.*\d{7,}.*|\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header cells and rows of the same width, as text, trimmed.

    `first_row` is the number of the first row in the file, counted from 1, for messages to people. `has_header` False:
    the header is ours. `page` is its sheet, `pages` all that have something in them.
    """

    header: list[str]
    rows: Lines
    first_row: int
    has_header: bool = True
    page: str = ""
    pages: list[str] = field(default_factory=list)
    unit: str = ""  # the cell above the table that says in what its money is


def read(content: bytes, name: str, page: str | None = None) -> Sheet:
    """The sheet: the page of that name, or the one that looks most like a table of ours.

    Raises: FileRefused
    """
    found = containers.read(content, name, page, rank)
    lines = found.lines
    filled = [at for at, line in enumerate(lines) if any(line)]
    if not filled:
        raise FileRefused("empty")
    start, has_header = _header_at(lines, filled)
    width = max(len(lines[at]) for at in filled)
    used = [at for at in range(width) if any(at < len(lines[row]) and lines[row][at] for row in filled)]
    if len(used) > MOST_COLUMNS:
        raise FileRefused("too_many_columns")
    width = used[-1] + 1
    _check_one_table(lines, filled, start, width)
    rows = [_fit(line, width) for line in lines[start + has_header :]]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise FileRefused("empty")
    if len(rows) > MOST_ROWS:
        raise FileRefused("too_many_rows")
    header = _fit(lines[start], width) if has_header else [f"第{at + 1}列" for at in range(width)]
    unit = units.of_title(lines[:start])
    return Sheet(header, rows, start + has_header + 1, has_header, found.name, found.names, unit)


def rank(lines: Lines) -> int:
    """How many columns the best of the lines names; a list of customers is offered before their orders."""
    return max((_names(line) + LISTED * _lists_customers(line) for line in lines), default=0)


def _lists_customers(line: list[str]) -> bool:
    """The header names a person and two things more of him, and no sums."""
    fields = {headers.named(cell, "customers") for cell in line if cell} - {"", "note"}
    sums = {headers.named(cell, "orders") for cell in line if cell} & {"amount", "price", "quantity"}
    is_of_customers = bool(fields & _OF_CUSTOMERS)  # 员工通讯录 has names, telephones and posts, too
    return bool(fields & {"name", "customer"}) and len(fields) > 2 and is_of_customers and not sums


def _names(line: list[str]) -> int:
    return len({headers.normal(cell) for cell in line if cell and headers.is_any(cell)})


def _fit(line: list[str], width: int) -> list[str]:
    return line if len(line) == width else (line + [""] * width)[:width]


def _header_at(lines: Lines, filled: list[int]) -> tuple[int, bool]:
    """The row of the header, the one that names most columns; False with the first row where there is none."""
    first = filled[:HEADER_WITHIN]
    best = max(first, key=lambda at: (_names(lines[at]), -at))
    start = best if _names(lines[best]) >= 2 else _widest(lines, filled)
    if _names(lines[start]) == 0 and _is_data(lines[start]) and len(filled) > 0:
        return start, False
    return start, True


def _widest(lines: Lines, filled: list[int]) -> int:
    """The first row that is as wide as most: a title above the header is narrower."""
    widths = Counter(sum(map(bool, lines[at])) for at in filled[: HEADER_WITHIN * 5])
    usual = max(widths, key=lambda width: (widths[width], width))
    for at in filled[:HEADER_WITHIN]:
        if sum(map(bool, lines[at])) >= min(usual, 2) and not (usual > 2 and sum(map(bool, lines[at])) < usual / 2):
            return at
    return filled[0]


def _is_data(line: list[str]) -> bool:
    """A telephone number, a day or money stands in it: no header has these."""
    return any(_DATA.fullmatch(values.plain(cell)) for cell in line if cell)


def _check_one_table(lines: Lines, filled: list[int], start: int, width: int) -> None:
    """Raises: FileRefused where a second table stands below or beside the first."""
    own, words = _header_words(lines[start]), headers.plain_words()
    for count, at in enumerate(filled):
        if at <= start or (count > LOOKED_AT_CLOSELY and words.isdisjoint(lines[at])):
            continue
        if _is_header(lines[at]) and not _header_words(lines[at]) <= own:
            raise FileRefused("two_tables")
    gaps = [at for at in range(width) if not any(at < len(lines[row]) and lines[row][at] for row in filled[:200])]
    edges = [-1, *gaps, width]
    parts = [lines[start][left + 1 : right] for left, right in pairwise(edges)]
    if sum(_has_person(part) for part in parts) > 1:
        raise FileRefused("two_tables")


def _header_words(line: list[str]) -> set[str]:
    return {headers.normal(cell) for cell in line if cell}


def _is_header(line: list[str]) -> bool:
    """Two cells at least and most of them are names of columns."""
    if not any(cell and len(cell) <= 12 and headers.is_any(cell) for cell in line[:4]):
        return False
    cells = [cell for cell in line if cell]
    return _names(line) >= 2 and _names(line) * 2 >= len(cells) and not _is_data(cells)


def is_header(row: list[str], header: list[str]) -> bool:
    """The row repeats the header, as printed tables do on every page."""
    return bool(row[0] or row[1:2]) and _header_words(row) == _header_words(header)


def _has_person(part: list[str]) -> bool:
    return len([cell for cell in part if cell]) >= 2 and any(
        headers.named(cell, "customers") in ("name", "customer") for cell in part
    )
