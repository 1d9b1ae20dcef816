"""A linear-chain conditional random field over characters (Lafferty, McCallum, Pereira 2001), fitted: arrays only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from nlp.marking.lines import Span

Array = np.ndarray[Any, np.dtype[np.float64]]


_LEAST = 1e-300  # what is divided by is no zero


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
    """`rows`: feature → row of `weights` [features + 1 × states], the last of which is nothing.

    `steps` [states × states]: what follows what
    """

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
        known = self.rows
        places: list[int] = []
        starts: list[int] = []
        for column in columns:
            starts.append(len(places))
            places += [row for feature in column if (row := known.get(feature)) is not None]
            places.append(self.nothing)  # a character may have no feature that is known
        return np.asarray(np.add.reduceat(self.weights[places], starts, axis=0, dtype=np.float64))

    @property
    def nothing(self) -> int:
        """The row of no feature at all: zeros, the last one."""
        return len(self.weights) - 1


class Chances:
    """Forward and backward sums over all ways to mark a line of given scores [characters × states].

    Each character's sums are kept small by a factor of its own; probabilities need their quotients alone.
    """

    def __init__(self, names: Sequence[str], scores: Array, steps: Array) -> None:
        self.names, self.scores, self.steps = names, scores, steps
        length = len(scores)
        highest = scores.max(axis=1)
        self._here = np.exp(scores - highest[:, None])
        self._step = np.exp(steps)
        self._forward, self._backward = np.zeros_like(scores), np.ones_like(scores)
        factors = np.ones(length)
        reached = self._here[0] * np.exp(may_begin(names))
        for at in range(length):
            if at:
                reached = (reached @ self._step) * self._here[at]
            factors[at] = max(float(reached.sum()), _LEAST)
            self._forward[at] = reached = reached / factors[at]
        onward = self._backward[-1]
        for at in range(length - 2, -1, -1):
            self._backward[at] = onward = self._step @ (self._here[at + 1] * onward) / factors[at + 1]
        self._factors = factors

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
        return np.asarray((self._forward[:, both] * self._backward[:, both]).sum(axis=1))

    def weighed(self, span: Span) -> Span:
        """The span with the probability that it is marked so, from its first to its last character."""
        first, further = self.names.index(f"B{span.letter}"), self.names.index(f"I{span.letter}")
        chance, before = float(self._forward[span.start, first]), first
        for at in range(span.start + 1, span.end):
            chance *= float(self._step[before, further] * self._here[at, further] / self._factors[at])
            before = further
        if span.end < len(self.scores):
            ends = self._step[before].copy()
            ends[further] = 0.0  # it goes no further
            after = self._here[span.end] * self._backward[span.end]
            chance *= float(ends @ after / self._factors[span.end])
        return Span(span.start, span.end, span.letter, chance)


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
            np.concatenate([held["weights"], np.zeros((1, held["weights"].shape[1]), np.float16)]).astype(np.float32),
            held["steps"].astype(np.float64),
            str(held["corpus"]),
        )


def save(chain: Chain, path: Path, idle: float) -> None:
    """Writes the chain without the features whose every weight is smaller than `idle`: they move nothing."""
    loud = np.abs(chain.weights[:-1]).max(axis=1) >= idle
    np.savez_compressed(
        path,
        letters=np.array(chain.letters),
        keys=np.array("\n".join(feature for feature, row in chain.rows.items() if loud[row])),
        weights=chain.weights[:-1][loud].astype(np.float16),
        steps=chain.steps.astype(np.float32),
        corpus=np.array(chain.corpus),
    )
