"""A pattern is only left untried where it cannot be found: whatever it is found in has a character it needs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import registration
from handlers.registry import Said
from nlp.needed_chars import needed_chars

SAID = [handler.pattern for handler in registration.dispatch().handlers if isinstance(handler, Said)]
NEEDED = [(pattern, chars) for pattern in SAID if (chars := needed_chars(pattern)) is not None]


@pytest.mark.parametrize(
    ("pattern", "chars"),
    [
        ("退订|停用", "停退"),
        ("停用了?(?:早报|晨报)", "停"),
        ("(?:早报|晨报)停用?", "停"),
        ("[早晨]报{1,2}", "报"),
        ("x*", None),
        ("(?:早报)?", None),
        ("(?:早报|[0-9]*)", None),
        ("[^早]", None),
        (".", None),
        ("(?!早)晨", "晨"),
        ("(?=早).", "早"),
        ("(?<=早).", "早"),
        ("(?P<a>早)(?P=a)", "早"),
        ("(?>早|晨)", "早晨"),
        ("早++", "早"),
        ("[a-c]", "abc"),
        ("[一-龥]", None),
        ("(?i)ab", "aA"),
        ("(?i:a)b", "b"),
        ("(?i)(?-i:a)", "a"),
        ("(?i)k", "kK\N{KELVIN SIGN}"),
        ("(?i)é", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, chars: str | None) -> None:
    assert needed_chars(re.compile(pattern)) == (None if chars is None else frozenset(chars))


@given(st.data())
def test_what_fits_a_sentence_of_ours_has_a_character_it_needs(data: st.DataObject) -> None:
    pattern, chars = data.draw(st.sampled_from(NEEDED))
    letters = st.sampled_from(sorted(set(re.sub(r"\\.|[()?:|\[\]{}*+.^$]", "", pattern.pattern))))
    text = data.draw(st.text(letters, max_size=12))
    assert not pattern.search(text) or set(text) & chars


@given(st.data())
def test_what_is_made_to_fit_has_a_character_that_is_needed(data: st.DataObject) -> None:
    source = data.draw(
        st.sampled_from(["(?i)(?:now|KPI|ski)了?", "请?(?:早报|晨报)[改换]成?", "(?:a|b(?=c))+.", "[早晨]*报"])
    )
    chars = needed_chars(re.compile(source))
    assert chars is not None
    assert set(data.draw(st.from_regex(source))) & chars
