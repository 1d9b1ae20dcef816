"""Taps on tags → what the notes say and how much each word counts. One person alone can move little:

- only the last word of a member on a label of a note counts;
- all words of one member weigh no more than FULL_WEIGHT together, whether they are a hundred or thousands;
- members who contradict each other on a label of a note cancel out there;
- whoever contradicts the built-in model too often where it is sure is not listened to, unless the words make sense
  together (nlp.trust) or an admin trusts them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nlp import labels

FULL_WEIGHT: Final = 100.0
"""The weight of a member's words together. Source: benchmarks.learning, what one who answers wrongly can do."""
JUDGED_FROM: Final = 20
_SURE_OF: Final = 0.9
_SURE_NOT: Final = 0.05
_MOST_SURE_ERRORS: Final = 0.35
"""Share of sure answers among those contradicted: honest members 0.09 to 0.30, random taps 0.31 to 0.35, one label on
everything from 0.39, the wrong way from 0.57.

Source: benchmarks.learning.
"""
_MOOD: Final = "mood"
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tap:
    """One word of a member, in the order of time: the label holds for the note (an index), or not."""

    note: int
    member: int
    label: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Count:
    """answers, weights: (n_notes, n_labels), a weight of 0 where nobody's word counts.

    said: words that count at all, one a member, note and label. distrusted: members not listened to.
    """

    answers: Floats
    weights: Floats
    said: int
    distrusted: tuple[int, ...]


def count(taps: Iterable[Tap], likely: Floats, trusted: Collection[int] = ()) -> Count:
    """What the taps say.

    likely: (n_notes, n_labels), the built-in model's probabilities. trusted: members heard in any case.
    """
    last = {(tap.note, tap.member, _matter(tap.label)): tap for tap in taps if tap.label in labels.ALL}
    distrusted = _distrusted(list(last.values()), likely) - set(trusted)
    heard = [tap for tap in last.values() if tap.member not in distrusted]
    weight_of = {member: min(1.0, FULL_WEIGHT / said) for member, said in Counter(tap.member for tap in heard).items()}
    sums: dict[tuple[int, str], dict[str, float]] = {}
    for tap in heard:
        answer = tap.label if _matter(tap.label) == _MOOD else "yes" if tap.holds else "no"
        ballot = sums.setdefault((tap.note, _matter(tap.label)), {})
        ballot[answer] = ballot.get(answer, 0.0) + weight_of[tap.member]
    return _filled(sums, likely.shape, len(heard), tuple(sorted(distrusted)))


def _matter(label: str) -> str:
    """The sentiments are one question."""
    return _MOOD if label in labels.SENTIMENTS else label


def _distrusted(said: Sequence[Tap], likely: Floats) -> set[int]:
    """Who contradicts, in too many of at least JUDGED_FROM words, an answer the built-in model is sure of.

    Honest corrections fall where the model wavers; wrong or random taps fall anywhere.
    """
    words = Counter(tap.member for tap in said)
    errors = sure_errors(said, likely)
    return {member for member, share in errors.items() if words[member] >= JUDGED_FROM and share > _MOST_SURE_ERRORS}


def sure_errors(said: Iterable[Tap], likely: Floats) -> dict[int, float]:
    """For each member the share of their words that contradict an answer the built-in model is sure of."""
    found: dict[int, list[bool]] = {}
    for tap in said:
        probability = float(likely[tap.note, labels.ALL.index(tap.label)])
        is_error = probability <= _SURE_NOT if tap.holds else probability >= _SURE_OF
        found.setdefault(tap.member, []).append(is_error)
    return {member: sum(errors) / len(errors) for member, errors in found.items()}


def surprises(counted: Count, likely: Floats) -> NDArray[np.bool_]:
    """(n_notes, n_labels): the answers that contradict one the built-in model is sure of."""
    said_yes, said_no = counted.answers > 0, counted.answers == 0
    wrong = (said_yes & (likely <= _SURE_NOT)) | (said_no & (likely >= _SURE_OF))
    return np.asarray(wrong & (counted.weights > 0))


def _filled(
    sums: Mapping[tuple[int, str], Mapping[str, float]], shape: tuple[int, ...], said: int, distrusted: tuple[int, ...]
) -> Count:
    answers, weights = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for (note, matter), ballot in sums.items():
        answer, weight = max(ballot.items(), key=lambda item: item[1])
        weight -= sum(ballot.values()) - weight  # those who say otherwise
        if weight <= 0:
            continue
        columns = [labels.ALL.index(label) for label in (labels.SENTIMENTS if matter == _MOOD else (matter,))]
        weights[note, columns] = weight
        answers[note, columns] = [float(labels.ALL[column] == answer or answer == "yes") for column in columns]
    return Count(answers, weights, said, distrusted)
