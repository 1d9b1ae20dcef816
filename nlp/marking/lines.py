"""Lines whose values are marked, one a line: kind, bar, the text with each value as <letter words>.

Of corpus/leads: A, somebody new, or U, news of a customer; letters n name, c company, t title, r region, i industry,
s source, k the customer whom the news is about. Of corpus/deeds: R, to be reminded of, O, an order, or N, a note;
letters d when our own task is due, w what it is, m the sum of the order, u the price of a piece, x how many, p what
was ordered, o when, k the customer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp import lazy, whole_files

FOLDER = Path(__file__).with_name("corpus")
SEEN = ("cases",)
"""Files of lines at which the rules were written: what the rules say of those is no evidence."""

_MARK = lazy.regex("<([a-z])([^<>]+)>")


@dataclass(frozen=True, slots=True)
class Span:
    """What the characters from `start` to before `end` are, as a letter, and how sure that is."""

    start: int
    end: int
    letter: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its marks, and where its values stand."""

    writer: str
    kind: str
    text: str
    spans: tuple[Span, ...]

    def words(self, letter: str) -> str:
        """The first value of a letter, or ''."""
        return next((self.text[one.start : one.end] for one in self.spans if one.letter == letter), "")


def read(folder: Path) -> Iterator[Marked]:
    """All lines, file by file; a file is a writer."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield parsed(path.stem, line)


def parsed(writer: str, line: str) -> Marked:
    """The line and its values.

    >>> parsed("a", "U|<k李娜>升<tVP>了").text
    '李娜升VP了'
    """
    kind, text = line.split("|", 1)
    plain, spans, done = "", [], 0
    for mark in _MARK.finditer(text):
        plain += text[done : mark.start()]
        spans.append(Span(len(plain), len(plain) + len(mark[2]), mark[1]))
        plain += mark[2]
        done = mark.end()
    return Marked(writer, kind, plain + text[done:], tuple(spans))


def digest(folder: Path) -> str:
    """The hash of all lines."""
    return whole_files.digest(sorted(folder.glob("*.txt")))
