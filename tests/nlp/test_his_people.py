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


def test_whose_the_handle_of_her_husband_is_is_asked() -> None:
    assert reader.read("孙丽要我加她老公微信 zhangwei_88", NOW, KNOWN).ask == "new_or_update"


@pytest.mark.parametrize(
    ("text", "due"), [("三月二十八号店庆 给孙丽送个花篮", "2026-03-28"), ("3月28号店里盘点 提醒我", "2026-03-28")]
)
def test_the_day_before_a_shops_feast_is_no_number_of_a_shop(text: str, due: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when and reading.task_when.value) == ("remind", due)
