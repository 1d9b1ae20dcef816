"""Lists asked for in a word of the customers: by sex, surname, area and trade; and who is there of a firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chat import talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_customers_by_what_they_are(office: Office) -> None:
    for line in (
        "加客户 陈刚 男 13911112221 苏州 餐饮",
        "加客户 陈芳 女 13911112222 杭州 五金",
        "加客户 王建国 13911112223 美达五金 采购经理 广州",
        "加客户 孙丽 女 13911112224 美达五金 财务主管",
    ):
        assert "✅" in (await talk.said(office.rep, line)).text, line
    for text, named, missing in (
        ("女的客户有哪些", ("陈芳", "孙丽"), "陈刚"),
        ("男客户", ("陈刚",), "陈芳"),
        ("姓陈的客户", ("陈刚", "陈芳"), "孙丽"),
        ("有几个姓陈的客户", ("2 位",), "孙丽"),
        ("江浙沪的客户", ("陈刚", "陈芳"), "王建国"),
        ("江苏的客户有哪些", ("陈刚",), "陈芳"),
        ("做餐饮的客户", ("陈刚",), "陈芳"),
        ("美达五金都有谁", ("2 位", "王建国 · 采购经理 · *******2223", "孙丽 · 财务主管 · *******2224"), "陈刚"),
        ("美达那边谁管采购", ("王建国 · 采购经理",), "孙丽"),
        ("美达五金谁管仓库", ("没记着谁是仓库", "王建国", "孙丽"), "陈刚"),
    ):
        answer = await talk.asked(office, office.rep, text)
        assert all(name in answer for name in named), (text, answer)
        assert missing not in answer, (text, answer)
    assert "王建国" not in await talk.asked(office, office.rep2, "美达五金都有谁"), "not his customers"
