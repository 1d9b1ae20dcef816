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

from nlp import labels, networks, regressions, tagger
from nlp.networks import Network
from nlp.weights import Second

_COST: Final = 0.3
_NETWORKS: Final = 3
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


def fit(inputs: Floats, given: Floats, seed: int) -> Second:
    """The second step for scores and sizes (n_notes, n_inputs) of notes with these labels (n_notes, n_labels)."""
    mean, deviation = inputs.mean(axis=0, dtype=np.float64), inputs.std(axis=0, dtype=np.float64)
    deviation[deviation < _SAME] = 1
    standard = (inputs - mean) / deviation
    linear, bias = _regressions(standard, given)
    network = _networks(standard, given, seed)
    parts = (
        (1 - _SHARE) * linear / deviation[:, None],
        (1 - _SHARE) * (bias - (mean / deviation) @ linear) + _SHARE * network.out_bias,
        network.into / deviation[:, None],
        network.into_bias - (mean / deviation) @ network.into,
        _SHARE * network.out,
    )
    return Second(*(np.asarray(part, np.float32) for part in parts))


def held_out(inputs: Floats, given: Floats, folds: Sequence[NDArray[np.bool_]], seed: int) -> Floats:
    """(n_notes, n_labels): the logits that each note gets from a second step that has not seen its fold."""
    logits = np.zeros_like(given)
    for test in folds:
        known = ~test if not test.all() else test
        logits[test] = tagger.logits(fit(inputs[known], given[known], seed), inputs[test])
    return logits


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


def _networks(standard: Doubles, given: Floats, seed: int) -> Network:
    """Networks of one hidden layer each, side by side as one: their logits' mean."""
    answers = given.astype(np.float64)
    fitted = [networks.fit(standard, answers, seed * _NETWORKS + at) for at in range(_NETWORKS)]
    into = np.hstack([one.into for one in fitted])
    into_bias = np.concatenate([one.into_bias for one in fitted])
    out = np.vstack([one.out for one in fitted]) / _NETWORKS
    return Network(into, into_bias, out, np.mean([one.out_bias for one in fitted], axis=0))
