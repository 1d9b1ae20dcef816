"""Of which characters a text must have one, so that a pattern can be found in it: most patterns need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_parser: Any = getattr(re, "_parser", None)  # the standard library's own; without it nothing is known, and all is tried
_WIDEST = 64  # characters of a range that is still taken apart: a-z, not all Han characters
_ALSO = {"i": "İı", "s": "ſ", "k": "\N{KELVIN SIGN}"}  # what else these match where case is ignored

Chars = frozenset[str] | None


def needed_chars(pattern: re.Pattern[str]) -> Chars:
    """Every text in which the pattern is found has one of these characters; None where no such set is known.

    >>> sorted(needed_chars(re.compile("(?:退订|停用).{0,4}(?:早报|晨报)?")))
    ['停', '退']
    >>> needed_chars(re.compile("[0-9]*$")) is None
    True
    """
    if _parser is None:
        return None
    return _of_sequence(_parser.parse(pattern.pattern, pattern.flags), bool(pattern.flags & re.IGNORECASE))


def _of_sequence(parts: Iterable[tuple[Any, Any]], any_case: bool) -> Chars:
    """All parts must be found: the one that the fewest characters allow says most."""
    sets = [chars for operator, value in parts if (chars := _of_part(str(operator), value, any_case)) is not None]
    return min(sets, key=len, default=None)


def _of_part(operator: str, value: Any, any_case: bool) -> Chars:
    match operator:
        case "LITERAL":
            return _cases(frozenset(chr(value)), any_case)
        case "IN":
            return _of_class(value, any_case)
        case "BRANCH":
            return _union(_of_sequence(branch, any_case) for branch in value[1])
        case "SUBPATTERN":
            _, added, removed, parts = value
            return _of_sequence(parts, (any_case or bool(added & re.IGNORECASE)) and not removed & re.IGNORECASE)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, parts = value
            return _of_sequence(parts, any_case) if least else None
        case "ATOMIC_GROUP":
            return _of_sequence(value, any_case)
        case "ASSERT":
            return _of_sequence(value[1], any_case)
    return None


def _of_class(members: Iterable[tuple[Any, Any]], any_case: bool) -> Chars:
    return _union(_of_member(str(operator), value, any_case) for operator, value in members)


def _of_member(operator: str, value: Any, any_case: bool) -> Chars:
    if operator == "LITERAL":
        return _cases(frozenset(chr(value)), any_case)
    if operator == "RANGE" and value[1] - value[0] < _WIDEST:
        return _cases(frozenset(map(chr, range(value[0], value[1] + 1))), any_case)
    return None


def _cases(chars: frozenset[str], any_case: bool) -> Chars:
    """The characters in either case, where case is ignored; None for letters whose cases are not known here."""
    if not any_case:
        return chars
    if any(char.lower() != char.upper() and not char.isascii() for char in chars):
        return None
    return frozenset(one for char in chars for one in (char.lower(), char.upper(), *_ALSO.get(char.lower(), "")))


def _union(sets: Iterable[Chars]) -> Chars:
    found: set[str] = set()
    for chars in sets:
        if chars is None:
            return None
        found |= chars
    return frozenset(found)
