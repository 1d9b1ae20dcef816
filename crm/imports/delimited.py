"""Delimited text as it comes: the encoding, the delimiter, the line ends found out."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata

from nlp import lazy

MOST_LINES = 52_000  # with titles, blank and closing lines
DELIMITERS = ",;\t|，"
BROKEN_SHARE = 200  # one unreadable character in so many is a fault of the line, not of the guess
_HINT = lazy.regex(r"sep=(.)\r?\n", re.I)


def decoded(content: bytes) -> str | None:
    """The text; None when it is none. Chinese Excel writes GBK, and GB18030 reads all of it."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    return _mended(content)


def _encodings(content: bytes) -> list[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    start = content[:4000]
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) > len(start) // 20 and min(odd, even) < max(odd, even) // 10:
        return ["utf-16-le" if odd > even else "utf-16-be"]
    return ["utf-8-sig", "gb18030"]


def _is_text(text: str) -> bool:
    """Next to nothing of the beginning is what nobody can type."""
    strange = [char for char in text[:4000] if not char.isprintable() and not char.isspace()]
    return sum(unicodedata.category(char) != "Cf" for char in strange) <= len(text[:4000]) // 100


def _mended(content: bytes) -> str | None:
    """The text with marks in place of a few broken bytes."""
    read = [content.decode(encoding, errors="replace") for encoding in ("utf-8-sig", "gb18030")]
    text = min(read, key=lambda one: one.count("\ufffd"))
    return text if text.count("\ufffd") <= max(3, len(text) // BROKEN_SHARE) and _is_text(text) else None


def lines(text: str) -> list[list[str]] | None:
    """The cells; one line more than MOST_LINES at most. None when it is no table."""
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    delimiter = hint[1] if hint else _delimiter(text)
    if delimiter == "，":
        text, delimiter = text.replace("，", ","), ","
    if "\n" not in text:
        text = text.replace("\r", "\n")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        return list(itertools.islice(reader, MOST_LINES + 1))
    except csv.Error:
        return None


def _delimiter(text: str) -> str:
    """The sign that stands as often in most of the first lines, and if none does, the most frequent."""
    first = [line for line in text[:20_000].splitlines()[:50] if line.strip()]
    counts = {sign: [line.count(sign) for line in first] for sign in DELIMITERS}
    usual = {sign: sorted(found)[len(found) // 2] for sign, found in counts.items() if found}
    return max(DELIMITERS, key=lambda sign: (usual.get(sign, 0), sum(counts[sign])))
