"""Money that came in: it pays an open debt, without one it is asked about, and with goods beside it it is an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN = "加客户 孙丽 13911112222 无锡新民五金"


def booked(office: Office) -> list[tuple[str, int]]:
    """Kind and fen of all that is owed and paid."""
    return [(kind, fen) for kind, fen, _ in entries(office)]


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽 转账2580", 2580),
        ("孙丽转来2580", 2580),
        ("孙丽微信转了我580", 580),
        ("孙丽打了1500过来", 1500),
        ("孙丽把1500转我了", 1500),
        ("收到孙丽货款1500", 1500),
        ("收孙丽1500", 1500),
        ("孙丽结了1500", 1500),
        ("孙丽先给了两千块", 2000),
        ("孙丽付了1500", 1500),
        ("孙丽汇了一千五", 1500),
        ("孙丽还了1500", 1500),
        ("孙丽给了1500现金", 1500),
        ("孙丽 货款2580到账", 2580),
        ("孙丽那2800到了", 2800),
        ("上周五孙丽打了3000块货款", 3000),
        ("3月10号孙丽付了五百", 500),
    ],
)
async def test_money_of_who_owes_is_a_payment(office: Office, text: str, yuan: int) -> None:
    await said(office.rep, "欠款 孙丽 3000")
    card = await said(office.rep, text)
    assert card.text.startswith(f"✅ 记下回款 ¥{yuan:,}")
    assert f"还欠 ¥{3000 - yuan:,}" in card.text
    assert booked(office) == [("debt", 3000_00), ("payment", yuan * 100)]
    assert stored(office) == []
    await pressed(office.rep, card, "撤销")
    assert booked(office) == [("debt", 3000_00)]


@pytest.mark.parametrize("text", ["孙丽转来1500", "孙丽 转账1500", "孙丽付了1500", "孙丽结了1500", "收到孙丽货款1500"])
async def test_money_of_who_owes_nothing_is_asked_about(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert labels(card) == ["是回款 ¥1,500", "是订单 ¥1,500", "只记一笔", "不保存"]
    assert (booked(office), stored(office)) == ([], [])
    card = await pressed(office.rep, card, "是回款 ¥1,500")
    assert card.text.startswith("✅ 记下回款 ¥1,500")
    assert (booked(office), stored(office)) == ([("payment", 1500_00)], [])


@pytest.mark.parametrize("text", ["上周五孙丽打了3000块货款", "3月10号孙丽付了三千"])
async def test_payment_with_its_day_is_asked_about_as_without(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert (labels(card)[0], stored(office)) == ("是回款 ¥3,000", [])
    await pressed(office.rep, card, "是回款 ¥3,000")
    assert (booked(office), stored(office)) == ([("payment", 3000_00)], [])


@pytest.mark.parametrize("text", ["孙丽先付了1500", "孙丽转来尾款1500"])
async def test_money_that_can_be_no_order_is_asked_about_too(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert (labels(card)[0], labels(card)[-2:]) == ("是回款 ¥1,500", ["只记一笔", "不保存"])
    assert (booked(office), stored(office)) == ([], [])


async def test_money_may_be_an_order_or_a_note(office: Office) -> None:
    card = await pressed(office.rep, await said(office.rep, "孙丽转来1500"), "是订单 ¥1,500")
    assert "订单已记下" in card.text
    assert [fen for fen, _ in stored(office)] == [1500_00]
    card = await pressed(office.rep, await said(office.rep, "孙丽转来1800"), "只记一笔")
    assert "已记到 孙丽" in card.text
    assert len(stored(office)) == 1
    assert booked(office) == []


async def test_more_than_is_owed_is_asked_about(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 500")
    assert labels(await said(office.rep, "孙丽转来1500"))[0] == "是回款 ¥1,500"
    assert booked(office) == [("debt", 500_00)]


async def test_what_is_still_owed_is_kept_as_a_note(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 2200")
    await office.rep.send("孙丽打了1000过来 剩下1200月底给")
    await office.idle()
    assert "还欠 ¥1,200" in texts_of(office, office.rep)[-2]
    assert "已记到 孙丽" in texts_of(office, office.rep)[-1]
    assert booked(office) == [("debt", 2200_00), ("payment", 1000_00)]


async def test_rest_is_noted_when_the_payment_is_chosen(office: Office) -> None:
    card = await said(office.rep, "孙丽打了1000过来 剩下1200月底给")
    await pressed(office.rep, card, "是回款 ¥1,000")
    await office.idle()
    assert "已记到 孙丽" in texts_of(office, office.rep)[-1]
    assert (booked(office), stored(office)) == ([("payment", 1000_00)], [])


async def test_goods_beside_the_money_are_an_order(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 5000")
    assert "订单已记下" in (await said(office.rep, "孙丽 毛巾200条 3600 款到了")).text
    assert booked(office) == [("debt", 5000_00)]


async def test_rest_of_an_earlier_order_is_a_payment(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 1115")
    assert "记下回款 ¥1,115" in (await said(office.rep, "孙丽付清了上次的尾款1115")).text
    assert booked(office) == [("debt", 1115_00), ("payment", 1115_00)]


async def test_of_two_of_that_name_it_is_asked_whose_payment_it_is(empty_office: Office) -> None:
    await said(empty_office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await said(empty_office.rep, "加客户 孙丽 13911114444 苏州恒锐精密")
    card = await pressed(empty_office.rep, await said(empty_office.rep, "孙丽转来1500"), "是回款 ¥1,500")
    label = next(one for one in labels(card) if "苏州" in one)
    assert "记下回款 ¥1,500" in (await pressed(empty_office.rep, card, label)).text
    assert booked(empty_office) == [("payment", 1500_00)]


async def test_an_edited_message_is_asked_about_anew(office: Office) -> None:
    sent = await office.rep.send("孙丽转来1500")
    card = await office.rep.next_message()
    await office.rep.edit(sent, "孙丽转来1800")
    assert labels(await office.rep.wait_edit(card))[0] == "是回款 ¥1,800"
    assert (booked(office), stored(office)) == ([], [])
