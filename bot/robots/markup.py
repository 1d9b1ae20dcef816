"""What a push says, in Telegram's HTML, as plain lines that each service can be given in its own way.

What people typed must stay text: no service may find a mark of its own in it (a mention of everybody, a link, a star
that makes the rest italic), so such signs become their full-width twins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

LONGEST_TITLE = 60  # characters
TWINS = str.maketrans(
    {"<": "＜", ">": "＞", "*": "＊", "_": "＿", "`": "｀", "[": "［", "]": "］", "#": "＃", "~": "～", "|": "｜"}
    | {"\\": "＼", "\u200b": "", "\u2028": " ", "\u2029": " ", "\r": ""}
    | {chr(code): "" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}  # marks that turn the writing round
)
BOLD = ("b", "strong")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line."""

    text: str
    bold: bool = False


Line = tuple[Run, ...]


def lines(html: str) -> list[Line]:
    """The lines of a message, without marks.

    >>> lines("<b>日报</b> · 周三\\n王* &lt;at&gt;")
    [(Run(text='日报', bold=True), Run(text=' · 周三', bold=False)), (Run(text='王＊ ＜at＞', bold=False),)]
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [tuple(line) for line in reader.lines]


def plain(line: Line) -> str:
    """The line without bold.

    >>> plain((Run("日报", True), Run(" 周三")))
    '日报 周三'
    """
    return "".join(run.text for run in line)


def markdown(line: Line) -> str:
    """The line with bold as WeCom and DingTalk spell it.

    >>> markdown((Run("日报", True), Run(" 周三")))
    '**日报** 周三'
    """
    return "".join(f"**{run.text.strip()}**" if run.bold and run.text.strip() else run.text for run in line)


def title(all_lines: Sequence[Line]) -> str:
    """The first line that says something, as a title."""
    first = next((text for line in all_lines if (text := plain(line).strip())), "")
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"


class _Reader(HTMLParser):
    """Collects the runs of each line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[list[Run]] = [[]]
        self._bold = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Bold begins."""
        self._bold += tag in BOLD

    def handle_endtag(self, tag: str) -> None:
        """Bold ends."""
        self._bold -= tag in BOLD

    def handle_data(self, data: str) -> None:
        """A piece of text, perhaps over several lines."""
        first, *others = data.split("\n")
        self._add(first)
        for text in others:
            self.lines.append([])
            self._add(text)

    def _add(self, text: str) -> None:
        if harmless := text.translate(TWINS):
            self.lines[-1].append(Run(harmless, self._bold > 0))
