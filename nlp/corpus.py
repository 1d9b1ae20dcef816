"""The labelled notes the tagger learns from: tab-separated files, one note a line, readable and editable by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from nlp import labels, whole_files

FOLDER: Final = Path(__file__).parent / "corpus"
DELIVERED: Final = FOLDER / "notes_train.tsv"
COLUMNS: Final = ("writer", "industry", "text", "intents", "topics", "sentiment", "urgent")


EVERYDAY: Final = ("notes_everyday", "notes_w")
"""How the names of the files begin whose notes are what reps type all day, and came after all others."""


class CorpusBroken(Exception):
    """A corpus file is missing, empty or holds a line that is no labelled note."""


@dataclass(frozen=True, slots=True)
class Note:
    """One labelled note."""

    writer: str
    industry: str
    text: str
    intents: tuple[str, ...]
    topics: tuple[str, ...]
    sentiment: str
    urgent: bool

    def given(self) -> frozenset[str]:
        """Every label of the note, its sentiment and 'urgent' among them."""
        urgent = (labels.URGENT,) if self.urgent else ()
        return frozenset((*self.intents, *self.topics, self.sentiment, *urgent))


def is_delivered(note: Note) -> bool:
    """Whether the note is one of the corpus as delivered; only those measure, all others only teach."""
    return re.fullmatch(r"w\d\d", note.writer) is not None


def files(corpus: Path) -> list[Path]:
    """The files of a corpus: the file itself, or every .tsv of a folder by name.

    Raises: CorpusBroken when there are none.
    """
    found = sorted(corpus.glob("*.tsv")) if corpus.is_dir() else [corpus]
    if not found or not all(path.is_file() for path in found):
        raise CorpusBroken(f"no notes in {corpus}")
    return found


def digest(corpus: Path) -> str:
    """The SHA-256 of the corpus's bytes, in hexadecimal."""
    return whole_files.digest(files(corpus))


def load(corpus: Path) -> list[Note]:
    """Every note of a corpus file or folder, in order.

    Raises: CorpusBroken with the file and line at fault.
    """
    notes = [note for path in files(corpus) for note in _read(path)]
    if not notes:
        raise CorpusBroken(f"no notes in {corpus}")
    return notes


def _read(path: Path) -> Iterable[Note]:
    lines = path.read_text(encoding="utf-8").split("\n")
    if tuple(lines[0].rstrip("\r").split("\t")) != COLUMNS:
        raise CorpusBroken(f"{path.name}: the first line must name {', '.join(COLUMNS)}")
    for number, line in enumerate(lines[1:], start=2):
        if line.strip():
            yield _parse(line.rstrip("\r"), f"{path.name}, line {number}")


def _parse(line: str, place: str) -> Note:
    fields = line.split("\t")
    if len(fields) != len(COLUMNS):
        raise CorpusBroken(f"{place}: {len(fields)} fields instead of {len(COLUMNS)}")
    writer, industry, text, intents, topics, sentiment, urgent = fields
    note = Note(writer, industry, text, tuple(intents.split()), tuple(topics.split()), sentiment, urgent == "1")
    unknown = set(note.intents) - set(labels.INTENTS) | set(note.topics) - set(labels.TOPICS)
    if unknown or sentiment not in labels.SENTIMENTS or urgent not in ("0", "1"):
        raise CorpusBroken(f"{place}: unknown label among {intents!r} {topics!r} {sentiment!r} {urgent!r}")
    return note
