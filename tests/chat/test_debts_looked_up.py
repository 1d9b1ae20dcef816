"""谁还欠我们钱, 何敏账上, 何敏 订单: open debts, one's account and one's orders are looked up, however it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize("text", ["谁还欠我们钱", "哪些客户还没交尾款", "还有多少货款没收回来", "应收账款", "谁欠款"])
async def test_all_open_debts_are_listed_overdue_or_not(office: Office, text: str) -> None:
    await said(office.rep, "加客户 孙丽 13911116666 苏州五金")
    assert "也没有没到期的（没付清的单子，记过欠款才算）" in (await said(office.rep, text)).text
    await said(office.rep, "欠款 何敏 8000 3月1日前")
    await said(office.rep, "欠款 孙丽 5000 4月30日前")
    card = await said(office.rep, text)
    assert "逾期没付的客户 1 位，共 ¥8,000" in card.text
    assert "加上没到期的，一共欠 ¥13,000（2 位）。\n· 孙丽 苏州五金 ¥5,000" in card.text


@pytest.mark.parametrize("text", ["何敏还欠多少", "何敏账上", "何敏 欠款", "何敏 还欠多少 什么时候到期"])
async def test_his_account_is_shown_and_says_when_nothing_is_booked(office: Office, text: str) -> None:
    assert "没记过欠款，还差多少算不出来" in (await said(office.rep, text)).text
    await said(office.rep, "欠款 何敏 8000 4月30日前")
    assert "还欠 ¥8,000" in (await said(office.rep, text)).text


@pytest.mark.parametrize("text", ["何敏 订单", "何敏的订单", "何敏 的订单", "何敏 訂單"])
async def test_his_orders_are_listed_and_no_sum_is_asked_for(office: Office, text: str) -> None:
    await said(office.rep, "订单 何敏 12000 螺栓M8")
    card = await said(office.rep, text)
    assert "1 笔：买 ¥12,000" in card.text
    assert "螺栓M8 ¥12,000" in card.text
    assert len(stored(office)) == 1
