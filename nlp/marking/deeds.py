"""Which times and sums of a message count: when the rep's own task is due and what it is, what was paid and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from nlp import lazy, when
from nlp.fields import money
from nlp.marking import chain, features
from nlp.marking.chain import Chain
from nlp.marking.features import covered
from nlp.marking.lines import FOLDER, Span
from nlp.when import When

LETTERS = "dwmuxpok"
CORPUS, FILE = FOLDER / "deeds", Path(__file__).with_name("deeds.npz")
HARDLY = 0.15  # a probability of a character to belong to the task's day
ALONE, RATHER_NOT = 0.9, 0.25  # … of the only one that is the task's for sure; … of every other one


def columns(text: str, kind: str, now: datetime, known: str = "") -> list[list[str]]:
    """The features of each character of a message of this kind (R, O, N); `known`: words that name the customer."""
    own = [(at, at + len(known))] if known and (at := text.find(known)) >= 0 else []
    times, sums = when.find(text, now), money.find(text)
    more = [
        *(covered(text, f"e{sort}", _of_sort(times, sort, now)) for sort in "pdtrl"),
        covered(text, "M", [(one.start, one.end) for one in sums if one.score >= money.MARKED]),
        covered(text, "m", [(one.start, one.end) for one in sums if one.score < money.MARKED]),
        covered(text, "k", own),
        _counted(text, "E", [one.span for one in times]),
        _counted(text, "A", [(one.start, one.end) for one in sums]),
        [[f"K{kind}", f"K{kind}{char}"] for char in text],
    ]
    return features.joined(features.plain(text), *more)


@dataclass(frozen=True, slots=True)
class Marks:
    """The values that the marker sees, and of each character how likely it belongs to the day of the task."""

    spans: Sequence[Span]
    due: Sequence[float]

    def is_sure(self, letter: str, least: float) -> bool:
        """Whether a value of this letter is at least so probable."""
        return any(one.letter == letter and one.probability >= least for one in self.spans)


def marks(text: str, kind: str, now: datetime, known: str = "") -> Marks:
    """What the marker sees in a message of this kind (R, O, N)."""
    held = columns(text[: features.LONGEST], kind, now, known)
    if not held:
        return Marks((), ())
    chances = fitted().chances(held)
    return Marks(chances.spans(), chances.within("d").tolist())


@cache
def fitted() -> Chain:
    """The marker of the file beside this module."""
    return chain.load(FILE)


def _of_sort(times: Sequence[When], sort: str, now: datetime) -> list[tuple[int, int]]:
    """Where the times stand that are past, a day, an hour, a repetition, a limit (p d t r l)."""
    return [one.span for one in times if _sort(one, now) == sort]


def _sort(one: When, now: datetime) -> str:
    if one.recurrence:
        return "r"
    if (one.at and one.at < now) or (one.on and one.on < now.date()):
        return "p"
    return "l" if one.deadline else "t" if one.at else "d"


def _counted(text: str, sign: str, stretches: Sequence[tuple[int, int]]) -> list[list[str]]:
    """Says of the first, second … last stretch which one it is, and of each character how many there are."""
    number = min(len(stretches), 3)
    found = [[f"{sign}#{number}"] for _ in text]
    for place, (start, end) in enumerate(sorted(stretches)):
        last = "L" if place == len(stretches) - 1 else ""
        for at in range(start, min(end, len(text))):
            found[at].append(f"{sign}{min(place, 3)}{last}")
    return found


def without(text: str, due: Sequence[float], now: datetime) -> str:
    """The text in which the times that are hardly the task's are blotted out, place by place.

    due: of each character how likely it belongs to the task's day; where what is likely says nothing alone or is
    counted from another day (头一天晚上), nothing is blotted out
    """
    least = _least(text, due, now)
    likely = [at >= len(due) or due[at] >= least for at in range(len(text))]
    kept = "".join(char if likely[at] else "\n" for at, char in enumerate(text))
    times = [one.span for one in when.find(kept, now)]
    hangs = (match.span() for match in _HANGS.finditer(kept))
    if not times or any(not _is_inside(hang, times) for hang in hangs):
        return text
    blotted = list(text)
    for start, end in _unlikely(text, likely, now):
        blotted[start:end] = BLOT * (end - start)
    return "".join(blotted)


def _least(text: str, due: Sequence[float], now: datetime) -> float:
    """The probability below which a time is blotted out: a higher one where a single time is the task's for sure."""
    chances = [max(due[slice(*one.span)], default=0.0) for one in when.find(text, now)]
    sure = sum(chance >= ALONE for chance in chances)
    return RATHER_NOT if sure == 1 and sum(chance >= RATHER_NOT for chance in chances) == 1 else HARDLY


def _is_inside(hang: tuple[int, int], times: Sequence[tuple[int, int]]) -> bool:
    """True for what is counted from a day named before it in the same words: 清明前两天."""
    return any(start < hang[0] and hang[1] <= end for start, end in times)


def _unlikely(text: str, likely: Sequence[bool], now: datetime) -> list[tuple[int, int]]:
    """The stretches that are a time by themselves and not likely; of 二月二龙抬头 both."""
    other, stretches = ["\n" if likely[at] else char for at, char in enumerate(text)], []
    while found := [one.span for one in when.find("".join(other), now)]:
        for start, end in found:
            other[start:end] = "\n" * (end - start)
        stretches += found
    return stretches


_HANGS = lazy.regex("[前头][一二两三四五六七八九十\\d]*[天日晚夜]|提前|提早|当[天日晚]|第[二三]天|次日|隔[天日]")
BLOT = "\u25a1"
_SPACES = lazy.regex(rf"{BLOT}+")


def bare(words: str) -> str:
    """Words without blots."""
    return _SPACES.sub("", words)
