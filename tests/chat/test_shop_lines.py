"""A shop's lines: name, item, sum and how it was paid; put right, marked as paid, paid later, and totals of nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Order
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def sold(office: Office) -> list[tuple[str, int, str | None, bool]]:
    """Customer, yuan, product and whether it is paid, of every order."""
    wanted = select(Customer.name, Order.amount_fen, Order.product, Order.is_paid).join_from(Order, Customer)
    stands = wanted.where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return office.database.read_now(
        lambda db: [(row.name, row.amount_fen // 100, row.product, row.is_paid) for row in db.execute(stands)]
    )


async def test_the_standard_line_is_a_paid_order(office: Office) -> None:
    await said(office.rep, "加客户 周婷 13911112222")
    card = await said(office.rep, "周婷 护理168微信")
    assert "订单已记下" in card.text
    assert sold(office) == [("周婷", 168, "护理", True)]


async def test_a_sale_on_credit_offers_the_debt(office: Office) -> None:
    await said(office.rep, "加客户 周婷 13911112222")
    card = await said(office.rep, "周婷 剪发58 记账上 月底一起结")
    assert "记欠款 ¥58（3月31日到期）" in labels(card)
    assert sold(office) == [("周婷", 58, "剪发", False)]


@pytest.mark.parametrize("text", ["刘芳的不对 烫发688 洗发水128 一共816", "刚才刘芳的不对 烫发688 洗发水128"])
async def test_several_articles_told_anew_change_the_order(office: Office, text: str) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, "刘芳 烫发 688 微信收了")
    card = await said(office.rep, text)
    assert "订单已改" in card.text
    assert sold(office) == [("刘芳", 816, "烫发、洗发水", True)]


@pytest.mark.parametrize(
    "text",
    ["把刘芳58标成已收款", "刘芳58改成已收", "刘芳那单收过了", "刚才那单收过钱了", "刘芳 58收到了", "刘芳 剪发58微信"],
)
async def test_an_open_order_is_told_to_be_paid(office: Office, text: str) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    placed = await said(office.rep, "刘芳 剪发 58")
    assert "订单已记下" in placed.text
    card = await said(office.rep, text)
    assert "算已收款" in card.text
    assert sold(office) == [("刘芳", 58, "剪发", True)]


async def test_what_is_a_debt_by_now_is_paid_as_one(office: Office) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await office.rep.press(await said(office.rep, "刘芳 剪发 58 挂账"), "记欠款 ¥58")
    await office.idle()
    card = await said(office.rep, "把刘芳58标成已收款")
    assert "记下回款 ¥58" in card.text
    assert sold(office) == [("刘芳", 58, "剪发", False)]


async def test_marking_what_is_not_there_makes_no_order(office: Office) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, "把刘芳58标成已收款")
    assert sold(office) == []


async def test_an_order_called_by_its_sum_is_given_to_another(office: Office) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, "加客户 周婷 13911113333")
    await said(office.rep, "周婷 护理 158 微信收了")
    card = await said(office.rep, "刚才那个158记错人了 是刘芳")
    assert sold(office) == [("刘芳", 158, "护理", True)], card.text


@pytest.mark.parametrize(
    "text", ["我今天做了800", "今天总共做了5个客人收了860", "今天一共收了1500", "染膏快用完了 记得进货", "客户按消费排"]
)
async def test_what_is_said_of_the_shop_is_nobodys(office: Office, text: str) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    card = await said(office.rep, text)
    assert sold(office) == []
    assert "已记到" not in card.text


@pytest.mark.parametrize(
    ("text", "fen", "product"),
    [
        ("新客 林小姐 13911113333 剪发68 微信收了 朋友介绍", 68, "剪发"),
        ("来了个新客 陈露 烫发 488 现金收了 电话13922224444", 488, "烫发"),
        ("新客人 吴丹 13922225555 剪发68 染发368 办卡500 都微信付了", 936, "剪发、染发、办卡"),
    ],
)
async def test_a_new_guest_who_pays_is_booked_by_one_button(office: Office, text: str, fen: int, product: str) -> None:
    card = await said(office.rep, text)
    await office.rep.press(card, f"记订单 ¥{fen}")
    await office.idle()
    assert [row[1:] for row in sold(office)] == [(fen, product, True)]


async def test_a_day_to_pay_changes_no_order(office: Office) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, "刘芳 烫发 298 微信收了")
    await said(office.rep, "不对 刘芳那98 3月31号到期")
    assert sold(office) == [("刘芳", 298, "烫发", True)]


@pytest.mark.parametrize("text", ["把刘芳58标成已收款", "刘芳 58收到了", "刘芳那单收过了"])
@pytest.mark.parametrize("is_by_word", [True, False])
async def test_the_mark_is_taken_back_and_the_sale_stays(office: Office, text: str, is_by_word: bool) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "刘芳 剪发58 记账")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, text)
    back = await (said(office.rep, "撤销") if is_by_word else pressed(office.rep, card, "撤销"))
    assert "改成没收款" in back.text
    assert sold(office) == [("刘芳", 58, "剪发", False)]
    assert "已撤销" in (await said(office.rep, "撤销")).text, "the sale was entered before it"


async def test_a_sale_told_to_be_paid_before_is_no_second_one(office: Office) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, "刘芳 烫发388 没给")
    for _ in range(2):
        assert "算已收款" in (await said(office.rep, "刘芳烫发388收过钱了")).text
        assert sold(office) == [("刘芳", 388, "烫发", True)]


async def test_what_was_done_on_two_days_is_two_orders(office: Office) -> None:
    await said(office.rep, "加客户 谭松 13911112222")
    await said(office.rep, "谭松 昨天剪发58 今天护理98 微信")
    assert sold(office) == [("谭松", 58, "剪发", False), ("谭松", 98, "护理", True)]
    days = office.database.read_now(lambda db: list(db.scalars(select(Order.ordered_on).order_by(Order.order_id))))
    assert (days[1] - days[0]).days == 1


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("刘芳 剪发58 欠款还清", []),
        ("刘芳 同行报 3000 现金", []),
        ("刘芳 护理298打八折238 微信", []),
        ("刘芳 手机2999 旧机500 微信收了", [2999]),
    ],
)
async def test_no_sum_is_added_that_is_no_sale(office: Office, text: str, yuan: list[int]) -> None:
    await said(office.rep, "加客户 刘芳 13911112222")
    await said(office.rep, text)
    assert [row[1] for row in sold(office)] == yuan
