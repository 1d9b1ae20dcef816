"""Complaints in real reviews by a tagger that has learned from the notes corpus alone, beside plain TF-IDF.

    python -m benchmarks reviews

Reviews: SophonPlus/ChineseNlpCorpus (shopping, food delivery, hotels), found through $SALES_DATA, never learned from.
A review counts as told a complaint when the tagger gives it the label, with its own threshold.
"""

from __future__ import annotations

import csv
import gzip
import os
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from nlp import baseline, corpus, fitting, labels
from nlp.tagger import Tagger

_COMPLAINT = labels.ALL.index("complaint")
Answers = NDArray[np.bool_]


def main() -> None:
    """Prints macro-F1 of complaint or not, ours and the baseline's, over all and by kind of review."""
    path = Path(os.environ.get("SALES_DATA", "")) / "reviews" / "complaint_test.csv.gz"
    if not os.environ.get("SALES_DATA") or not path.is_file():
        print("skipped: reviews/complaint_test.csv.gz, SophonPlus/ChineseNlpCorpus, found through $SALES_DATA")
        return
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    texts, given = [row["text"] for row in rows], np.array([row["label"] == "1" for row in rows])
    notes = corpus.load(corpus.FOLDER)
    model = Tagger(fitting.named(fitting.fit(notes).weights))
    began = time.perf_counter()
    told = np.array(["complaint" in tags.intents for tags in model.tag_many(texts)])
    rate = len(texts) / (time.perf_counter() - began)
    plain = _plain([note for note in notes if corpus.is_delivered(note)], texts)
    print(f"{len(texts)} reviews, {given.mean():.0%} complaints; told {told.mean():.0%}, at {rate:,.0f} a second")
    both = f"tagger {_f1(given, told):.3f}; TF-IDF on the delivered notes {_f1(given, plain):.3f}"
    print(f"  complaint or not, macro-F1: {both}")
    for domain in sorted({row["domain"] for row in rows}):
        part = np.array([row["domain"] == domain for row in rows])
        ours, theirs = _f1(given[part], told[part]), _f1(given[part], plain[part])
        print(f"    {domain:10} {int(part.sum()):6}  {ours:.3f}  {theirs:.3f}")


def _plain(notes: list[corpus.Note], texts: list[str]) -> Answers:
    counts = baseline.Counts([*(note.text for note in notes), *texts])
    test = np.arange(len(notes) + len(texts)) >= len(notes)
    answers = np.zeros((len(test), 1), np.float32)
    answers[: len(notes), 0] = fitting.truth(notes)[:, _COMPLAINT]
    return counts.predict(answers, test)[:, 0] >= 0.5


def _f1(given: Answers, told: Answers) -> float:
    both = [(given & told, given, told), (~given & ~told, ~given, ~told)]
    return float(np.mean([2 * hit.sum() / max(1, one.sum() + other.sum()) for hit, one, other in both]))
