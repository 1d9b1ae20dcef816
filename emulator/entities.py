"""Entities that Telegram finds by itself: commands, mentions, addresses, hashtags, phone numbers; and the trimming
of texts."""

import re
from collections.abc import Iterable
from typing import Any

from emulator import html

Entity = dict[str, Any]

_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"“”，。；）】]+)"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/<])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z][A-Za-z0-9_]{2,31})?)(?![A-Za-z0-9_/])"
    r"|(?<![\w@])(?P<mention>@[A-Za-z][A-Za-z0-9_]{3,31})(?![A-Za-z0-9_])"
    r"|(?<!\w)(?P<hashtag>#\w{1,256})"
    r"|(?<![\w+])(?P<phone_number>\+\d[\d -]{6,16}\d)(?!\w)"
)
_WORTH_A_LOOK = re.compile("[/@#+]")
_OPAQUE = ("code", "pre", "text_link", "url")


def find(text: str) -> list[Entity]:
    """The entities Telegram sees in a plain text, in order.

    >>> find("/find 张伟")
    [{'type': 'bot_command', 'offset': 0, 'length': 5}]
    """
    if not _WORTH_A_LOOK.search(text):
        return []
    found = []
    for hit in _FOUND.finditer(text):
        kind = hit.lastgroup or ""
        found.append({"type": kind, "offset": html.utf16(text[: hit.start()]), "length": html.utf16(hit[0])})
    return found


def merged(given: list[Entity], text: str) -> list[Entity]:
    """The given entities and those found in the text where no code or link stands, sorted."""
    found = find(text)
    if not found:
        return given
    opaque = [entity for entity in given if entity["type"] in _OPAQUE]
    kept = [entity for entity in found if not any(_overlap(entity, other) for other in opaque)]
    return sorted([*given, *kept], key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """The text without blanks at its ends, as the server stores it, with the entities moved along."""
    if not text or not (text[0].isspace() or text[-1].isspace()):
        return text, entities
    shift = html.utf16(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    return stripped, list(_clipped(entities, shift, html.utf16(stripped)))


def _clipped(entities: Iterable[Entity], shift: int, length: int) -> Iterable[Entity]:
    for entity in entities:
        start = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if end > start:
            yield {**entity, "offset": start, "length": end - start}


def _overlap(one: Entity, other: Entity) -> bool:
    starts_before_end = one["offset"] < other["offset"] + other["length"]
    return bool(starts_before_end and other["offset"] < one["offset"] + one["length"])
