"""Money entered as received (收款500) is no order: it pays what is open, and lies ahead where nothing is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.chat.conftest import Office
from tests.chat.talk import labels, said, told

WU = "加客户 吴军 13800138000"


@pytest.mark.parametrize("text", ["吴军 收款200", "吴军收款 200", "吴军 微信收款200", "吴军今天收款200元"])
async def test_what_is_received_with_nothing_open_lies_ahead(office: Office, text: str) -> None:
    await said(office.rep, WU)
    assert "记下回款 ¥200" in await told(office, text)
    assert "¥200（1 笔）" in await told(office, "今天收了多少钱")
    assert "0 单" in await told(office, "今天签了几单")


async def test_what_is_received_pays_the_open_order(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000")
    assert "记下回款 ¥3,000" in await told(office, "吴军 收款3000")
    assert "5,000" in await told(office, "吴军 还欠多少")
    assert "1 单" in await told(office, "今天签了几单")


async def test_told_again_or_too_much_it_is_asked_and_no_order_is_offered(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 收款200")
    await office.at(office.now + timedelta(minutes=1))
    offered = labels(await said(office.rep, "吴军 收款200"))
    assert any("回款" in one for one in offered)
    assert not any("订单" in one for one in offered)


@pytest.mark.parametrize(
    "text",
    [
        "吴军尾款到了",
        "吴军把尾款付清了",
        "吴军剩下的付了",
        "吴军 尾款已经转过来了",
        "收到吴军尾款了",
        "吴军余款微信付了",
    ],
)
async def test_the_rest_without_its_sum_is_what_is_open(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000 付了5800")
    assert "回款 ¥2,200" in await told(office, text)
    assert "¥8,000（2 笔）" in await told(office, "今天收了多少钱")
    assert "1 单" in await told(office, "今天签了几单")


@pytest.mark.parametrize("text", ["吴军尾款到了就发货", "吴军尾款还没到", "吴军说尾款付了"])
async def test_a_rest_that_has_not_come_books_nothing(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000 付了5800", text)
    assert "¥5,800（1 笔）" in await told(office, "今天收了多少钱")


async def test_of_two_open_sums_the_rest_is_not_guessed(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 8000 付了5800", "吴军 订了床 6000", "吴军尾款到了")
    assert "¥5,800（1 笔）" in await told(office, "今天收了多少钱")


@pytest.mark.parametrize("text", ["吴军 交了200定金", "吴军 定金200 微信收的", "吴军 定金200 刷卡"])
async def test_a_deposit_told_alone_is_booked(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, text)
    assert "¥200（1 笔）" in await told(office, "今天收了多少钱")
    assert "0 单" in await told(office, "今天签了几单")


@pytest.mark.parametrize("text", ["吴军 定金200", "吴军 明天交定金200 微信", "吴军 说要交200定金"])
async def test_a_deposit_to_come_is_not(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, text)
    assert "¥0（0 笔）" in await told(office, "今天收了多少钱")


async def test_what_is_told_of_the_rest_is_kept_beside_a_deposit(office: Office) -> None:
    await said(office.rep, WU)
    card = await said(office.rep, "吴军 交了200定金 尾款9400试听完付")
    assert "记下回款 ¥200" in card.text
    note = await office.rep.next_message()
    assert "已记到 吴军" in note.text
    assert "¥200（1 笔）" in await told(office, "今天收了多少钱")


@pytest.mark.parametrize(
    "text",
    [
        "吴军剩下两期 4月15和5月15各3900",
        "吴军分期 4月15日付3900 5月15日付3900",
        "吴军 欠款改成 4月15号3900 5月15号3900",
    ],
)
async def test_what_is_left_is_owed_on_two_days(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 欠款7800 4月17号")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, text)
    assert any("4月15日" in one or "2 笔" in one for one in labels(card))


@pytest.mark.parametrize(
    "text",
    [
        "吴军交了3000学费",
        "吴军把学费3000交了",
        "吴军缴费3000",
        "吴军这次付了3000 上次忘记记了",
        "吴军付了3000 前天忘了记",
    ],
)
async def test_money_for_what_is_open_is_no_second_order(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 英语48节 9200")
    assert "回款 ¥3,000" in await told(office, text)
    assert "6,200" in await told(office, "吴军 还欠多少")
    assert "1 单" in await told(office, "今天签了几单")


@pytest.mark.parametrize("text", ["吴军交了3000学费", "吴军缴费3000"])
async def test_tuition_with_nothing_open_is_sold_and_paid(office: Office, text: str) -> None:
    await said(office.rep, WU)
    assert "¥3,000，已收款" in await told(office, text)
    assert "¥3,000（1 笔）" in await told(office, "今天收了多少钱")


async def test_the_rest_of_an_order_is_owed_on_the_day_that_is_told(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 订了柜子 9200 付了5000")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "吴军剩下的月底付")
    assert "记欠款 ¥4,200（3月31日到期）" in labels(card)


async def test_the_debt_that_is_open_is_moved_to_the_day_that_is_told(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 欠款4200 3月25号")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "吴军剩下的月底付")
    assert "欠款改到3月31日" in labels(card)


@pytest.mark.parametrize("text", ["吴军4050那笔付了2700", "吴军那单4050先付了2700", "吴军4050那单微信付了2700"])
async def test_a_part_of_the_order_named_by_its_sum_is_booked_once(office: Office, text: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 油分3套 4050")
    assert "回款 ¥2,700" in await told(office, text)
    assert "1,350" in await told(office, "吴军 还欠多少")
    await told(office, text)
    assert "¥2,700（1 笔）" in await told(office, "今天收了多少钱")
    assert "1 单" in await told(office, "今天签了几单")
