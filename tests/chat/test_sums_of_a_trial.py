"""Sums that a dealer's two weeks told and that were booked wrongly: whole payments, refunds told twice, slips."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Task
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored
from tests.chat.test_payments import booked
from tests.chat.test_payments_of_orders import told

if TYPE_CHECKING:
    from tests.chat.conftest import Office

HE = "加客户 贺军 13911112222"


@pytest.mark.parametrize("text", ["贺军 付全款 4600", "贺军全款4600到了", "贺军付了全款4600"])
async def test_the_whole_of_an_open_order_is_paid_and_no_new_order(office: Office, text: str) -> None:
    await told(office, HE, "贺军 订了道闸一套 4600")
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 记下回款 ¥4,600")
    assert booked(office) == [("debt", 4600_00), ("payment", 4600_00)]
    assert len(stored(office)) == 1


async def test_the_whole_paid_by_who_bought_nothing_is_an_order(office: Office) -> None:
    await told(office, HE)
    card = await said(office.rep, "贺军 付全款 4600")
    assert "¥4,600" in card.text
    assert "订单" in card.text
    assert len(stored(office)) == 1


async def test_whole_payments_of_two_customers_in_a_line_are_no_orders(office: Office) -> None:
    await told(office, HE, "加客户 黄队长 13911113333", "贺军 订了道闸一套 3530", "黄队长 订了摄像机 4600")
    await said(office.rep, "黄队长 付全款 4600; 贺军 付 3530")
    await office.idle()
    assert [fen for fen, _ in stored(office)] == [3530_00, 4600_00]
    assert booked(office) == [(kind, fen) for fen in (4600_00, 3530_00) for kind in ("debt", "payment")]


async def test_money_of_a_return_that_is_kept_is_no_second_return(office: Office) -> None:
    await told(office, "加客户 吴总 13911112222", "吴总 订了摄像机20台 27200", "吴总退了3台摄像机 退款1380")
    assert [fen for fen, _ in stored(office)] == [27200_00, -1380_00]
    asked = await said(office.rep, "吴总退货款1380 已退给他")
    assert "3月18日已记过退货 ¥1,380" in asked.text
    assert labels(asked) == ["是退货 ¥1,380", "记到 吴总", "不保存"]
    await pressed(office.rep, asked, "记到 吴总")
    assert len(stored(office)) == 2


async def test_sum_far_beyond_all_sold_is_asked_about(office: Office) -> None:
    await told(office, HE, *(f"贺军 订了摄像机{n}台 {n}000" for n in range(2, 12)))
    asked = await said(office.rep, "贺军 订了摄像机5台 34210500")
    assert "⚠️ ¥34,210,500 比团队最大的一单（¥11,000）大 3110 倍，没看错吧？" in asked.text
    assert "是订单 ¥34,210,500" in labels(asked)
    assert len(stored(office)) == 10
    await pressed(office.rep, asked, "是订单 ¥34,210,500")
    assert len(stored(office)) == 11


async def test_order_confirmed_by_a_tap_offers_to_end_the_task_it_tells_of(office: Office) -> None:
    await told(office, HE, *(f"贺军 订了摄像机{n}台 {n}000" for n in range(2, 12)), "提醒我周五跟贺军签合同")
    asked = await said(office.rep, "贺军合同签了 摄像机5台 34210500")
    card = await pressed(office.rep, asked, "是订单 ¥34,210,500")
    assert [label for label in labels(card) if label.startswith("完成「")] == ["完成「跟贺军签合同」"]


async def test_first_large_order_of_a_new_team_is_booked(office: Office) -> None:
    await told(office, HE, "贺军 订了摄像机2台 2000")
    await said(office.rep, "贺军签了 整个园区监控 86万")
    assert stored(office)[-1][0] == 860_000_00


async def test_order_told_by_two_contacts_of_a_firm_is_pointed_out(office: Office) -> None:
    await told(office, "加客户 冯姐 13911112222 天成科技有限公司", "加客户 赵经理 13911113333 天成科技有限公司")
    await told(office, "冯姐说款已打 K1T342 8套 16800")
    card = await said(office.rep, "赵经理 K1T342 8套 2100 16800 成交")
    assert "在同公司 冯姐 名下记过 ¥16,800 的一单，记重了就点 [撤销]" in card.text


async def test_days_of_delivery_are_offered_below_the_order(office: Office) -> None:
    await told(office, HE)
    card = await said(office.rep, "贺军下单 DS-2CD2346 24台 380含税 共9120 月底前发12台 其余4月10号")
    assert "📦 DS-2CD2346 ×24" in card.text
    assert labels(card)[:2] == ["提醒我 3月31日 发12台", "提醒我 4月10日 发其余的"]
    for _ in range(2):
        await office.rep.press(card, "提醒我 3月31日 发12台")
        task = await office.rep.next_message()
        assert "发12台 DS-2CD2346" in task.text
        assert "3月31日" in task.text
    assert planned(office) == ["发12台 DS-2CD2346"]


@pytest.mark.parametrize(
    "text", ["贺军下单 3530 月底付款", "贺军订了课程 3800 4月1号开课", "贺军订50箱 6000 下周三我去送"]
)
async def test_other_days_are_no_delivery(office: Office, text: str) -> None:
    await told(office, HE)
    card = await said(office.rep, text)
    assert not any(label.startswith("提醒我") for label in labels(card))


def planned(office: Office) -> list[str]:
    """What is to be done, by all tasks."""
    return office.database.read_now(lambda db: list(db.scalars(select(Task.what))))
