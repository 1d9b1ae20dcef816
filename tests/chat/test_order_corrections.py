"""An order just entered, or called by its sum, is put right in its number, price of a piece or one line, or goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, said
from tests.chat.test_order_changes import notes, stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def typed(office: Office, *texts: str) -> None:
    for text in texts:
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


async def two_customers(office: Office) -> None:
    await typed(office, "加客户 何秀英 13800138001 上海美达", "加客户 陶志刚 13900139002")


office = prepared.office_after(two_customers)


@pytest.mark.parametrize(
    "text",
    [
        "撤销 何秀英 500",
        "何秀英500删掉",
        "何秀英那个500块的订单是错的 删掉",
        "何秀英500那单记重了 删掉",
        "何秀英那单500记错了 删了",
        "把何秀英那单500的删掉",
        "刚才记的何秀英500那个订单撤掉",
        "撤销何秀英 500的订单",
        "取消何秀英500那单",
    ],
)
async def test_the_order_of_that_sum_goes(office: Office, text: str) -> None:
    await typed(office, "何秀英下单 毛巾 500元", "何秀英下单 浴袍 3600元")
    card = await said(office.rep, text)
    assert card.text.startswith("↩️ 已撤销"), card.text
    assert [row[1] for row in stored(office)] == [3600]
    assert notes(office) == []


@pytest.mark.parametrize("text", ["撤销 何秀英 700", "何秀英那个700块的订单是错的 删掉", "何秀英700那单记重了 删掉"])
async def test_without_an_order_of_that_sum_nothing_goes_and_none_is_made(office: Office, text: str) -> None:
    await typed(office, "何秀英下单 毛巾 500元")
    answer = await said(office.rep, text)
    assert [row[1] for row in stored(office)] == [500]
    assert not any("订单" in label for label in labels(answer))


async def test_of_two_orders_the_one_with_so_many_pieces_goes(office: Office) -> None:
    await typed(office, "何秀英下单 钢板 5张 2400元", "何秀英下单 钢板 6张 2880元")
    await said(office.rep, "何秀英今天那两单有一单重复了 5张的那个不要 删掉")
    assert [row[1] for row in stored(office)] == [2880]


async def test_a_payment_of_the_same_sum_is_not_mistaken_for_the_order(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 500元", "回款 何秀英 500")
    question = await said(office.rep, "撤销 何秀英 500")
    assert question.text.startswith("撤销的是哪一单？"), question.text
    assert [row[1] for row in stored(office)] == [500]


@pytest.mark.parametrize("text", ["陶志刚那单不要了 删掉", "陶志刚那单作废 记错了"])
async def test_a_name_that_ends_like_a_time_tells_none(office: Office, text: str) -> None:
    await typed(office, "陶志刚下单 毛巾 500元")
    await said(office.rep, text)
    assert stored(office) == []


@pytest.mark.parametrize(
    "text",
    [
        "何秀英500的提醒删掉",
        "何秀英那单先不要删",
        "何秀英那单500的运费删掉",
        "何秀英那单的提醒取消",
        "何秀英说500那单先不要删",
    ],
)
async def test_what_is_not_the_order_goes_without_it(office: Office, text: str) -> None:
    await typed(office, "何秀英下单 毛巾 500元")
    await said(office.rep, text)
    assert [row[1] for row in stored(office)] == [500]


ONE_LINE = "何秀英订了 油封 100个 单价6元"
TWO_LINES = "何秀英下单 M8螺栓 5000个 单价0.35 M10螺母 3000个 单价0.28 整单优惠90 月底付款"


@pytest.mark.parametrize(
    ("text", "yuan", "pieces"),
    [
        ("改成150个", 900, 150),
        ("数量改成40", 240, 40),
        ("不对 单价是0.5", 50, 100),
        ("单价改成7块5", 750, 100),
        ("再加50个", 900, 150),
        ("不对 是120个", 720, 120),
        ("何秀英那单数量改成40个", 240, 40),
    ],
)
async def test_the_sum_follows_the_number_and_the_price(office: Office, text: str, yuan: int, pieces: float) -> None:
    await typed(office, ONE_LINE)
    card = await said(office.rep, text)
    assert card.text.startswith("✏️ 订单已改"), card.text
    assert stored(office) == [("何秀英", yuan, "油封", pieces, 18)]


async def test_one_line_of_several_is_put_right_and_the_others_stay(office: Office) -> None:
    await typed(office, TWO_LINES)
    assert stored(office) == [("何秀英", 2500, "M8螺栓5000个、M10螺母3000个", 8000, 18)]
    await typed(office, "不对，M10螺母是2000个")
    assert stored(office) == [("何秀英", 2220, "M8螺栓5000个、M10螺母2000个", 7000, 18)]
    card = await said(office.rep, "螺栓改成6000个")
    assert "¥2,570" in card.text
    assert stored(office) == [("何秀英", 2570, "M8螺栓6000个、M10螺母2000个", 8000, 18)]


async def test_where_the_sum_cannot_be_reckoned_it_is_asked_for(office: Office) -> None:
    await typed(office, "何秀英下单 螺栓100个 螺母200个 一共2400元")
    before = stored(office)
    for text in ("不对 螺母是300个", "改成150个", "再加50个"):
        assert "总价" in (await said(office.rep, text)).text
        assert stored(office) == before
    await said(office.rep, "那单改成2220")
    assert [row[1] for row in stored(office)] == [2220]


@pytest.mark.parametrize("text", ["改成150个", "再加50个", "单价改成7块5", "不对 螺栓是120根"])
async def test_what_was_not_just_entered_is_not_changed(office: Office, text: str) -> None:
    await typed(office, ONE_LINE, "何秀英 今天来电话说质量不错")
    await said(office.rep, text)
    assert [row[:2] for row in stored(office)] == [("何秀英", 600)]


async def test_goods_that_the_order_has_not_change_nothing(office: Office) -> None:
    await typed(office, ONE_LINE)
    await said(office.rep, "不对 角钢是120根")
    assert stored(office) == [("何秀英", 600, "油封", 100, 18)]


async def test_an_edited_order_keeps_its_goods_clean(office: Office) -> None:
    sent = await office.rep.send("何秀英定了 法兰 20片 单价36")
    await office.rep.next_message()
    await office.rep.edit(sent, "何秀英定了 法兰 30片 单价36")
    await office.idle()
    assert stored(office) == [("何秀英", 1080, "法兰", 30, 18)]
    await said(office.rep, "改成40片")
    assert stored(office) == [("何秀英", 1440, "法兰", 40, 18)]
