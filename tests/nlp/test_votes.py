"""Counting taps: one person alone can move little."""

from __future__ import annotations

import numpy as np

from nlp import labels, votes
from nlp.votes import Tap

COMPLAINT, PRAISE = labels.ALL.index("complaint"), labels.ALL.index("praise")


def _likely(n_notes: int, value: float = 0.4) -> votes.Floats:
    return np.full((n_notes, len(labels.ALL)), value, np.float32)


def test_only_the_last_word_of_a_member_counts() -> None:
    counted = votes.count([Tap(0, 1, "complaint", True), Tap(0, 1, "complaint", False)], _likely(1))
    assert (counted.answers[0, COMPLAINT], counted.weights[0, COMPLAINT], counted.said) == (0, 1, 1)


def test_members_who_contradict_each_other_cancel_out() -> None:
    taps = [Tap(0, 1, "complaint", True), Tap(0, 2, "complaint", False), Tap(0, 1, "praise", True)]
    counted = votes.count(taps, _likely(1))
    assert (counted.weights[0, COMPLAINT], counted.weights[0, PRAISE]) == (0, 1)
    assert votes.count([*taps, Tap(0, 3, "complaint", True)], _likely(1)).weights[0, COMPLAINT] == 1


def test_moods_are_one_question() -> None:
    counted = votes.count([Tap(0, 1, "neutral", True), Tap(0, 1, "negative", True)], _likely(1))
    columns = [labels.ALL.index(mood) for mood in labels.SENTIMENTS]
    assert counted.answers[0, columns].tolist() == [1, 0, 0]
    assert counted.weights[0, columns].tolist() == [1, 1, 1]


def test_thousands_of_taps_of_one_weigh_no_more_than_a_hundred() -> None:
    taps = [Tap(note, 1, "complaint", True) for note in range(3_000)]
    counted = votes.count([*taps, Tap(0, 2, "praise", True)], _likely(3_000))
    assert abs(counted.weights[:, COMPLAINT].sum() - votes.FULL_WEIGHT) < 0.01
    assert counted.weights[0, PRAISE] == 1


def test_who_contradicts_what_is_sure_is_left_out_unless_trusted() -> None:
    likely = _likely(40, 0.01)
    wrong = [Tap(note, 7, "complaint", True) for note in range(40)]
    honest = [Tap(note, 8, "praise", False) for note in range(40)]
    counted = votes.count([*wrong, *honest], likely)
    assert counted.distrusted == (7,)
    assert not counted.weights[:, COMPLAINT].any()
    assert counted.weights[:, PRAISE].all()
    assert votes.count(wrong, likely, trusted=(7,)).distrusted == ()


def test_few_surprising_words_do_not_make_distrusted() -> None:
    wrong = [Tap(note, 7, "complaint", True) for note in range(votes.JUDGED_FROM - 1)]
    assert votes.count(wrong, _likely(40, 0.01)).distrusted == ()


def test_unknown_labels_are_no_words() -> None:
    assert votes.count([Tap(0, 1, "weather", True)], _likely(1)).said == 0
