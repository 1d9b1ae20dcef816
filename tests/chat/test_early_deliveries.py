"""A delivery at six is in the morning to whom goods go early; to others, and of papers, it is in the evening."""

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
        "加客户 吴园长 13800138001",
        "加客户 孙总 13900139002",
        "记一下 吴园长 幼儿园 鸡蛋牛奶早上7点前送到后门",
        "记一下 孙总 每天早上8点开会",
    ):
        await said(office.rep, text)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("提醒我周一6点给吴园长送鸡蛋", "03-23 06:00"),
        ("明天5点给吴园长送韭菜30斤", "03-19 17:00"),
        ("提醒我周一6点给吴园长送样品", "03-23 18:00"),
        ("提醒我周一下午6点给吴园长送鸡蛋", "03-23 18:00"),
        ("提醒我周一6点给吴园长送资料", "03-23 18:00"),
        ("提醒我周一6点给吴园长打电话", "03-23 18:00"),
        ("提醒我今天6点给吴园长送鸡蛋", "03-18 18:00"),
        ("提醒我周一6点给孙总送货", "03-23 18:00"),
        ("提醒我周一9点给吴园长送鸡蛋", "03-23 09:00"),
    ],
)
async def test_the_hour_of_a_delivery(office: Office, text: str, due: str) -> None:
    await said(office.rep, text)
    assert [moment for _, moment, _ in planned(office)[-1:]] == [due]


@pytest.mark.parametrize(
    ("before", "text", "due"),
    [
        ("孙总 明天早上8点送报价单", "孙总 后天4点半送货", "03-20 16:30"),
        ("孙总早上7点就到公司了", "孙总 后天6点送货", "03-20 18:00"),
        ("孙总说早上6点要送孩子 9点后再打", "孙总 后天5点送货", "03-20 17:00"),
        ("孙总 明早6点送花", "孙总 后天5点送货", "03-20 17:00"),
        ("孙总 送货要早上6点", "孙总 后天5点送货", "03-20 05:00"),
        ("孙总 明早6点送货", "孙总 后天6点送货", "03-20 06:00"),
    ],
)
async def test_only_goods_that_come_at_that_hour_make_it_early(
    office: Office, before: str, text: str, due: str
) -> None:
    await said(office.rep, before)
    await said(office.rep, text)
    assert [moment for _, moment, _ in planned(office)[-1:]] == [due]


async def test_the_day_by_which_it_is_handed_in_counts(office: Office) -> None:
    await said(office.rep, "孙总说招标提前到4月10号 标书4月3号前交")
    assert planned(office)[-1] == ("标书交", "04-03 09:00", None)
