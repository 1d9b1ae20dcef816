"""What managers say is told from what only looks so, and no text takes long to be told."""

from __future__ import annotations

import time

import pytest

from handlers import given_back, ownership, targets

LONG = 4000  # characters: about the longest message
QUICK = 0.1  # seconds, some hundred times what it takes; what grew with the square took over half a second
MANY_SUMS = "4月目标 小李 50000 小周 60000 小陈 80000 小吴 70000 小郑 90000 "


@pytest.mark.parametrize(
    "text",
    [
        MANY_SUMS + "大家加油",
        MANY_SUMS * 80,
        "目标 小李" + " " * LONG + "x",
        "目标" + " " * LONG + "x",
        "目标小李" + "1" * LONG + "x",
        "，" * LONG,
        "算了" * (LONG // 2),
        "何伟转给小周" + "，" * LONG,
        "何伟转给小周" + " " * LONG + "5",
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = time.process_time()
    assert not (targets.MANY.search(text) and targets.goals(text))
    for pattern in (targets.CLOSE, given_back.BACK, ownership.IN_WORDS):
        pattern.search(text)
    assert time.process_time() - begun < QUICK


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("小李3月目标5万 小周4月目标60万", [("3月", "小李", "5万"), ("4月", "小周", "60万")]),
        ("小李这个月目标5万 小周下个月60万", [("这个月", "小李", "5万"), ("下个月", "小周", "60万")]),
        ("4月目标：小李20万、小周的5月目标30万，", [("4月", "小李", "20万"), ("5月", "小周", "30万")]),
        ("目标 下个月 小李   50000 小周 6千", [("下个月", "小李", "50000"), ("下个月", "小周", "6千")]),
        ("把小李下个月目标定成五十万 小周60万", [("下个月", "小李", "五十万"), ("下个月", "小周", "60万")]),
        ("四月目标 小李20万 小周十二月30万", [("四月", "小李", "20万"), ("十二月", "小周", "30万")]),
        ("小李目标5万 小周60万 大家加油", []),
    ],
)
def test_each_target_has_its_month(text: str, goals: list[tuple[str, str, str]]) -> None:
    assert [(month.strip("的"), name, total) for month, name, total in targets.goals(text)] == goals


@pytest.mark.parametrize(
    "text",
    [
        "算了转回来",
        "转回来吧",
        "不对，把他转回去",
        "转错了 分回来",
        "转回小李",
        "别转了，还给小李",
        "算了退回给小李吧。",
    ],
)
def test_a_customer_is_called_back(text: str) -> None:
    assert given_back.BACK.search(text)


@pytest.mark.parametrize(
    "text",
    [
        *("收回来了", "拿回来了", "退回来了", "要回来了", "还回去了", "转回来了", "钱转回来了", "算了收回来", "要回来"),
        *("转给小周", "还给小周", "退给小周", "还回小周", "还是转给小周吧", "退回给小李"),
    ],
)
def test_money_and_goods_come_back_without_the_customer(text: str) -> None:
    assert not given_back.BACK.search(text)
