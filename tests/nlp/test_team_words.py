"""A team's own names: found by plain matching, and nobody else's words change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.tagger import Tagger
from nlp.team_tagger import TeamTagger
from nlp.team_words import TeamWords
from tests import models

OURS = TeamWords([("rival", "永固"), ("rival", "ABC"), ("brand", "鼎盛"), ("product", "抗震支架"), ("rival", "永固丰")])


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    """The trained tagger of this machine."""
    return models.trained_tagger()


def test_rival_is_a_competitor_with_its_name_as_evidence(tagger: Tagger) -> None:
    text = "王总在看永固的样册"
    said = TeamTagger(tagger, words=OURS).tag(text)
    assert "competitor" in said.intents
    assert said.evidence["competitor"][0] == "永固"
    assert said.probability["competitor"] >= 0.97
    assert all(word in text for words in said.evidence.values() for word in words)


def test_own_brand_is_never_a_competitor(tagger: Tagger) -> None:
    as_rival = TeamTagger(tagger, words=TeamWords([("rival", "鼎盛")])).tag("客户说鼎盛的货不错")
    as_brand = TeamTagger(tagger, words=OURS).tag("客户说鼎盛的货不错")
    assert "competitor" in as_rival.intents
    assert "competitor" not in as_brand.intents


def test_names_of_one_team_change_nothing_for_another(tagger: Tagger) -> None:
    text = "王总在看永固的样册，问抗震支架"
    before = tagger.tag(text)
    TeamTagger(tagger, words=OURS).tag(text)
    assert TeamTagger(tagger).tag(text) == before == tagger.tag(text)


def test_longest_name_wins_and_latin_names_are_whole_words() -> None:
    assert OURS.read("永固丰来了").found == {"rival": ("永固丰",)}
    assert OURS.read("abc报价").text == "别家报价"
    assert OURS.read("ABCD报价").found == {}
    assert OURS.read("用鼎盛的抗震支架").text == "用我们的产品"


def test_without_names_the_text_stays() -> None:
    assert TeamWords().read("永固").text == "永固"
    assert TeamWords([("weather", "永固"), ("rival", "")]).read("永固").text == "永固"


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=6), max_size=5))
def test_any_names_and_any_text_are_read(text: str, names: list[str]) -> None:
    read = TeamWords([("rival", name) for name in names]).read(text)
    assert all(found in text for found in read.found.get("rival", ()))
