"""One trained model for all tests of a machine, kept in var/ and trained again when corpus or features change."""

from __future__ import annotations

import fcntl
import functools
from pathlib import Path

from nlp import corpus, training
from nlp.tagger import Tagger

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "nlp"


@functools.cache
def trained_model() -> Path:
    """The folder of a current model; safe for parallel test processes, trains at most once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER.parent / "training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not training.is_current(FOLDER, corpus.FOLDER):
            training.train(corpus.FOLDER, FOLDER)
    return FOLDER


@functools.cache
def trained_tagger() -> Tagger:
    """The model, loaded once a process: nothing in it changes, and loading it is half the start of an office."""
    tagger = Tagger.load(trained_model())
    tagger.tag("王总说交期太慢")  # as a start does: jieba's dictionary is not left to the first note
    return tagger
