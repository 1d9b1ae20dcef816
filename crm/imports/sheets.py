"""Bytes of a spreadsheet → its rows. .xlsx, .xls and .csv in UTF-8, UTF-16 or GBK, whatever the delimiter."""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

MOST_ROWS = 10_000
MOST_LINES = 12_000  # with titles, blank and closing lines
MOST_COLUMNS = 40
LARGEST_UNPACKED = 200 << 20
HEADER_WITHIN = 10  # rows: titles and blank lines may stand above the header
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXTENSIONS = ("xlsx", "xls", "xlsm", "csv", "tsv", "txt")


class FileRefused(ValueError):
    """The file cannot be imported. `reason`: kind | empty | password | broken | too_many_rows."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first sheet with anything in it: header cells and rows of the same width, as text, trimmed.

    `first_row` is the number of the first row in the file, counted from 1, for messages to people.
    """

    header: list[str]
    rows: list[list[str]]
    first_row: int


def read(content: bytes, name: str) -> Sheet:
    """The sheet.

    Raises: FileRefused
    """
    if not content:
        raise FileRefused("empty")
    lines = _book(content, name) if content.startswith((_ZIP, _OLE)) else _text(content, name)
    lines = [[_cell(value) for value in line] for line in lines]
    filled = [at for at, line in enumerate(lines) if any(line)]
    if not filled:
        raise FileRefused("empty")
    start = _header_at(lines, filled)
    width = min(MOST_COLUMNS, max(len(lines[at]) for at in filled))
    header = _fit(lines[start], width)
    while width > 1 and not header[width - 1] and not any(len(line) >= width and line[width - 1] for line in lines):
        width -= 1
    rows = [_fit(line, width) for line in lines[start + 1 :]]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise FileRefused("empty")
    if len(rows) > MOST_ROWS:
        raise FileRefused("too_many_rows")
    return Sheet(header[:width], rows, start + 2)


def _fit(line: list[str], width: int) -> list[str]:
    return (line + [""] * width)[:width]


def _header_at(lines: list[list[str]], filled: list[int]) -> int:
    """The first row that is as wide as most: a title above the header is narrower."""
    widths = Counter(sum(map(bool, lines[at])) for at in filled[: HEADER_WITHIN * 5])
    usual = max(widths, key=lambda width: (widths[width], width))
    for at in filled[:HEADER_WITHIN]:
        if sum(map(bool, lines[at])) >= min(usual, 2) and not (usual > 2 and sum(map(bool, lines[at])) < usual / 2):
            return at
    return filled[0]


def _book(content: bytes, name: str) -> list[list[Any]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise FileRefused("password")
    if content.startswith(_ZIP):
        _bound(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for at in range(len(book.sheet_names)):
            lines = book.get_sheet_by_index(at).to_python(skip_empty_area=False)
            if any(any(value not in ("", None) for value in line) for line in lines):
                return lines
    except PasswordError as error:
        raise FileRefused("password") from error
    except (CalamineError, ValueError, OSError) as error:
        is_named = name.lower().endswith((".xlsx", ".xlsm", ".xls"))
        raise FileRefused("broken" if is_named else "kind") from error
    return []


def _bound(content: bytes) -> None:
    """A small file that unpacks to very much must not fill the memory of the worker."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile:
        return  # the reader says what is wrong
    if size > LARGEST_UNPACKED:
        raise FileRefused("too_many_rows")


def _text(content: bytes, name: str) -> list[list[str]]:
    if not name.lower().endswith(tuple("." + ending for ending in EXTENSIONS)) or b"\x00\x00\x00" in content[:4096]:
        raise FileRefused("kind")
    text = _decoded(content)
    sample = "\n".join(text[:20_000].splitlines()[:50])
    delimiter = max(",;\t|，", key=sample.count)
    text = text.replace("，", ",") if delimiter == "，" else text
    try:
        reader = csv.reader(io.StringIO(text), delimiter="," if delimiter == "，" else delimiter)
        lines = list(itertools.islice(reader, MOST_LINES + 1))
    except csv.Error as error:
        raise FileRefused("kind") from error
    if len(lines) > MOST_LINES:  # refused before it is read to its end: twenty megabytes may hold five million lines
        raise FileRefused("too_many_rows")
    return lines


def _decoded(content: bytes) -> str:
    """The text. Chinese Excel writes GBK; GB18030 reads all of it."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if sum(not (char.isprintable() or char in "\r\n\t") for char in text[:4000]) <= len(text[:4000]) // 100:
            return text
    raise FileRefused("kind")


def _cell(value: Any) -> str:
    """A cell as a person would type it: whole floats without '.0', dates in ISO form."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).replace("\x00", "").split())
