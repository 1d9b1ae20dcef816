"""A wholesaler's bill is one order of all goods; a number that may be the price of one is asked about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 冯刚 13911112222")
    await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)

HALF_OPEN = "冯刚今天要了2箱鸡腿190一箱,面粉5袋85,月结"


@pytest.mark.parametrize(
    ("tapped", "fen"), [("单价 ¥85，一共 ¥805", 805_00), ("总价 ¥85，一共 ¥465", 465_00), ("不保存", None)]
)
async def test_open_number_is_asked_with_what_all_goods_make(office: Office, tapped: str, fen: int | None) -> None:
    card = await said(office.rep, HALF_OPEN)
    assert "面粉5袋，¥85 是单价还是总价？" in card.text
    assert stored(office) == []
    made = await pressed(office.rep, card, tapped)
    assert [one for one, _ in stored(office)] == ([] if fen is None else [fen])
    if fen is not None:
        assert "鸡腿2箱、面粉5袋" in made.text
        assert any(label.startswith(f"记欠款 ¥{fen // 100}（3月31日") for label in labels(made))


async def test_several_open_numbers_are_asked_together(office: Office) -> None:
    card = await said(office.rep, "冯刚 羊肉串3箱 280 鸡翅2件 210 欠着")
    assert "羊肉串3箱，¥280、鸡翅2件，¥210 是单价还是总价？" in card.text
    assert labels(card)[:2] == ["都是单价，一共 ¥1,260", "都是总价，一共 ¥490"]


@pytest.mark.parametrize(
    ("text", "fen", "goods", "owed"),
    [
        ("冯刚要 金龙鱼油20升 3桶 每桶 235,大米50斤装 4袋 每袋130,先挂账", 1225_00, "大米50斤装4袋", "¥1,225"),
        ("冯刚又要了鸡翅中2箱 单价215 记账", 430_00, "鸡翅中", "¥430"),
        ("冯刚 油1桶235 大米2袋260 盐1箱60 共555 周结", 555_00, "油1桶、大米2袋、盐1箱", "¥555"),
        ("开个单 冯刚 羊肉串3箱 280/箱 鸡翅2件 210/件 共1260 欠着", 1260_00, "羊肉串3箱", "¥1,260"),
        ("冯刚 牛奶 20箱*45=900 鸡蛋10板*28=280 合计1180 转账已付", 1180_00, "牛奶20箱、鸡蛋10板", ""),
    ],
)
async def test_bill_is_one_order_of_all_its_goods(office: Office, text: str, fen: int, goods: str, owed: str) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 订单已记下")
    assert goods in card.text
    assert [one for one, _ in stored(office)] == [fen]
    assert [one for one in labels(card) if "欠款" in one] == ([f"记欠款 {owed}"] if owed else [])


async def test_bill_told_paid_is_paid(office: Office) -> None:
    card = await said(office.rep, "冯刚 牛奶 20箱*45=900 鸡蛋10板*28=280 合计1180 转账已付")
    assert "已收款" in card.text


async def test_deposit_for_empties_is_no_sale(office: Office) -> None:
    card = await said(office.rep, "冯刚拿了5箱雪花啤酒 一箱38 押瓶子押金50 微信付清240")
    assert "¥190" in card.text
    assert [one for one, _ in stored(office)] == [190_00]


@pytest.mark.parametrize(
    ("first", "correction", "fen", "goods"),
    [
        (
            "冯刚今天要了2箱鸡腿190一箱 月结",
            "不对 冯刚面粉也要算进去 5袋 85一袋 一共805",
            805_00,
            "鸡腿2箱、面粉5袋",
        ),
        ("冯刚要 金龙鱼油20升 3桶 每桶235 挂账", "冯刚那单漏了大米4袋520,一共1225", 1225_00, "大米4袋"),
        ("冯刚 油1桶235 大米2袋260 共495", "刚才那单少记了盐1箱60", 555_00, "油1桶、大米2袋、盐1箱"),
        ("冯刚 墨盒2个*85 A4纸5箱*120", "少给冯刚算了个硒鼓130 加上", 900_00, "墨盒2个、A4纸5箱、硒鼓"),
        ("冯刚 油1桶235 大米2袋260 共495", "冯刚那单减4块", 491_00, "油1桶、大米2袋"),
        ("冯刚订了电钻3台 960 挂账", "冯刚那单加两台 一台320", 1600_00, "电钻5台"),
        ("冯刚订了标准版1套 9800", "冯刚那单加两个用户 一个1800", 13400_00, "用户2个"),
        ("冯刚 手套2盒 18一盒 口罩1盒12", "冯刚那单补手套3盒 18一盒", 102_00, "手套5盒、口罩1盒"),
        ("冯刚 电钻1台320 钻头2盒 18一盒", "冯刚那单加个扳手35", 391_00, "电钻1台、钻头2盒、扳手"),
    ],
)
async def test_what_was_left_out_comes_on_top(
    office: Office, first: str, correction: str, fen: int, goods: str
) -> None:
    await said(office.rep, first)
    card = await said(office.rep, correction)
    assert card.text.startswith("✏️ 订单已改")
    assert goods in card.text
    assert [one for one, _ in stored(office)] == [fen]
    back = await pressed(office.rep, card, "改回")
    assert "已改回" in back.text


async def test_total_that_does_not_add_up_is_asked(office: Office) -> None:
    await said(office.rep, "冯刚 油1桶235 大米2袋260 共495")
    card = await said(office.rep, "冯刚那单漏了盐1箱60,一共800")
    assert not card.text.startswith("✏️")
    assert [one for one, _ in stored(office)] == [495_00]


async def test_added_line_can_be_put_right_later(office: Office) -> None:
    await said(office.rep, "冯刚 墨盒2个 85一个 A4纸5箱 120一箱")
    await said(office.rep, "冯刚那单漏了硒鼓1个 每个130")
    await said(office.rep, "不对 墨盒是3个")
    assert [one for one, _ in stored(office)] == [985_00]


async def test_news_is_no_change_of_an_order(office: Office) -> None:
    await said(office.rep, "冯刚 油1桶235 大米2袋260 共495")
    for text in ("冯刚那单加急", "冯刚家漏水了 3楼", "冯刚说那单少给了2袋大米"):
        await said(office.rep, text)
    assert [one for one, _ in stored(office)] == [495_00]


@pytest.mark.parametrize(
    ("first", "correction", "fen", "goods"),
    [
        ("冯刚 可乐3箱 126 微信付了", "不对 是4箱168", 168_00, "可乐 ×4"),
        ("冯刚 酱油20箱 760 月结", "是19箱 722", 722_00, "酱油 ×19"),
    ],
)
async def test_number_and_sum_are_put_right_together(
    office: Office, first: str, correction: str, fen: int, goods: str
) -> None:
    await said(office.rep, first)
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, correction)
    assert goods in card.text
    assert [one for one, _ in stored(office)] == [fen]


async def test_number_put_right_of_goods_told_with_the_price_of_one(office: Office) -> None:
    await said(office.rep, "冯刚 鸡腿2箱190一箱 月结")
    await office.at(office.now + timedelta(minutes=1))
    await pressed(office.rep, await said(office.rep, "冯刚又要3箱鸡腿198"), "单价 ¥198，一共 ¥594")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "不对是2箱")
    assert card.text.startswith("✏️ 订单已改")
    assert "鸡腿 ×2" in card.text
    assert sorted(one for one, _ in stored(office)) == [380_00, 396_00]


async def test_pieces_that_may_be_of_several_goods_are_asked(office: Office) -> None:
    await said(office.rep, "冯刚 电钻1台320 切割机2台 450一台")
    card = await said(office.rep, "冯刚那单加两台 一台320")
    assert not card.text.startswith("✏️")
    assert [one for one, _ in stored(office)] == [1220_00]


@pytest.mark.parametrize(("words", "received", "is_open"), [("", "¥415", True), (" 都付了", "¥655", False)])
async def test_what_comes_on_top_of_a_paid_order_is_not_paid(
    office: Office, words: str, received: str, is_open: bool
) -> None:
    await said(office.rep, "冯刚 名片1盒115 画册3本 100一本 已付")
    card = await said(office.rep, f"冯刚那单漏了海报20张 12一张{words}")
    assert card.text.startswith("✏️ 订单已改")
    account = (await said(office.rep, "冯刚还欠多少")).text
    assert ("¥240" in account) == is_open
    assert received in (await said(office.rep, "今天收了多少钱")).text
    await pressed(office.rep, card, "改回")
    assert "¥415" in (await said(office.rep, "今天收了多少钱")).text
    assert "¥240" not in (await said(office.rep, "冯刚还欠多少")).text


@pytest.mark.parametrize(
    ("text", "owed", "received"),
    [
        ("冯刚 精油3瓶128一瓶 面膜2盒198一盒 收700", "¥80", "¥700"),
        ("冯刚 精油3瓶128一瓶 面膜2盒198一盒 付500 280记账", "¥280", "¥500"),
        ("冯刚 油漆2桶 500一桶 共1000 付300 700记账", "¥700", "¥300"),
        ("冯刚 油漆2桶 500一桶 共1000 700挂账", "¥700", ""),
        ("冯刚 油漆2桶 500一桶 刷子3把 10一把 挂账30天", "¥1,030", ""),
    ],
)
async def test_part_paid_of_a_bill_is_received_and_the_rest_owed(
    office: Office, text: str, owed: str, received: str
) -> None:
    card = await said(office.rep, text)
    assert card.text.startswith("✅ 订单已记下")
    assert any(label.startswith(f"记欠款 {owed}") for label in labels(card))
    if received:
        assert f"已付 {received}（已记回款），还差 {owed}" in card.text
        assert received in (await said(office.rep, "今天收了多少钱")).text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("冯刚 精油3瓶128 面膜2盒198 现金582", 582_00),
        ("冯刚 康乃馨20支60 满天星2把30 现金90", 90_00),
        ("冯刚 精油3瓶128一瓶 面膜2盒198一盒 收780", 780_00),
        ("冯刚 精油3瓶128一瓶 面膜2盒198一盒 共780 抹30 付750", 750_00),
    ],
)
async def test_bill_with_all_that_came_is_paid(office: Office, text: str, fen: int) -> None:
    card = await said(office.rep, text)
    assert "已收款" in card.text
    assert [one for one, _ in stored(office)] == [fen]


async def test_part_that_is_only_agreed_is_not_received(office: Office) -> None:
    card = await said(office.rep, "冯刚 面霜2瓶*168=336 精华1瓶298 先付300 剩334月底给")
    assert "¥334" in card.text
    assert "已记回款" not in card.text
    assert "¥300" not in (await said(office.rep, "今天收了多少钱")).text
