"""Orders through the chat: recorded, taken back, asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.orm import Session

from crm import customers
from crm.customers import Profile
from crm.tables import Customer, CustomerSummary, Order
from tests.chat.talk import replied

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


@pytest.fixture
async def zhang(office: Office) -> int:
    """张伟, 小李's customer."""
    return known(office, office.rep, "张伟", "上海美达")


def known(office: Office, owner: Person, name: str, company: str | None = None) -> int:
    """A customer of that member, known before the test begins."""
    actor = office.actor(owner)
    profile = Profile(name, company=company)

    def add(db: Session) -> int:
        return customers.add(db, actor, profile, office.app.clock.now()).customer_id

    return office.database.write_now(add)


def stored(office: Office) -> list[tuple[int, int, str | None, bool]]:
    """Customer, fen, product and whether it counts, of every order."""
    rows = office.database.read_now(lambda db: db.query(Order).order_by(Order.order_id).all())
    return [(row.customer_id, row.amount_fen, row.product, row.deleted_at is None) for row in rows]


@pytest.mark.parametrize("text", ["/order 张伟 12000 螺栓M8", "订单 螺栓M8 1.2万 张伟", "下单：12000 张伟 螺栓M8"])
async def test_any_order_of_the_words_is_one_order(office: Office, zhang: int, text: str) -> None:
    await office.rep.send(text)
    card = await office.rep.next_message()
    for part in ("张伟", "上海美达", "¥12,000", "螺栓M8", "今天（3月18日 周三）", "累计 ¥12,000"):
        assert part in card.text
    assert stored(office) == [(zhang, 1_200_000, "螺栓M8", True)]


async def test_a_day_that_is_past_and_a_return(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟 昨天 5000 轴承")
    assert "昨天（3月17日 周二）" in (await office.rep.next_message()).text
    await office.rep.send("订单 张伟 退货 500 轴承")
    card = await office.rep.next_message()
    assert "退货已记下" in card.text
    assert "累计 ¥4,500" in card.text
    assert [fen for _, fen, _, _ in stored(office)] == [500_000, -50_000]


async def test_undo_and_restore_once_each(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟 12000 螺栓M8")
    card = await office.rep.next_message()
    await office.rep.press(card, "撤销")
    edited = await office.rep.wait_edit(card)
    assert "已撤销" in edited.text
    assert "累计 ¥0" in edited.text
    undo = next(row[0]["callback_data"] for row in card.rows)
    await office.rep.press(card, data=undo)
    assert "已经撤销过" in (await office.rep.wait_edit(card)).text
    summary = office.database.read_now(lambda db: db.get_one(CustomerSummary, zhang))
    assert (summary.purchase_days, summary.total_fen) == (0, 0)
    await office.rep.press(card, "恢复")
    assert "已恢复" in (await office.rep.wait_edit(card)).text
    assert stored(office) == [(zhang, 1_200_000, "螺栓M8", True)]


@pytest.mark.parametrize("text", ["订单 张伟 很多 螺栓", "/order 张伟 1e5 螺栓", "订单 张伟 0", "/order", "订单 张伟"])
async def test_an_amount_that_is_no_number_gets_an_example(office: Office, zhang: int, text: str) -> None:
    await office.rep.send(text)
    assert "订单 张伟 12000 螺栓M8" in (await office.rep.next_message()).text
    assert stored(office) == []


async def test_two_of_the_same_name_are_asked_about(office: Office, zhang: int) -> None:
    other = known(office, office.rep, "张伟", "苏州恒力")
    await office.rep.send("订单 张伟 800 垫片")
    asked = await office.rep.next_message()
    assert stored(office) == []
    await office.rep.press(asked, "张伟 苏州恒力")
    assert "苏州恒力" in (await office.rep.wait_edit(asked)).text
    assert stored(office) == [(other, 80_000, "垫片", True)]


async def test_somebody_unknown_becomes_a_customer_by_button(office: Office, zhang: int) -> None:
    await office.rep.send("订单 欧阳娜娜 800 垫片")
    asked = await office.rep.next_message()
    await office.rep.press(asked, "新客户：欧阳娜娜")
    assert "欧阳娜娜" in (await office.rep.wait_edit(asked)).text
    assert [fen for _, fen, _, _ in stored(office)] == [80_000]


async def test_a_foreign_customer_is_not_found(office: Office, zhang: int) -> None:
    await office.rep2.send("订单 张伟 800 垫片")
    asked = await office.rep2.next_message()
    assert "上海美达" not in asked.text
    assert not any("上海美达" in label for row in asked.buttons for label in row)
    assert stored(office) == []


async def test_a_foreign_button_does_nothing(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟 12000 螺栓M8")
    card = await office.rep.next_message()
    await office.rep2.send("/help")
    helped = await office.rep2.next_message()
    await office.rep2.press(helped, data=card.rows[0][0]["callback_data"])
    assert "找不到这张订单" in (await office.rep2.next_message()).text
    assert stored(office) == [(zhang, 1_200_000, "螺栓M8", True)]


async def test_the_button_below_the_card_asks_for_amount_and_product(office: Office, zhang: int) -> None:
    await office.rep.send("查 张伟")
    card = await office.rep.next_message()
    await office.rep.press(card, "下单")
    await office.rep.next_message()
    await office.rep.send("3000 轴承")
    assert "¥3,000" in (await office.rep.next_message()).text
    assert stored(office) == [(zhang, 300_000, "轴承", True)]


async def test_a_reply_to_a_card_is_about_its_customer(office: Office, zhang: int) -> None:
    known(office, office.rep, "李娜")
    await office.rep.send("查 张伟")
    card = await office.rep.next_message()
    await office.rep.send("查 李娜")
    await office.rep.next_message()
    assert "张伟" in (await replied(office, office.rep, card, "/order 500 垫片")).text
    await office.rep.send("/order 600 垫片")
    assert "张伟" in (await office.rep.next_message()).text, "the customer of the last order is current"
    await office.idle()
    assert [(row[0], row[1]) for row in stored(office)] == [(zhang, 50_000), (zhang, 60_000)]


async def test_an_unknown_name_is_never_given_to_the_current_customer(office: Office, zhang: int) -> None:
    await office.rep.send("查 张伟")
    await office.rep.next_message()
    await office.rep.send("/order 欧阳娜娜 500 垫片")
    assert "欧阳娜娜" in (await office.rep.next_message()).text
    await office.idle()
    assert stored(office) == []


async def test_an_order_makes_the_stage_won_and_its_undo_does_not_leave_it(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟 500 垫片")
    card = await office.rep.next_message()
    assert office.database.read_now(lambda db: db.get_one(Customer, zhang)).stage == "won"
    await office.rep.press(card, "撤销")
    await office.rep.wait_edit(card)
    assert office.database.read_now(lambda db: db.get_one(Customer, zhang)).stage == "interested"


async def test_a_free_message_about_an_order_is_one(office: Office, zhang: int) -> None:
    await office.rep.send("张伟下单了 12000 元的螺栓M8")
    assert "¥12,000" in (await office.rep.next_message()).text
    assert [(row[0], row[1]) for row in stored(office)] == [(zhang, 1_200_000)]


async def test_a_sentence_that_begins_with_the_word_is_a_note(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟那边一直没收到货，很生气，要投诉我们")
    card = await office.rep.next_message()
    assert "已记到" in card.text
    assert "投诉" in card.text
    assert stored(office) == []


async def test_markup_in_a_product_is_text(office: Office, zhang: int) -> None:
    await office.rep.send("订单 张伟 100 <b>垫片&螺母")
    assert "<b>垫片&螺母" in (await office.rep.next_message()).text


async def test_in_a_group_orders_are_sent_to_the_private_chat(office: Office, zhang: int) -> None:
    await office.rep.send("/order 张伟 100 螺栓", chat=office.group)
    assert "私聊" in (await office.rep.next_message(office.group)).text
    assert stored(office) == []
