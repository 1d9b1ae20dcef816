"""A sheet of 1080 px that all pictures are drawn on, in pixels from the top left corner."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from charts import font, palette

WIDTH = 1080
MARGIN = 60
LEAST = 33
SMALL, BODY, LARGE, TITLE, HUGE = 34, 40, 50, 56, 104
"""Text sizes in px; on a phone the picture is shown at about a third of its width, so nothing is under 33."""
LINE = 1.35
_DPI = 72  # one point is one pixel

Align = Literal["left", "center", "right"]


class TextTooSmall(ValueError):
    """A text would be too small to read on a phone."""


@dataclass(frozen=True)
class Words:
    """A drawn text and the box it fills, in px."""

    text: str
    size: int
    colour: str
    left: float
    right: float
    top: float
    bottom: float


class Canvas:
    """An empty sheet; x grows to the right, y downwards, text is placed by its middle line."""

    def __init__(self, height: int, font_path: Path | None = None) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.height = height
        self.font_path = font_path
        self.words: list[Words] = []
        self.figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=palette.PAPER)
        FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self._axes.set_axis_off()

    def text(self, x: float, y: float, words: str, size: int, colour: str = palette.INK, align: Align = "left") -> None:
        """The words stand at (x, y); `size` in px. Raises: TextTooSmall under 33 px."""
        if size < LEAST:
            raise TextTooSmall(size)
        from matplotlib.patheffects import withStroke

        properties = font.properties(self.font_path)
        shown = font.shown(words, self.font_path)
        drawn = self._axes.text(
            x, y, shown, fontproperties=properties, fontsize=size, color=colour, ha=align, va="center_baseline",
            parse_math=False,
        )  # fmt: skip

        breadth_px = breadth(shown, size, self.font_path)
        left = x - breadth_px * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        self.words.append(Words(shown, size, colour, left, left + breadth_px, y - size * 0.46, y + size * 0.46))
        if size >= LARGE:  # the font package has one weight: a thin outline makes the large texts bolder
            drawn.set_path_effects([withStroke(linewidth=size / 40, foreground=colour)])

    def bar(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 8) -> None:
        """A filled box with round corners, its top left corner at (x, y)."""
        from matplotlib.patches import FancyBboxPatch

        radius = min(radius, width / 2, height / 2)
        style = f"round,pad=0,rounding_size={radius}"
        self._axes.add_artist(FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=colour, edgecolor="none"))

    def line(self, xs: list[float], ys: list[float], colour: str, width: float = 6) -> None:
        self._axes.plot(xs, ys, color=colour, linewidth=width, solid_capstyle="round", solid_joinstyle="round")

    def dot(self, x: float, y: float, colour: str, size: float = 22) -> None:
        self._axes.plot([x], [y], "o", color=colour, markersize=size, markeredgecolor=palette.PAPER, markeredgewidth=3)

    def breadth(self, words: str, size: int) -> float:
        """Width of the words on this sheet, in px."""
        return breadth(font.shown(words, self.font_path), size, self.font_path)

    def shortened(self, words: str, size: int, width: float) -> str:
        """The words on one line of that width, ending in '…' if they had to be cut."""
        return "".join(lines(words, size, width, 1, self.font_path))

    def largest(self, words: str, width: float, sizes: tuple[int, ...] = (HUGE, TITLE, BODY)) -> int:
        """The first of the sizes at which the words fit the width, else the last."""
        return next((size for size in sizes if self.breadth(words, size) <= width), sizes[-1])

    def png(self) -> bytes:
        """The sheet as PNG, WIDTH x height pixels."""
        target = BytesIO()
        self.figure.savefig(target, format="png", dpi=_DPI)
        return target.getvalue()


def lines(
    words: str, size: int, width: float = WIDTH - 2 * MARGIN, most: int = 2, font_path: Path | None = None
) -> list[str]:
    """The words broken to the width, at most `most` lines; what does not fit ends in '…'."""
    broken: list[str] = []
    rest = font.shown(words, font_path).strip()
    while rest and len(broken) < most:
        cut = _fitting(rest, size, width, font_path)
        broken.append(rest[:cut].strip(" ·"))
        rest = rest[cut:].strip()
    if rest:
        last = broken[-1]
        while last and breadth(last + "…", size, font_path) > width:
            last = last[:-1]
        broken[-1] = last + "…"
    return broken


def breadth(words: str, size: int, font_path: Path | None = None) -> float:
    """Width of the words in px at a size in px."""
    return sum(font.advance(char, font_path) for char in words) * size


def _fitting(words: str, size: int, width: float, font_path: Path | None) -> int:
    """How many leading characters fit; a break after a clause is preferred, one inside a number is avoided."""
    used, most = 0.0, len(words)
    for index, char in enumerate(words):
        used += breadth(char, size, font_path)
        if used > width:
            most = max(1, index)
            break
    if most == len(words):
        return most
    clauses = [cut for cut in range(most // 2, most + 1) if words[cut - 1] in "，；：·"]
    cuts = [cut for cut in range(most, 1, -1) if not _joined(words[cut - 1], words[cut])]
    return clauses[-1] if clauses else (cuts or [most])[0]


def _joined(before: str, after: str) -> bool:
    """Whether a break between the two would part a number, a sum of money or a word, or orphan a closing mark."""
    return after in "，。；：、！？）》」%万亿" or (
        not (before + after).isspace() and max(before, after) < "\u0100" and " " not in before + after
    )


class Header:
    """Title and subtitle, measured before the sheet is made: `height` is where the picture may begin."""

    def __init__(self, title: str, subtitle: str, font_path: Path | None = None) -> None:
        self._title = lines(title, TITLE, font_path=font_path)
        self._subtitle = lines(subtitle, SMALL, font_path=font_path)
        self.height = int(MARGIN + len(self._title) * TITLE * LINE + 12 + len(self._subtitle) * SMALL * LINE + 24)

    def draw(self, sheet: Canvas) -> None:
        """The header is on the sheet."""
        y = float(MARGIN)
        for words in self._title:
            sheet.text(MARGIN, y + TITLE * LINE / 2, words, TITLE)
            y += TITLE * LINE
        y += 12
        for words in self._subtitle:
            sheet.text(MARGIN, y + SMALL * LINE / 2, words, SMALL, palette.MUTED)
            y += SMALL * LINE
