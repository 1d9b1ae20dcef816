"""News of several customers in one line: each clause to its customer, and nothing torn apart that belongs together."""

from __future__ import annotations

import pytest

from nlp.reader import Known, clauses

KNOWN = [
    Known(1, "孙丽", "无锡新民五金"),
    Known(2, "李娜", "苏州恒锐精密", nicknames=("娜娜",)),
    Known(3, "王建国", "上海美达"),
]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("孙丽要样品，李娜嫌贵", ("孙丽要样品", "李娜嫌贵")),
        ("孙丽说价格可以 李娜那边还在比价", ("孙丽说价格可以", "李娜那边还在比价")),
        ("孙丽要样品；娜娜嫌贵、王建国没空", ("孙丽要样品", "娜娜嫌贵", "王建国没空")),
        ("孙姐要样品，李姐嫌贵", ("孙姐要样品", "李姐嫌贵")),
        ("今天跑了两家 孙丽想订200套 李娜说再考虑", ("孙丽想订200套", "李娜说再考虑")),
        ("孙丽嫌交期慢，让我们催。李娜要发票", ("孙丽嫌交期慢，让我们催", "李娜要发票")),
        ("孙丽下单6800，李娜嫌贵", ("孙丽下单6800", "李娜嫌贵")),
        ("上午见了孙丽聊得不错，下午拜访了李娜没人", ("上午见了孙丽聊得不错", "下午拜访了李娜没人")),
    ],
)
def test_each_clause_is_its_customers(text: str, pieces: tuple[str, ...]) -> None:
    assert clauses.split(text, KNOWN) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "孙丽介绍李娜，李娜想要样品",
        "孙丽说李娜嫌贵",
        "孙丽和李娜都要样品",
        "孙丽比李娜爽快，李娜老拖",
        "孙丽要样品，王总嫌贵",
        "孙丽 李娜",
        "孙丽要样品，跟李娜说一声",
        "提醒我明天给孙丽打电话，后天给李娜寄样品",
        "孙丽要样品，孙丽嫌贵",
        "老板不在，孙丽要样品，李娜嫌贵",
    ],
)
def test_what_belongs_together_stays_whole(text: str) -> None:
    assert clauses.split(text, KNOWN) == ()
