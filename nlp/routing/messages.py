"""The labelled messages that the router learns from, one a line: action, tab, the text with its customer in 【】."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp import lazy, whole_files
from nlp.when import numerals

FOLDER = Path(__file__).with_name("corpus")
SEEN = ("cases", "open_g", "open_h", "open_i", "open_l", "open_m")
"""Files at which the rules were written: they say nothing about how right the rules are."""

_NAMED = lazy.regex("【(.*?)】")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A message, the words in it for the customer ('' where nobody is named), and what it asks for."""

    writer: str
    action: str
    text: str
    named: str


def read(folder: Path = FOLDER) -> Iterator[Labelled]:
    """All messages, file by file; a file is a writer."""
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            action, text = line.split("\t", 1)
            named = _NAMED.search(text)
            yield Labelled(path.stem, action, _NAMED.sub(r"\1", text), numerals.plain(named[1]) if named else "")


def digest(folder: Path = FOLDER) -> str:
    """The hash of all messages."""
    return whole_files.digest(sorted(folder.glob("*.tsv")))
