"""The lines of a .vcf file, from bytes: folded inside a character or not, in UTF-8, GBK or UTF-16, whole or cut off."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from nlp import lazy

_LINE = re.compile(rb"^\s*(?:[\w-]+\.)?(?P<name>[A-Za-z-]+)(?P<params>(?:;[^:]*)?):(?P<value>.*)$", re.S)
_CHARSET = lazy.regex(r"CHARSET=\"?([\w-]+)", re.I)
_BINARY = (b"PHOTO", b"LOGO", b"SOUND", b"KEY")  # of no use here, and the longest and most often broken lines
_CHINESE = ("GB2312", "GBK", "GB18030", "CP936")


@dataclass(frozen=True, slots=True)
class Property:
    """One line: its name and parameters in capitals, its value as text."""

    name: str
    params: str
    value: str


@dataclass(slots=True)
class Card:
    """The lines of one card."""

    properties: list[Property] = field(default_factory=list)

    def first(self, *names: str) -> str:
        """The first value that is there, the names in their order."""
        return next((value for name in names for value in self.all(name)), "")

    def all(self, name: str) -> list[str]:
        """Every value of that name."""
        return [p.value.strip() for p in self.properties if p.name == name and p.value.strip()]


def cards(content: bytes) -> list[Card]:
    """Every card of the file; one that is cut off or whose end is missing counts as far as it goes."""
    found: list[Card] = []
    depth, card = 0, Card()
    for name, params, value in _lines(_as_bytes(content)):
        if name == "BEGIN":
            is_inside = depth > 0 and card.properties[-1:] and card.properties[-1].name == "AGENT"
            depth = depth + 1 if is_inside else 1
            if depth == 1:
                card = Card()
                found.append(card)
        elif name == "END":
            depth = max(depth - 1, 0)
        elif depth == 1:
            card.properties.append(Property(name, params, _decoded(params, value)))
    return found


def _as_bytes(content: bytes) -> bytes:
    """The file in a code in which a line break is a line break, without the mark of byte order."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, "replace").encode()
    return content.removeprefix(codecs.BOM_UTF8)


def _lines(content: bytes) -> Iterator[tuple[str, str, bytes]]:
    for line in _unfolded(content):
        match = _LINE.match(line)
        if match is not None and match["name"].upper() not in _BINARY:
            yield match["name"].upper().decode(), match["params"].decode("ascii", "replace").upper(), match["value"]


def _unfolded(content: bytes) -> Iterator[bytes]:
    """Lines with their continuations, joined before they are decoded.

    A blank begins a continuation, and so does what follows a quoted-printable '='; a line without a colon continues
    the one before where a blank is missing.
    """
    line: bytes | None = None
    for part in re.split(rb"\r\n|\r|\n", content):
        if line is None:
            line = part
        elif _is_quoted(line) and line.rstrip().endswith(b"="):
            line = line.rstrip()[:-1] + part.lstrip()
        elif part[:1] in (b" ", b"\t"):
            line += part[1:]
        else:
            yield line
            line = part
    if line is not None:
        yield line


def _is_quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _decoded(params: str, value: bytes) -> str:
    """The value as text, by what the parameters say of it and what its bytes are."""
    if "QUOTED-PRINTABLE" in params:
        value = quopri.decodestring(value)
    elif re.search(r"ENCODING=(?:B|BASE64)\b", params):
        try:
            value = base64.b64decode(value, validate=True)
        except binascii.Error:
            return ""
    said = _CHARSET.search(params)
    return text(value, "gb18030" if said and said[1].upper() in _CHINESE else "utf-8")


def text(value: bytes, first: str = "utf-8") -> str:
    """The bytes as text: in the code that was said, else in the other one of the two that are in use."""
    for encoding in (first, "utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("utf-8", "replace")
