"""A birthday put right keeps its calendar, or changes just that; a relative's day is not the customer's."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm import customers
from crm.tables import Customer, CustomerPhone
from tests.chat import prepared
from tests.chat.talk import labels, said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 邓老师 13800138001")
    await said(office.rep, "加客户 冯姐 13900139002")


office = prepared.office_after(set_up)


def born(office: Office, name: str) -> list[tuple[str, int, int]]:
    row = office.database.read_now(lambda db: db.scalar(select(Customer).where(Customer.name == name)))
    assert row is not None
    return [(one.calendar, one.month, one.day) for one in customers.birthdays(row)]


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        (["邓老师 生日农历四月十八", "她生日我写错了 是四月二十八"], [("lunar", 4, 28)]),
        (["邓老师 生日农历四月十八", "不对 是四月二十八"], [("lunar", 4, 28)]),
        (["邓老师 生日农历三月十八", "不对 三月廿八"], [("lunar", 3, 28)]),
        (["邓老师 生日农历五月初五", "记错了 六月初五"], [("lunar", 6, 5)]),
        (["邓老师生日五月十二", "不对 是农历的"], [("lunar", 5, 12)]),
        (["邓老师生日五月十二", "农历的"], [("lunar", 5, 12)]),
        (["邓老师 生日农历五月十二", "不是农历 是公历"], [("solar", 5, 12)]),
        (["邓老师生日4月28日", "邓老师生日是农历四月二十八"], [("lunar", 4, 28)]),
        (["邓老师生日5月3日", "不对 是5月13号"], [("solar", 5, 13)]),
        (["邓老师 生日农历四月十八", "邓老师生日写错了 公历是四月二十八"], [("solar", 4, 28)]),
        (["邓老师 生日农历四月十八", "邓老师生日写错了 是5月13号"], [("solar", 5, 13)]),
        (["邓老师 生日农历四月十八", "邓老师身份证上生日是6月3日"], [("solar", 6, 3), ("lunar", 4, 18)]),
    ],
)
async def test_the_day_put_right(office: Office, texts: list[str], days: list[tuple[str, int, int]]) -> None:
    for text in texts:
        await said(office.rep, text)
    assert born(office, "邓老师") == days


async def test_a_correction_of_something_else_changes_no_birthday(office: Office) -> None:
    await said(office.rep, "邓老师生日5月3日")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "邓老师想要一套茶具 预算三千")
    await said(office.rep, "不对 是五月十二")
    assert born(office, "邓老师") == [("solar", 5, 3)]


async def test_an_older_question_does_not_take_the_correction(office: Office) -> None:
    asked = await said(office.rep, "冯姐 方案 3万 周五给她")
    assert labels(asked)
    await said(office.rep, "邓老师 生日农历五月十二")
    await said(office.rep, "不对 六月十二")
    assert born(office, "邓老师") == [("lunar", 6, 12)]


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("冯姐女儿婷婷 2018年6月3号生日 提醒我送礼物", ("冯姐女儿婷婷 生日 送礼物", "06-03 09:00", None)),
        ("冯姐妈妈农历九月初九70大寿 提前三天提醒我", ("冯姐妈妈 70大寿（10月18日）", "10-15 09:00", None)),
    ],
)
async def test_a_relatives_day_is_its_own(office: Office, text: str, task: tuple[str, str, None]) -> None:
    await said(office.rep, text)
    assert planned(office) == [task]
    assert born(office, "冯姐") == []


async def test_a_relatives_birthday_is_not_reckoned_from_the_customers(office: Office) -> None:
    await said(office.rep, "冯姐生日6月3日")
    assert "什么时候" in (await said(office.rep, "冯姐女儿生日前三天提醒我买礼物")).text
    assert planned(office) == []
    await said(office.rep, "冯姐生日前三天提醒我买礼物")
    assert [what for what, _, _ in planned(office)][-1].startswith("买礼物")


async def test_a_number_that_was_wrong_goes(office: Office) -> None:
    await said(office.rep, "邓老师手机号不对 是13912345679")
    card = await said(office.rep, "冯姐电话打错了 应该是13700001112")
    assert "来源" not in card.text
    rows = office.database.read_now(lambda db: list(db.scalars(select(CustomerPhone.phone))))
    assert sorted(number[-11:] for number in rows) == ["13700001112", "13912345679"]
