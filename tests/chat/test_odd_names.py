"""Customers whom one calls by a house, a shop or a floor: 12栋大哥, 王记面馆, 楼下胖子; and spouses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新客户 王记面馆", "王记面馆"),
        ("新客户 阿珍小吃", "阿珍小吃"),
        ("新客户 12栋大哥 融创12栋", "12栋大哥"),
        ("新客户 测试甲 甲店", "测试甲"),
        ("加客户 楼下胖子", "楼下胖子"),
        ("川味轩张老板 川菜馆的 13600002222 每周一要货 周结", "张老板"),
    ],
)
async def test_what_stands_there_is_the_name(office: Office, text: str, name: str) -> None:
    assert f"👤 {name} ·" in (await said(office.rep, text)).text


@pytest.mark.parametrize(
    "text",
    [
        "新客户 想买保险的",
        "新客户 抖音来的",
        "新客户 装修公司老板",
        "新客户 上海 13800001111",
        "新客户 朋友介绍的 开饭店",
    ],
)
async def test_what_names_nobody_is_asked_about(office: Office, text: str) -> None:
    assert "没看出客户叫什么" in (await said(office.rep, text)).text


async def test_he_may_be_called_by_his_house_in_the_answer(office: Office) -> None:
    asked = await said(office.rep, "新客户 想做橱柜的 12栋")
    assert "没看出客户叫什么" in asked.text
    assert "👤 12栋大哥 ·" in (await said(office.rep, "12栋大哥")).text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("12栋大哥 要做橱柜 就叫12栋大哥", "12栋大哥"),
        ("张伟李娜夫妻俩 万科城5-2-801 142平 精装房 老婆做主 报了86000", "张伟"),
    ],
)
async def test_a_new_customer_is_called_as_told(office: Office, text: str, name: str) -> None:
    asked = await said(office.rep, text)
    await office.rep.press(asked, "新客户")
    await office.idle()
    assert f"👤 {name} ·" in office.rep.messages()[-1].text
