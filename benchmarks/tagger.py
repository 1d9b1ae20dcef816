"""The tagger's figures, each beside its baseline: quality on unseen writers, calibration, speed, size.

    python -m benchmarks tagger             the whole, every writer left out in turn: seventeen trainings
    python -m benchmarks.tagger --quick     the writers in three groups
    python -m benchmarks.tagger --speed     training, speed and memory only

Quality is strict: the writers tested on are left out of everything, vocabulary, weights, probabilities and thresholds.
Only writers of the delivered corpus are tested on; notes_dev.jsonl ($SALES_DATA) and unseen/notes_everyday.tsv are
measured and never learned from.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from crm import notes as crm_notes
from nlp import baseline, corpus, fitting, labels
from nlp.corpus import Note
from nlp.tagger import Tagger, Tags

_DELIVERED_HASH: Final = "df8ca6429afa805f9bc64dc0de5a092b10e6609fd436c6cb90581fcd3e99f9c9"
_UNSEEN: Final = Path(__file__).parent / "unseen"
_ROWS: Final = (
    ("intents macro-F1", "intents_f1"),
    ("topics macro-F1 (complaint or need_explicit)", "topics_f1"),
    ("sentiment accuracy", "sentiment_accuracy"),
    ("urgent F1", "urgent_f1"),
)
Floats = NDArray[np.float32]


def main(arguments: Sequence[str] = ()) -> None:
    """Prints every figure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.tagger")
    parser.add_argument("--quick", action="store_true", help="three groups of writers instead of one by one")
    parser.add_argument("--speed", action="store_true", help="training, speed and memory only")
    asked = parser.parse_args(arguments)
    if corpus.digest(corpus.DELIVERED) != _DELIVERED_HASH:
        raise SystemExit("notes_train.tsv is not the delivered file: its writers cannot measure")
    notes = corpus.load(corpus.FOLDER)
    if not asked.speed:
        _writers_left_out(notes, 3 if asked.quick else 14)
        _further_notes(notes)
    with tempfile.TemporaryDirectory() as folder:
        _training(Path(folder))
        _speed(Path(folder), [note.text for note in notes])
        _memory(Path(folder))


def _writers_left_out(notes: Sequence[Note], n_folds: int) -> None:
    measured = np.array([corpus.is_delivered(note) for note in notes])
    delivered = [note for note in notes if corpus.is_delivered(note)]
    extra = [note for note in notes if not corpus.is_delivered(note)]
    given = fitting.truth(delivered)
    counts = baseline.Counts([note.text for note in delivered])
    folds = fitting.writer_folds(delivered, n_folds)
    likely, plain, told = np.zeros_like(given), np.zeros_like(given), np.zeros_like(given)
    for test in folds:
        known = [note for note, out in zip(delivered, test, strict=True) if not out]
        model = Tagger(fitting.named(fitting.fit([*known, *extra]).weights))
        found = model.tag_many([note.text for note, out in zip(delivered, test, strict=True) if out])
        likely[test] = _likely(found)
        told[test] = likely[test] >= model.thresholds
        plain[test] = counts.predict(given, test)
    print(f"{len(delivered)} notes, whole writers left out in {len(folds)} folds; {int((~measured).sum())} more teach")
    moods = likely[:, fitting.SENTIMENT].argmax(axis=1)
    _table(fitting.scores_of(given, told, moods), fitting.figures(given, plain, folds))
    _calibration(given, likely)
    _alarms(given, likely, told > 0)


def _further_notes(notes: Sequence[Note]) -> None:
    """Notes of writers of whom nothing was learned: everyday messages of reps, and notes_dev.jsonl."""
    model = Tagger(fitting.named(fitting.fit(notes).weights))
    _everyday_notes(model, notes)
    path = Path(os.environ.get("SALES_DATA", "")) / "notes_dev.jsonl"
    if not os.environ.get("SALES_DATA") or not path.is_file():
        print("skipped: notes_dev.jsonl, written for this project, found through $SALES_DATA")
        return
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    dev = [
        Note("dev", r["industry"], r["text"], tuple(r["intents"]), tuple(r["topics"]), r["sentiment"], r["urgent"])
        for r in rows
    ]
    print(f"{len(dev)} notes of notes_dev.jsonl (two other writers, so ± 0.04; baseline cut at one half)")
    _measure(model, notes, dev)


def _everyday_notes(model: Tagger, notes: Sequence[Note]) -> None:
    everyday, again = (corpus.load(_UNSEEN / f"notes_everyday{reader}.tsv") for reader in ("", "_second"))
    given, second = fitting.truth(everyday), fitting.truth(again)
    print(f"{len(everyday)} everyday notes of three other writers, labelled by one reader (baseline cut at one half)")
    told, plain = _measure(model, notes, everyday)
    scenes = [path for path in corpus.files(corpus.FOLDER) if not path.stem.startswith(corpus.EVERYDAY)]
    before = Tagger(fitting.named(fitting.fit([note for path in scenes for note in corpus.load(path)]).weights))
    untaught = np.asarray(_likely(before.tag_many([note.text for note in everyday])) >= before.thresholds, np.float32)
    agreed = fitting.scores_of(given, second, second[:, fitting.SENTIMENT].argmax(axis=1))
    none = [place for place, note in enumerate(everyday) if not note.intents]
    shares = [f"{_alarmed(found[none]):.3f}" for found in (told, plain, second, untaught)]
    poorer = fitting.scores_of(given, untaught, untaught[:, fitting.SENTIMENT].argmax(axis=1))["intents_f1"]
    print(f"  taught without everyday notes: intents {poorer:.3f}")
    print(
        f"  a second reader: intents {agreed['intents_f1']:.3f}, topics {agreed['topics_f1']:.3f}, "
        f"sentiment {agreed['sentiment_accuracy']:.3f}, urgent {agreed['urgent_f1']:.3f}"
    )
    print(
        f"  of the {len(none)} without an intent called complaint, churn or rival: {shares[0]} "
        f"(TF-IDF {shares[1]}, second reader {shares[2]}, taught without everyday notes {shares[3]})"
    )


def _measure(model: Tagger, notes: Sequence[Note], further: Sequence[Note]) -> tuple[Floats, Floats]:
    """Prints the figures on further notes; gives (n, n_labels) of what tagger and baseline tell."""
    given = fitting.truth(further)
    found = model.tag_many([note.text for note in further])
    likely = _likely(found)
    delivered = [note for note in notes if corpus.is_delivered(note)]
    everything = [*delivered, *further]
    test = np.arange(len(everything)) >= len(delivered)
    plain = baseline.Counts([note.text for note in everything]).predict(fitting.truth(everything), test)
    told, plain_told = (np.asarray(one, np.float32) for one in (likely >= model.thresholds, plain >= 0.5))
    moods, plain_moods = (one[:, fitting.SENTIMENT].argmax(axis=1) for one in (likely, plain))
    _table(fitting.scores_of(given, told, moods), fitting.scores_of(given, plain_told, plain_moods))
    gated = [np.isin(labels.TOPICS, tags.topics) for tags in found]
    shown = told.copy()
    shown[:, fitting.TOPICS] = np.array(gated)
    topics = fitting.scores_of(given, shown, moods)["topics_f1"]
    print(f"  topics as shown, only with an intent they belong to: {topics:.3f}")
    return told, plain_told


def _alarmed(told: Floats) -> float:
    """The share called one of the intents that send somebody to work."""
    columns = [labels.ALL.index(label) for label in ("complaint", "churn", "competitor")]
    return float(told[:, columns].any(axis=1).mean())


def _likely(found: Sequence[Tags]) -> Floats:
    return np.array([[tags.probability[label] for label in labels.ALL] for tags in found], np.float32)


def _table(ours: dict[str, Any], plain: dict[str, Any]) -> None:
    print(f"  {'':46}{'tagger':>8}{'TF-IDF':>8}")
    for title, key in _ROWS:
        print(f"  {title:46}{ours[key]:8.3f}{plain[key]:8.3f}")
    for group in (labels.INTENTS, labels.TOPICS):
        print("  " + "  ".join(f"{label} {ours['f1'][label]:.2f} ({plain['f1'][label]:.2f})" for label in group))


def _calibration(given: Floats, likely: Floats) -> None:
    errors = [_calibration_error(given[:, column], likely[:, column]) for column in range(len(labels.INTENTS))]
    told = "  ".join(f"{label} {error:.3f}" for label, error in zip(labels.INTENTS, errors, strict=True))
    print(f"  calibration error, ten equal-width bins: {told}")


def _alarms(given: Floats, likely: Floats, told: NDArray[np.bool_]) -> None:
    """What raises an alarm unasked, and what is asked about first, beside every label taken as certain."""
    for label in crm_notes.ALARMS:
        column = labels.INTENTS.index(label)
        is_it, over = given[:, column] > 0, told[:, column] > 0
        sure = over & (likely[:, column] >= crm_notes.LIKELIER)
        print(
            f"  {label}: {int(over.sum())} told, {1 - is_it[over].mean():.0%} of them false; alarms without a question"
            f" {int(sure.sum())}, {1 - is_it[sure].mean():.0%} of them false"
        )


def _calibration_error(given: Floats, likely: Floats) -> float:
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [abs(float(given[bins == at].mean() - likely[bins == at].mean())) for at in np.unique(bins)]
    shares = [float((bins == at).mean()) for at in np.unique(bins)]
    return float(np.dot(gaps, shares))


def _training(folder: Path) -> None:
    began, used = time.perf_counter(), _children_used()
    command = [sys.executable, "-m", "nlp.training", str(corpus.FOLDER), str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    clock, processor = time.perf_counter() - began, _children_used() - used
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(
        f"train from scratch: {processor:.1f} s of processor, {clock:.1f} s by the clock in two processes, "
        f"the largest of {largest:.0f} MB"
    )


def _children_used() -> float:
    """Seconds of processor that this process's ended children have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _speed(folder: Path, texts: Sequence[str]) -> None:
    model = Tagger.load(folder)
    model.tag_many(texts[:200])
    cut = baseline.jieba_tokenizer().lcut
    rates = [
        (_rate(lambda: [cut(text) for text in texts], len(texts)), _rate(lambda: model.tag_many(texts), len(texts)))
    ]
    rates += [(_rate(lambda: [cut(t) for t in texts], len(texts)), _rate(lambda: model.tag_many(texts), len(texts)))]
    alone, whole = max(rate[0] for rate in rates), max(rate[1] for rate in rates)
    print(f"notes a second, one thread: {whole:,.0f}; jieba.lcut alone {alone:,.0f}; ratio {whole / alone:.2f}")
    took = np.array([_seconds(lambda text=text: model.tag(text)) for text in texts[::3]]) * 1000
    print(f"single note: p50 {np.percentile(took, 50):.2f} ms, p99 {np.percentile(took, 99):.2f} ms of processor")
    long = np.array([_seconds(lambda: model.tag("".join(texts[:200])[:4000])) for _ in range(50)]) * 1000
    print(f"4,000 characters: p50 {np.percentile(long, 50):.2f} ms, worst of 50 {long.max():.2f} ms")


def _rate(work: Any, size: int) -> float:
    return size / _seconds(work)


def _seconds(work: Any) -> float:
    """Of processor: what else the machine does is none of the tagger's."""
    began = time.process_time()
    work()
    return time.process_time() - began


_PROBE: Final = """
import resource, sys, time
from pathlib import Path
def used(): return int(Path('/proc/self/statm').read_text().split()[1]) * resource.getpagesize() / 1e6
from nlp import tokens
start = used(); began = time.perf_counter(); tokens.cutter(); jieba, at_jieba = time.perf_counter() - began, used()
began = time.perf_counter(); from nlp.tagger import Tagger; model = Tagger.load(Path(sys.argv[1]))
ready = time.perf_counter() - began; model.tag('客户很满意')
print(f'load: dictionary {jieba:.2f} s, {at_jieba - start:.0f} MB; '
      f'tagger {ready:.2f} s, {used() - at_jieba:.0f} MB more')
"""


def _memory(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE, str(folder)], check=True, capture_output=True, text=True)
    print(done.stdout.strip())


if __name__ == "__main__":
    main(sys.argv[1:])
