"""What pays for goods sold before, an account gone through and a changed number, told in the chat: no second order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored
from tests.chat.test_payments import booked

if TYPE_CHECKING:
    from tests.chat.conftest import Office

FENG = "加客户 冯刚 13911112222"


async def set_up(office: Office) -> None:
    await said(office.rep, FENG)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("冯刚放款到账17万1", 171000),
        ("收到冯刚货款16800 建行到账", 16800),
        ("冯刚货款12000已到账", 12000),
        ("冯刚 付8000了 全清", 8000),
        ("冯刚尾款到了 15万", 150000),
    ],
)
async def test_what_pays_for_an_order_is_booked_as_a_payment(office: Office, text: str, yuan: int) -> None:
    await said(office.rep, "冯刚下单 雅阁 17万6")
    card = await said(office.rep, text)
    assert card.text.startswith(f"✅ 记下回款 ¥{yuan:,}")
    assert [fen for fen, _ in stored(office)] == [176_000_00]
    assert booked(office) == [("debt", yuan * 100), ("payment", yuan * 100)]
    await pressed(office.rep, card, "撤销")
    assert booked(office) == []


async def test_goods_fetched_with_the_rest_are_a_note_that_ends_their_task(office: Office) -> None:
    await said(office.rep, "冯刚下单 雅阁 17万6")
    await said(office.rep, "提醒我3月30号冯刚提车")
    await office.rep.send("冯刚提车了 尾款17万1刷卡")
    await office.idle()
    assert texts_of(office, office.rep)[-2].startswith("✅ 记下回款 ¥171,000")
    assert texts_of(office, office.rep)[-1].startswith("✅ 已记到 冯刚")
    last = [one for one in office.rep.messages() if one["from"]["is_bot"]][-1]
    assert "完成「冯刚提车」" in labels(last)
    assert not any("记回款" in label for label in labels(last))
    assert booked(office) == [("debt", 171_000_00), ("payment", 171_000_00)]
    assert [fen for fen, _ in stored(office)] == [176_000_00]


async def test_rest_in_a_longer_sentence_is_a_note_that_offers_the_payment(office: Office) -> None:
    card = await said(office.rep, "冯刚来提车了尾款一十八万刷卡了旧车也开走了")
    assert "记回款 ¥180,000" in labels(card)
    assert (stored(office), booked(office)) == ([], [])


async def test_money_beyond_what_was_sold_is_asked_about(office: Office) -> None:
    await said(office.rep, "冯刚下单 螺栓 25200")
    await said(office.rep, "收到冯刚货款16800 建行到账")
    assert labels(await said(office.rep, "收到冯刚货款16800 建行到账"))[0] == "是回款 ¥16,800"
    assert booked(office) == [("debt", 16800_00), ("payment", 16800_00)]
    assert [fen for fen, _ in stored(office)] == [25200_00]


async def test_account_gone_through_offers_the_debt(office: Office) -> None:
    card = await said(office.rep, "今天跟冯刚对完账了 3月份一共2万3600 下月10号前付")
    assert stored(office) == []
    await pressed(office.rep, card, "记欠款 ¥23,600（4月10日到期）")
    assert booked(office) == [("debt", 23600_00)]


async def test_number_of_who_is_named_is_asked_about_of_the_order_just_entered(office: Office) -> None:
    assert "已记到 冯刚" in (await said(office.rep, "冯刚 数量改成300根")).text
    await said(office.rep, "冯刚下了一单 轻钢龙骨200根 18的")
    card = await said(office.rep, "冯刚 数量改成250根")
    assert "→ ¥4,500" in card.text
    await pressed(office.rep, card, "改 1")
    assert [fen for fen, _ in stored(office)] == [4500_00]


@pytest.mark.parametrize("text", ["美团券 2张 178", "核销了6张 每张68", "散客 买了两瓶洗面奶 128"])
async def test_coupons_and_walk_ins_are_not_of_who_was_looked_at(office: Office, text: str) -> None:
    await said(office.rep, "查 冯刚")
    await said(office.rep, text)
    assert stored(office) == []


async def test_order_of_which_a_part_is_paid_is_entered_with_its_rest_to_book(office: Office) -> None:
    card = await said(office.rep, "冯刚 橱柜3万 付了1万 尾款装完付")
    assert [fen for fen, _ in stored(office)] == [30_000_00]
    assert any("¥20,000" in label for label in labels(card))


@pytest.mark.parametrize("text", ["冯刚尾款3万到了就发货", "冯刚提货前尾款3万付清", "冯刚尾款3万让我微信收"])
async def test_rest_that_is_waited_for_offers_no_payment(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert "已记到 冯刚" in card.text
    assert not any("回款" in label for label in labels(card))
    assert (stored(office), booked(office)) == ([], [])


async def test_changed_count_told_with_its_sum_is_asked_about(office: Office) -> None:
    card = await said(office.rep, "冯刚20箱换成30箱 4500已付")
    assert stored(office) == []
    await pressed(office.rep, card, next(one for one in labels(card) if "订单" in one))
    assert [fen for fen, _ in stored(office)] == [4500_00]
