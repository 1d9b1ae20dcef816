"""Addresses told in words are kept, and a birthday put right leaves no wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm import customers
from crm.tables import Customer, Task
from nlp.fields import addresses
from tests.chat.talk import pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def customer(office: Office) -> Customer:
    return office.database.read_now(lambda db: db.scalars(select(Customer)).one())


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("罗敏的地址是无锡惠山区堰桥路88号", "无锡惠山区堰桥路88号"),
        ("罗敏的地址 嘉兴南湖区中环南路100号", "嘉兴南湖区中环南路100号"),
        ("罗敏地址改成堰桥路88号3楼", "堰桥路88号3楼"),
        ("罗敏的收货地址是新区长江路15号", "新区长江路15号"),
    ],
)
async def test_an_address_is_stored_and_one_tap_takes_it_off(office: Office, text: str, where: str) -> None:
    await said(office.rep, "罗敏 15933330031 无锡罗氏五金")
    answer = await said(office.rep, text)
    assert where in answer.text
    assert customer(office).address == where
    await pressed(office.rep, answer, "撤销")
    assert customer(office).address is None


@pytest.mark.parametrize(
    "text",
    [
        "罗敏地址在哪",
        "罗敏的地址是上海",
        "罗敏的地址发我一下 长江路那个",
        "罗敏的地址还没给我 在长江路那边吗",
        "罗敏网址是www.luoshi.com/路",
        "罗敏说地址不对",
    ],
)
def test_what_only_speaks_of_an_address_is_none(text: str) -> None:
    assert addresses.told(text) is None


@pytest.mark.parametrize(
    ("told", "solar", "lunar"),
    [
        ("罗敏的生日不是农历 是阳历6月8号", (6, 8), (None, None)),
        ("罗敏生日不是农历 是阳历4月26", (4, 26), (None, None)),
        ("罗敏的生日改成阳历6月8日", (6, 8), (None, None)),
        ("罗敏的生日改成农历六月初九", (None, None), (6, 9)),
        ("罗敏的生日是阳历6月8日", (6, 8), (None, None)),
    ],
)
async def test_a_birthday_put_right_leaves_no_wrong_one(
    office: Office, told: str, solar: tuple[int | None, ...], lunar: tuple[int | None, ...]
) -> None:
    await said(office.rep, "罗敏 15933330031 无锡罗氏五金 生日农历六月初八")
    await said(office.rep, told)
    row = customer(office)
    assert (row.solar_month, row.solar_day) == solar
    assert (row.lunar_month, row.lunar_day) == lunar


async def test_last_digits_a_new_house_and_a_feast_are_what_changes(office: Office) -> None:
    await said(office.rep, "罗敏 15933330031 无锡罗氏五金")
    await said(office.rep, "罗敏手机后四位改成6612 前面没变")
    await said(office.rep, "罗敏家地址改成8栋1单元1902 原来那个3-1-2602是她姐的")
    await said(office.rep, "罗敏的生日是腊八那天 农历")
    row = customer(office)
    phones = office.database.read_now(lambda db: customers.phones(db, row.customer_id))
    assert (list(phones), row.address) == (["15933336612"], "8栋1单元1902")
    assert (row.lunar_month, row.lunar_day) == (12, 8)
    await said(office.rep, "Luo总 prefer email, 别 call 她 before 10am")
    await said(office.rep, "4.2提醒我 给罗敏送个小车模")
    tasks = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    assert [(task.what, task.customer_id) for task in tasks] == [("给罗敏送个小车模", row.customer_id)]
