"""The rest of an order of which a part was booked with it: it is of that order, once, and of no other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from crm import credit
from tests.chat.conftest import Office
from tests.chat.talk import asked, labels, pressed, said, told
from tests.chat.test_parts_received import WU


async def one_day_later(office: Office) -> None:
    await office.at(office.now + timedelta(days=1))


@pytest.mark.parametrize("words", ["把吴军3000标成已收款", "吴军 木门3000收到了", "吴军 3000收到了"])
async def test_a_deposit_of_another_order_is_no_rest_of_this(office: Office, words: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 木门 3000 定金1000已付", "吴军 地砖 4000 定金2000已付")
    for _ in range(2):
        await told(office, words)
        assert "回款 ¥5,000" in await told(office, "对账 吴军")


async def test_two_orders_of_the_same_rest_are_paid_one_by_one(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 木门 3000 定金1000已付", "吴军 地砖 5000 定金3000已付", "吴军 尾款2000收到了")
    assert "回款 ¥6,000" in await told(office, "对账 吴军")
    await told(office, "把吴军3000标成已收款")
    assert "回款 ¥6,000" in await told(office, "对账 吴军")
    await told(office, "把吴军5000标成已收款")
    assert "回款 ¥8,000" in await told(office, "对账 吴军")


@pytest.mark.parametrize("words", ["桌子尾款1500收到了", "桌子的尾款1500已付", "付了桌子尾款1500"])
async def test_the_second_half_with_its_goods_is_no_first_told_again(office: Office, words: str) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 桌子 3000 定金1500已付")
    note = await said(office.rep, f"吴军 {words}")
    if "回款 ¥1,500" in "".join(labels(note)):
        await pressed(office.rep, note, next(one for one in labels(note) if "回款 ¥1,500" in one))
    assert "回款 ¥3,000" in await told(office, "对账 吴军")
    await told(office, f"吴军 {words}")
    assert "回款 ¥3,000" in await told(office, "对账 吴军")


@pytest.mark.parametrize("words", ["6000全付了", "6000付清", "6000收到了", "6000全款付了"])
@pytest.mark.parametrize("is_later", [False, True])
async def test_the_whole_sum_told_pays_what_is_left(office: Office, words: str, is_later: bool) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 书柜 6000 定金2000已付")
    if is_later:
        await one_day_later(office)
    assert "¥4,000" in await asked(office, office.rep, f"吴军 {words}")
    assert "回款 ¥6,000" in await asked(office, office.rep, "对账 吴军")


async def test_money_that_is_anothers_leaves_no_debt_behind(office: Office) -> None:
    await said(office.rep, WU)
    await said(office.rep, "加客户 马丽 13911112299")
    await told(office, "吴军 摩托 8000 定金3000已付", "吴军 8000收到了")
    assert "马丽" in await told(office, "记错人了 是马丽")
    assert "另有 ¥5,000" in await told(office, "对账 吴军")
    assert "没有逾期的欠款" in await told(office, "谁逾期了")


async def test_it_goes_with_an_order_that_is_anothers_and_stays_where_that_is_taken_back(office: Office) -> None:
    await said(office.rep, WU)
    await told(office, "吴军 摩托 8000 定金3000已付", "吴军 8000收到了")
    assert "后来收的 ¥5,000 还记着回款" in await told(office, "吴军的订单取消")
    rep, now = office.actor(office.rep), office.app.clock.now()
    standing = office.database.read_now(lambda db: credit.of(db, rep, 1, now))
    assert (standing.paid_total_fen, standing.account.owed_fen) == (5000_00, 0)


async def test_the_card_of_an_order_that_is_anothers_tells_what_is_paid(office: Office) -> None:
    await said(office.rep, WU)
    await said(office.rep, "加客户 马丽 13911112299")
    await told(office, "吴军 摩托 8000 定金3000已付")
    assert "已付 ¥3,000（已记回款），还差 ¥5,000" in await told(office, "记错人了 是马丽")
    assert "已付 ¥3,000（已记回款），还差 ¥5,000" in await told(office, "撤销")
    assert "已付 ¥3,000（已记回款），多收 ¥500" in await told(office, "不对 是2500")
