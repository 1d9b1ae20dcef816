"""An appointment moved with its deed behind the time, or not needed any more: the open one of that customer changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for text in (
        "加客户 刘姐 13800138001",
        "加客户 孙总 13900139002",
        "刘姐周五上午10点去量房",
        "提醒我后天给孙总开发票",
        "周六下午约孙总喝茶",
    ):
        await said(office.rep, text)


office = prepared.office_after(set_up)
MEASURE, INVOICE, TEA = (
    ("刘姐 去量房", "03-20 10:00", None),
    ("给孙总开发票", "03-20 09:00", None),
    ("约孙总喝茶", "03-21 15:00", None),
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("刘姐 推迟到周六上午10点量房 周五她没空", [("刘姐 去量房", "03-21 10:00", None), INVOICE, TEA]),
        ("刘姐延到周六上午10点量房", [("刘姐 去量房", "03-21 10:00", None), INVOICE, TEA]),
        ("刘姐 改约到下周二量房，周五有事", [("刘姐 去量房", "03-24 10:00", None), INVOICE, TEA]),
        ("刘姐挪到周六量房", [("刘姐 去量房", "03-21 10:00", None), INVOICE, TEA]),
        ("刘姐周五那个量房不用了", [INVOICE, TEA]),
        ("刘姐量房不用了", [INVOICE, TEA]),
        ("孙总那个喝茶取消了 她出差", [MEASURE, INVOICE]),
        ("周六孙总喝茶取消了 临时有事", [MEASURE, INVOICE]),
        ("孙总 推迟到下周三喝茶 周六要加班", [MEASURE, INVOICE, ("约孙总喝茶", "03-25 15:00", None)]),
    ],
)
async def test_the_open_one_changes(office: Office, text: str, left: list[tuple[str, str, None]]) -> None:
    await said(office.rep, text)
    assert planned(office) == left


@pytest.mark.parametrize(
    "text",
    [
        "孙总说旧发票不用了",
        "刘姐说那台旧机器不用了",
        "刘姐不用了",
        "孙总那个订单取消了 她不要了",
        "刘姐发票不用了",
        "孙总用不了电脑 喝茶时再说",
    ],
)
async def test_what_is_not_needed_of_goods_takes_back_nothing_unasked(office: Office, text: str) -> None:
    await said(office.rep, text)
    assert planned(office) == [MEASURE, INVOICE, TEA]


async def test_without_an_open_one_the_new_one_is_called_by_its_deed(office: Office) -> None:
    await said(office.rep, "加客户 陈姐 13700137003")
    await said(office.rep, "陈姐 推迟到周六上午10点量房 周五她没空")
    assert planned(office)[-1] == ("量房", "03-21 10:00", None)


async def test_a_sum_put_right_is_no_task(office: Office) -> None:
    for text in ("周六刘姐交的定金不是1万 是12000", "刘姐周六的定金不是8000块 应该是9000", "不对 是1万2 不是1万"):
        await said(office.rep, text)
    assert planned(office) == [MEASURE, INVOICE, TEA]
