"""The fitted router: of a masked message and what the rules make of it, the probability of each action.

Two steps. The first knows runs of one to three characters and whole words: a linear model (multinomial logistic
regression) of labelled messages. The second weighs its answer against that of the rules, as far as each was right on
messages of writers whom neither had seen. Fitted by `python -m nlp.routing.fitting`; here are arrays only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nlp import tokens

FILE = Path(__file__).with_name("weights.npz")
ACTIONS = ("add_customer", "done", "find", "list", "note", "order", "remind", "unclear", "update")
LISTS = ("today", "summary", "risk", "complaints")  # all of them are one action here: list
LONGEST_RUN = 3
WORD = "\x01"
LEAST = 1e-4  # a probability of the first step: its logarithm stays a number
LONG = 80  # characters, from which a length says nothing more
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Model:
    """`rows`: feature → row of `weights` [features × actions]; `rules`: kind of reading → its place in step two."""

    rows: dict[str, int]
    weights: Array
    bias: Array
    rules: dict[str, int]
    weighing: Array
    weighing_bias: Array
    corpus: str

    def by_words(self, masked: str) -> Array:
        """The probability of each of ACTIONS by the words alone."""
        score = self.bias.copy()
        for kind_of in (runs_of(masked), words_of(masked)):
            found = [row for feature in kind_of if (row := self.rows.get(feature)) is not None]
            if found:
                score += self.weights[found].sum(axis=0) / len(found) ** 0.5
        return _softmax(score)

    def probabilities(self, masked: str, rule: str) -> dict[str, float]:
        """Action → probability, given what the rules say (`rule`: as `kind` names it)."""
        weighed = self.weighing @ evidence(self.by_words(masked), self.rules, rule, len(masked))
        return dict(zip(ACTIONS, map(float, _softmax(weighed + self.weighing_bias)), strict=True))


def kind(action: str, ask: str | None) -> str:
    """What the rules make of a message, in a word: note, note:note_or_order, list …"""
    action = "list" if action in LISTS else action
    return f"{action}:{ask}" if ask else action


def runs_of(masked: str) -> set[str]:
    """The runs of one to three characters, with a mark at either end."""
    text = f"^{masked}$"
    return {text[at : at + size] for size in range(1, LONGEST_RUN + 1) for at in range(len(text) - size + 1)}


def words_of(masked: str) -> set[str]:
    """The words, each behind a sign that no run begins with."""
    return {f"{WORD}{word}" for word in tokens.cut(masked)}


def evidence(by_words: Array, rules: dict[str, int], rule: str, length: int) -> Array:
    """The input of the second step: logarithms of the first one's probabilities, what the rules say, the length."""
    said = np.zeros(len(rules))
    if rule in rules:
        said[rules[rule]] = 1.0
    return np.concatenate([np.log(by_words + LEAST), said, [min(length, LONG) / LONG]])


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


@cache
def fitted() -> Model:
    """The model of the file beside this module."""
    with np.load(FILE) as held:
        return Model(
            {run: row for row, run in enumerate(str(held["keys"]).split("\n"))},
            held["weights"].astype(np.float32),
            held["bias"].astype(np.float64),
            {name: place for place, name in enumerate(str(held["rules"]).split("\n"))},
            held["weighing"].astype(np.float64),
            held["weighing_bias"].astype(np.float64),
            str(held["corpus"]),
        )
