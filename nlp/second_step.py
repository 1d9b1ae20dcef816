"""The second step of fitting: the scores of all labels → logits. Only training imports it.

Half of a logit is a regression for that label, half a small network for all labels. The regression sees the label's own
score and the text's size (the sentiments see all scores: a complaint weighs on the mood). The network sees everything
and learns how labels go together; alone it would do that too well for the writers at hand.
Source of the halves and sizes: leave-writers-out on the delivered corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import forks, labels, networks, regressions, tagger
from nlp.weights import Second

_COST: Final = 0.3
_NETWORKS: Final = 6
_SHARE: Final = 0.5
"""The network's share of a logit."""
_SAME: Final = 1e-4
"""Inputs that vary less are told apart by rounding errors only."""
_SURE: Final = 10.0
_SENTIMENT: Final = range(len(labels.INTENTS) + len(labels.TOPICS), len(labels.ALL) - 1)
_TOPICS: Final = range(len(labels.INTENTS), _SENTIMENT.start)
_GATES: Final = [labels.ALL.index(intent) for intent in labels.TOPIC_INTENTS]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def fit(
    inputs: Floats, given: Floats, folds: Sequence[NDArray[np.bool_]], seed: int, processes: int
) -> tuple[Second, Floats]:
    """The second step fitted on all notes; and (n_notes, n_labels), held out: the logits that each note gets from a
    second step that has not seen its fold."""
    known = [np.ones(len(given), bool), *(~test if not test.all() else test for test in folds)]
    whole, *others = forks.each(lambda at: _fit(inputs[known[at]], given[known[at]], seed), len(known), processes)
    logits = np.zeros_like(given)
    for test, second in zip(folds, others, strict=True):
        logits[test] = tagger.logits(second, inputs[test])
    return whole, logits


def _fit(inputs: Floats, given: Floats, seed: int) -> Second:
    """The second step for scores and sizes (n_notes, n_inputs) of notes with these labels (n_notes, n_labels)."""
    mean, deviation = inputs.mean(axis=0, dtype=np.float64), inputs.std(axis=0, dtype=np.float64)
    deviation[deviation < _SAME] = 1
    standard = (inputs - mean) / deviation
    linear, bias = _regressions(standard, given)
    found = networks.fit(standard.astype(np.float32), given, seed, _NETWORKS)  # side by side they are one network
    into, out = np.concatenate([*found.into], axis=1), np.concatenate([*found.out]) / _NETWORKS
    parts = (
        (1 - _SHARE) * linear / deviation[:, None],
        (1 - _SHARE) * (bias - (mean / deviation) @ linear) + _SHARE * found.out_bias.mean(axis=(0, 1)),
        into / deviation[:, None],
        found.into_bias.reshape(-1) - (mean / deviation) @ into,
        _SHARE * out,
    )
    return Second(*(np.asarray(part, np.float32) for part in parts))


def _regressions(standard: Doubles, given: Floats) -> tuple[Doubles, Doubles]:
    linear = np.zeros((standard.shape[1], given.shape[1]))
    bias = np.full(given.shape[1], -_SURE)
    everything = list(range(standard.shape[1]))
    may_have_topics = given[:, _GATES].any(axis=1)
    for column in range(given.shape[1]):
        seen = everything if column in _SENTIMENT else [column, *everything[len(labels.ALL) :]]
        notes = may_have_topics if column in _TOPICS else np.ones(len(given), bool)
        answers = given[notes, column].astype(np.float64)
        if answers.size and answers.min() < answers.max():
            linear[seen, column], bias[column] = regressions.fit(standard[notes][:, seen], answers, _COST)
        elif answers.size and answers.min() > 0:
            bias[column] = _SURE
    return linear, bias
