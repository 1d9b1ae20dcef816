"""A part paid beside an order, orders of several people, returns beyond what was bought, and a number said anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored
from tests.chat.test_payments import booked
from tests.chat.test_payments_of_orders import later

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

HE = "加客户 何敏 13911115555 上海美达"


def last(office: Office, back: int = 1) -> Message:
    """The bot's message to the rep, counted from the end."""
    return [one for one in office.rep.messages() if one["from"]["is_bot"]][-back]


async def set_up(office: Office) -> None:
    await said(office.rep, HE)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "yuan", "paid", "rest"),
    [
        ("何敏 订了橱柜 60000 旧柜抵5000 付了20000", 60000, "25,000", "35,000"),
        ("何敏订了空调 50000 付了10000", 50000, "10,000", "40,000"),
        ("何敏订了空调 50000 刷了10000", 50000, "10,000", "40,000"),
        ("何敏订了空调 50000 转了1万", 50000, "10,000", "40,000"),
        ("何敏买了空调 50000，微信付10000", 50000, "10,000", "40,000"),
        ("何敏订了空调 50000 付了10000 还差40000", 50000, "10,000", "40,000"),
        ("何敏下单 空调 5万 今天付了1万", 50000, "10,000", "40,000"),
    ],
)
async def test_the_order_is_the_whole_and_not_the_part_paid(
    office: Office, text: str, yuan: int, paid: str, rest: str
) -> None:
    card = await said(office.rep, text)
    assert [fen for fen, _ in stored(office)] == [yuan * 100]
    noted = "" if "抵" in text else "（已记回款）"
    assert f"已付 ¥{paid}{noted}，还差 ¥{rest}" in card.text
    assert f"记欠款 ¥{rest}" in labels(card)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("何敏订了空调 标价8000 付了6000", 6000),
        ("何敏买了衣服 1000 付了980", 980),
        ("何敏买了冰箱 8000 付了8000", 8000),
    ],
)
async def test_what_was_paid_is_the_price_where_the_other_sum_is_none(office: Office, text: str, yuan: int) -> None:
    await said(office.rep, text)
    assert [fen for fen, _ in stored(office)] == [yuan * 100]


@pytest.mark.parametrize(
    "text",
    ["何敏提前付清了8000", "何敏提早付清了8000", "何敏一次性付清了8000", "何敏主动付清了8000", "何敏提前还了8000"],
)
async def test_money_paid_early_is_no_order(office: Office, text: str) -> None:
    await said(office.rep, "欠款 何敏 8000")
    await said(office.rep, text)
    assert stored(office) == []
    assert sorted(booked(office)) == [("debt", 8000_00), ("payment", 8000_00)]


async def test_each_order_of_several_people_offers_its_rest(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await office.rep.send("何敏订了空调 5万 定金5000\n孙丽今天来看了样品")
    await office.idle()
    card = next(one for one in (last(office), last(office, 2)) if "订单已记下" in one.text)
    assert "先付 ¥5,000（没说到账，先没记），余 ¥45,000" in card.text
    await pressed(office.rep, card, "先付的已收，记欠款 ¥45,000")
    assert sorted(booked(office)) == [("debt", 5000_00), ("debt", 45000_00), ("payment", 5000_00)]


async def test_a_typed_return_of_more_than_was_bought_waits(office: Office) -> None:
    await said(office.rep, "订单 何敏 3000 衣服")
    card = await said(office.rep, "订单 何敏 -900000")
    assert "只记了 ¥3,000 的订单，退的比买的多" in card.text
    assert len(stored(office)) == 1
    await pressed(office.rep, card, "是退货 ¥900,000")
    assert len(stored(office)) == 2


async def test_a_return_among_several_people_waits(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await said(office.rep, "订单 何敏 3000 衣服")
    await office.rep.send("何敏退了衣服 9000\n孙丽今天来看了样品")
    await office.idle()
    assert len(stored(office)) == 1
    assert any("退的比买的多" in text for text in texts_of(office, office.rep)[-2:])


async def test_goods_given_back_twice_are_asked_about(office: Office) -> None:
    await said(office.rep, "何敏买了衣服 3000")
    await said(office.rep, "何敏退了衣服 3000")
    assert len(stored(office)) == 2
    card = await said(office.rep, "何敏衣服退货 3000")
    assert "何敏 买的都退完了，退的比买的多" in card.text
    assert len(stored(office)) == 2


async def test_the_first_return_of_named_goods_is_booked(office: Office) -> None:
    await said(office.rep, "订单 何敏 -3000 衣服")
    assert [fen for fen, _ in stored(office)] == [-3000_00]


@pytest.mark.parametrize("text", ["是1万2千套 一共4万2", "应该是1万2千套，总共4万2", "不对 是1万2千套 一共4万2"])
async def test_number_and_sum_said_anew_change_the_order_just_entered(office: Office, text: str) -> None:
    await later(office)
    await said(office.rep, "何敏 订了包装盒 1万套 3万8")
    await office.rep.send(text)
    await office.idle()
    assert [fen for fen, _ in stored(office)] == [42000_00]
