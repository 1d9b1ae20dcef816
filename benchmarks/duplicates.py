"""How well duplicate customers are found on 200 hand-labelled pairs, and how long it takes in a team of 100,000.

Run: python -m benchmarks duplicates [--open]. Pairs: tests/crm/pairs (labelled before the rules were written); they
were made with the half 'open', the half 'check' is read here only. `--open` lists what is wrong in the open half. The
baseline calls two records one customer when a number or the name is the same, as typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import duplicates_speed
from nlp.likeness import blocks
from nlp.likeness.verdicts import Record

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "crm" / "pairs"
FIELDS = {"co": "company", "job": "title", "wx": "wechat", "mail": "mail", "sex": "gender", "born": "born"}


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled pair."""

    same: bool
    kind: str
    one: Record
    other: Record


def read(half: str) -> list[Pair]:
    """The pairs of a half."""
    pairs = []
    for number, line in enumerate((FOLDER / f"{half}.txt").read_text().splitlines()):
        if not line or line.startswith("#"):
            continue
        kind, one, other = (part.strip() for part in line[1:].split("|"))
        pairs.append(Pair(line[0] == "=", kind, _record(2 * number, one), _record(2 * number + 1, other)))
    return pairs


def _record(key: int, text: str) -> Record:
    name, *parts = (part.strip() for part in text.split(";"))
    given: dict[str, str] = {}
    phones: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    for part in parts:
        word, _, value = part.partition(" ")
        if word == "tel":
            phones = tuple(number.strip() for number in value.split(","))
        elif word == "aka":
            nicknames = (value,)
        elif word in FIELDS:
            given[FIELDS[word]] = value
    return Record(key, name, phones=phones, nicknames=nicknames, **given)


def found(pair: Pair) -> bool:
    """What we say: the two records alone, through the same keys as a whole team."""
    return bool(blocks.pairs([pair.one, pair.other]))


def baseline(pair: Pair) -> bool:
    """The same number or the same name."""
    one, other = ({re.sub(r"[ -]", "", phone) for phone in record.phones} for record in (pair.one, pair.other))
    return bool(one & other) or pair.one.name == pair.other.name


def figures(pairs: list[Pair], said: Callable[[Pair], bool]) -> tuple[float, float]:
    """Precision and recall of pairs."""
    yes = [pair for pair in pairs if said(pair)]
    right = sum(pair.same for pair in yes)
    return right / max(len(yes), 1), right / sum(pair.same for pair in pairs)


def main(options: tuple[str, ...] = ()) -> None:
    """Prints the table."""
    if "--open" in options:
        for pair in read("open"):
            if found(pair) != pair.same:
                print("missed" if pair.same else "wrong ", pair.kind, "|", pair.one.name, "|", pair.other.name)
    halves = ("open",) if "--open" in options else ("open", "check")
    print(f"{'pairs':<16} {'n':>4} {'precision':>10} {'recall':>8}   baseline: same number or name")
    for half in halves:
        _line(half, read(half))
    if len(halves) == 2:
        _line("all", read("open") + read("check"))
        duplicates_speed.main()


def _line(name: str, pairs: list[Pair]) -> None:
    ours, plain = figures(pairs, found), figures(pairs, baseline)
    print(f"{name:<16} {len(pairs):>4} {ours[0]:>10.3f} {ours[1]:>8.3f}   {plain[0]:.3f} / {plain[1]:.3f}")


if __name__ == "__main__":
    main()
