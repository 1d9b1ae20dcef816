"""Time expressions → dates, deadlines and repetitions; the future is meant unless the words say otherwise."""

from nlp.when.called import hiding
from nlp.when.expressions import When, find, first, impossible, read_strict
from nlp.when.occurrences import SeriesOver, next_occurrence
from nlp.when.past import is_last_years, lately
from nlp.when.tokens import PART_HOURS, ImpossibleDate

__all__ = [
    "PART_HOURS",
    "ImpossibleDate",
    "SeriesOver",
    "When",
    "find",
    "first",
    "hiding",
    "impossible",
    "is_last_years",
    "lately",
    "next_occurrence",
    "read_strict",
]
