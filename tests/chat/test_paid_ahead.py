"""A deposit that lay ahead counts for the order that comes after it, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import labels, pressed, said, told


async def test_order_paid_at_once_uses_the_deposit_up(office: Office) -> None:
    await told(office, "加客户 卞涛 13911112277", "卞涛交了定金500")
    card = await said(office.rep, "卞涛 年卡1张 3680 付清了 微信")
    assert "已收款" in card.text
    assert "之前收的定金 ¥500 算在内" in card.text
    assert "¥3,680（" in await told(office, "今天收了多少钱")
    assert "都付清了" in await told(office, "卞涛还差多少没付")
    later = await said(office.rep, "卞涛 蛋白粉2桶 320一桶 挂账")
    assert "算在内" not in later.text
    assert "¥640" in await told(office, "卞涛还差多少没付")
    await pressed(office.rep, later, "记欠款 ¥640")
    assert "还欠 ¥640" in await told(office, "信用 卞涛")


async def test_undone_order_leaves_the_deposit(office: Office) -> None:
    await told(office, "加客户 卞涛 13911112277", "卞涛交了定金500")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "卞涛 年卡1张 3680 付清了 微信")
    await pressed(office.rep, card, "撤销")
    assert "¥500（" in await told(office, "今天收了多少钱")
    again = await said(office.rep, "卞涛 年卡1张 3680")
    assert "之前收的定金 ¥500 算在内，还差 ¥3,180" in again.text


@pytest.mark.parametrize(
    ("words", "fen", "rest"),
    [
        ("画册500本 每本8块 一共4000 定金1000已付", "4,000", "3,000"),
        ("婚礼用花 8800 定金1000已付", "8,800", "7,800"),
        ("订了轮胎4条 2600 挂账", "2,600", "1,600"),
        ("订了轮胎4条 2600", "2,600", "1,600"),
    ],
)
async def test_card_tells_what_lay_ahead(office: Office, words: str, fen: str, rest: str) -> None:
    await told(office, "加客户 冉平 13911112277", "冉平交了定金1000")
    card = await said(office.rep, f"冉平 {words}")
    assert f"💰 ¥{fen}" in card.text
    assert f"之前收的定金 ¥1,000 算在内，还差 ¥{rest}" in card.text
    owed = [one for one in labels(card) if "欠款" in one]
    assert [one for one in owed if not one.startswith(f"记欠款 ¥{rest}")] == []
    if owed:
        await pressed(office.rep, card, owed[0])
        assert f"还欠 ¥{rest}" in await told(office, "信用 冉平")
    assert rest in await told(office, "冉平还差多少没付")
    assert "¥1,000（" in await told(office, "今天收了多少钱")


async def test_deposit_counts_for_the_first_order_alone(office: Office) -> None:
    await told(office, "加客户 冉平 13911112277", "冉平交了定金1000", "冉平订了轮胎4条 2600")
    assert "算在内" not in await told(office, "冉平订了雨刮2副 120")


@pytest.mark.parametrize("words", ["定金2000退了", "退了定金2000", "的定金2000已经退给他了"])
async def test_deposit_given_back_is_offered_to_be_taken_back(office: Office, words: str) -> None:
    await told(office, "加客户 汪洋 13911112277", "汪洋交了定金2000")
    card = await said(office.rep, f"汪洋{words}")
    label = next(one for one in labels(card) if one.startswith("撤销 "))
    assert "¥2,000（" in await told(office, "今天收了多少钱")
    await pressed(office.rep, card, label)
    assert "¥0（0 笔）" in await told(office, "今天收了多少钱")


@pytest.mark.parametrize("words", ["定金3000退了", "要退定金2000", "定金2000退不了"])
async def test_no_such_deposit_or_none_given_back_is_a_note(office: Office, words: str) -> None:
    await told(office, "加客户 汪洋 13911112277", "汪洋交了定金2000")
    assert not [one for one in labels(await said(office.rep, f"汪洋{words}")) if one.startswith("撤销 ")]
    assert "¥2,000（" in await told(office, "今天收了多少钱")
