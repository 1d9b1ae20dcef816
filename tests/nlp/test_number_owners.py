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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("华信医疗 010-88886666 老李 13911113333", "老李"),
        ("安能物流 0551-66668888 赵经理 13911113333", "赵经理"),
        ("江南五金 0512-66668888 老赵 13911113333", "老赵"),
        ("单位电话 13811112222 老李 13911113333", "老李"),
        ("李娜座机 0571-88886666 常联系 13911113333", "李娜"),
        ("李娜 0571-88886666 许昌 13911113333", "李娜"),
    ],
)
def test_his_mobile_behind_the_firms_number_is_his(text: str, name: str) -> None:
    found = fields.extract(text, NOW)
    assert found.name == name
    assert "13911113333" in found.mobile


@pytest.mark.parametrize("word", ["常联系", "全天", "时常", "常打", "施工", "许昌", "焦作", "包头", "常在用"])
def test_an_everyday_word_before_a_second_number_is_nobody(word: str) -> None:
    found = fields.extract(f"李娜 13811112222 {word} 13911113333", NOW)
    assert (found.name, found.mobile) == ("李娜", ["13811112222", "13911113333"])


def test_another_is_still_another_behind_his_own_mobile() -> None:
    found = fields.extract("华信医疗 010-88886666 老李 13911113333 小马 13711114444", NOW)
    assert (found.name, found.mobile) == ("老李", ["13911113333"])
