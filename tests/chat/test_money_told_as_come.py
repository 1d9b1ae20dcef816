"""Deposits without an order, parts of an order on their days, and the debt of an order told as 挂账."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import asked, labels, pressed, said, told


@pytest.mark.parametrize(
    "words", ["收到丁芳定金5000", "丁芳定金5000已收", "今天丁芳来店里下定了 交了5000块定金", "丁芳付了订金5000"]
)
async def test_a_deposit_before_there_is_an_order_is_money_that_came(office: Office, words: str) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    assert "记下回款 ¥5,000" in await told(office, words)
    assert "¥5,000" in await told(office, "今天收了多少钱")
    assert "之前收的定金 ¥5,000 算在内，还差 ¥31,800" in await told(office, "丁芳订了橱柜 36800 定金5000已付")
    assert "另有 ¥31,800" in await told(office, "信用 丁芳")


@pytest.mark.parametrize("words", ["丁芳首付30万付了", "丁芳要付定金5000", "丁芳说定金5000明天付"])
async def test_what_may_be_anothers_or_has_not_come_is_a_note(office: Office, words: str) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    await told(office, words)
    assert "回款" not in (await told(office, "信用 丁芳")).replace("记回款", "").replace("回款 王总", "")


async def test_two_parts_of_an_order_are_booked_on_their_days(office: Office) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    card = await told(office, "丁芳合同签了 25800 橱柜 含台面 昨天定金2000 今天又转了5740凑够首款")
    assert "¥25,800" in card
    assert "已付 ¥7,740（已记回款），还差 ¥18,060" in card
    assert "¥5,740" in await told(office, "今天收了多少钱")


async def test_the_part_told_before_is_the_first_of_them(office: Office) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    await told(office, "丁芳定金2000已收")
    await office.at(office.now + timedelta(days=1))
    assert "还差 ¥18,060" in await asked(office, office.rep, "丁芳签了 橱柜25800 昨天定金2000 今天又转了5740")
    assert "¥5,740" in await asked(office, office.rep, "今天收了多少钱")
    assert "已回 ¥7,740" in await asked(office, office.rep, "信用 丁芳")


@pytest.mark.parametrize(
    ("words", "paid"),
    [
        ("签了 合同价45800 首款30%今天转了", "已付 ¥13,740（已记回款）"),
        ("要瓷砖30箱 共240 先付200微信", "已付 ¥200（已记回款）"),
    ],
)
async def test_a_part_that_came_is_booked_with_its_order(office: Office, words: str, paid: str) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    assert paid in await told(office, f"丁芳{words}")


async def test_a_share_is_no_sum_and_the_day_of_signing_no_day_to_pay(office: Office) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    card = await said(office.rep, "丁芳定了！18万2 今天先交1万定金 下周一签合同")
    assert "3月23日到期" not in card.text + "".join(labels(card))
    assert "还是" not in card.text
    await office.idle()
    assert "是哪一种" in await asked(office, office.rep, "丁芳首款30%是54600")
    assert "记下回款 ¥54,600" in await asked(office, office.rep, "丁芳首款30%到了 54600")


async def test_money_of_today_beside_a_word_of_yesterday_came_today(office: Office) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    await told(office, "丁芳订了衣柜 182000")
    card = await said(office.rep, "丁芳昨天定金没来 今天上午交了10000")
    assert "3月18日到账" in (await pressed(office.rep, card, "是回款 ¥10,000")).text


@pytest.mark.parametrize(
    ("words", "owed"),
    [
        ("又要了瓷砖2箱 单价215 记账", "记欠款 ¥430"),
        ("拿5件瓷砖,每件72,挂账", "记欠款 ¥360"),
        ("要了瓷砖5箱 38一箱 欠着", "记欠款 ¥190"),
        ("要了5箱瓷砖 1000 付了400 剩下的欠着", "记欠款 ¥600"),
    ],
)
async def test_the_debt_of_an_order_is_its_sum_or_its_rest(office: Office, words: str, owed: str) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    assert owed in labels(await said(office.rep, f"丁芳{words}"))


async def test_the_price_of_one_is_no_debt(office: Office) -> None:
    await said(office.rep, "加客户 丁芳 13911112266")
    await told(office, "丁芳要了瓷砖2箱 单价190")
    assert "记欠款 ¥380" in labels(await said(office.rep, "丁芳那单瓷砖单价190 记欠款"))
