"""Courtesies, dialect, lead lines in other shapes, and notes that may be something else."""

import doctest
from datetime import datetime

import pytest

from nlp.reader import Known, asking, leads, read, wording
from nlp.reader.reading import Reading

NOW = datetime.fromisoformat("2026-03-18T10:30+08:00")
KNOWN = (Known(1, "孙丽", "云栖民宿"), Known(2, "王建国", "宏达五金", nicknames=("王总",)), Known(3, "赵敏"))


def meant(text: str) -> Reading:
    return read(text, NOW, KNOWN)


@pytest.mark.parametrize("module", [asking, leads, wording], ids=lambda module: module.__name__)
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("孙丽续了年卡，3999", 3999_00),
        ("孙丽出单 医疗险 8200元", 8200_00),
        ("赵敏 signed the contract, 31.5万", 315000_00),
        ("老细话王总落单，一共9300元", 9300_00),
    ],
)
def test_what_was_acquired_is_an_order(text: str, fen: int) -> None:
    got = meant(text)
    assert (got.action, got.amount_fen, got.ask) == ("order", fen, None)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("孙丽那批货 6800元", "note_or_order"),
        ("赵敏 3.2万 设备", "note_or_order"),
        ("更新王总 报价单", "instruction"),
    ],
)
def test_doubtful_note_is_asked_about(text: str, ask: str) -> None:
    got = meant(text)
    assert (got.customer, got.ask) == (None, ask)
    assert len(got.candidates) == 1


@pytest.mark.parametrize(
    "text", ["孙丽说6800元太贵", "王总尾款3万到账了", "赵敏去年买了40万", "赵敏 would pay 50000 if faster"]
)
def test_explained_sum_is_a_note(text: str) -> None:
    got = meant(text)
    assert (got.action, got.ask) == ("note", None)


@pytest.mark.parametrize(
    "text", ["下午四点打赵敏", "听日下昼三点提我打畀王总", "十天后问一下孙丽内训的讲师定了没", "周五 call 赵敏"]
)
def test_deed_on_somebody_is_a_reminder(text: str) -> None:
    got = meant(text)
    assert (got.action, got.ask) == ("remind", None)
    assert got.customer is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("new lead: Kevin Luo 罗凯 / Shenzhen / 13712340008 / from Canton Fair", "罗凯"),
        ("您好，新增客户一名：彭雪梅女士，任职于长沙友谊商店，电话13812340004，谢谢", "彭雪梅"),
        ("加微信了 本名卢剑峰 惠州 手机壳工厂 微信号lujianfeng66", "卢剑峰"),
        ("车间主任宋江涛 山东临沂金锣机械 13812340012 王总介绍", "宋江涛"),
    ],
)
def test_name_of_a_lead(text: str, name: str) -> None:
    got = meant(text)
    assert got.action == "add_customer"
    assert got.fields is not None
    assert got.fields.name == name
