"""The notes corpus beside the corpus as delivered: sizes, variety, label shares, near-duplicates, doubtful labels.

    python -m benchmarks corpus              a minute
    python -m benchmarks.corpus --doubts 40  also prints the notes whose labels the others' notes contradict most

Near-duplicates: pairs of notes whose sets of character 3-grams have a Jaccard index of 0.6 or more; there must be none
among the notes that were added, and none between them and the delivered ones.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from nlp import corpus, fitting, labels
from nlp.corpus import Note

ALIKE = 0.6
_SURE = 0.97
Grams = frozenset[str]


def main(arguments: Sequence[str] = ()) -> None:
    """Prints every figure; fails when added notes are alike."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus")
    parser.add_argument("--doubts", type=int, default=0, metavar="N")
    doubts = parser.parse_args(arguments).doubts
    notes = corpus.load(corpus.FOLDER)
    delivered = [note for note in notes if corpus.is_delivered(note)]
    added = [note for note in notes if not corpus.is_delivered(note)]
    _sizes(delivered, added)
    _shares(delivered, added)
    alike = list(near_duplicates(notes))
    ours = [(one, other) for one, other in alike if not (corpus.is_delivered(one) and corpus.is_delivered(other))]
    counts = f"{len(alike) - len(ours)} delivered, {len(ours)} with an added note"
    print(f"near-duplicates (Jaccard of 3-grams >= {ALIKE}): {counts}")
    _doubts(notes, doubts)
    if ours:
        raise SystemExit("\n".join(f"{one.text}  ~  {other.text}" for one, other in ours))


def _sizes(delivered: Sequence[Note], added: Sequence[Note]) -> None:
    print(f"{'':30}{'delivered':>12}{'added':>12}")
    rows = (
        ("notes", len),
        ("writers (voices)", lambda notes: len({note.writer for note in notes})),
        ("industries as written", lambda notes: len({note.industry for note in notes})),
        ("characters, median", lambda notes: int(np.median([len(note.text) for note in notes]))),
        ("distinct 4-grams", lambda notes: len({gram for note in notes for gram in grams(note.text, 4)})),
        ("distinct 4-grams a note", lambda notes: _per_note(notes)),
    )
    for title, count in rows:
        print(f"{title:30}{count(delivered):>12,}{count(added):>12,}")


def _per_note(notes: Sequence[Note]) -> float:
    """Over as many notes as the delivered corpus has, since variety a note shrinks with size."""
    chosen = notes[:: max(1, len(notes) // 6299)][:6299]
    return round(len({gram for note in chosen for gram in grams(note.text, 4)}) / max(1, len(chosen)), 1)


def _shares(delivered: Sequence[Note], added: Sequence[Note]) -> None:
    for label in labels.ALL:
        counts = [sum(label in note.given() for note in notes) for notes in (delivered, added)]
        shares = [count / len(notes) for count, notes in zip(counts, (delivered, added), strict=True)]
        print(f"  {label:28}{counts[0]:>7,} {shares[0]:4.0%}{counts[1]:>7,} {shares[1]:4.0%}")


def grams(text: str, size: int = 3) -> Grams:
    """The runs of `size` characters of a text without blanks; the text itself where it is shorter."""
    plain = "".join(text.split())
    return frozenset(plain[at : at + size] for at in range(len(plain) - size + 1)) or frozenset([plain])


def near_duplicates(notes: Sequence[Note]) -> Iterator[tuple[Note, Note]]:
    """Every pair of notes that are alike, by an index from 3-gram to notes."""
    holding: dict[str, list[int]] = defaultdict(list)
    sets = [grams(note.text) for note in notes]
    for at, mine in enumerate(sets):
        shared = Counter(other for gram in mine for other in holding[gram])
        for other, common in shared.items():
            if common / (len(mine) + len(sets[other]) - common) >= ALIKE:
                yield notes[other], notes[at]
        for gram in mine:
            holding[gram].append(at)


def _doubts(notes: Sequence[Note], n_shown: int) -> None:
    """Confident learning: labels that machines which saw no note of the writer contradict with great confidence."""
    given, likely = fitting.truth(notes), fitting.fit(notes).held_out
    intents = slice(0, len(labels.INTENTS))
    contradicted = np.where(given == 1, 1 - likely, likely)[:, intents]
    print(f"intents contradicted with p >= {_SURE}: {int((contradicted >= _SURE).sum())} of {contradicted.size:,}")
    order = np.argsort(-contradicted, axis=None)[:n_shown]
    for at, column in zip(*np.unravel_index(order, contradicted.shape), strict=True):
        note = notes[at]
        told = f"{labels.INTENTS[column]} {'given' if given[at, column] else 'missing'}, p = {likely[at, column]:.2f}"
        print(f"  {note.writer} {told}: {note.text} [{' '.join(note.intents)}]")


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
