"""The fitted router: of a masked message and what the rules make of it, the probability of each action.

Two steps. The first knows runs of one to three characters, words and pairs of words: linear support vector machines,
one for each action, of labelled messages. The second weighs their answer against that of the rules, as far as each was
right on messages of writers whom neither had seen. Which list is asked for is told by the words alone, by machines that
know nothing but requests for lists. Fitted by `python -m nlp.routing.fitting`; here are arrays only.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from nlp import tokens

FILE = Path(__file__).with_name("weights.npz")
ACTIONS = ("add_customer", "done", "find", "list", "note", "order", "remind", "unclear", "update")
LISTS = ("complaints", "risk", "summary", "today")  # all of them are one action here: list; which one, comes after
LONGEST_RUN = 3
WORD, PAIR, END = "\x01", "\x02", "\x03"
LONG = 80  # characters, from which a length says nothing more
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Words:
    """What words speak for: `rows`: feature → row of `weights` [features × answers]."""

    rows: dict[str, int]
    weights: Array
    bias: Array

    def scores(self, masked: str) -> Array:
        """How much the words of a masked message speak for each answer: about 1 for, about -1 against it."""
        score = self.bias.copy()
        for kind_of in KINDS_OF_FEATURES:
            found = [self.rows[feature] for feature in self.rows.keys() & kind_of(masked)]
            if found:
                score += self.weights[found].sum(axis=0) / len(found) ** 0.5
        return score


@dataclass(frozen=True)
class Model:
    """`actions`, `lists`: what words say; `rules`: kind of reading → its place in step two."""

    actions: Words
    lists: Words
    rules: dict[str, int]
    weighing: Array
    weighing_bias: Array
    corpus: str

    def probabilities(self, masked: str, rule: str) -> dict[str, float]:
        """Action → probability, given what the rules say (`rule`: as `kind` names it)."""
        weighed = self.weighing @ evidence(self.actions.scores(masked), self.rules, rule, len(masked))
        return dict(zip(ACTIONS, map(float, _softmax(weighed + self.weighing_bias)), strict=True))

    def list_asked(self, masked: str) -> str:
        """The one of LISTS that a request for a list asks for."""
        return LISTS[int(self.lists.scores(masked).argmax())]


def kind(action: str, ask: str | None) -> str:
    """What the rules make of a message, in a word: note, note:note_or_order, list …"""
    action = "list" if action in LISTS else action
    return f"{action}:{ask}" if ask else action


def runs_of(masked: str) -> set[str]:
    """The runs of one to three characters, with a mark at either end."""
    text = f"^{masked}$"
    return {text[at : at + size] for size in range(1, LONGEST_RUN + 1) for at in range(len(text) - size + 1)}


@lru_cache(maxsize=8)
def _cut(masked: str) -> tuple[str, ...]:
    """The words; several kinds of features ask for them in turn."""
    return tuple(tokens.cut(masked))


def words_of(masked: str) -> set[str]:
    """The words, each behind a sign that no run begins with."""
    return {f"{WORD}{word}" for word in _cut(masked)}


def pairs_of(masked: str) -> set[str]:
    """The pairs of neighbouring words, with a mark at either end."""
    cut = (END, *_cut(masked), END)
    return {f"{PAIR}{first}{PAIR}{then}" for first, then in itertools.pairwise(cut)}


KINDS_OF_FEATURES = (runs_of, words_of, pairs_of)
"""Each kind has a length of its own, so that a long message speaks no louder."""


def evidence(by_words: Array, rules: dict[str, int], rule: str, length: int) -> Array:
    """The input of the second step: the first one's answer, what the rules say, the length."""
    said = np.zeros(len(rules))
    if rule in rules:
        said[rules[rule]] = 1.0
    return np.concatenate([by_words, said, [min(length, LONG) / LONG]])


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


@cache
def fitted() -> Model:
    """The model of the file beside this module."""
    with np.load(FILE) as held:
        return Model(
            _words(held, ""),
            _words(held, "list_"),
            {name: place for place, name in enumerate(str(held["rules"]).split("\n"))},
            held["weighing"].astype(np.float64),
            held["weighing_bias"].astype(np.float64),
            str(held["corpus"]),
        )


def _words(held: Any, before: str) -> Words:
    """The words of a file, under names that begin so."""
    rows = {feature: row for row, feature in enumerate(str(held[f"{before}keys"]).split("\n"))}
    return Words(rows, held[f"{before}weights"].astype(np.float32), held[f"{before}bias"].astype(np.float64))
