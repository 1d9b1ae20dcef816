"""Where a font with Chinese glyphs is found, and what it can show."""

from functools import cache
from pathlib import Path
from typing import Any

_SIMPLIFIED = "Noto Sans CJK SC"
_MOST_FACES = 64


class NoChineseFont(LookupError):
    """No font with Chinese glyphs was found; a path can be given."""


def properties(path: Path | None = None) -> Any:
    """matplotlib FontProperties of the Chinese font, its Simplified Chinese face where it has several.

    Without a path: the font of the package noto-cjk-sans-otc, else a CJK font of the system. Raises: NoChineseFont.
    """
    return _loaded(path)[0]


def shown(text: str, path: Path | None = None) -> str:
    """The text on one line, without the characters that the font cannot draw, such as emoji."""
    face = _loaded(path)[1]
    return "".join(char for char in " ".join(text.split()) if face.get_char_index(ord(char)))


@cache
def _loaded(path: Path | None) -> tuple[Any, Any]:
    from matplotlib.font_manager import FontPath, FontProperties
    from matplotlib.ft2font import FT2Font

    for candidate in [path] if path else _candidates():
        if not candidate.is_file():
            continue
        index = _simplified_face(candidate)
        face = FT2Font(str(candidate), face_index=index)
        if face.get_char_index(ord("汉")):
            return FontProperties(fname=FontPath(str(candidate), index)), face
    raise NoChineseFont(str(path or "noto-cjk-sans-otc"))


def _candidates() -> list[Path]:
    from matplotlib import font_manager

    found: list[Path] = []
    try:
        import noto_cjk_sans_otc

        found.append(Path(str(noto_cjk_sans_otc.FONT_PATH)))
    except ImportError:
        pass  # the package is the usual place, not the only one
    system = sorted(Path(name) for name in font_manager.findSystemFonts())
    marks = ("cjk", "wqy", "pingfang", "msyh", "simhei", "heiti", "hansans")
    return found + [path for path in system if any(mark in path.name.lower() for mark in marks)]


def _simplified_face(path: Path) -> int:
    from matplotlib.ft2font import FT2Font

    if path.suffix.lower() not in {".ttc", ".otc"}:
        return 0
    for index in range(_MOST_FACES):
        try:
            if FT2Font(str(path), face_index=index).family_name == _SIMPLIFIED:
                return index
        except RuntimeError:  # past the last face
            break
    return 0


@cache
def advance(char: str, path: Path | None = None) -> float:
    """Width of a character as a share of the text size."""
    face = _loaded(path)[1]
    face.set_size(64, 72)
    glyph = face.load_char(ord(char))
    return float(glyph.linearHoriAdvance) / 65536 / 64
