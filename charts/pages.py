"""Pages of a report, A4 upright: a heading, tiles, sentences and a picture each; together a PDF."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from charts import canvas, palette
from charts.canvas import BODY, LARGE, LINE, MARGIN, SMALL, WIDTH, Canvas

HEIGHT = 1528  # 1080 px by the ratio of A4; with more to say all pages are longer
DOTS_PER_INCH = 130  # 1080 px are the 210 mm of A4
QUALITY = 90
_INNER = WIDTH - 2 * MARGIN
_TILE, _GAP, _FOOT, _INDENT = 178, 20, 84, 48
WORDS = 37
"""Size of sentences in px."""
_ACROSS = 2


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure in large with its name above and a short remark below; `look` marks it in orange."""

    name: str
    value: str
    remark: str = ""
    look: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences below a small heading, each with a bullet; numbered where their order matters."""

    heading: str
    sentences: Sequence[str]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """`draw` makes a picture (PNG, 1080 px wide) when the page is drawn; it stands between tiles and parts."""

    title: str
    subtitle: str = ""
    tiles: Sequence[Tile] = ()
    draw: Callable[..., bytes] | None = None
    parts: Sequence[Part] = ()


def pdf(pages: Sequence[Page], *, foot: str, title: str, font_path: Path | None = None) -> bytes:
    """The pages as one PDF; `foot` stands at the bottom of each with its number."""

    sheets = _pages(pages, foot, font_path)
    target = BytesIO()
    given: dict[str, Any] = {"resolution": DOTS_PER_INCH, "quality": QUALITY, "title": title, "creator": ""}
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:], **given)
    return target.getvalue()


def pngs(pages: Sequence[Page], *, foot: str, font_path: Path | None = None) -> list[bytes]:
    """Each page as PNG, 1080 px wide."""
    made = []
    for sheet in _pages(pages, foot, font_path):
        target = BytesIO()
        sheet.save(target, "PNG")
        made.append(target.getvalue())
    return made


class Planned:
    """A page with its picture drawn and its sentences broken: what it needs is known before the sheet is made."""

    def __init__(self, page: Page, font_path: Path | None) -> None:
        from PIL import Image

        self.page, self._font_path = page, font_path
        self._picture = None
        if page.draw is not None:
            self._picture = Image.open(BytesIO(page.draw(font_path=font_path))).convert("RGB")
        self._header = canvas.Header(page.title, page.subtitle, font_path)
        self._tiles_at = float(self._header.height) if page.title else 0.0  # a picture has a heading of its own
        self._picture_at = self._tiles_at + -(-len(page.tiles) // _ACROSS) * (_TILE + _GAP)
        self._parts_at = self._picture_at + (self._picture.height if self._picture is not None else 0)
        self._broken = [(part, _broken(part, font_path)) for part in page.parts]
        self.height = int(self._parts_at + sum(_height(lines) for _, lines in self._broken)) + _FOOT

    def drawn(self, height: int, foot: str, number: str) -> Any:
        """The page as an image of Pillow."""
        from PIL import Image

        drawn = Image.open(BytesIO(self.sheet(height, foot, number).png())).convert("RGB")
        if self._picture is not None:
            drawn.paste(self._picture, (0, int(self._picture_at)))
        return drawn

    def sheet(self, height: int, foot: str, number: str) -> Canvas:
        """The page without its picture."""
        sheet = Canvas(height, self._font_path)
        if self.page.title:
            self._header.draw(sheet)
        for place, tile in enumerate(self.page.tiles):
            x = MARGIN + place % _ACROSS * (_TILE_WIDTH + _GAP)
            _draw_tile(sheet, tile, x, self._tiles_at + place // _ACROSS * (_TILE + _GAP))
        y = self._parts_at
        for part, lines in self._broken:
            y = _draw_part(sheet, part, lines, y)
        sheet.line([MARGIN, WIDTH - MARGIN], [height - _FOOT + 12] * 2, palette.TRACK, 3)
        y = height - _FOOT / 2 + 8
        sheet.text(WIDTH - MARGIN, y, number, SMALL, palette.MUTED, "right")
        told = sheet.shortened(foot, SMALL, _INNER - 2 * sheet.breadth(number, SMALL))
        sheet.text(MARGIN, y, told, SMALL, palette.MUTED)
        return sheet


def _pages(pages: Sequence[Page], foot: str, font_path: Path | None) -> list[Any]:
    """All of one size: A4, or as high as the fullest needs."""
    planned = [Planned(page, font_path) for page in pages]
    height = max([HEIGHT, *(each.height for each in planned)])
    return [each.drawn(height, foot, f"{number}/{len(pages)}") for number, each in enumerate(planned, 1)]


_TILE_WIDTH = (_INNER - (_ACROSS - 1) * _GAP) / _ACROSS
_HEADING, _AFTER = 80, 16


def _draw_tile(sheet: Canvas, tile: Tile, x: float, y: float) -> None:
    sheet.bar(x, y, _TILE_WIDTH, _TILE, palette.WARM if tile.look else palette.TRACK, 20)
    sheet.text(x + 28, y + 34, sheet.shortened(tile.name, SMALL, _TILE_WIDTH - 56), SMALL, palette.MUTED)
    colour = palette.AT_RISK if tile.look else palette.STABLE
    size = sheet.largest(tile.value, _TILE_WIDTH - 56, (60, LARGE, BODY))
    sheet.text(x + 28, y + 88, sheet.shortened(tile.value, size, _TILE_WIDTH - 56), size, colour)
    sheet.text(x + 28, y + 142, sheet.shortened(tile.remark, SMALL, _TILE_WIDTH - 56), SMALL, palette.MUTED)


def _broken(part: Part, font_path: Path | None) -> list[list[str]]:
    return [canvas.lines(sentence, WORDS, _INNER - _INDENT, 4, font_path) for sentence in part.sentences]


def _height(lines: Sequence[Sequence[str]]) -> float:
    return _HEADING + sum(len(each) * WORDS * LINE + 12 for each in lines) + _AFTER


def _draw_part(sheet: Canvas, part: Part, lines: Sequence[Sequence[str]], y: float) -> float:
    """The part is on the sheet; where the next may begin."""
    sheet.text(MARGIN, y + _HEADING / 2, sheet.shortened(part.heading, LARGE, _INNER), LARGE)
    y += _HEADING
    for number, sentence in enumerate(lines, 1):
        mark = f"{number}." if part.is_numbered else "·"
        sheet.text(MARGIN, y + WORDS * LINE / 2, mark, WORDS, palette.STABLE)
        for line in sentence:
            sheet.text(MARGIN + _INDENT, y + WORDS * LINE / 2, line, WORDS)
            y += WORDS * LINE
        y += 12
    return y + _AFTER
