"""Bytes of a spreadsheet → the lines of its page. What the name says does not count, what is in the file does."""

from __future__ import annotations

import io
import itertools
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from crm.imports import delimited, markup
from nlp import lazy

LARGEST_UNPACKED = 200 << 20
MOST_PAGES = 30  # pages looked at
PEEK = 12  # lines of a page by which it is chosen
EXTENSIONS = ("xlsx", "xls", "xlsm", "xlsb", "et", "ods", "csv", "tsv", "txt")
BOOKS = ("xlsx", "xls", "xlsm", "xlsb", "et", "ods")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOK, _FILEPASS = b"\x09\x08\x10\x00\x00\x06", 0x002F
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_INVISIBLE = lazy.regex("[\x00\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_GUARDED = lazy.regex(r'="([^"]*)"')
_FAULTS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"))

Lines = list[list[str]]


class FileRefused(ValueError):
    """The file cannot be imported.

    `reason`: kind | empty | password | broken | too_many_rows | too_many_columns | too_large | two_tables
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(slots=True)
class Page:
    """The lines of one sheet as trimmed text. `names` are all visible sheets with anything in them, `name` is this."""

    lines: Lines
    name: str = ""
    names: list[str] = field(default_factory=list)


def read(content: bytes, name: str, page: str | None, rank: Callable[[Lines], int]) -> Page:
    """The page of that name, or the one that ranks highest by its first lines.

    Raises: FileRefused
    """
    if not content:
        raise FileRefused("empty")
    is_book = name.lower().rpartition(".")[2] in BOOKS
    if content.startswith((_ZIP, _OLE)):
        return _book(content, is_book, page, rank)
    if not name.lower().endswith(tuple("." + ending for ending in EXTENSIONS)):
        raise FileRefused("kind")
    text = delimited.decoded(content)
    if text is None:
        raise FileRefused("broken" if is_book else "kind")
    found: list[Lines] | None = markup.tables(text) if markup.is_one(text) else None
    if found is not None:
        return Page(_cleaned(_largest(found)))
    lines = delimited.lines(text)
    if lines is None or (is_book and max(map(len, lines), default=0) < 2):  # words that only call themselves a table
        raise FileRefused("broken" if is_book else "kind")
    if len(lines) > delimited.MOST_LINES:  # twenty megabytes may hold five million lines
        raise FileRefused("too_many_rows")
    return Page(_cleaned(lines))


def _largest(tables: list[Lines]) -> Lines:
    return max(tables, key=len) if tables else []


def _book(content: bytes, is_book: bool, page: str | None, rank: Callable[[Lines], int]) -> Page:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if content.startswith(_OLE) and (_ENCRYPTED in content or _is_locked(content)):
        raise FileRefused("password")
    if content.startswith(_ZIP):
        _bound(content)
    try:
        return _page(CalamineWorkbook.from_filelike(io.BytesIO(content)), page, rank)
    except PasswordError as error:
        raise FileRefused("password") from error
    except (CalamineError, ValueError, OSError) as error:
        raise FileRefused("broken" if is_book else "kind") from error


def _is_locked(content: bytes) -> bool:
    """A FILEPASS record stands among the first of the workbook. Source: MS-XLS 2.4.117."""
    at = content.find(_WORKBOOK)
    for _ in range(10):
        if at < 0 or at + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _page(book: Any, wanted: str | None, rank: Callable[[Lines], int]) -> Page:
    """The chosen page of those that people see."""
    from python_calamine import SheetVisibleEnum

    shown = [meta.name for meta in book.sheets_metadata if meta.visible == SheetVisibleEnum.Visible][:MOST_PAGES]
    ranked: list[tuple[int, int, str]] = []
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        first = _cleaned(itertools.islice(_rows(sheet), PEEK))
        if any(map(any, first)):
            ranked.append((rank(first), sheet.total_height, name))
    if not ranked:
        return Page([])
    names = [name for *_, name in ranked]
    chosen = wanted if wanted in names else max(ranked, key=lambda one: one[:2])[2]
    sheet = book.get_sheet_by_name(chosen)
    if sheet.total_height > delimited.MOST_LINES * 2:
        raise FileRefused("too_many_rows")
    lines = _cleaned(_rows(sheet))
    _fill_down(lines, sheet.merged_cell_ranges or ())
    return Page(lines, chosen, names)


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """The rows of the sheet one by one from its first column on, which the reader leaves out while it is empty."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()


def _fill_down(lines: Lines, merged: Sequence[Any]) -> None:
    """What stands once beside several rows stands in each of them."""
    for (top, left), (bottom, _) in merged:
        if bottom > top and top < len(lines) and left < len(lines[top]):
            for row in range(top + 1, min(bottom + 1, len(lines))):
                lines[row][left] = lines[top][left]


def _bound(content: bytes) -> None:
    """A small file that unpacks to very much must not fill the memory of the worker, whatever it says of itself."""
    left = LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
        if sum(entry.file_size for entry in entries) > left:
            raise FileRefused("too_large")
        for entry in entries:
            left -= _unpacked(content, entry, left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError):
        return  # the reader says what is wrong


def _unpacked(content: bytes, entry: zipfile.ZipInfo, most: int) -> int:
    """How much the entry really is."""
    head = entry.header_offset
    start = head + 30 + int.from_bytes(content[head + 26 : head + 28], "little")
    start += int.from_bytes(content[head + 28 : head + 30], "little")
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        return entry.compress_size
    unpacker, waiting, size = zlib.decompressobj(-15), content[start : start + entry.compress_size], 0
    while waiting and not unpacker.eof:
        size += len(unpacker.decompress(waiting, 1 << 20))
        waiting = unpacker.unconsumed_tail
        if size > most:
            raise FileRefused("too_large")
    return size


def _cleaned(lines: Iterable[Sequence[Any]]) -> Lines:
    """The lines as text; a cell that comes often is in memory once."""
    known: dict[str, str] = {}
    return [[known.setdefault(cell, cell) for cell in map(_cell, line)] for line in lines]


def _cell(value: Any) -> str:
    """A cell as a person would type it: whole floats without '.0', dates in ISO form, no faults of formulas."""
    if type(value) is str:
        return _typed(value) if value else ""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return _typed(str(value))


def _typed(value: str) -> str:
    text = value if value.isascii() and value.isprintable() else _INVISIBLE.sub("", value)
    text = " ".join(text.split())
    if text[:1] in ("#", "=") and text:
        if text in _FAULTS:
            return ""
        if guarded := _GUARDED.fullmatch(text):
            return guarded[1].strip()
    return text
