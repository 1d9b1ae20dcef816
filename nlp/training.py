"""Labelled notes → a fitted tagger in a folder, with its figures on writers it has not seen.

python -m nlp.training CORPUS FOLDER      prints one line of JSON, the evidence, at the end
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import importlib.metadata
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import corpus as notes_corpus
from nlp import fitting, held_out, labels, weights, whole_files
from nlp.corpus import Note

EVIDENCE_FILE: Final = "evidence.json"
_MOST_PROCESSES: Final = 2
_LIBRARIES: Final = ("jieba", "numpy", "scipy")


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """What a model was made from and how good it was on writers left out.

    metrics: intents_f1 and topics_f1 (macro; topics over notes with complaint or need_explicit),
    sentiment_accuracy, urgent_f1, and `f1` with one figure a label.
    """

    version: str
    code: str
    data_hash: str
    created_from: str
    created_at: str
    seed: int
    n_notes: int
    n_writers: int
    n_features: int
    libraries: Mapping[str, str]
    metrics: Mapping[str, Any]
    thresholds: Mapping[str, float]


def train(corpus: Path, folder: Path, *, seed: int = 0, processes: int = 1) -> Evidence:
    """The folder holds a tagger fitted on the corpus (a file, or a folder of .tsv), its evidence and held-out answers.

    Each file is replaced whole, the tagger last: a crash leaves the tagger that was there.
    Raises: CorpusBroken.
    """
    notes = notes_corpus.load(corpus)
    fitted = fitting.fit(notes, seed=seed, processes=processes)
    told = _evidence(corpus, notes, fitted, seed)
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dataclasses.asdict(told), ensure_ascii=False, indent=1)
    whole_files.replace(folder / EVIDENCE_FILE, lambda stream: stream.write(text.encode()))
    named = fitting.named(fitted.weights, version=told.version, code=told.code, data_hash=told.data_hash)
    held_out.keep(corpus, folder, fitted.held_out)
    weights.write(named, folder)
    return told


def is_current(folder: Path, corpus: Path) -> bool:
    """Whether the folder's tagger was made from exactly this corpus by exactly this code."""
    try:
        about = weights.about(folder)
    except (weights.ModelMissing, weights.ModelBroken):
        return False
    return about.get("data_hash") == notes_corpus.digest(corpus) and about.get("code") == weights.code_version()


def _evidence(corpus: Path, notes: Sequence[Note], fitted: fitting.Fitted, seed: int) -> Evidence:
    data_hash, code = notes_corpus.digest(corpus), weights.code_version()
    return Evidence(
        version=f"{data_hash[:8]}-{code[:6]}-{seed}",
        code=code,
        data_hash=data_hash,
        created_from=", ".join(path.name for path in notes_corpus.files(corpus)),
        created_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        seed=seed,
        n_notes=len(notes),
        n_writers=len({note.writer for note in notes}),
        n_features=len(fitted.weights.squares) - 1,
        libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
        metrics=_figures(notes, fitted.held_out),
        thresholds=dict(zip(labels.ALL, map(float, fitted.weights.thresholds), strict=True)),
    )


def _figures(notes: Sequence[Note], likely: NDArray[np.float32]) -> dict[str, Any]:
    """Of the delivered notes; of all where none of them is in the corpus."""
    measured = np.array([notes_corpus.is_delivered(note) for note in notes])
    measured |= not measured.any()
    folds = [test[measured] for test in fitting.writer_folds(notes)]
    return fitting.figures(fitting.truth(notes)[measured], likely[measured], [test for test in folds if test.any()])


def main(arguments: Sequence[str] | None = None) -> None:
    """Train from the command line; the last line on standard output is the evidence."""
    parser = argparse.ArgumentParser(prog="python -m nlp.training")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    told = train(asked.corpus, asked.folder, seed=asked.seed, processes=min(_MOST_PROCESSES, os.cpu_count() or 1))
    sys.stdout.write(json.dumps(dataclasses.asdict(told), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
