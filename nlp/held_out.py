"""What the built-in model says of its own corpus as of notes by writers it has not seen: the yardstick of whatever is
laid over it. Made once for a model and kept beside it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import corpus as notes_corpus
from nlp import weights, whole_files

FILE: Final = "held_out.npz"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The measuring notes: their texts, and (n_notes, n_labels) what is given and how likely it was told to be."""

    texts: tuple[str, ...]
    given: Floats
    likely: Floats


def of(corpus: Path, folder: Path) -> HeldOut:
    """The delivered notes of the corpus, all where none of them is in it; fitted once if they are not kept yet."""
    from nlp import fitting

    notes = notes_corpus.load(corpus)
    likely = _read(corpus, folder)
    if likely is None or len(likely) != len(notes):
        likely = fitting.fit(notes).held_out
        keep(corpus, folder, likely)
    measured = [notes_corpus.is_delivered(note) for note in notes]
    chosen = np.array(measured) | (not any(measured))
    measuring = [note for note, yes in zip(notes, chosen, strict=True) if yes]
    texts = tuple(note.text for note in measuring)
    return HeldOut(texts, fitting.truth(measuring), likely[chosen].astype(np.float32))


def keep(corpus: Path, folder: Path, likely: Floats) -> None:
    """What was told of every note of the corpus, in order, is kept beside the model."""
    mark = np.frombuffer(_mark(corpus).encode(), np.uint8)
    folder.mkdir(parents=True, exist_ok=True)
    whole_files.replace(folder / FILE, lambda stream: np.savez(stream, likely=likely, mark=mark))


def _read(corpus: Path, folder: Path) -> Floats | None:
    try:
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            kept: Floats = arrays["likely"]
            return kept if arrays["mark"].tobytes().decode() == _mark(corpus) else None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _mark(corpus: Path) -> str:
    return f"{notes_corpus.digest(corpus)} {weights.code_version()}"
