"""What a team has taught, laid over the model that all teams share: for each run of characters in the team's corrected
notes, how much it moves the log-odds of each label.

The built-in model stays one for everybody (megabytes); a layer is some hundred kilobytes and touches nothing
that it was not taught: a text without any of its runs keeps its tags. Answering needs NumPy only.
"""

from __future__ import annotations

import dataclasses
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nlp import features, labels, tokens
from nlp.tagger import Tags

FORMAT: Final = 1
RUNS: Final = (1, 2, 3)
SENTIMENT: Final = slice(len(labels.INTENTS) + len(labels.TOPICS), len(labels.ALL) - 1)
_LEAST: Final = 0.02
"""Log-odds that count as a move at all."""
_SURE: Final = 0.25
"""A move beyond which the built-in model's doubt is no doubt any more."""
_TOPIC_GATE: Final = 0.3
_EVIDENCE: Final = 2
Floats = NDArray[np.float32]
Numbers = NDArray[np.floating[Any]]


class LayerBroken(Exception):
    """The bytes hold no layer that this version of the code can use."""


@dataclass(frozen=True, slots=True)
class Layer:
    """vocabulary: run of characters → row. moves: (n_runs, n_labels) log-odds.

    There is no constant: what is taught stays with its words.
    """

    vocabulary: Mapping[str, int]
    moves: Floats
    about: Mapping[str, Any]

    def move(self, text: str) -> Floats:
        """(n_labels,): what the layer adds to the log-odds of each label."""
        found = runs(text)
        rows = [row for row in map(self.vocabulary.get, found) if row is not None]
        scale = 1 / np.sqrt(max(1, len(found)))
        return np.asarray(self.moves[rows].sum(axis=0) * scale, np.float32)

    def words(self, text: str, label: str) -> tuple[str, ...]:
        """The runs of the text that speak most for the label, longest first among equals."""
        column = labels.ALL.index(label)
        weighed = {run: float(self.moves[self.vocabulary[run], column]) for run in runs(text) if run in self.vocabulary}
        told = sorted((run for run in weighed if run.strip() and weighed[run] > 0), key=lambda r: (-weighed[r], r))
        longest = sorted(told[: 3 * _EVIDENCE], key=len, reverse=True)
        kept: list[str] = []
        for run in longest:
            if not any(run in other for other in kept):
                kept.append(run)
        return tuple(kept[:_EVIDENCE])


def runs(text: str) -> set[str]:
    """The runs of one to three characters of a text, as the layer sees it."""
    folded = tokens.fold(features.shorten(text))
    return {folded[at : at + run] for run in RUNS for at in range(len(folded) - run + 1)}


def moved(likely: Numbers, moves: Numbers) -> NDArray[np.float64]:
    """(n_texts, n_labels) probabilities after moves of the log-odds; those of the sentiments add up to 1 again."""
    known = np.clip(likely.astype(np.float64), 1e-4, 1 - 1e-4)
    found = 1 / (1 + np.exp(-(np.log(known / (1 - known)) + moves)))
    moods = known[:, SENTIMENT] * np.exp(moves[:, SENTIMENT])
    found[:, SENTIMENT] = moods / moods.sum(axis=1, keepdims=True)
    return np.asarray(found)


def apply(layer: Layer, text: str, said: Tags, thresholds: Floats) -> Tags:
    """The tags as the team would have them; labels that the layer does not move stay as they were told."""
    move = layer.move(text)
    touched = {label for label, by in zip(labels.ALL, move.tolist(), strict=True) if abs(by) >= _LEAST}
    if not touched or len(set(text)) <= 2:
        return said
    row = np.array([[said.probability[label] for label in labels.ALL]], np.float32)
    likely = dict(zip(labels.ALL, moved(row, move[None])[0].tolist(), strict=True))
    limits = dict(zip(labels.ALL, thresholds.tolist(), strict=True))
    given = {*said.intents, *said.topics, *((labels.URGENT,) if said.urgent else ())}
    told = {label for label in touched if likely[label] >= limits[label]} | (given - touched)
    if not any(g in told or likely[g] >= _TOPIC_GATE for g in labels.TOPIC_INTENTS):
        told -= set(labels.TOPICS)
    moods = {label: likely[label] for label in labels.SENTIMENTS}
    mood = max(moods, key=moods.__getitem__) if touched & moods.keys() else said.sentiment
    certain = {label for label, by in zip(labels.ALL, move.tolist(), strict=True) if abs(by) >= _SURE}
    return dataclasses.replace(
        said,
        intents=tuple(label for label in labels.INTENTS if label in told),
        topics=tuple(label for label in labels.TOPICS if label in told),
        sentiment=mood,
        urgent=labels.URGENT in told,
        probability=likely,
        evidence=_evidence(layer, text, said, told | ({mood} - {"neutral"})),
        unsure=tuple(label for label in said.unsure if label not in certain),
    )


def _evidence(layer: Layer, text: str, said: Tags, told: set[str]) -> dict[str, tuple[str, ...]]:
    found = {label: words for label, words in said.evidence.items() if label in told}
    for label in labels.ALL:
        if label in told and label not in found and label not in labels.SENTIMENTS:
            found[label] = layer.words(text, label)
    return found


def dump(layer: Layer) -> bytes:
    """The layer as an .npz of numbers and UTF-8 text: reading it can run no code."""
    stream = io.BytesIO()
    words = sorted(layer.vocabulary, key=layer.vocabulary.__getitem__)
    about = json.dumps({**layer.about, "format": FORMAT, "labels": labels.ALL}, ensure_ascii=False)
    texts = {"vocabulary": json.dumps(words, ensure_ascii=False), "about": about}
    arrays = {name: np.frombuffer(text.encode(), np.uint8) for name, text in texts.items()}
    np.savez_compressed(stream, moves=layer.moves.astype(np.float16), allow_pickle=False, **arrays)
    return stream.getvalue()


def load(content: bytes) -> Layer:
    """The layer of these bytes.

    Raises: LayerBroken
    """
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            told = {name: json.loads(arrays[name].tobytes().decode()) for name in ("vocabulary", "about")}
            moves = arrays["moves"].astype(np.float32)
        words: Sequence[str] = told["vocabulary"]
        about: dict[str, Any] = told["about"]
        if about["format"] != FORMAT or tuple(about["labels"]) != labels.ALL:
            raise ValueError("another format or other labels")
        if moves.shape != (len(words), len(labels.ALL)) or not np.isfinite(moves).all():
            raise ValueError("words and moves do not fit")
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile) as fault:
        raise LayerBroken(str(fault)) from fault
    return Layer({word: row for row, word in enumerate(words)}, moves, about)
