"""Set phrases of calls, accounts and tax tell of no anger, no leaving and no rival; the same words elsewhere do."""

from __future__ import annotations

import doctest

import pytest

from nlp import labels, set_phrases, staying
from nlp.customer_names import Named
from nlp.tagger import Tags
from nlp.team_tagger import TeamTagger
from tests import models

PLAIN = [
    ("competitor", "新客 剪发 58 支付宝"),
    ("buying", "洗吹 45 现金"),
    ("competitor", "洗剪吹 美团券 39.9"),
    ("complaint", "王科长说等我电话"),
    ("complaint", "早上九点见了王科长 她说下午再给我打电话"),
    ("churn", "王科长开户行招商银行 账号6225880112345678"),
    ("competitor", "王科长给了账号 招行 6214850212345678"),
    ("competitor", "王科长银行面签4月8号上午10点 工行"),
    ("praise", "王科长介绍人是李姐"),
    ("praise", "王科长是李姐介绍的"),
    ("praise", "王科长 介绍人: 老陈 意向强"),
    ("praise", "王科长看了2栋301 满五唯一"),
    ("churn", "王科长说以后采购找李建 13900003333"),
    ("churn", "王科长那边送她两盒膜不要钱"),
    ("churn", "竞品有登士柏和士卓曼"),
    ("competitor", "王科长那批发走了 德邦单号 DPK123456789"),
    ("competitor", "王科长周一见面改地方了 在他家楼下星巴克"),
]
MEANT = [
    ("complaint", "王科长说等我电话 上次的货坏了两箱 很生气"),
    ("competitor", "王科长说工行利率低 要转过去"),
    ("churn", "王科长说以后采购找别家"),
    ("praise", "王科长说我们是唯一不用催的供应商"),
    ("praise", "王科长的介绍人是周姐 她很满意"),
    ("churn", "王科长说竞品有送货 考虑换"),
    ("competitor", "王科长那批发走了 他让德邦来拉"),
    ("churn", "王科长 13800001234 今后联系隔壁老王"),
    ("churn", "王科长说以后联系顺达拿货了 13912345678"),
    ("complaint", "下午打我电话 质量问题"),
    ("complaint", "圆通 YT1234567 送错了"),
    ("complaint", "王科长那边要赔偿"),
    ("competitor", "王科长那边给同行做"),
    ("churn", "面签 王科长去平安银行 了"),
    ("churn", "竞品是要换成 登士柏"),
]


def _said(text: str) -> Tags:
    return TeamTagger(models.trained_tagger()).tag(text, Named(frozenset(["王科长"])))


def test_examples_hold() -> None:
    assert doctest.testmod(set_phrases).failed == doctest.testmod(staying).failed == 0


@pytest.mark.parametrize(("label", "text"), PLAIN)
def test_a_set_phrase_tells_no_label(label: str, text: str) -> None:
    said = _said(text)
    assert label not in (*said.intents, *said.unsure)
    assert all(word in text for words in said.evidence.values() for word in words)


@pytest.mark.parametrize(("label", "text"), MEANT)
def test_the_same_words_told_otherwise_keep_it(label: str, text: str) -> None:
    assert label in _said(text).intents


@pytest.mark.parametrize("text", ["王科长取消了", "王科长的取消", "王科长 取消"])
def test_what_is_off_without_a_word_of_what_is_asked(text: str) -> None:
    said = _said(text)
    assert "churn" not in said.intents
    assert said.unsure[0] == "churn"
    assert set(said.intents) <= set(labels.INTENTS)


@pytest.mark.parametrize("text", ["王科长取消合作了", "王科长订单取消了"])
def test_what_is_off_by_name_is_a_sign_of_leaving(text: str) -> None:
    assert "churn" in _said(text).intents
