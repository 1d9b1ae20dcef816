"""Several numbers and several people in one line: the customer gets his own, the others' stay in the note."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import fields

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "name", "in_note"),
    [
        ("宏达模具 陈总 13800001111 技术上找刘工13800002222 采购是小何13800003333", "陈总", "刘工13800002222"),
        ("老黄 13800001111 小马 13800002222", "老黄", "小马 13800002222"),
        ("海天机械 周经理 13800001111 技术胡工电话13800002222", "周经理", "13800002222"),
        ("李敏13800001111王刚13800002222", "李敏", "王刚13800002222"),
        ("孙阿姨 13800001111 爱跳广场舞 她妹妹孙二姨13800002222", "孙阿姨", "孙二姨13800002222"),
    ],
)
def test_another_ones_number_stays_in_the_note(text: str, name: str, in_note: str) -> None:
    found = fields.extract(text, NOW)
    assert (found.name, found.mobile) == (name, ["13800001111"])
    assert in_note in found.note


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("陈刚 13800001111 13900001111", "13900001111"),
        ("陈刚 13800001111 备用13900001111 要10箱", "13900001111"),
        ("陈刚 13800001111 办公室0755-26881234", "075526881234"),
        ("陈刚 13800001111 单位电话13900001111", "13900001111"),
        ("陈刚 13800001111 陈总微信同号13900001111", "13900001111"),
    ],
)
def test_his_second_number_is_his(text: str, second: str) -> None:
    found = fields.extract(text, NOW)
    assert [*found.mobile, *found.landline] == ["13800001111", second]
