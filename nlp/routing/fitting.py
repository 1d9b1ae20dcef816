"""Fits the router on its corpus and writes the weights: python -m nlp.routing.fitting

Words are learned from all messages and from notes of the tagger's corpus, which are all notes. How to weigh words
against rules is learned from writers whom the rules were not written for, on answers of machines that had not seen the
writer.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlp import corpus as tagged
from nlp.reader import Known
from nlp.reader.reading import as_message, ruled
from nlp.routing import masking, messages, model
from nlp.routing.model import ACTIONS, FILE, LISTS, Array, Words

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
NOTES = 8_000  # of the tagger's corpus, spread over it …
NOTES_WEIGHT = 0.15  # … each counted so much: they are told to nobody, and name customers whom no index marks
SOFTNESS, LIST_SOFTNESS, WEIGHING_SOFTNESS = (
    0.5,
    1.0,
    0.5,
)  # the inverse of the penalty on large weights, chosen on left-out writers
EVERYDAY = 10.0  # times that a message of an open set counts in the second step: the others are written to teach
IDLE = 0.02  # a weight: features whose every weight is smaller are left out of the file
SEEN_IN = 2  # messages, at least, for a run to be learned
# How often each is meant in a day's messages: those that were written to teach hold more of what is rare.
MIX = {
    "note": 0.40,
    "add_customer": 0.12,
    "order": 0.11,
    "remind": 0.11,
    "update": 0.07,
    "find": 0.06,
    "done": 0.05,
    "list": 0.04,
    "unclear": 0.04,
}


@dataclass(frozen=True, slots=True)
class Example:
    """A masked message with its action and weight; `list` is the one asked for, if any is.

    `rule` is what the rules make of it, '' where that says nothing.
    """

    writer: str
    masked: str
    action: str
    weight: float = 1.0
    rule: str = ""
    list: str = ""


def examples(asks_rules: bool = True) -> list[Example]:
    """Everything there is to learn from, each action weighed as often as it is meant.

    asks_rules: `rule` is filled in, which takes most of the time and which the first step does not need
    """
    found = _told(asks_rules)
    counts = Counter(one.action for one in found)
    found = [replace(one, weight=MIX[one.action] * len(found) / counts[one.action]) for one in found]
    files = [path for path in tagged.files(tagged.FOLDER) if not path.stem.startswith(tagged.EVERYDAY)]  # told anyway
    notes = [note.text for path in files for note in tagged.load(path)]
    for text in notes[:: max(1, len(notes) // NOTES)]:
        found.append(Example("notes", masking.masked(text, masking.called(text), NOW), "note", NOTES_WEIGHT))
    return found


def _told(asks_rules: bool) -> list[Example]:
    found = []
    for one in messages.read():
        message = as_message(one.text.strip(), NOW, [Known(None, one.named)] if one.named else [])
        masked = masking.masked(message.body, message.who.words or masking.stranger(message.body), NOW)
        rule = ""
        if asks_rules and one.writer not in messages.SEEN:
            reading = ruled(message)
            rule = model.kind(reading.action, reading.ask)
        asked = one.action if one.action in LISTS else ""
        found.append(Example(one.writer, masked, model.kind(one.action, None), rule=rule, list=asked))
    return found


def answers(words: Words, masked: Sequence[str]) -> Array:
    """How much the words of each message speak for each answer: [messages × answers]"""
    return np.array([words.scores(text) for text in masked])


def words(learned: Sequence[Example]) -> Words:
    """The first step, fitted on these."""
    return _fitted([(one.masked, one.action, one.weight) for one in learned], SOFTNESS, ACTIONS)


def lists(learned: Sequence[Example]) -> Words:
    """What words say of which list is asked for, fitted on these."""
    asked = [one for one in learned if one.list]
    share = {name: len(asked) / len(LISTS) / sum(one.list == name for one in asked) for name in LISTS}
    return _fitted([(one.masked, one.list, share[one.list]) for one in asked], LIST_SOFTNESS, LISTS)


def _fitted(told: Sequence[tuple[str, str, float]], softness: float, classes: Sequence[str]) -> Words:
    """A linear support vector machine for each class: told are text, class and weight."""
    kinds = [[features(text) for text, _, _ in told] for features in model.KINDS_OF_FEATURES]
    counts = Counter(feature for found in kinds for one in found for feature in one)
    rows = {feature: row for row, feature in enumerate(sorted(f for f, seen in counts.items() if seen >= SEEN_IN))}
    matrix = sum(_matrix(found, rows) for found in kinds)  # no feature is of two kinds
    machine = LinearSVC(C=softness, random_state=0)
    machine.fit(matrix, [name for _, name, _ in told], sample_weight=[weight for _, _, weight in told])
    assert tuple(machine.classes_) == tuple(classes)
    return Words(rows, np.asarray(machine.coef_.T), np.asarray(machine.intercept_))


def _matrix(features: Sequence[set[str]], rows: dict[str, int]) -> Any:
    """[messages × features], each message of length one."""
    places, ends, values = [], [0], []
    for found in features:
        mine = [rows[feature] for feature in found if feature in rows]
        places += mine
        values += [1.0 / max(1.0, len(mine)) ** 0.5] * len(mine)
        ends.append(len(places))
    return sparse.csr_matrix((values, places, ends), shape=(len(features), len(rows)))


def left_out(learned: Sequence[Example]) -> tuple[list[Example], Array]:
    """The messages of writers unknown to the rules, and the answers of machines that know the words of all others."""
    writers = sorted({one.writer for one in learned if one.rule})
    tested, found = [], []
    for writer in writers:
        mine = [one for one in learned if one.writer == writer]
        found.append(answers(words([one for one in learned if one.writer != writer]), [m.masked for m in mine]))
        tested += mine
    return tested, np.concatenate(found)


def weighing(tested: Sequence[Example], by_words: Array) -> tuple[dict[str, int], Array, Array]:
    """The second step: kinds of readings → places, weights, bias."""
    rules = {name: place for place, name in enumerate(sorted({one.rule for one in tested}))}
    given = [
        model.evidence(found, rules, one.rule, len(one.masked)) for one, found in zip(tested, by_words, strict=True)
    ]
    fitted = LogisticRegression(C=WEIGHING_SOFTNESS, max_iter=1_000)
    weights = [one.weight * (EVERYDAY if one.writer.startswith("open") else 1.0) for one in tested]
    fitted.fit(np.array(given), [one.action for one in tested], sample_weight=weights)
    assert tuple(fitted.classes_) == ACTIONS
    return rules, np.asarray(fitted.coef_), np.asarray(fitted.intercept_)


def together(tested: Sequence[Example], by_words: Array) -> list[str]:
    """The action of each message by both steps, the second fitted on the other writers, too."""
    found: dict[int, str] = {}
    for writer in {one.writer for one in tested}:
        mine = np.array([one.writer == writer for one in tested])
        others = [one for one in tested if one.writer != writer]
        rules, weights, bias = weighing(others, by_words[~mine])
        for place in map(int, np.flatnonzero(mine)):
            one = tested[place]
            given = model.evidence(by_words[place], rules, one.rule, len(one.masked))
            found[place] = ACTIONS[int((weights @ given + bias).argmax())]
    return [found[place] for place in range(len(tested))]


def report(tested: Sequence[Example], by_words: Array) -> None:
    """Prints how often words, rules and both are right on writers left out, and the rules where they are sure."""
    both = together(tested, by_words)
    for kind in ("open", "told"):
        places = [n for n, one in enumerate(tested) if one.writer.startswith(kind) and one.action != "unclear"]
        words_right = sum(ACTIONS[by_words[n].argmax()] == tested[n].action for n in places)
        rules_right = sum(tested[n].rule == tested[n].action for n in places)
        both_right = sum(both[n] == tested[n].action for n in places)
        shares = (f"{right / len(places):.3f}" for right in (words_right, rules_right, both_right))
        sys.stdout.write("{} {:,}: right by words {}, rules {}, both {}\n".format(kind, len(places), *shares))
        for rule in ACTIONS:
            said = [tested[n].action == rule for n in places if tested[n].rule == rule]
            if said:
                sys.stdout.write(f"  the rules are sure of {rule}: {len(said)}, right {sum(said) / len(said):.2f}\n")


def report_lists(learned: Sequence[Example]) -> None:
    """Prints how often words tell which list is asked for, on writers left out."""
    asked, right = [one for one in learned if one.list], 0
    for writer in {one.writer for one in asked}:
        fitted = lists([one for one in asked if one.writer != writer])
        mine = [one for one in asked if one.writer == writer]
        found = answers(fitted, [one.masked for one in mine]).argmax(axis=1)
        right += sum(LISTS[place] == one.list for place, one in zip(found, mine, strict=True))
    sys.stdout.write(f"which list {len(asked):,}: right {right / len(asked):.3f}\n")


def _without_idle(whole: Words) -> Words:
    """The same without features that move nothing: half of them."""
    loud = np.abs(whole.weights).max(axis=1) >= IDLE
    rows = [feature for feature, row in whole.rows.items() if loud[row]]
    return Words({feature: row for row, feature in enumerate(rows)}, whole.weights[loud], whole.bias)


def main() -> None:
    """Writes the weights."""
    learned = examples()
    tested, by_words = left_out(learned)
    rules, weights, bias = weighing(tested, by_words)
    whole, which = _without_idle(words(learned)), _without_idle(lists(learned))
    np.savez_compressed(
        FILE,
        **_arrays(whole, ""),
        **_arrays(which, "list_"),
        rules=np.array("\n".join(rules)),
        weighing=weights.astype(np.float32),
        weighing_bias=bias.astype(np.float32),
        corpus=np.array(messages.digest()),
    )
    sys.stdout.write(f"{len(learned):,} messages, {len(whole.rows):,} runs and words\n")
    report(tested, by_words)
    report_lists(learned)


def _arrays(fitted: Words, before: str) -> dict[str, Any]:
    return {
        f"{before}keys": np.array("\n".join(fitted.rows)),
        f"{before}weights": fitted.weights.astype(np.float16),
        f"{before}bias": fitted.bias.astype(np.float32),
    }


if __name__ == "__main__":
    main()
