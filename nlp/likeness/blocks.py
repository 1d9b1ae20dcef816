"""Which records are compared at all: those that share a key. No pair is looked at that has none in common."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from nlp import names
from nlp.likeness import numbers
from nlp.likeness.verdicts import Likeness, Record, compare

LARGEST: Final = 60  # records of one key that are compared each with each; more are divided by the full name first


def keys(record: Record) -> set[str]:
    """Everything that a record of the same person might share: own numbers, line, name with house or birthday."""
    found = {f"p{number}" for number in record.numbers.mobiles}
    found |= {f"l{local[: numbers.LOCAL]}" for _, local in record.numbers.lines}
    wechat, mail = numbers.wechat_of(record.wechat), numbers.mail_of(record.mail)
    found |= {f"w{wechat}"} if wechat else set()
    found |= {f"m{mail}"} if mail else set()
    return found | _named(record) | (_housed(record) if record.firm.core else set())


def _named(record: Record) -> set[str]:
    spoken = record.spoken
    if spoken.kind != "full":
        return set()
    found = {f"b{spoken.words}{record.born}"} if record.born else set()
    for number in record.numbers.mobiles:  # one slip is in one half of it
        found |= {f"n{spoken.words}{number[:6]}", f"n{spoken.words}{number[-5:]}"}
    return found | ({f"r{spoken.words}"} if len(spoken.words) >= 4 else set())


def _housed(record: Record) -> set[str]:
    """The house with each way in which the person may be called there."""
    brand, spoken = record.firm.brand, record.spoken
    calls = {f"={name}" for name in (*record.nicknames, spoken.words)}
    if spoken.kind in ("full", "call", "pet"):
        calls |= {f"~{sound}" for sound in names.sounds(spoken.family)}
    if spoken.kind in ("full", "given"):
        calls |= {f"+{spoken.words[-2:]}"}
    if spoken.kind == "full":
        calls |= {f"~{sound}" for sound in names.sounds(spoken.words[-1])}
    if spoken.kind == "latin":
        calls |= {f"~{token}" for token in spoken.words.split()}
    return {f"c{brand}{call}" for call in calls}


def pairs(records: Sequence[Record]) -> dict[tuple[int, int], Likeness]:
    """Every suspected pair among the records, (lower key, higher key) → how alike they are.

    >>> found = pairs([Record(1, "王总", phones=("13800138001",)), Record(2, "王建国", phones=("13800138001",))])
    >>> found[1, 2].reasons
    ('mobile', 'call')
    """
    blocks = _shared(records)
    found: dict[tuple[int, int], Likeness] = {}
    seen: set[tuple[int, int]] = set()
    for block in blocks:
        for one, other in _couples(block):
            pair = (one.key, other.key) if one.key < other.key else (other.key, one.key)
            if pair not in seen:
                seen.add(pair)
                alike = compare(one, other)
                if alike is not None:
                    found[pair] = alike
    return found


def _shared(records: Sequence[Record]) -> list[list[Record]]:
    """The records of each key that several have; keys by their hashes, as most have one record and are many."""
    first: dict[int, Record] = {}
    several: dict[int, list[Record]] = {}
    for record in records:
        for key in map(hash, keys(record)):
            one = first.setdefault(key, record)
            if one is not record:
                several.setdefault(key, [one]).append(record)
    return list(several.values())


def _couples(block: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    if len(block) <= LARGEST:
        yield from _each(block)
        return
    by_name: defaultdict[str, list[Record]] = defaultdict(list)
    for record in block:
        by_name[record.spoken.words].append(record)
    for part in by_name.values():
        yield from _each(part[:LARGEST])


def _each(block: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    members = list(block)
    for at, one in enumerate(members):
        for other in members[at + 1 :]:
            yield one, other
