"""What a task is about where its own words are thin: the customer's question, order or complaint before it."""

from __future__ import annotations

import doctest
from datetime import datetime

import pytest

from nlp.reader import Known, matters, read

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "王芳", "腾飞电子"), Known(2, "刘洋", "长江物流"))


def test_examples_hold() -> None:
    assert doctest.testmod(matters).failed == 0


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("王芳问能不能月结 现在货到付款她压力大 这个我做不了主 跟她讲了27号我们开完会答复她", "能不能月结"),
        ("王芳说发票抬头不对 少了两个字 退回来了 我二十号之前重开给她", "发票抬头不对"),
        ("王芳要CE证书和检测报告 我后天早上发她邮箱", "CE证书和检测报告"),
        ("王芳嫌价格高 让我申请折扣，周五前给她答复", "申请折扣"),
        ("长江物流财务要对账单 刘洋喊我31号前给", "对账单"),
        ("王芳问M10螺丝多少钱，我答应明天回电话", "M10螺丝多少钱"),
        ("她们问有没有五十以内的我说我找找看月底前给王芳回话", "有没有五十以内的"),
    ],
)
def test_thin_words_get_what_was_asked(text: str, what: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert reading.action == "note"
    assert reading.task_what is not None
    assert reading.task_what.endswith(f"（{what}）"), reading.task_what


@pytest.mark.parametrize(
    "text",
    [
        "王芳说样品不错，我明天寄合同给她",  # says what is sent
        "王芳那边我还没敢跟她讲，后天我给她打个电话",  # nothing was asked for
        "王芳说好的，明天我给她回话",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert reading.task_what is not None
    assert "（" not in reading.task_what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("王芳要合同 我周五弄", "王芳要合同"),
        ("刘洋要开票 我周五弄好", "刘洋要开票"),
        ("刘洋要退款 我周五搞定", "刘洋要退款"),
        ("王芳要样册 我周五寄", "寄（样册）"),
    ],
)
def test_a_wish_is_the_task_where_only_its_doing_is_told(text: str, what: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert (reading.action, reading.task_what) == ("note", what)


def test_a_long_matter_is_cut() -> None:
    told = matters.about("给她回话", "王芳问能不能把去年那批三百套定制的沙发套全部换成今年新出的防水面料")
    assert told.endswith("…）")
    assert len(told) <= len("给她回话（）") + matters.LONGEST
