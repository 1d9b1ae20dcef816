"""Notes → tags, with a calibrated probability for every label and the words that decided.

A text's features are looked up, their weights added (one linear score a label), and the scores of all labels together
give the probabilities: a complaint makes churn likelier, praise less so. Nothing but NumPy and jieba is needed here.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import cut_texts, evidence, features, labels, weights
from nlp.cut_texts import CutTexts
from nlp.weights import ModelBroken, ModelMissing

__all__ = ["ModelBroken", "ModelMissing", "Tagger", "Tags"]

Floats = NDArray[np.float32]
_BATCH: Final = 64
_TOPIC_GATE: Final = 0.3
"""Topics are given when one of the intents they belong to is at least this likely."""
_LONG: Final = 12
_FEW: Final = 4
_LONGEST_WORD: Final = 5
"""A text of at least so many words, no more than so many of them different, is one piece said again and again."""
_ROW_BITS: Final = 32
_N_INTENTS: Final = len(labels.INTENTS)
_INTENTS: Final = slice(0, _N_INTENTS)
_TOPICS: Final = slice(_N_INTENTS, _N_INTENTS + len(labels.TOPICS))
_SENTIMENT: Final = slice(_N_INTENTS + len(labels.TOPICS), len(labels.ALL) - 1)
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a note says.

    evidence: words of the text for each intent, topic, sentiment but neutral, and urgency given; found when first read.
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
    """The features of some texts that a table holds, each once a text; first of each text comes row 0.

    owners, rows: of each the text and the row. heads: where each text begins.
    """

    owners: NDArray[np.int64]
    rows: NDArray[np.int64]
    heads: NDArray[np.int64]


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
        fitted = self._weights
        batch = features.read(texts)
        rows = fitted.table.find(batch.keys)
        found = known(batch.owners, rows, len(texts))
        likely = probabilities(logits(fitted.second, np.hstack([score(fitted, found), extras(batch)])))
        over = (likely >= fitted.thresholds).tolist()
        close = ((likely >= fitted.low) & (likely < fitted.high)).tolist()
        sizes = np.bincount(found.owners).tolist()
        seen = evidence.Seen(fitted, batch, rows)
        return list(map(self._decide, texts, repeat(seen), range(len(texts)), sizes, likely.tolist(), over, close))

    def _decide(
        self, text: str, seen: evidence.Seen, at: int, size: int, row: list[float], over: list[bool], close: list[bool]
    ) -> Tags:
        probability = dict(zip(labels.ALL, row, strict=True))
        nothing_known = size == 1 or not any(map(str.isalpha, text))
        if nothing_known or _repeats(text, seen.batch.cut, at):
            sentiment = "neutral" if nothing_known else _likeliest(row)
            found = evidence.of(seen, at, text, _moved(sentiment))
            return Tags((), (), sentiment, False, probability, found, (), self.version)
        has_topics = max(row[gate] for gate in _GATES) >= _TOPIC_GATE or any(over[gate] for gate in _GATES)
        topics = _told(labels.ALL, over, _TOPICS) if has_topics else ()
        intents, sentiment = _told(labels.ALL, over, _INTENTS), _likeliest(row)
        told = (*intents, *topics, *((labels.URGENT,) if over[-1] else ()), *_moved(sentiment))
        return Tags(
            intents=intents,
            topics=topics,
            sentiment=sentiment,
            urgent=over[-1],
            probability=probability,
            evidence=evidence.of(seen, at, text, told),
            unsure=_unsure(close, has_topics) if True in close else (),
            model_version=self.version,
        )


def _moved(sentiment: str) -> tuple[str, ...]:
    return () if sentiment == "neutral" else (sentiment,)


def _told(names: Sequence[str], over: Sequence[bool], part: slice) -> tuple[str, ...]:
    chosen = over[part]
    return tuple(itertools.compress(names[part], chosen)) if True in chosen else ()


def _likeliest(row: Sequence[float]) -> str:
    moods = row[_SENTIMENT]
    return labels.SENTIMENTS[moods.index(max(moods))]


def _unsure(close: Sequence[bool], has_topics: bool) -> tuple[str, ...]:
    found = itertools.compress(labels.ALL, close)
    return tuple(label for label in found if has_topics or label not in labels.TOPICS)


def _repeats(text: str, cut: CutTexts, at: int) -> bool:
    """True for 啊啊啊… and 质量不错质量不错…: weights that grow with each repetition say nothing of what is meant."""
    if len(text) < _LONG or len(set(text)) > _FEW * _LONGEST_WORD or int(cut.n_words[at]) < _LONG:
        return False
    own = cut.owners == at
    words = {text[start:end].strip() for start, end in zip(cut.starts[own], cut.ends[own], strict=True)}
    return len(words - cut_texts.STOPS - {""}) <= _FEW


def known(owners: NDArray[np.int64], rows: NDArray[np.int64], n_texts: int) -> Known:
    """What is known of texts, given the text and the row of each feature, 0 where it has none."""
    packed = np.concatenate([(owners << _ROW_BITS | rows)[rows > 0], np.arange(n_texts) << _ROW_BITS])
    packed.sort()
    packed = packed[np.concatenate([[True], packed[1:] != packed[:-1]])[: len(packed)]]
    rows = packed & ((1 << _ROW_BITS) - 1)
    return Known(packed >> _ROW_BITS, rows, np.flatnonzero(rows == 0))


def scales(found: Known, blocks: NDArray[np.uint8], squares: Floats) -> Floats:
    """For each feature known what makes the length of its block in its text 1."""
    cells = found.owners * len(features.BLOCKS) + blocks[found.rows]
    return np.asarray(1 / np.sqrt(np.bincount(cells, squares[found.rows]))[cells], np.float32)


def score(fitted: weights.Weights, found: Known) -> Floats:
    """(n_texts, n_labels): each label's linear score."""
    parts = fitted.rows[found.rows] * scales(found, fitted.blocks, fitted.squares)[:, None]
    return np.asarray(np.add.reduceat(parts, found.heads, axis=0) + fitted.bias)


def extras(batch: features.Batch) -> Floats:
    """(n_texts, 2): logarithm of the number of words, and of clauses."""
    return np.log1p(np.stack([batch.cut.n_words, batch.cut.n_clauses], axis=1)).astype(np.float32)


def logits(second: weights.Second, inputs: Floats) -> Floats:
    """(n_texts, n_labels) of each text's scores and size, (n_texts, n_inputs)."""
    hidden = np.maximum(inputs @ second.into + second.into_bias, 0)
    return np.asarray(inputs @ second.linear + second.bias + hidden @ second.out, np.float32)


def probabilities(logits: Floats) -> Floats:
    """(n_texts, n_labels) in [0, 1]; those of the three sentiments add up to 1."""
    found = np.asarray(1 / (1 + np.exp(np.minimum(np.maximum(-logits, -30), 30))), np.float32)
    moods = np.exp(logits[:, _SENTIMENT] - logits[:, _SENTIMENT].max(axis=1, keepdims=True))
    found[:, _SENTIMENT] = moods / moods.sum(axis=1, keepdims=True)
    return found
