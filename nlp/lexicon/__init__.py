"""The word lists beside this file, read once when first asked for."""

import re
from functools import cache
from pathlib import Path


def _lines(name: str) -> list[str]:
    path = Path(__file__).parent / f"{name}.txt"
    return [
        line.strip()
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


@cache
def words(name: str) -> frozenset[str]:
    """All words of a list."""
    return frozenset(word for line in _lines(name) for word in line.split())


@cache
def alternatives(name: str) -> str:
    """A regular expression for any word of the list, longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words(name), key=len, reverse=True))) + ")"


@cache
def table(name: str) -> tuple[tuple[str, str], ...]:
    """The `key: value` lines of a list, in order."""
    pairs = (line.partition(":") for line in _lines(name))
    return tuple((key.strip(), value.strip()) for key, _, value in pairs)
