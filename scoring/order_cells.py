"""A date or an amount as people and programs write it in a table of orders."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, timedelta

LARGEST = 1e12
"""An amount beyond it is a slip of the keyboard, not money."""
EARLIEST, LATEST = date(1970, 1, 1), date(2199, 12, 31)
YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\D.*|\d{6})?$|(\d{4})(\d{2})(\d{2})\.0+$")
NAMED = re.compile(r"(\d{1,2})[-\s]*([A-Za-z]{3})[a-z]*[-\s,]*(\d{4})|([A-Za-z]{3})[a-z]*\s+(\d{1,2}),?\s+(\d{4})")
SERIAL = re.compile(r"(\d{5})(?:\.\d+)?$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SPREADSHEET_EPOCH = date(1899, 12, 30)
CURRENCY = re.compile(r"[¥￥$€£₩₹元圆块]|RMB|CNY|USD|EUR|GBP|HKD|HK|人民币", re.IGNORECASE)
PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
GROUPED = re.compile(r"\d{1,3}(?:[,' ]\d{3})+(?:\.\d*)?$")
GROUPED_BY_POINTS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d*$")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}$")


def day(text: str, day_first: bool = False) -> int | None:
    """The day number (date.toordinal()) that a cell states; None if it states none from 1970 to 2199.

    >>> day("2011-09-10 08:26") == day("2011年9月10日") == day("20110910") == date(2011, 9, 10).toordinal()
    True
    """
    found = _parts(unicodedata.normalize("NFKC", text).strip(), day_first)
    try:
        stated = found if isinstance(found, date | None) else date(*found)
    except (ValueError, OverflowError):
        return None
    return stated.toordinal() if stated is not None and EARLIEST <= stated <= LATEST else None


def is_day_first(text: str) -> bool | None:
    """Whether 13/5/2011 shows that days come first; None if the cell shows nothing."""
    found = YEAR_LAST.match(text.strip())
    if found is None:
        return None
    first, second = int(found[1]), int(found[2])
    return True if first > 12 >= second else False if second > 12 >= first else None


def amount(text: str) -> float | None:
    """The amount a cell states, negative for a return; None if it states none. Blank is None too.

    >>> amount("¥1,234.50"), amount("(80)"), amount("1.2万"), amount("abc")
    (1234.5, -80.0, 12000.0, None)
    """
    bare = CURRENCY.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-").replace("\u00a0", " ").strip()
    negative = bare.startswith("(") and bare.endswith(")")
    if negative:
        bare = bare[1:-1].strip()
    if bare.startswith("-") or bare.endswith("-"):
        negative, bare = not negative, bare.strip("-").strip()
    factor = 1.0
    if bare.endswith(("万", "千")):
        factor, bare = (10_000.0 if bare.endswith("万") else 1_000.0), bare[:-1].strip()
    value = _number(bare)
    if value is None or not math.isfinite(value * factor) or abs(value * factor) > LARGEST:
        return None
    return -value * factor if negative and value else value * factor


def _number(bare: str) -> float | None:
    if GROUPED.match(bare):
        bare = re.sub(r"[,' ]", "", bare)
    elif GROUPED_BY_POINTS.match(bare):
        bare = bare.replace(".", "").replace(",", ".")
    elif DECIMAL_COMMA.match(bare):
        bare = bare.replace(",", ".")
    return float(bare) if PLAIN.match(bare) else None


def _parts(text: str, day_first: bool) -> date | tuple[int, int, int] | None:
    if found := YEAR_FIRST.match(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := COMPACT.match(text):
        year, month, number = [part for part in found.groups() if part]
        return int(year), int(month), int(number)
    if found := YEAR_LAST.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        return (year, second, first) if day_first or first > 12 else (year, first, second)
    if found := SERIAL.match(text):
        return SPREADSHEET_EPOCH + timedelta(days=int(found[1]))
    if found := NAMED.match(text):
        number, name, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[4], found[6])
        return (int(year), MONTHS.index(name.lower()) + 1, int(number)) if name.lower() in MONTHS else None
    return None
