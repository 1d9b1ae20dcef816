"""The rules for days and stretches of them, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nlp.sieves import Sieve
from nlp.when import days, english, periods, ranges, relative
from nlp.when.months import Rule


def fitting(text: str) -> Iterator[Rule]:
    """The rules whose pattern may be found in the text."""
    return _sieve().left(text)


@cache
def _sieve() -> Sieve[Rule]:
    rules: list[Rule] = [*days.RULES, *english.RULES, *relative.RULES, *periods.RULES, *ranges.RULES]
    return Sieve([(rule[0], rule) for rule in rules])
