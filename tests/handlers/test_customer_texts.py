"""Sentences about customers and notes: examples, escaping, lengths, buttons."""

from __future__ import annotations

import doctest
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import leads, named, solutions
from crm.entries import Recorded
from crm.leads import Saved
from crm.tables import Customer, Note, NoteTag
from handlers import buttons
from handlers.say import Say
from handlers.texts import cards, customers, days, masking, notes, tags
from nlp import labels

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
MOST_BUTTONS, LONGEST = 8, 4096


def customer(name: str = "张伟") -> Customer:
    return Customer(customer_id=1, name=name, nicknames=[], stage="lead", relation="business", company=name)


def note(text: str = "嫌交期慢", **known: object) -> Note:
    return Note(note_id=1, customer_id=1, text=text, tagged=True, evidence={}, created_at=NOW, urgent=False, **known)


def tag(label: str) -> NoteTag:
    return NoteTag(label=label, kind="intent", probability=0.9)


def small(say: Say) -> bool:
    """At most eight buttons, every one of which Telegram takes."""
    made = [button for row in say.rows for button in row]
    return len(made) <= MOST_BUTTONS and all(button.as_json() for button in made) and len(say.text) <= LONGEST


@pytest.mark.parametrize("module", [cards, days, masking, named, leads, solutions, customers])
def test_examples_hold(module: object) -> None:
    outcome = doctest.testmod(module)  # type: ignore[arg-type]  # a module
    assert (outcome.failed, outcome.attempted > 0) == (0, True)


def test_every_label_has_a_name_and_a_toggle() -> None:
    known = {*labels.INTENTS, *labels.TOPICS, "urgent"}
    assert set(tags.NAMES) == known
    assert {label for page in tags.PAGES for label in page} == known | {"sentiment"}
    assert all(small(tags.toggles(note(), customer(), [tag("complaint")], page)) for page in (-1, 0, 1, 2, 3))


def test_labels_that_the_same_words_caused_stand_together() -> None:
    made = note(sentiment="negative")
    made.evidence = {"complaint": ["嫌交期慢"], "delivery": ["嫌交期慢"]}
    assert tags.line(made, [tag("complaint"), tag("delivery")]) == "🏷 『嫌交期慢』→ 投诉·交付；😟 不满"


def test_a_note_without_a_model_says_that_tags_come_later() -> None:
    made = note()
    made.tagged = False
    assert "稍后补上" in tags.line(made, [])


@given(st.text(max_size=5000))
def test_what_a_person_typed_stays_text_and_fits(typed: str) -> None:
    person, made = customer(typed[:120]), note(typed)
    twins = [customer(typed[:120])] * 3
    for say in (
        customers.saved(Saved(person, ("13800138000",), made, [tag("promise")], None, twins), ZONE, NOW),
        notes.saved(Recorded(made, person, [tag("promise")]), ZONE, NOW),
        notes.removed(person, made),
        notes.whose(typed, 1, twins, "new_or_note", typed),
        customers.none_found(typed, twins),
        customers.choose_field(person, 0),
        customers.whose(person, twins),
        tags.toggles(made, person, [], 0),
    ):
        assert small(say)
        plain = say.text
        for markup in ("b", "i", "code"):
            plain = plain.replace(f"<{markup}>", "").replace(f"</{markup}>", "")
        assert "<" not in plain


@pytest.mark.parametrize("length", range(1, 16))
def test_at_most_half_the_digits_are_shown(length: int) -> None:
    shown = masking.phone("8" * length)
    assert len(shown) == length
    assert shown.count("8") <= length / 2


@pytest.mark.parametrize("data", ["cs:99999999999999999999", "cs:x", "cs", "ng:1:a:b", "zz:1"])
def test_made_up_buttons_are_stale(data: str) -> None:
    with pytest.raises(buttons.StaleButton):
        buttons.decode(data)
