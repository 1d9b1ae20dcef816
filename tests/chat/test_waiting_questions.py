"""A question that waits for a day takes a day, and nothing that is a question, an order or of another customer."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat import talk
from tests.chat.conftest import Office

ASKS_WHEN = "什么时候提醒？"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("这周的业绩", "🧾"),
        ("明天有啥事", "📅"),
        ("孙丽后天来", "已记到 孙丽"),
        ("今天的订单", "下单客户 · 今天"),
        ("孙丽今天下单800", "订单已记下"),
    ],
)
async def test_what_is_said_for_itself_is_answered_and_the_reminder_waits_on(
    office: Office, text: str, answer: str
) -> None:
    for known in ("客户 田甜 13900001111", "客户 孙丽 13900001112"):
        await talk.said(office.rep, known)
    asked = await talk.said(office.rep, "田甜结婚那天提醒我发个祝福")
    assert ASKS_WHEN in asked.text
    said = await talk.said(office.rep, text)
    assert answer in said.text
    assert "发个祝福" not in said.text
    told = await talk.said(office.rep, "5月2号结婚")
    assert "5月2日" in told.text
    assert "发个祝福" in told.text


@pytest.mark.parametrize("text", ["这周", "后天下午", "那就下周三吧", "5月2号结婚", "改到周五下午4点"])
async def test_a_day_with_its_own_words_is_the_answer(office: Office, text: str) -> None:
    await talk.said(office.rep, "客户 田甜 13900001111")
    await talk.said(office.rep, "田甜结婚那天提醒我发个祝福")
    assert "已定提醒" in (await talk.said(office.rep, text)).text


async def test_what_to_be_reminded_of_is_no_question_about_figures(office: Office) -> None:
    await talk.said(office.rep, "提醒我明天下午三点")
    assert "🧾" in (await talk.said(office.rep, "这周的业绩")).text
    assert "3月19日" in (await talk.said(office.rep, "开会")).text


async def test_who_is_named_again_as_a_new_customer_is_made_of_what_waits(office: Office) -> None:
    await talk.said(office.rep, "孙先生 中海国际12-1-302 96平 厨房加两个衣柜 交了定金5000")
    made = await talk.said(office.rep, "新客户 孙先生")
    assert "👤 孙先生" in made.text
    assert "中海国际12-1-302" in made.text
    assert "交了定金5000" in made.text


async def test_another_new_customer_is_not_made_of_what_waits(office: Office) -> None:
    await talk.said(office.rep, "孙先生 中海国际12-1-302 96平 厨房加两个衣柜")
    assert "中海国际" not in (await talk.said(office.rep, "新客户 李先生")).text


async def test_cancelling_says_what_is_dropped_and_what_waits_on(office: Office) -> None:
    first = await talk.said(office.rep, "王建国 老客户 平安福到期了")
    second = await talk.said(office.rep, "丁阿姨 给孙子买教育金 趸交10万 今天签单了")
    told = (await talk.said(office.rep, "取消")).text
    assert "没有保存：\n丁阿姨" in told
    assert "王建国 老客户" in told.partition("等您点")[2]
    await office.rep.press(second, "新客户：丁阿姨")
    assert "已经取消，没有保存" in (await office.rep.next_message()).text
    await office.rep.press(first, "新客户")
    await office.idle()
    assert any("已保存" in one.text and "王建国" in one.text for one in office.rep.messages())


@pytest.mark.parametrize("question", [None, "王总 下周要来看样机"])
async def test_what_is_offered_below_a_saved_customer_is_no_question(office: Office, question: str | None) -> None:
    card = await talk.said(office.rep, "李雷 考公务员面试班 8800 全款 13711110005")
    await office.at(office.now + timedelta(minutes=1))
    if question is not None:
        await talk.said(office.rep, question)
        dropped = (await talk.said(office.rep, "取消")).text
        assert "没有保存" in dropped
        assert "李雷" not in dropped
    assert "现在没有等您回答的问题" in (await talk.said(office.rep, "取消")).text
    made = await talk.pressed(office.rep, card, "记订单 ¥8,800")
    assert "李雷 · 成交" in made.text
