"""A visit that a card pays for is no complaint; what went wrong with it is one."""

from __future__ import annotations

import doctest

import pytest

from nlp import card_use
from nlp.customer_names import Named
from nlp.team_tagger import TeamTagger
from tests import models

USED = [
    "陈姐耗卡一次 面部补水 扣了380",
    "孙阿姨来做了一次 划卡一次 剩余9次",
    "王美丽来做了小气泡 买十送二用掉第三次",
    "万姐抵扣一次 背部 余7次",
    "陈姐今天做了面部护理 用掉2次 还剩8次",
    "周婷 剪发 88 用卡扣的",
    "陈太太 用卡做的护理 扣了298",
]
WRONG = [
    "陈姐说划卡多扣了一次",
    "孙阿姨耗卡一次 做完脸肿了",
    "陈姐投诉 划了一次卡没做完",
    "万姐嫌划卡一次要380",
    "陈姐用卡扣的钱不对",
    "何工说卡扣断了",
]


def test_examples_hold() -> None:
    assert doctest.testmod(card_use).failed == 0


@pytest.mark.parametrize("text", USED)
def test_a_card_in_use_is_no_complaint(text: str) -> None:
    assert card_use.is_told(text)
    said = TeamTagger(models.trained_tagger()).tag(text, Named(frozenset([text[:2]])))
    assert "complaint" not in (*said.intents, *said.unsure)
    assert (said.sentiment, said.topics) == ("neutral", ())


@pytest.mark.parametrize("text", WRONG)
def test_what_went_wrong_stays(text: str) -> None:
    assert not card_use.is_told(text)
