"""The words on a picture, read on this machine by an optional reader: requirements-ocr.in says what to install.

`lines` runs in a process of its own: the models take 200 MB and a second to open, and a picture some seconds of one
core. Without the extra everything else works.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any

READER = "rapidocr_onnxruntime"
INSTALL = "pip install -r requirements-ocr.in"
LEAST_SURE = 0.5  # of a line, as the reader says: below it is noise
THREADS = 1


class Unreadable(ValueError):
    """The picture shows no words, or is none."""


def is_installed() -> bool:
    """The reader is there."""
    return importlib.util.find_spec(READER) is not None


def lines(content: bytes) -> list[str]:
    """The lines of words on the picture, from the top down.

    Raises: Unreadable
    """
    try:
        found, _ = _reader()(content)
    except Exception as error:  # the reader raises whatever its image library does on bytes that are no image
        raise Unreadable(type(error).__name__) from error
    rows = sorted((_top(box), _left(box), words) for box, words, sure in found or () if float(sure) >= LEAST_SURE)
    said = [str(words) for _, _, words in rows]
    if not said:
        raise Unreadable("no words")
    return said


def _top(box: list[list[float]]) -> float:
    return min(y for _, y in box)


def _left(box: list[list[float]]) -> float:
    return min(x for x, _ in box)


@functools.cache
def _reader() -> Any:
    return importlib.import_module(READER).RapidOCR(intra_op_num_threads=THREADS, inter_op_num_threads=THREADS)
