"""刚才何敏不对 是21万9, 改错了 何敏是2600, 唔係 係3800: an order just entered is put right, whatever the words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_order_changes import stored as dated
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("刚才何敏不对 是21万9", 219000),
        ("何敏不对 是21万9", 219000),
        ("刚才何敏那个记错了 是21万9", 219000),
        ("改错了 何敏是219000", 219000),
        ("刚才说错了 何敏是21万9", 219000),
        ("剛剛那筆打錯 是3600", 3600),
        ("刚刚那笔打错了 是3600", 3600),
        ("不對 是3800", 3800),
        ("唔係 係3800", 3800),
    ],
)
async def test_the_order_just_entered_gets_the_right_sum(office: Office, text: str, yuan: int) -> None:
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "何敏 下单21万6 汉兰达")
    card = await said(office.rep, text)
    assert stored(office) == [(yuan * 100, "汉兰达")], card.text


@pytest.mark.parametrize("text", ["取消剛剛那筆", "刪除剛才的訂單", "取消刚刚那笔", "撤掉剛才那筆"])
async def test_the_order_just_entered_is_taken_back(office: Office, text: str) -> None:
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "何敏 下单21万6 汉兰达")
    card = await said(office.rep, text)
    assert stored(office) == [], card.text


@pytest.mark.parametrize(
    "text", ["不对 何敏那单是1万2千套 一共4万2", "不对 何敏那单是12000套 一共42000", "不对 何敏那单是1.2万套 一共4万2"]
)
async def test_the_number_in_the_goods_is_put_right_with_the_sum(office: Office, text: str) -> None:
    await said(office.rep, "订单 何敏 高强螺栓10.9级 2万套 单价3块5 总共7万")
    card = await said(office.rep, text)
    assert stored(office) == [(42_000_00, "高强螺栓10.9级 12000套")], card.text


async def test_a_slip_where_nothing_was_entered_books_nothing(office: Office) -> None:
    await said(office.rep, "刚才何敏不对 是21万9")
    assert stored(office) == []


@pytest.mark.parametrize(("text", "day"), [("不对 是上周四", 12), ("不对 是昨天的", 17), ("不对，是3月11号", 11)])
async def test_the_order_just_entered_gets_the_right_day(office: Office, text: str, day: int) -> None:
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "何敏 下单3333 合页")
    await said(office.rep, text)
    assert dated(office) == [("何敏", 3333, "合页", None, day)]
