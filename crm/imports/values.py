"""Cells as people fill them → phones, days, money, numbers. None means: this is none."""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from nlp import fields, lazy

FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954 to 2119: below are plain numbers
_EXCEL_ZERO = date(1899, 12, 30)  # Source: ECMA-376 part 1, 18.17.4.1, the 1900 date base
_ONE_MOBILE = lazy.regex(r"1[3-9]\d{9}")
_EXPONENT = lazy.regex(r"\d(?:\.\d+)?[eE]\+?\d{1,2}")
_YMD = lazy.regex(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*日)?(?:[T ].*)?")
_COMPACT = lazy.regex(r"(\d{4})(\d{2})(\d{2})(?:\s.*)?")
_SHORT_YEAR = lazy.regex(r"(\d{2})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = lazy.regex(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?")
_LUNAR = lazy.regex("[农阴旧]")
_MONTH_DAY = lazy.regex(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_MONEY = lazy.regex(
    r"\(?\s*+([-\u2212]?)\s*+(?:[¥￥$]|RMB|CNY|人民币)?\s*+([-\u2212]?)\s*+([\d,]*\.?\d+)\s*+(万|千|元|块)?\s*+元?\s*+\)?",
    re.I,
)
_SCALE = {"万": 10_000, "千": 1_000}


def plain(cell: str) -> str:
    """The cell in one width, without the quote mark that forces text in Excel."""
    if cell.isascii():
        return cell.strip().lstrip("'").strip()
    return unicodedata.normalize("NFKC", cell).strip().lstrip("'").strip()


def parts(cell: str) -> list[str]:
    """The names of a cell, cut at commas and strokes."""
    return [part.strip() for part in re.split("[/、,，;；&+|]", cell) if part.strip()]


def phones(cell: str) -> list[str]:
    """The telephone numbers of the cell as digits; 1.38E+10 and 13800138000.0 are understood.

    >>> phones("1.3800138000E+10"), phones("13800138000.0"), phones("没有")
    (['13800138000'], ['13800138000'], [])
    """
    text = plain(cell)
    if _ONE_MOBILE.fullmatch(text):
        return [text]
    if _EXPONENT.fullmatch(text) or re.fullmatch(r"\d{10,12}\.0+", text):
        text = str(int(Decimal(text)))
    found = fields.phones(text)
    digits = re.sub(r"[\s()+-]", "", text)
    if not found and digits.isdigit() and 7 <= len(digits) <= 15:
        found = [digits]
    return found


def is_rounded_phone(cell: str) -> bool:
    """The digits were lost when the file was saved: 1.38E+10.

    >>> is_rounded_phone("1.38E+10"), is_rounded_phone("1.3800138000E+10")
    (True, False)
    """
    match = re.fullmatch(r"(\d)(?:\.(\d+))?[eE]\+?10", plain(cell))
    return match is not None and len(match[2] or "") < 10 and not (match[2] or "").endswith("0")


def day(cell: str) -> date | None:
    """The day: ISO, 1997年1月1日, 97/1/1, 19970101, an Excel serial number.

    >>> day("19970101"), day("35431"), day("2026年3月18日"), day("30/2/2026")
    (datetime.date(1997, 1, 1), datetime.date(1997, 1, 1), datetime.date(2026, 3, 18), None)
    """
    text = plain(cell)
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text) and FIRST_SERIAL <= float(text) <= LAST_SERIAL:
        return _EXCEL_ZERO + timedelta(days=int(float(text)))
    for pattern in (_YMD, _COMPACT):
        if match := pattern.fullmatch(text):
            return _made(int(match[1]), int(match[2]), int(match[3]))
    if match := _SHORT_YEAR.fullmatch(text):
        year = int(match[1])
        return _made(year + (1900 if year >= 70 else 2000), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        first, second = int(match[1]), int(match[2])
        month, day_of = (second, first) if first > 12 else (first, second)
        return _made(int(match[3]), month, day_of)
    return None


def _made(year: int, month: int, day_of: int) -> date | None:
    try:
        return date(year, month, day_of) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


MOST = 10**14  # fen: what is beyond is no sum of money


def fen(cell: str) -> int | None:
    """Money in fen; returns are negative or in brackets.

    >>> fen("¥1,234.5"), fen("-20"), fen("(20)"), fen("1.2万"), fen("29.33元"), fen("abc"), fen("9" * 40)
    (123450, -2000, -2000, 1200000, 2933, None, None)
    """
    text = re.sub(r"(?<=\d)\s+(?=\d)", "", plain(cell))
    match = _MONEY.fullmatch(text)
    if match is None:
        value = number(text) if re.fullmatch(r"-?\d(?:\.\d+)?[eE][+-]?\d{1,2}", text) else None
        return None if value is None else round(value * 100)
    try:
        amount = Decimal(match[3].replace(",", "")) * _SCALE.get(match[4] or "", 1) * 100
    except InvalidOperation:
        return None
    if not -MOST < amount < MOST:
        return None  # a number of thirty digits is no money
    negative = bool(match[1] or match[2]) or (text.startswith("(") and text.endswith(")"))
    whole = int(amount.quantize(Decimal(1), rounding="ROUND_HALF_UP"))
    return -whole if negative else whole


def number(cell: str) -> float | None:
    """A plain number, with or without thousands commas; None when there is none."""
    match = re.match(r"-?[\d,]*\.?\d+(?:[eE][+-]?\d{1,2})?", plain(cell))
    try:
        found = float(match[0].replace(",", "")) if match else None
    except ValueError:
        return None
    return found if found is not None and abs(found) < 1e12 else None


def birthday(cell: str, now: datetime, lunar: bool = False) -> list[fields.Birthday]:
    """The birthday of the cell, solar or lunar; empty when there is none. `lunar`: the column says so."""
    on = day(cell)
    if on is not None and not lunar and not _LUNAR.search(cell):
        return [fields.Birthday("solar", on.month, on.day, False, on.year)]
    return list(_said(plain(cell), on, now, lunar))


@functools.lru_cache(4_000)
def _said(text: str, on: date | None, now: datetime, lunar: bool) -> tuple[fields.Birthday, ...]:
    """The same day stands in a file a hundred times, and reading it as a sentence takes its time."""
    if on is not None and lunar:
        text = f"{on.year}年{on.month}月{on.day}日"
    elif lunar and (match := _MONTH_DAY.fullmatch(text)):
        text = f"{match[1]}月{match[2]}日"
    said = f"农历{text}" if lunar and not _LUNAR.search(text) else text
    found = fields.extract(f"张三 生日{said}", now).birthdays
    return tuple(born for born in found if not lunar or born.calendar == "lunar")[:1]
