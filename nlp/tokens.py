"""Text → words, as jieba cuts them.

jieba's own tokenizer is never touched: words added to it by one team would change the tokens of all others and of the
notes the model was trained on.
"""

from __future__ import annotations

import functools
import threading
from typing import Final

from nlp import cutting, traditional

_LOADING: Final = threading.Lock()
_FULL_WIDTH: Final = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_CAPITALS: Final = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_FULL_CAPITALS: Final = {code + 0xFEE0: letter for code, letter in _CAPITALS.items()}
_DIGITS: Final = dict.fromkeys(map(ord, "0123456789０１２３４５６７８９"), "0")
_BLANKS: Final = dict.fromkeys((*range(32), 0x7F, 0xA0, 0x3000, 0xFEFF, 0x200B), " ")
_KEPT: Final = {ord(mark): mark for mark in "，。！？；：（）～"}
_FOLDED: Final = {
    **traditional.SIMPLIFIED,
    **_FULL_WIDTH,
    **_FULL_CAPITALS,
    **_CAPITALS,
    **_DIGITS,
    **_BLANKS,
    **_KEPT,
}


@functools.cache
def _load() -> cutting.Cutter:
    return cutting.load()


def cutter() -> cutting.Cutter:
    """The project's one cutter with jieba's dictionary loaded (about 0.5 s and 12 MB the first time)."""
    with _LOADING:
        return _load()


def cut(text: str) -> list[str]:
    """The words of a text; joined they are the text again."""
    return cutter().cut(text)


def fold(text: str) -> str:
    """The text in one way of writing, character for character: small letters, half width, simplified, each digit 0."""
    return text.translate(_FOLDED)
