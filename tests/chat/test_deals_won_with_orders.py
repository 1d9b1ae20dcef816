"""An order offers to win the open deal of its customer that it is about; without the order the deal is open again."""

from __future__ import annotations

import pytest

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at
from tests.chat.test_deals import deals_of, orders_of

LI = "加客户 李娜 13911113333 苏州恒力"


async def begun(office: Office, deal: str) -> None:
    """A customer with a deal, made earlier this day."""
    await talk.said(office.rep, LI)
    await talk.said(office.rep, deal)
    await office.at(at(3, 18, 10, 40))


async def test_the_deal_is_won_with_the_order_and_open_again_without_it(office: Office) -> None:
    await begun(office, "商机 李娜 3.5万 团险 6月底")
    placed = await talk.said(office.rep, "李娜团险签了 3万5 15个人")
    assert "✅ 订单已记下" in placed.text
    assert talk.labels(placed)[0] == "商机「团险 ¥35,000」成交了"
    await office.at(at(3, 18, 10, 41))
    won = await talk.pressed(office.rep, placed, "商机「团险 ¥35,000」成交了")
    assert "🎉 商机成交了" in won.text
    assert "成交 ¥35,000 · 订单已记" in won.text
    assert [(fen, state) for fen, _, state, _ in deals_of(office)] == [(3_500_000, "won")]
    again = await talk.pressed(office.rep, won, "撤销")  # of the win: the order was there before
    assert "↩️ 已撤销这一步" in again.text
    assert [state for _, _, state, _ in deals_of(office)] == ["open"]
    assert orders_of(office) == [3_500_000]


async def test_an_order_taken_back_opens_what_it_had_won(office: Office) -> None:
    await begun(office, "商机 李娜 8.86万 6月底")
    placed = await talk.said(office.rep, "李娜签了 83500")
    await office.at(at(3, 18, 10, 41))
    await talk.pressed(office.rep, placed, "商机「¥88,600」成交了")  # nearly the same: it came down
    assert [state for _, _, state, _ in deals_of(office)] == ["won"]
    await talk.said(office.rep, "撤销李娜的订单")
    assert [state for _, _, state, _ in deals_of(office)] == ["open"]
    assert orders_of(office) == []


@pytest.mark.parametrize("told", ["李娜签了 3200", "李娜又订了 12万", "李娜退货 35000"])
async def test_another_sum_offers_no_deal(office: Office, told: str) -> None:
    await begun(office, "商机 李娜 3.5万 团险 6月底")
    assert not any(label.startswith("商机「") for label in talk.labels(await talk.said(office.rep, told)))


async def test_of_two_deals_the_nearer_stands_first(office: Office) -> None:
    await begun(office, "商机 李娜 10万 年金 6月底")
    await talk.said(office.rep, "商机 李娜 11万 医疗险 6月底")
    placed = await talk.said(office.rep, "李娜签了 11万")
    assert talk.labels(placed)[:2] == ["商机「医疗险 ¥110,000」成交了", "商机「年金 ¥100,000」成交了"]


@pytest.mark.parametrize(
    ("need", "order", "offers"),
    [
        ("李娜想要专线20吨 预算2万4", "李娜 车床2台 24万 打了定金5万", False),
        ("李娜想要10箱百合 周五送", "李娜又订了5盒玫瑰 75", False),
        ("李娜想要专线20吨 预算2万4", "李娜签了 25000", True),
        ("李娜想要10箱百合 周五送", "李娜订了12箱百合 360", True),
        ("李娜希望价格再优惠点", "李娜订了12箱百合 360", True),
    ],
)
async def test_a_need_is_won_with_an_order_of_its_goods_or_its_sum(
    office: Office, need: str, order: str, offers: bool
) -> None:
    await begun(office, need)
    placed = await talk.said(office.rep, order)
    assert "✅ 订单已记下" in placed.text
    assert any(label.startswith("需求「") for label in talk.labels(placed)) is offers
