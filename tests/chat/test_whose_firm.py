"""Who is told of by a firm is never the customer shown last: he is known by it, or asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SHOWN_LAST = "新客户 曾建华 华美齿科 13900001111"


def _orders(office: Office) -> list[tuple[str, int]]:
    rows = select(Customer.name, Order.amount_fen).join(Order, Order.customer_id == Customer.customer_id)
    return office.database.read_now(lambda db: [(name, fen) for name, fen in db.execute(rows)])


def _notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


@pytest.mark.parametrize(
    "text",
    [
        "人民医院口腔科说纱布质量差 起毛",
        "美丽口腔何主任打电话来说发票抬头开错了",
        "新世纪齿科的郑院长下午加我微信了 说要了解隐形正畸",
        "西城区口腔的梁主任欠款三千五还没给",
        "中标了 人民医院那三台牙椅 中标价二十六万八",
    ],
)
async def test_what_another_firm_says_is_asked_about(office: Office, text: str) -> None:
    await said(office.rep, SHOWN_LAST)
    asked = await said(office.rep, text)
    assert labels(asked)[0] == "新客户"
    assert "曾建华" not in "".join(labels(asked))
    assert (_notes(office), _orders(office)) == ([], [])


async def test_his_own_firm_and_a_firm_without_a_name_are_his(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    for text in ("他们医院说再看看", "华美齿科的曾主任说质量不错", "华美说下周再谈"):
        assert "已记到 曾建华" in (await said(office.rep, text)).text


async def test_a_firm_that_is_said_shorter_is_the_known_one(office: Office) -> None:
    await said(office.rep, "新客户 刘国栋 第一人民医院采购 13900001112")
    await said(office.rep, SHOWN_LAST)
    assert "刘国栋" in (await said(office.rep, "中标了 人民医院那三台牙椅 中标价二十六万八")).text
    assert _orders(office) == [("刘国栋", 268_000_00)]
    asked = await said(office.rep, "人民医院口腔科护士长赵敏说纱布起毛")
    assert labels(asked)[:2] == ["刘国栋", "新客户"]


async def test_a_newcomer_has_firm_and_order(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    asked = await said(office.rep, "嘉禾卫生院的莫所长订了三箱碘伏 一箱九十六 已付")
    assert "莫所长（嘉禾卫生院）" in (await pressed(office.rep, asked, "新客户：莫所长")).text
    asked = await said(office.rep, "和平口腔陈医生要了20盒印模材每盒85块钱 钱已经付清了")
    card = await pressed(office.rep, asked, "新客户")
    assert "🏢 和平口腔" in card.text
    await pressed(office.rep, card, "记订单 ¥1,700")
    assert _orders(office) == [("莫所长", 288_00), ("陈医生", 1_700_00)]


@pytest.mark.parametrize("text", ["牙椅是哪天到", "竞品 恒达报6204 3.8 丁洁说的"])
async def test_a_question_and_who_is_not_he_are_not_stored(office: Office, text: str) -> None:
    await said(office.rep, SHOWN_LAST)
    assert "已记到" not in (await said(office.rep, text)).text
    assert _notes(office) == []


async def test_a_look_up_is_no_name(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    assert "叫什么" in (await said(office.rep, "加客户 13300004444 想试用")).text
    await said(office.rep, "曾建华资料")
    names = office.database.read_now(lambda db: list(db.scalars(select(Customer.name))))
    assert names == ["曾建华"]


@pytest.mark.parametrize("text", ["老是说贵", "老伴说可以", "约了哪天没定", "锦江酒店那边他去谈", "他说 人民医院要3台"])
async def test_what_he_does_and_says_stays_his(office: Office, text: str) -> None:
    await said(office.rep, SHOWN_LAST)
    assert "已记到 曾建华" in (await said(office.rep, text)).text
    assert "已记到 曾建华" in (await said(office.rep, "他说可以")).text


async def test_after_a_question_he_is_still_the_one_shown_last(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    await said(office.rep, "牙椅是哪天到")
    assert "已记到 曾建华" in (await said(office.rep, "他说可以")).text


async def test_an_order_of_a_firm_alone_is_kept_for_it(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    asked = await said(office.rep, "永和超市订了3箱 一箱200")
    await pressed(office.rep, asked, "新客户：永和超市")
    assert _orders(office) == [("永和超市", 600_00)]


async def test_goods_are_no_firm_of_who_orders_them(office: Office) -> None:
    await said(office.rep, SHOWN_LAST)
    asked = await said(office.rep, "进口咖啡张姐订了2箱 一箱300")
    card = await pressed(office.rep, asked, "新客户：张姐")
    assert "🏢" not in card.text
    assert _orders(office) == [("张姐", 600_00)]


async def test_the_short_name_of_a_numbered_hospital_is_his(office: Office) -> None:
    await said(office.rep, "新客户 潘大夫 第二人民医院 13900001114")
    assert "已记到 潘大夫" in (await said(office.rep, "二院要3台")).text


async def test_money_of_another_hospital_is_not_of_the_numbered_one(office: Office) -> None:
    await said(office.rep, "新客户 费大夫 第一人民医院 13900001113")
    await said(office.rep, SHOWN_LAST)
    for text in ("宁波市人民医院打款5000", "县人民医院订了5箱 一箱200", "第九人民医院订了5箱 一箱200"):
        await said(office.rep, text)
    assert _orders(office) == []
