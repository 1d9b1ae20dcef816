"""A complaint or a sign of leaving that is less likely than not is asked about: it alarms nobody by itself."""

from __future__ import annotations

import pytest

from crm import notes
from nlp import labels
from nlp.tagger import Tags


def _said(label: str, likely: float, sentiment: str = "neutral", praise: float = 0.0) -> Tags:
    probability = dict.fromkeys(labels.ALL, 0.0) | {"praise": praise, label: likely}
    return Tags((label, "promise"), (), sentiment, False, probability, {}, (), "")


@pytest.mark.parametrize("label", notes.ALARMS)
def test_what_is_less_likely_than_not_is_asked_about(label: str) -> None:
    settled = notes.settled(_said(label, notes.LIKELIER - 0.01))
    assert settled.intents == ("promise",)
    assert settled.unsure[0] == label


@pytest.mark.parametrize("label", notes.ALARMS)
def test_what_is_likely_stands(label: str) -> None:
    said = _said(label, notes.LIKELIER + 0.01)
    assert notes.settled(said) == said


def test_praise_or_a_good_mood_puts_only_a_complaint_in_doubt() -> None:
    assert notes.settled(_said("complaint", 0.7, praise=0.8)).unsure == ("complaint",)
    assert notes.settled(_said("complaint", 0.7, "positive")).unsure == ("complaint",)
    assert notes.settled(_said("churn", 0.7, "positive", 0.8)).intents == ("churn", "promise")
