"""A name or handle of a customer's boss, husband or child is not put on the customer's own record."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", None, "13800138001", None, ()),
    Known(2, "王建国", "华东机械", "13900139003", "采购经理", ("王工",)),
]


@pytest.mark.parametrize("text", ["王工说他老板叫郑海涛", "孙丽说她儿子叫张浩宇", "孙丽那边新店长叫吴敏"])
def test_the_name_of_another_renames_nobody(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None), text


@pytest.mark.parametrize(
    ("text", "name"),
    [("王建国名字打错了 是王建军", "王建军"), ("王工叫王建军", "王建军"), ("孙丽改名叫孙莉了", "孙莉")],
)
def test_who_is_called_otherwise_himself_is_renamed(text: str, name: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.fields and reading.fields.name) == ("update", name), text


@pytest.mark.parametrize(
    "text",
    [
        "孙丽要我加她老公微信 zhangwei_88",
        "孙丽让跟她家装修公司小郭对尺寸 13884562017",
        "孙丽儿媳妇刚生完 她给了我电话13620557781 让我先别打",
        "孙丽让找她店长小芹 13884562041 周五前把货送过去",
        "孙丽给了她房东电话 13884562027 转租的事",
        "王工说送货到后门打他外甥小丁的电话一三九零六二五七七三一前门那个坡车上不去",
        "王工叫我联系他们外包的施工队老姜 13884562021",
        "王工说合同的事跟他律师谈 13884562026",
    ],
)
def test_the_number_of_whom_he_sends_us_to_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.customer is not None) == ("note", None, True), text


@pytest.mark.parametrize(
    "text", ["孙丽让记她新号 13884562030", "孙丽换电话了 13884562031", "孙丽姐电话改成13884562032"]
)
def test_his_own_number_is_news(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.fields and len(reading.fields.mobile)) == ("update", 1), text


@pytest.mark.parametrize(
    ("text", "action", "ask"),
    [
        ("孙丽说她妹妹也要装修她妹妹叫孙静住保利让我明天联系她电话是13884562033", "add_customer", None),
        ("孙丽说她妹妹也要装修 让我联系她 电话是13884562033", "update", "new_or_update"),
        ("孙丽邻居想换门窗 电话是13884562033", "update", "new_or_update"),
        ("孙丽同事要买重疾 手机号是13884562033", "update", "new_or_update"),
        ("孙丽老公的电话是13884562033", "note", None),
        ("孙丽 孩子上三年级 电话是13884562033", "update", None),
        ("孙丽手机号是13884562033 老公也想学", "update", None),
        ("孙丽儿子要结婚 电话改成13884562033", "update", None),
        ("孙丽说她老公想换车 她自己电话是13884562033", "update", None),
    ],
)
def test_a_number_behind_somebody_of_hers_may_be_his(text: str, action: str, ask: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == (action, ask), text


def test_who_is_introduced_with_a_wish_is_somebody_new() -> None:
    reading = reader.read("孙丽介绍她妹妹孙静 13884562033 想开美甲店", NOW, KNOWN)
    assert (reading.action, reading.fields and reading.fields.name) == ("add_customer", "孙静")


@pytest.mark.parametrize("text", ["孙丽姐现在是区域经理啦 不是店长了", "孙丽姐升区域经理了"])
def test_who_is_called_elder_sister_is_promoted_herself(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.fields and reading.fields.title) == ("update", "区域经理")


@pytest.mark.parametrize(
    ("text", "due"), [("三月二十八号店庆 给孙丽送个花篮", "2026-03-28"), ("3月28号店里盘点 提醒我", "2026-03-28")]
)
def test_the_day_before_a_shops_feast_is_no_number_of_a_shop(text: str, due: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when and reading.task_when.value) == ("remind", due)
