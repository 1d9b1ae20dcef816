"""Fits the two markers on their corpora and writes the weights: python -m nlp.marking.fitting [leads | deeds]

The gradient of a linear-chain conditional random field, for all lines at once; scipy climbs it.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from scipy import optimize, sparse

from nlp import fields
from nlp.marking import chain, deeds, features, leads, lines
from nlp.marking.chain import Array, Chain
from nlp.marking.lines import Marked, Span
from nlp.reader import Known
from nlp.reader.reading import as_message
from nlp.when import numerals

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
SOFTNESS = 0.5  # the penalty on large weights, chosen on left-out writers
STEPS = 120  # of climbing
STEPS_ON = 15  # from weights that are there
SEEN_IN = 3  # characters, at least, for a feature to be learned
IDLE = 0.05  # a weight: features whose every weight is smaller are left out of the file


@dataclass(frozen=True, slots=True)
class Example:
    """A line as features of its characters, and the place in the states of each."""

    writer: str
    marked: Marked
    columns: list[list[str]]
    states: list[int]


def lead(marked: Marked) -> Example:
    """A line of corpus/leads as it is learned from: as the reader hands it on, with what the rules say of it."""
    marked = as_read(marked)
    text = marked.text[: features.LONGEST]
    said = None if marked.writer in lines.SEEN else leads.standing(text, fields.extract(text, NOW))
    columns = leads.columns(text, said, marked.words("k"))
    return Example(marked.writer, marked, columns, states_of(text, marked.spans, leads.LETTERS))


def deed(marked: Marked) -> Example:
    """A line of corpus/deeds as it is learned from."""
    marked = as_read(marked)
    text = marked.text[: features.LONGEST]
    columns = deeds.columns(text, marked.kind, NOW, marked.words("k"))
    return Example(marked.writer, marked, columns, states_of(text, marked.spans, deeds.LETTERS))


def as_read(marked: Marked) -> Marked:
    """The line in plain words (as a reader's message), where all its values stand in those, too."""
    named = marked.words("k")
    body = as_message(marked.text, NOW, [Known(None, named)] if named else []).body
    spans, at = [], 0
    for one in marked.spans:
        words = numerals.plain(marked.text[one.start : one.end])
        start = body.find(words, at)
        if start < 0:
            return marked
        at = start + len(words)
        spans.append(Span(start, at, one.letter))
    return Marked(marked.writer, marked.kind, body, tuple(spans))


def states_of(text: str, spans: Sequence[Span], letters: str) -> list[int]:
    """The place in the states of each character."""
    names = chain.states(letters)
    found = ["O"] * len(text)
    for one in spans:
        for at in range(one.start, min(one.end, len(text))):
            found[at] = f"{'B' if at == one.start else 'I'}{one.letter}"
    return [names.index(state) for state in found]


class Lines:
    """All lines side by side, the longest first, so that a step over characters is one operation over lines."""

    def __init__(self, examples: Sequence[Example], rows: dict[str, int]) -> None:
        held = sorted((one for one in examples if one.columns), key=lambda one: -len(one.columns))
        self.sizes = np.array([len(one.columns) for one in held])
        self.ends = np.cumsum(self.sizes)
        self.starts = self.ends - self.sizes
        self.living = [int((self.sizes > at).sum()) for at in range(int(self.sizes.max()))]
        places, ends = [], [0]
        for column in (column for one in held for column in one.columns):
            places += [rows[feature] for feature in column if feature in rows]
            ends.append(len(places))
        shape = (len(ends) - 1, len(rows))
        self.matrix: Any = sparse.csr_matrix((np.ones(len(places)), places, ends), shape=shape)
        self.states = np.array([state for one in held for state in one.states])

    def at(self, place: int, among: int | None = None) -> Any:
        """Rows of the characters at this place of all lines that are so long, or of the first `among` of them."""
        return self.starts[: self.living[place] if among is None else among] + place


def likelihood(held: Lines, weights: Array, steps: Array, begins: Array) -> tuple[float, Array, Array]:
    """The logarithm of the probability of all marks, and its gradient by weights and steps."""
    scores = held.matrix @ weights
    forward, backward, whole, taken = _sums(held, scores, steps, begins)
    expected = np.exp(forward + backward - np.repeat(whole, held.sizes)[:, None])
    everywhere = np.arange(len(scores))
    truth = np.zeros_like(scores)
    truth[everywhere, held.states] = 1.0
    inner = np.setdiff1d(everywhere, held.starts)
    seen = np.zeros_like(steps)
    np.add.at(seen, (held.states[inner - 1], held.states[inner]), 1.0)
    told = scores[everywhere, held.states].sum() + (seen * np.where(seen > 0, steps, 0.0)).sum()
    return float(told - whole.sum()), held.matrix.T @ (truth - expected), seen - taken


def _summed(scores: Array, axis: int) -> Any:
    """The logarithm of the sum of exponentials."""
    most = scores.max(axis=axis, keepdims=True)
    return np.log(np.exp(scores - most).sum(axis=axis)) + most.squeeze(axis)


def _sums(held: Lines, scores: Array, steps: Array, begins: Array) -> tuple[Array, Array, Array, Array]:
    """Forward and backward sums, the sum of each line, and how often each step is expected."""
    length = len(held.living)
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[held.at(0)] = scores[held.at(0)] + begins
    for place in range(1, length):
        before = forward[held.at(place - 1, held.living[place])]
        forward[held.at(place)] = scores[held.at(place)] + _summed(before[:, :, None] + steps[None], 1)
    whole = _summed(forward[held.ends - 1], 1)
    taken = np.zeros_like(steps)
    for place in range(length - 2, -1, -1):
        after, now = held.at(place + 1), held.at(place, held.living[place + 1])
        onward = steps[None] + (scores[after] + backward[after])[:, None, :]
        backward[now] = _summed(onward, 2)
        taken += np.exp(forward[now][:, :, None] + onward - whole[: len(now), None, None]).sum(axis=0)
    return forward, backward, whole, taken


class Slope:
    """How likely the marks of some lines are, and where that rises: what is climbed."""

    def __init__(self, examples: Sequence[Example], letters: str) -> None:
        counts = Counter(feature for one in examples for column in one.columns for feature in set(column))
        seen = sorted(feature for feature, times in counts.items() if times >= SEEN_IN)
        self.letters, self.rows = letters, {feature: row for row, feature in enumerate(seen)}
        self._held, self._names = Lines(examples, self.rows), chain.states(letters)
        self._begins = np.maximum(chain.may_begin(self._names), -1e9)
        self._free = np.isfinite(chain.may_follow(self._names))
        self._split = len(self.rows) * len(self._names)

    def loss(self, packed: Array) -> tuple[float, Array]:
        """Less is better; and its gradient. packed: all weights, then the steps that may be."""
        weights, steps = packed[: self._split].reshape(-1, len(self._names)), np.full(self._free.shape, -1e9)
        steps[self._free] = packed[self._split :]
        told, by_weights, by_steps = likelihood(self._held, weights, steps, self._begins)
        slope = np.concatenate([by_weights.ravel(), by_steps[self._free]])
        return SOFTNESS * float(packed @ packed) / 2 - told, SOFTNESS * packed - slope

    def nothing(self) -> Array:
        """Where nothing is known: all zero."""
        return np.zeros(self._split + int(self._free.sum()))

    def packed(self, fitted: Chain) -> Array:
        """The weights of a marker for the features of the lines, those zero that it does not hold."""
        found = self.nothing()
        weights = found[: self._split].reshape(-1, len(self._names))
        for feature in self.rows.keys() & fitted.rows.keys():
            weights[self.rows[feature]] = fitted.weights[fitted.rows[feature]]
        found[self._split :] = fitted.steps[self._free]
        return found

    def marker(self, packed: Array, digest: str) -> Chain:
        """The marker with these weights."""
        steps = chain.may_follow(self._names)
        steps[self._free] = packed[self._split :]
        weights = packed[: self._split].reshape(-1, len(self._names))
        weights = np.concatenate([weights, np.zeros((1, len(self._names)))])
        return Chain(self.letters, self.rows, weights, steps, digest)


def fit(examples: Sequence[Example], letters: str, digest: str = "", begin: Chain | None = None) -> Chain:
    """The marker fitted on these; or a few steps from one that is there, where rules it looks at changed a little."""
    slope = Slope(examples, letters)
    start = slope.nothing() if begin is None else slope.packed(begin)
    options = {"maxiter": STEPS if begin is None else STEPS_ON}
    found = optimize.minimize(slope.loss, start, jac=True, method="L-BFGS-B", options=options).x
    return slope.marker(found, digest)


def main(asked: Sequence[str]) -> None:
    """Writes the weights of each marker, or of the one that is asked for; with `on` from those that are there."""
    goes_on, names = "on" in asked, [name for name in asked if name != "on"]
    for module, example in ((leads, lead), (deeds, deed)):
        if names and module.CORPUS.name not in names:
            continue
        learned = [example(marked) for marked in lines.read(module.CORPUS)]
        begin = module.fitted() if goes_on else None
        fitted = fit(learned, module.LETTERS, lines.digest(module.CORPUS), begin)
        chain.save(fitted, module.FILE, IDLE)
        sys.stdout.write(f"{module.CORPUS.name}: {len(learned):,} lines, {len(fitted.rows):,} features\n")
        if not goes_on:
            report(learned, module.LETTERS)


def report(learned: Sequence[Example], letters: str) -> None:
    """Prints precision and recall of each value on the lines of a writer left out, the first."""
    writer = next(one.writer for one in learned if one.writer not in lines.SEEN and one.writer.startswith("told"))
    fitted = fit([one for one in learned if one.writer != writer], letters)
    counts: Counter[tuple[str, str]] = Counter()
    for one in (one for one in learned if one.writer == writer):
        told = {(span.start, span.end, span.letter) for span in one.marked.spans}
        found = {(span.start, span.end, span.letter) for span in fitted.spans(one.columns)[0]}
        for kind, spans in (("right", told & found), ("extra", found - told), ("missing", told - found)):
            counts.update((span[2], kind) for span in spans)
    for letter in letters:
        right, extra, missing = (counts[letter, kind] for kind in ("right", "extra", "missing"))
        if right + missing:
            shares = right / max(1, right + extra), right / (right + missing)
            sys.stdout.write("  {} of {}: precision {:.3f}, recall {:.3f}\n".format(letter, writer, *shares))


if __name__ == "__main__":
    main(sys.argv[1:])
