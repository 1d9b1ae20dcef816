"""孙丽要样品，李娜嫌贵: what one line tells of several customers is kept with each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note
from tests.chat import prepared
from tests.chat.talk import labels, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for line in ("孙丽 13911112222 无锡新民五金", "李娜 13911113333 苏州恒锐精密", "王建国 13911114444 上海美达"):
        await said(office.rep, f"加客户 {line}")


three = prepared.office_after(set_up)


def written(office: Office) -> list[tuple[str, str]]:
    wanted = select(Customer.name, Note.text).join(Note, Note.customer_id == Customer.customer_id)
    return office.database.read_now(
        lambda db: [(row[0], row[1]) for row in db.execute(wanted.order_by(Note.note_id))],
    )


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("孙丽要样品，李娜嫌贵", [("孙丽", "孙丽要样品"), ("李娜", "李娜嫌贵")]),
        ("孙丽说价格可以 李娜那边还在比价", [("孙丽", "孙丽说价格可以"), ("李娜", "李娜那边还在比价")]),
        (
            "孙丽要发票，李娜没空；王建国说再等等",
            [("孙丽", "孙丽要发票"), ("李娜", "李娜没空"), ("王建国", "王建国说再等等")],
        ),
        ("孙丽明天寄样品，李娜后天回电话", [("孙丽", "孙丽明天寄样品"), ("李娜", "李娜后天回电话")]),
    ],
)
async def test_each_has_his_own_note(three: Office, text: str, notes: list[tuple[str, str]]) -> None:
    await three.rep.send(text)
    await three.idle()
    assert written(three) == notes


async def test_order_news_and_money_in_one_line_are_each_what_they_are(three: Office) -> None:
    await said(three.rep, "欠款 李娜 3000")
    await three.rep.send("孙丽下单6800，李娜付了2000，王建国升总监了")
    await three.idle()
    order, payment, news = (message.text for message in three.rep.messages()[-3:])
    assert "订单已记下" in order
    assert payment.startswith("✅ 记下回款 ¥2,000")
    assert "职位：空 → 总监" in news
    assert written(three) == []


async def test_forms_of_address_are_asked_about_one_by_one(three: Office) -> None:
    await three.rep.send("孙姐要样品，李姐嫌贵")
    await three.idle()
    first, second = three.rep.messages()[-2:]
    assert (labels(first)[0], labels(second)[0]) == ("孙丽", "李娜")
    assert written(three) == []


@pytest.mark.parametrize("words", ["不是孙丽 是李娜", "不是孙丽，是李娜", "不是孙丽的是李娜的", "刚那条不是孙丽是李娜"])
async def test_last_note_is_moved_by_who_it_is_not_of(three: Office, words: str) -> None:
    await said(three.rep, "孙丽嫌交期慢")
    assert "已改记到 李娜" in (await said(three.rep, words)).text
    assert written(three) == [("李娜", "孙丽嫌交期慢")]


async def test_who_it_is_not_must_be_whom_the_last_note_is_of(three: Office) -> None:
    await said(three.rep, "王建国嫌交期慢")
    await said(three.rep, "不是孙丽 是李娜")
    assert written(three)[0] == ("王建国", "王建国嫌交期慢")
