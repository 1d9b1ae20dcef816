"""A linear-chain conditional random field over characters (Lafferty, McCallum, Pereira 2001), fitted: arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.marking.lines import Span

Array = np.ndarray[Any, np.dtype[np.float64]]


def states(letters: str) -> tuple[str, ...]:
    """Outside, and the first or a further character of each kind of value."""
    return ("O", *(f"{place}{letter}" for letter in letters for place in "BI"))


def may_follow(names: Sequence[str]) -> Array:
    """[states × states] 0 where the second may stand behind the first, else minus infinity: I only behind its kind."""
    allowed = np.zeros((len(names), len(names)))
    for after, state in enumerate(names):
        if state[0] == "I":
            allowed[:, after] = -np.inf
            allowed[after, after] = allowed[names.index(f"B{state[1]}"), after] = 0.0
    return allowed


def may_begin(names: Sequence[str]) -> Array:
    """[states] 0 where a line may begin with it, else minus infinity."""
    return np.array([-np.inf if state[0] == "I" else 0.0 for state in names])


@dataclass(frozen=True)
class Chain:
    """`rows`: feature → row of `weights` [features × states]; `steps` [states × states]: what follows what."""

    letters: str
    rows: dict[str, int]
    weights: Array
    steps: Array
    corpus: str

    def spans(self, columns: Sequence[Sequence[str]], said: Sequence[Span] = ()) -> tuple[list[Span], list[Span]]:
        """The likeliest values in order, and `said`; each with the probability that it is exactly that.

        columns: the features of each character
        """
        if not columns:
            return [], []
        chances = self.chances(columns)
        return chances.spans(), [chances.weighed(span) for span in said if span.end <= len(columns)]

    def chances(self, columns: Sequence[Sequence[str]]) -> Chances:
        """What is likely for characters of these features, one at least."""
        return Chances(states(self.letters), self._scores(columns), self.steps)

    def _scores(self, columns: Sequence[Sequence[str]]) -> Array:
        """[characters × states]"""
        found = np.zeros((len(columns), self.weights.shape[1]))
        for at, column in enumerate(columns):
            rows = [row for feature in column if (row := self.rows.get(feature)) is not None]
            found[at] = self.weights[rows].sum(axis=0)
        return found


class Chances:
    """Forward and backward sums over all ways to mark a line of given scores [characters × states]."""

    def __init__(self, names: Sequence[str], scores: Array, steps: Array) -> None:
        self.names, self.scores, self.steps = names, scores, steps
        self.forward = np.zeros_like(scores)
        self.forward[0] = scores[0] + may_begin(names)
        for at in range(1, len(scores)):
            self.forward[at] = scores[at] + summed(self.forward[at - 1][:, None] + steps, 0)
        self.backward = np.zeros_like(scores)
        for at in range(len(scores) - 2, -1, -1):
            self.backward[at] = summed(steps + (scores[at + 1] + self.backward[at + 1])[None, :], 1)
        self.whole = summed(self.forward[-1], 0)

    def likeliest(self) -> list[str]:
        """The states of the likeliest way to mark the line."""
        best = self.scores[0] + may_begin(self.names)
        before = []
        for at in range(1, len(self.scores)):
            reached = best[:, None] + self.steps
            before.append(reached.argmax(axis=0))
            best = reached.max(axis=0) + self.scores[at]
        way = [int(best.argmax())]
        for behind in reversed(before):
            way.append(int(behind[way[-1]]))
        return [self.names[state] for state in reversed(way)]

    def spans(self) -> list[Span]:
        """The likeliest values in order, each with the probability that it is exactly that."""
        return [self.weighed(span) for span in as_spans(self.likeliest())]

    def within(self, letter: str) -> Array:
        """[characters] the probability that it lies in a value of this letter."""
        both = [place for place, name in enumerate(self.names) if name[1:] == letter]
        return np.asarray(np.exp(self.forward[:, both] + self.backward[:, both] - self.whole).sum(axis=1))

    def weighed(self, span: Span) -> Span:
        """The span with the probability that it is marked so, from its first to its last character."""
        first, further = self.names.index(f"B{span.letter}"), self.names.index(f"I{span.letter}")
        inside, before = float(self.forward[span.start, first]), first
        for at in range(span.start + 1, span.end):
            inside += float(self.steps[before, further] + self.scores[at, further])
            before = further
        if span.end < len(self.scores):
            ends = self.steps[before].copy()
            ends[further] = -np.inf  # it goes no further
            inside += float(summed(ends + self.scores[span.end] + self.backward[span.end], 0))
        return Span(span.start, span.end, span.letter, float(np.exp(inside - self.whole)))


def summed(scores: Array, axis: int) -> Any:
    """The logarithm of the sum of exponentials."""
    most = scores.max(axis=axis, keepdims=True)
    return np.log(np.exp(scores - most).sum(axis=axis)) + most.squeeze(axis)


def as_spans(marks: Sequence[str]) -> list[Span]:
    """Runs of states as spans.

    >>> [(one.start, one.end, one.letter) for one in as_spans(["O", "Bn", "In", "Bt"])]
    [(1, 3, 'n'), (3, 4, 't')]
    """
    found: list[Span] = []
    for at, state in enumerate(marks):
        if state[0] == "B":
            found.append(Span(at, at + 1, state[1]))
        elif state[0] == "I":
            found[-1] = Span(found[-1].start, at + 1, state[1])
    return found


def surest(spans: Sequence[Span], letter: str) -> Span | None:
    """The value of a letter with the greatest probability."""
    return max((one for one in spans if one.letter == letter), key=lambda one: one.probability, default=None)


def load(path: Path) -> Chain:
    """The chain in a file of `save`."""
    with np.load(path) as held:
        return Chain(
            str(held["letters"]),
            {feature: row for row, feature in enumerate(str(held["keys"]).split("\n"))},
            held["weights"].astype(np.float64),
            held["steps"].astype(np.float64),
            str(held["corpus"]),
        )


def save(chain: Chain, path: Path, idle: float) -> None:
    """Writes the chain without the features whose every weight is smaller than `idle`: they move nothing."""
    loud = np.abs(chain.weights).max(axis=1) >= idle
    np.savez_compressed(
        path,
        letters=np.array(chain.letters),
        keys=np.array("\n".join(feature for feature, row in chain.rows.items() if loud[row])),
        weights=chain.weights[loud].astype(np.float16),
        steps=chain.steps.astype(np.float32),
        corpus=np.array(chain.corpus),
    )
