"""What explains a tag: never a number, a day, a person or a place where another word told as much."""

from __future__ import annotations

import pytest

from nlp import bare_words, denied
from nlp.tagger import Tagger
from tests import models


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return models.trained_tagger()


@pytest.mark.parametrize(
    "word",
    [
        *("801", "7,050", "30万", "¥875", "875块", "两千", "十五", "周三", "下周三", "月底", "周六上午", "10点", "4月"),
        *("刘先生", "老王", "苏州", "上海市", "Mark"),
    ],
)
def test_a_bare_word(word: str) -> None:
    assert bare_words.is_bare(word)


@pytest.mark.parametrize(
    "word",
    ["嫌贵", "月结", "当场", "定金", "报价", "LC", "周期", "一直", "三方", "海天", "李锦记", "日常", "半成品", "上次"],
)
def test_a_word_that_tells(word: str) -> None:
    assert not bare_words.is_bare(word)


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("张姐是刘先生邻居 4栋801 想做橱柜加衣柜 预算8万", "801"),
        ("刘先生 全屋定制 130平 周六上午10点量尺", "周六"),
        ("张姐那个76800 便宜两千 她下周三给我回话", "76800"),
        ("陈姐要20提可乐 可乐35 月底结", "月底"),
        ("Mark那边报了 USD 2.35 总额 7050美金 PI已发", "7050"),
    ],
)
def test_numbers_names_and_days_are_not_shown(tagger: Tagger, text: str, unsaid: str) -> None:
    found = tagger.tag(text)
    shown = {
        label: [word for word in words if bare_words.explains(word, label)] for label, words in found.evidence.items()
    }
    assert shown
    for label, words in shown.items():
        assert label == "promise" or not any(unsaid in word for word in words), shown


def test_the_day_of_a_promise_explains_it(tagger: Tagger) -> None:
    found = tagger.tag("答应孙丽周五前给报价")
    assert any("周五" in word for word in found.evidence["promise"])


@pytest.mark.parametrize("text", ["不是投诉 就是退两箱鸡腿 从账里扣256", "鸡腿化了要退货 客户很生气 不过不算投诉"])
def test_a_complaint_that_is_denied_is_none(tagger: Tagger, text: str) -> None:
    said = denied.without(tagger.tag(text), text)
    assert "complaint" not in said.intents
    assert set(said.evidence) == {*said.intents, *said.topics, *(["urgent"] if said.urgent else [])} | (
        {said.sentiment} - {"neutral"}
    )


def test_a_complaint_that_is_asked_about_stays(tagger: Tagger) -> None:
    text = "鸡腿化了要退货 客户很生气 问这是不是投诉了就能退"
    assert denied.without(tagger.tag(text), text) == tagger.tag(text)
