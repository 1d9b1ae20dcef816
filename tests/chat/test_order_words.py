"""Orders in ordinary words: what came back, two orders in one sentence, and a message edited while its order waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Draft, Order
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def stored(office: Office) -> list[tuple[int, str | None]]:
    """Fen and product of every order."""
    wanted = select(Order.amount_fen, Order.product).where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return office.database.read_now(lambda db: [(row.amount_fen, row.product) for row in db.execute(wanted)])


@pytest.mark.parametrize(
    ("text", "fen", "product"),
    [
        ("订单 赵六六 500 退 垫片", -500_00, "垫片"),
        ("订单 赵六六 退10个法兰 1750元", -1750_00, "法兰"),
        ("订单 赵六六 退热贴 500", 500_00, "退热贴"),
        ("退货 赵六六 法兰 10个 1750元", -1750_00, "法兰"),
        ("订单 赵六六 一单8000一单1.2万", 20_000_00, "8000+1.2万"),
        ("赵六六又下了两单，一单8000一单1.2万", 20_000_00, "8000 + 1.2万"),
        ("赵六六订了两批货，一批3000，一批5000", 8000_00, "3000 + 5000"),
    ],
)
async def test_order_in_ordinary_words(office: Office, text: str, fen: int, product: str | None) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    card = await said(office.rep, text)
    assert ("退货已记下" if fen < 0 else "订单已记下") in card.text
    assert stored(office) == [(fen, product)]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("赵六六退货 5000", -5000_00),
        ("赵六六退了1000块的货", -1000_00),
        ("订单 赵六六 退500", -500_00),
        ("下单：赵六六 退 500", -500_00),
    ],
)
async def test_a_return_in_ordinary_words_is_of_what_he_bought(office: Office, text: str, fen: int) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    await said(office.rep, "订单 赵六六 6000 法兰")
    assert "退货已记下" in (await said(office.rep, text)).text
    assert stored(office) == [(6000_00, "法兰"), (fen, None)]


@pytest.mark.parametrize("text", ["赵六六要求退货，货值5000元", "赵六六想退货 5000", "赵六六说要退5000块的货"])
async def test_wish_to_return_is_a_note(office: Office, text: str) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    assert "已记到 赵六六" in (await said(office.rep, text)).text
    assert stored(office) == []


@pytest.mark.parametrize("text", ["赵六六下了两单，3000和5000", "订单 赵六六 两单 3000和5000"])
async def test_two_amounts_without_a_sum_are_asked_about(office: Office, text: str) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    told = await said(office.rep, text)
    assert "请写总数" in told.text
    assert "复制我发的内容" in labels(told)
    assert stored(office) == []


async def test_order_that_waits_for_its_customer_follows_its_message(office: Office) -> None:
    typed = await office.rep.send("订单 赵六六 800 垫圈")
    asked = await office.rep.next_message()
    assert "¥800" in asked.text
    await office.rep.edit(typed, "订单 赵六六 8000 垫圈")
    assert "¥8,000" in (await office.rep.wait_edit(asked)).text
    assert "¥8,000" in (await pressed(office.rep, asked, "新客户：赵六六")).text
    assert stored(office) == [(8000_00, "垫圈")]
    await office.rep.edit(typed, "订单 赵六六 9000 垫圈")
    await office.idle()
    assert stored(office) == [(9000_00, "垫圈")]


async def test_free_order_that_waits_follows_its_message_to_one_customer(office: Office) -> None:
    await said(office.rep, "加客户 刘洋 13911112222 无锡新民五金")
    await said(office.rep, "加客户 刘涛 13911113333 常州大华")
    typed = await office.rep.send("刘总下单5000")
    asked = await office.rep.next_message()
    assert "是谁的" in asked.text
    await office.rep.edit(typed, "刘总下单6000")
    changed = await office.rep.wait_edit(asked)
    assert "¥6,000" in changed.text
    assert "不保存" in labels(changed)
    await office.rep.edit(typed, "刘洋下单7000")
    assert "✅ 订单已记下" in (await office.rep.wait_edit(asked)).text
    assert stored(office) == [(7000_00, None)]


async def test_order_that_waits_is_dropped_when_its_message_names_no_amount_any_more(office: Office) -> None:
    typed = await office.rep.send("订单 赵六六 800 垫圈")
    asked = await office.rep.next_message()
    await office.rep.edit(typed, "订单 赵六六 垫圈")
    changed = await office.rep.wait_edit(asked)
    assert "没看出金额" in changed.text
    assert "新客户：赵六六" not in labels(changed)
    assert (
        office.database.read_now(lambda db: db.scalar(select(Draft.draft_id).where(Draft.resolved_at.is_(None))))
        is None
    )
    assert stored(office) == []


async def test_where_an_order_goes_leaves_the_customers_region(office: Office) -> None:
    await said(office.rep, "加客户 李娜 13911116666 无锡丽都酒店")
    await said(office.rep, "李娜下单6800")
    assert (await said(office.rep, "李娜那单地址改成武侯区")).text.startswith("✅ 已记到 李娜")
    regions = office.database.read_now(lambda db: list(db.scalars(select(Customer.region))))
    assert regions == ["无锡"]


async def test_what_is_no_order_at_all_is_taken_back(office: Office) -> None:
    await said(office.rep, "加客户 林小雨 13911112222")
    await said(office.rep, "订单 林小雨 428")
    await said(office.rep, "订单 林小雨 300 美甲")
    gone = await said(office.rep, "428那单不是订单 是我们赔给小雨的 删掉")
    assert "¥428" in gone.text
    assert stored(office) == [(300_00, "美甲")]
    noted = await said(office.rep, "小雨的医药费转给她了428")
    assert "已记到 林小雨" in noted.text
    assert stored(office) == [(300_00, "美甲")]


@pytest.mark.parametrize(
    ("text", "fen", "product", "owed"),
    [
        ("赵六六下单产后修复套餐10次8800 分期先付3000 余下5800每月底付一半", 8800_00, "产后修复套餐10次", "5,800"),
        ("赵六六买了减肥套餐9600 首付3600 剩下6000下月付清", 9600_00, "减肥套餐", "6,000"),
        ("赵六六买了护肤套装8800，先付1000，剩下7800分两次付清", 8800_00, "护肤套装", "7,800"),
    ],
)
async def test_an_order_paid_in_parts_is_one_of_the_whole(
    office: Office, text: str, fen: int, product: str, owed: str
) -> None:
    await said(office.rep, "加客户 赵六六 13911112222 无锡新民五金")
    card = await said(office.rep, text)
    assert stored(office) == [(fen, product)]
    assert any(f"记欠款 ¥{owed}" in label for label in labels(card)), labels(card)
