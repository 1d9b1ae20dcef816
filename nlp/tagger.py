"""Notes → tags, with a calibrated probability for every label and the words that decided.

A text's features are looked up, their weights added (one linear score a label), and the scores of all labels together
give the probabilities: a complaint makes churn likelier, praise less so. Nothing but NumPy and jieba is needed here.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import evidence, features, labels, weights
from nlp.weights import ModelBroken, ModelMissing

__all__ = ["ModelBroken", "ModelMissing", "Tagger", "Tags"]

Floats = NDArray[np.float32]
_BATCH: Final = 64
_TOPIC_GATE: Final = 0.3
"""Topics are given when one of the intents they belong to is at least this likely."""
_LONG: Final = 12
_FEW: Final = 4
"""A text of at least so many words, no more than so many of them different, is one piece said again and again."""
_N_INTENTS: Final = len(labels.INTENTS)
_SENTIMENT: Final = slice(_N_INTENTS + len(labels.TOPICS), len(labels.ALL) - 1)
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a note says.

    evidence: words of the text for each intent, topic, sentiment but neutral, and urgency given.
    unsure: labels, given or not, whose probability is too close to their threshold to tell without asking.
    """

    intents: tuple[str, ...]
    topics: tuple[str, ...]
    sentiment: str
    urgent: bool
    probability: Mapping[str, float]
    evidence: Mapping[str, tuple[str, ...]]
    unsure: tuple[str, ...]
    model_version: str


@dataclass(frozen=True, slots=True)
class Known:
    """A text's known features: their rows block by block, each block after the row 0, and their spans."""

    rows: list[int]
    counts: list[int]
    spans: list[int]
    view: features.View


class Tagger:
    """A fitted tagger in memory. Safe to share between threads: nothing in it changes."""

    def __init__(self, fitted: weights.Weights) -> None:
        self._weights = fitted
        self.thresholds = fitted.thresholds
        self._thresholds = fitted.thresholds.tolist()
        self._low, self._high = fitted.low.tolist(), fitted.high.tolist()
        self.version = str(fitted.about["version"])

    @classmethod
    def load(cls, folder: Path) -> Tagger:
        """The tagger of a folder.

        Raises: ModelMissing; ModelBroken, also when it was trained by another version of the features.
        """
        fitted = weights.read(folder)
        if fitted.about.get("code") != weights.code_version():
            raise ModelBroken(f"{weights.FILE} was trained by another version of the code")
        return cls(fitted)

    def tag(self, text: str) -> Tags:
        """The tags of one text."""
        return self.tag_many((text,))[0]

    def tag_many(self, texts: Sequence[str]) -> list[Tags]:
        """The tags of each text, in order."""
        found: list[Tags] = []
        for at in range(0, len(texts), _BATCH):
            found += self._tag_batch([features.shorten(text) for text in texts[at : at + _BATCH]])
        return found

    def _tag_batch(self, texts: list[str]) -> list[Tags]:
        known = [look_up(self._weights.vocabulary, features.view(text)) for text in texts]
        parts, scores = score(self._weights, known)
        fitted = self._weights
        logits = np.hstack([scores, extras(known)]) @ fitted.second + fitted.second_bias
        likely = probabilities(logits).tolist()
        tags = []
        at = 0
        for text, one, row in zip(texts, known, likely, strict=True):
            tags.append(self._decide(text, one, row, parts[at : at + len(one.rows)]))
            at += len(one.rows)
        return tags

    def _decide(self, text: str, known: Known, row: list[float], parts: Floats) -> Tags:
        probability = dict(zip(labels.ALL, row, strict=True))
        if known.counts[0] == 1 or not any(map(str.isalpha, text)):  # not one known word: nothing to go by
            return Tags((), (), "neutral", False, probability, {}, (), self.version)
        says_something = not _repeats(text, known.view.words)
        over = [value >= limit and says_something for value, limit in zip(row, self._thresholds, strict=True)]
        has_topics = any(over[gate] for gate in _GATES) or max(row[gate] for gate in _GATES) >= _TOPIC_GATE
        if not has_topics:
            over[_N_INTENTS : _SENTIMENT.start] = [False] * len(labels.TOPICS)
        sentiment = max(labels.SENTIMENTS, key=probability.__getitem__)
        given = [label for label, yes in zip(labels.ALL, over, strict=True) if yes and label not in labels.SENTIMENTS]
        told = given if sentiment == "neutral" else [*given, sentiment]
        columns = [labels.ALL.index(label) for label in told]
        words = evidence.words(text, known.view.words, known.spans, parts[:, columns])
        return Tags(
            intents=tuple(label for label in given if label in labels.INTENTS),
            topics=tuple(label for label in given if label in labels.TOPICS),
            sentiment=sentiment,
            urgent=over[-1],
            probability=probability,
            evidence=dict(zip(told, words, strict=True)),
            unsure=self._unsure(row, has_topics) if says_something else (),
            model_version=self.version,
        )

    def _unsure(self, row: list[float], has_topics: bool) -> tuple[str, ...]:
        return tuple(
            label
            for label, value, low, high in zip(labels.ALL, row, self._low, self._high, strict=True)
            if low <= value < high and (has_topics or label not in labels.TOPICS)
        )


def _repeats(text: str, words: Sequence[tuple[int, int]]) -> bool:
    """True for 啊啊啊… and 质量不错质量不错…: weights that grow with each repetition say nothing of what is meant."""
    return (
        len(words) >= _LONG and len({text[start:end].strip() for start, end in words} - features.STOPS - {""}) <= _FEW
    )


def look_up(vocabulary: Sequence[Mapping[str, int]], view: features.View) -> Known:
    """The features of a view that a vocabulary holds, each once."""
    rows: list[int] = []
    spans: list[int] = []
    counts: list[int] = []
    for block, (names, places) in zip(vocabulary, view.blocks, strict=True):
        found = dict(zip(map(block.get, names), places, strict=True))
        found.pop(None, None)
        rows.append(0)
        rows += found  # type: ignore[arg-type]  # None was removed
        spans.append(0)
        spans += found.values()
        counts.append(len(found) + 1)
    return Known(rows, counts, spans, view)


def scaled(known: Sequence[Known], squares: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The rows of all texts' features in one array, and for each what makes the length of its block 1."""
    rows = np.array(list(itertools.chain.from_iterable(one.rows for one in known)))
    counts = np.array(list(itertools.chain.from_iterable(one.counts for one in known)))
    lengths = np.sqrt(np.add.reduceat(squares[rows], np.cumsum(counts) - counts))
    return rows, np.repeat(1 / lengths, counts)


def score(fitted: weights.Weights, known: Sequence[Known]) -> tuple[Floats, Floats]:
    """What each known feature adds, (n_features of all texts, n_labels), and each text's sums, (n_texts, n_labels)."""
    rows, scale = scaled(known, fitted.squares)
    parts = fitted.rows[rows] * scale[:, None]
    ends = np.cumsum([0, *(len(one.rows) for one in known)])
    return parts, np.add.reduceat(parts, ends[:-1], axis=0) + fitted.bias


def extras(known: Sequence[Known]) -> Floats:
    """(n_texts, 2): logarithm of the number of words, and of clauses."""
    return np.array([(math.log1p(len(o.view.words)), math.log1p(o.view.n_clauses)) for o in known], np.float32)


def probabilities(logits: Floats) -> Floats:
    """(n_texts, n_labels) in [0, 1]; those of the three sentiments add up to 1."""
    found = np.asarray(1 / (1 + np.exp(-np.clip(logits, -30, 30))), np.float32)
    moods = np.exp(logits[:, _SENTIMENT] - logits[:, _SENTIMENT].max(axis=1, keepdims=True))
    found[:, _SENTIMENT] = moods / moods.sum(axis=1, keepdims=True)
    return found
