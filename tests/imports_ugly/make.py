"""Writes the ugly files and their answers: `python -m tests.imports_ugly.make`.

The files are committed, so that nobody needs this to test; .xls and encrypted files want xlwt and msoffcrypto-tool.
An answer says what a careful colleague would make of the file: the records, a reason per row that is no record, or one
reason why nothing can be read.
"""

from __future__ import annotations

import csv
import importlib
import io
import json
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).resolve().parent
FILES = HERE / "files"
Rows = Sequence[Any]  # of rows, each a sequence of cells


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", ends: str = "\r\n") -> bytes:
    """Delimited text as spreadsheets write it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return out.getvalue().encode(encoding)


def book(*sheets: Rows, hidden: Sequence[int] = (), dress: Callable[[Any, Any], None] | None = None) -> bytes:
    """An .xlsx; `dress(book, first sheet)` may merge, format and add formulas afterwards."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(
        out, {"strings_to_formulas": False, "remove_timezone": True, "default_date_format": "yyyy-mm-dd"}
    )
    made.set_properties({"created": datetime(2026, 3, 1, tzinfo=UTC)})
    pages = [made.add_worksheet() for _ in sheets]
    for at, (page, rows) in enumerate(zip(pages, sheets, strict=True)):
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None and cell != "":
                    page.write(row, column, cell)
        if at in hidden:
            page.hide()
    if hidden:
        pages[min(set(range(len(pages))) - set(hidden))].activate()
    if 0 in hidden:
        pages[1].set_first_sheet()
    if dress is not None:
        dress(made, pages[0])
    made.close()
    return out.getvalue()


def old_book(rows: Rows) -> bytes:
    """An .xls as Excel 97 wrote it."""
    xlwt = importlib.import_module("xlwt")
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell not in ("", None):
                page.write(row, column, cell, *((day,) if isinstance(cell, date) else ()))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def locked_old_book(rows: Rows) -> bytes:
    """An .xls whose first stream says that it is encrypted: a FILEPASS record after the first BOF."""
    content = bytearray(old_book(rows))
    start = content.index(struct.pack("<HHH", 0x0809, 16, 0x0600))
    after = start + 4 + 16
    record = struct.pack("<HH", 0x002F, 54) + bytes(54)
    content[after : after + len(record)] = record  # over what stood there: it would be scrambled anyway
    return bytes(content)


def locked_book(rows: Rows) -> bytes:
    """An .xlsx with a password to open it."""
    crypto = importlib.import_module("msoffcrypto.format.ooxml")
    out = io.BytesIO()
    crypto.OOXMLFile(io.BytesIO(book(rows))).encrypt("geheim", out)
    return out.getvalue()


def bomb(unpacked: int = 300 << 20) -> bytes:
    """A small .xlsx whose sheet unpacks to very much; made when wanted, because it is a third of a megabyte."""
    out = io.BytesIO(book([["姓名", "电话"], ["张伟", "13800138000"]]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("xl/worksheets/sheet2.xml", b"0" * unpacked)
    return out.getvalue()


def main() -> None:
    """Every file and its answer are there."""
    FILES.mkdir(exist_ok=True)
    for name in ("tables", "cells", "shapes"):
        for case, content, answer in importlib.import_module(f"tests.imports_ugly.{name}").CASES:
            (FILES / case).write_bytes(content() if callable(content) else content)
            told = json.dumps(answer, ensure_ascii=False, indent=1)
            (FILES / f"{case}.json").write_text(told + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
