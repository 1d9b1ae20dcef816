"""The rules of rules.txt: the line to type for a question, and the pattern that fits the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nlp import lazy
from nlp.sieves import Sieve
from nlp.spoken.words import PARTS

_PART = lazy.regex(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class Rule:
    """`line` with {who}, {mate}, {q} and {when} in it; those are groups of the pattern."""

    line: str
    pattern: re.Pattern[str]


@cache
def of(section: str) -> tuple[Rule, ...]:
    """The rules below [section], in their order."""
    found: list[Rule] = []
    at = ""
    for line in (Path(__file__).parent / "rules.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            at = line.strip("[]")
        elif at == section and not line.startswith("#"):
            said, _, pattern = line.partition("\t")
            found.append(Rule(said, _compiled(pattern)))
    return tuple(found)


def fitting(section: str, text: str) -> Iterator[Rule]:
    """The rules below [section] that may fit the text, in their order; the others need a character that it has not."""
    return _sieve(section).left(text)


@cache
def _sieve(section: str) -> Sieve[Rule]:
    return Sieve([(rule.pattern, rule) for rule in of(section)])


def only(section: str) -> re.Pattern[str]:
    """The pattern of a section that has one."""
    return of(section)[0].pattern


def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its parts spelled out."""
    return re.compile(_PART.sub(lambda match: PARTS[match[1]], pattern))
