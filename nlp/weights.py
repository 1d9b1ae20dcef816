"""The fitted tagger as plain arrays and dictionaries, and the one file they are kept in.

The file holds numbers and UTF-8 text only (NumPy's npz without pickles): opening one from anywhere can run no code.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from nlp import labels, whole_files

FILE: Final = "tagger.npz"
FORMAT: Final = 2
_DECIDING: Final = (
    "cues",
    "cutting",
    "features",
    "first_step",
    "fitting",
    "labels",
    "second_step",
    "tokens",
    "traditional",
    "trees",
    "weights",
)
_SECOND: Final = "second "
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


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything an answer needs. Row 0 of `rows` and `squares` stands for 'nothing known' in a block.

    vocabulary: for each block of features, feature → row. rows: (n_features, n_labels), inverse document frequency and
    block weight already multiplied in. squares: (n_features,) squared inverse document frequencies, for the block's
    length. bias: (n_labels,). second: scores of all labels → logits. thresholds: (n_labels,) probabilities from which
    a label is given; low, high: the band around them in which one had better ask.
    """

    vocabulary: tuple[dict[str, int], ...]
    rows: Floats
    squares: Floats
    bias: Floats
    second: Second
    thresholds: Floats
    low: Floats
    high: Floats
    about: Mapping[str, Any]


def write(weights: Weights, folder: Path) -> None:
    """The folder's tagger is this one; whoever reads meanwhile sees the old or the new one, never a part."""
    arrays = {
        f.name: getattr(weights, f.name) for f in fields(weights) if f.name not in ("vocabulary", "second", "about")
    }
    arrays |= {_SECOND + f.name: getattr(weights.second, f.name) for f in fields(weights.second)}
    arrays["sizes"] = np.array([len(block) for block in weights.vocabulary], np.int64)
    arrays["vocabulary"] = _bytes("\n".join(word for block in weights.vocabulary for word in block))
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
    vocabulary = _blocks(arrays.pop("vocabulary").tobytes().decode(), arrays.pop("sizes").tolist())
    second = Second(**{f.name: arrays.pop(_SECOND + f.name) for f in fields(Second)})
    weights = Weights(vocabulary=vocabulary, second=second, about=about, **arrays)
    n_features = sum(map(len, vocabulary)) + 1
    if weights.rows.shape != (n_features, len(labels.ALL)) or weights.squares.shape != (n_features,):
        raise ValueError("vocabulary and rows differ in length")
    return weights


def _about(array: NDArray[Any]) -> dict[str, Any]:
    about: dict[str, Any] = json.loads(array.tobytes().decode())
    if about["format"] != FORMAT or tuple(about["labels"]) != labels.ALL:
        raise ValueError("another format or other labels")
    return about


def _blocks(text: str, sizes: Sequence[int]) -> tuple[dict[str, int], ...]:
    words = text.split("\n")
    blocks = []
    at = 0
    for size in sizes:
        blocks.append(dict(zip(words[at : at + size], range(at + 1, at + size + 1), strict=True)))
        at += size
    return tuple(blocks)


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
