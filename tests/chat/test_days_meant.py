"""The day that is meant: a weekday put right stays in its week, what runs out is listed on its own day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for text in ("加客户 孙丽 13800138001", "加客户 何平 13900139002", "记一下 何平 重疾4月20号到期"):
        await said(office.rep, text)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("told", "corrected", "due"),
    [
        ("下下周二给孙丽送体检报告", "不对 是周四 上午9点", "04-02 09:00"),
        ("下下周一给孙丽发建议书", "不对 周三", "04-01 09:00"),
        ("下下周五去孙丽那边量房", "说错了 周三", "04-01 09:00"),
        ("下周二给孙丽打电话", "不对 是周四", "03-26 09:00"),
        ("周五给孙丽打电话", "不对 周二", "03-24 09:00"),  # this week's is over
        ("下下周二给孙丽打电话", "不对 是下周二", "03-24 09:00"),
        ("下下周二给孙丽打电话", "不对 是明天", "03-19 09:00"),
        ("下下周二给孙丽打电话", "不对 是4月3号", "04-03 09:00"),
    ],
)
async def test_a_weekday_put_right_stays_in_its_week(office: Office, told: str, corrected: str, due: str) -> None:
    before = len(planned(office))
    await said(office.rep, told)
    await said(office.rep, corrected)
    assert [moment for _, moment, _ in planned(office)[before:]] == [due]


async def test_what_runs_out_is_listed_on_its_day(office: Office) -> None:
    await said(office.rep, "孙丽车险4月5号到期 到期前一周提醒我")
    await said(office.rep, "孙丽 医疗险5月18号到期 提前半个月提醒我")
    await said(office.rep, "保单到期前一个月提醒我联系何平")
    assert planned(office)[-3:] == [
        ("孙丽车险4月5号到期", "03-29 09:00", None),
        ("孙丽 医疗险5月18号到期", "05-03 09:00", None),
        ("保单到期 联系何平（4月20日）", "03-20 09:00", None),
    ]
    assert "没有" in (await said(office.rep, "这个月谁到期")).text
    april = (await said(office.rep, "下个月谁续保")).text
    assert "2 件" in april
    assert april.index("4月5日（周日） 孙丽") < april.index("4月20日（周一） 何平")
    assert "5月18日（周一） 孙丽" in (await said(office.rep, "5月谁到期")).text


async def test_two_things_of_one_day_are_both_listed(office: Office) -> None:
    await said(office.rep, "孙丽车险4月5号到期 到期前一周提醒我")
    await said(office.rep, "提醒我4月5号孙丽年卡到期")
    told = (await said(office.rep, "下个月谁到期")).text
    assert "孙丽年卡到期" in told
    assert "孙丽车险4月5号到期" in told


async def test_before_monday_is_told_on_the_working_day_before(office: Office) -> None:
    await said(office.rep, "孙丽要求周一前换好门板")
    assert planned(office)[-1] == ("孙丽要求换好门板（周一前）", "03-20 09:00", None)
