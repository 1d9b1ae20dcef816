"""The fitted tagger as plain arrays, and the one file they are kept in.

The file holds numbers and UTF-8 text only (NumPy's npz without pickles): opening one from anywhere can run no code.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp import labels, whole_files
from nlp.key_tables import KeyTable

FILE: Final = "tagger.npz"
FORMAT: Final = 3
_DECIDING: Final = (
    "cues",
    "cut_texts",
    "cutting",
    "features",
    "first_step",
    "fitting",
    "key_tables",
    "labels",
    "machines",
    "networks",
    "regressions",
    "second_step",
    "tokens",
    "traditional",
    "trees",
    "weights",
)
Floats = NDArray[np.float32]
T = TypeVar("T")


class ModelMissing(Exception):
    """The folder holds no tagger; train one."""


class ModelBroken(Exception):
    """The folder's tagger cannot be used: damaged, or made by another version of the features; train anew."""


@dataclass(frozen=True, slots=True)
class Second:
    """Scores of all labels and the text's size (n_inputs) → logits, by a linear part and one hidden layer.

    linear: (n_inputs, n_labels). bias: (n_labels,). into, into_bias: (n_inputs, n_hidden), (n_hidden,).
    out: (n_hidden, n_labels).
    """

    linear: Floats
    bias: Floats
    into: Floats
    into_bias: Floats
    out: Floats


_PARTS: Final[Mapping[str, Any]] = {"table": KeyTable, "second": Second}


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything an answer needs. Row 0 of `rows` and `squares` stands for 'nothing known'.

    table: feature → row; the rows of each block lie side by side, and blocks (n_features,) tells a row's block.
    rows: (n_features, n_labels), inverse document frequency and block weight already multiplied in; half precision
    moves no probability by more than 0.0004. squares: (n_features,) squared inverse document frequencies, for the
    block's length. bias: (n_labels,). second: scores of all labels → logits. thresholds: (n_labels,) probabilities from
    which a label is given; low, high: the band around them in which one had better ask.
    """

    table: KeyTable
    blocks: NDArray[np.uint8]
    rows: NDArray[np.float16]
    squares: Floats
    bias: Floats
    second: Second
    thresholds: Floats
    low: Floats
    high: Floats
    about: Mapping[str, Any]


def write(weights: Weights, folder: Path) -> None:
    """The folder's tagger is this one; whoever reads meanwhile sees the old or the new one, never a part."""
    arrays = {f.name: getattr(weights, f.name) for f in fields(weights) if f.name not in (*_PARTS, "about")}
    for part, sort in _PARTS.items():
        arrays |= {f"{part} {f.name}": getattr(getattr(weights, part), f.name) for f in fields(sort)}
    arrays["about"] = _bytes(json.dumps({**weights.about, "format": FORMAT, "labels": labels.ALL}, ensure_ascii=False))
    folder.mkdir(parents=True, exist_ok=True)
    whole_files.replace(folder / FILE, lambda stream: np.savez(stream, **arrays))


def read(folder: Path) -> Weights:
    """The folder's tagger.

    Raises: ModelMissing without one; ModelBroken when the file is damaged or of another format.
    """
    return _opened(folder, lambda arrays: _assemble({name: arrays[name] for name in arrays}))


def about(folder: Path) -> dict[str, Any]:
    """What the folder's tagger says of itself, without the rest of it; raises as `read` does."""
    return _opened(folder, lambda arrays: _about(arrays["about"]))


def _opened(folder: Path, use: Callable[[Mapping[str, NDArray[Any]]], T]) -> T:
    path = folder / FILE
    if not path.is_file():
        raise ModelMissing(f"no {FILE} in {folder}")
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            return use(arrays)
    except (OSError, ValueError, KeyError, EOFError, UnicodeDecodeError, zipfile.BadZipFile) as fault:
        raise ModelBroken(f"{path.name}: {fault}") from fault


def _assemble(arrays: dict[str, NDArray[Any]]) -> Weights:
    about = _about(arrays.pop("about"))
    table, second = (
        sort(**{f.name: arrays.pop(f"{part} {f.name}") for f in fields(sort)}) for part, sort in _PARTS.items()
    )
    weights = Weights(table=table, second=second, about=about, **arrays)
    n_features = len(weights.blocks)
    if weights.rows.shape != (n_features, len(labels.ALL)) or weights.squares.shape != (n_features,):
        raise ValueError("blocks and rows differ in length")
    if table.prints.shape != table.rows.shape or not 0 <= table.rows.min() <= table.rows.max() < n_features:
        raise ValueError("the table tells of rows that are not there")
    return weights


def _about(array: NDArray[Any]) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(array.tobytes().decode())
    if about["format"] != FORMAT or tuple(about["labels"]) != labels.ALL:
        raise ValueError("another format or other labels")
    return about


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def code_version() -> str:
    """Twelve digits that change whenever code or word lists change that decide what the arrays mean."""
    here = Path(__file__).parent
    sources = [here / f"{name}.py" for name in _DECIDING]
    total = hashlib.sha256()
    for path in [*sources, *sorted((here / "words").glob("*.txt"))]:
        total.update(path.read_bytes())
    return total.hexdigest()[:12]
