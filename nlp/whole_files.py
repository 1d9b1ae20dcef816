"""Files that are there whole or not at all, and how to tell whether they are still the same."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO


def replace(path: Path, fill: Callable[[BinaryIO], Any]) -> None:
    """The file holds what `fill` writes into an open binary stream; a crash leaves the old file whole.

    It is readable by its owner only, as every file of tempfile is.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            fill(stream)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def digest(paths: Iterable[Path]) -> str:
    """The SHA-256 of the files' bytes one behind the other, in hexadecimal."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(path.read_bytes())
    return whole.hexdigest()
