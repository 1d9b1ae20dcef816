"""What is asked of the bot is answered, and never kept on whoever was shown last."""

from __future__ import annotations

import pytest

from tests.chat import prepared, talk
from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for known in ("客户 王丽华 13900001114 4月1日生日", "提醒我24号给王丽华打电话", "客户 田甜 13900001111"):
        await talk.said(office.rep, known)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("下个月初八是什么日子", "下周四（3月26日），农历二月初八"),
        ("农历三月初八是几号", "4月24日（周五）"),
        ("清明是哪天", "4月5日（周日）"),
        ("4月24号是农历几号", "农历三月初八"),
        ("4月24号是星期几", "4月24日（周五）"),
        ("王丽华明天要交费提醒她了吗", "给王丽华打电话"),
        ("前台小张被投诉几次了", "小张 投诉"),
        ("田甜生日送什么好", "田甜"),
        ("办了年卡的客户给个8折活动 帮我写条文案", "我不会写"),
        ("帮我写条朋友圈", "我不会写"),
        ("给4月生日的客户发个优惠", "符合的客户 1 位：4月生日"),
    ],
)
async def test_it_is_answered_and_nothing_is_kept(office: Office, text: str, answer: str) -> None:
    assert answer in await talk.asked(office, office.rep, text)


async def test_one_customers_offer_is_still_a_reminder(empty_office: Office) -> None:
    await talk.said(empty_office.rep, "客户 田甜 13900001111")
    assert "已定提醒" in (await talk.said(empty_office.rep, "明天给田甜发个优惠")).text
