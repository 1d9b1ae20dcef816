"""Deals asked for, noted and priced anew in words of one's own: 漏斗, 王总 商机, 那个68万记商机, 给他改到23.6万了."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from crm.tables import Deal, Note, Order
from tests.chat import prepared, talk
from tests.chat.conftest import Office
from tests.chat.played import born


async def set_up(office: Office) -> None:
    await born(office)
    await talk.said(office.rep, "商机 张伟 24.8万 永磁变频 4月底")


office = prepared.office_after(set_up)


def _deals(office: Office) -> list[tuple[int, date]]:
    rows = select(Deal.amount_fen, Deal.expected_on).order_by(Deal.deal_id)
    return [(row[0], row[1]) for row in office.database.read_now(lambda db: db.execute(rows).all())]


def _notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text))))


def _orders(office: Office) -> int:
    return office.database.read_now(lambda db: len(db.scalars(select(Order.order_id)).all()))


@pytest.mark.parametrize("typed", ["漏斗", "销售漏斗看一下", "我手上有多少商机", "现在一共几个商机"])
async def test_the_pipeline_is_shown(office: Office, typed: str) -> None:
    assert "1 笔在谈，共 ¥24.8万" in (await talk.said(office.rep, typed)).text


@pytest.mark.parametrize("typed", ["张伟 商机", "张伟的商机", "张伟那个商机到哪一步了", "他的商机"])
async def test_the_deals_of_one_are_shown(office: Office, typed: str) -> None:
    assert "张伟 上海美达 的商机\n1. ¥248,000" in (await talk.said(office.rep, typed)).text


@pytest.mark.parametrize(
    ("typed", "fen", "on"),
    [
        ("张伟那个68万记商机 6月招标", 68_000_000, date(2026, 6, 30)),
        ("张伟那边68万的项目 记个商机 5月底", 68_000_000, date(2026, 5, 31)),
        ("张伟 38万 空压机4台 先记商机", 38_000_000, date(2026, 4, 17)),
        ("张伟二期 120万 帮我加一笔商机，7月底", 120_000_000, date(2026, 7, 31)),
    ],
)
async def test_a_sum_is_noted_as_a_deal_where_that_is_said(office: Office, typed: str, fen: int, on: date) -> None:
    assert "商机已记下" in (await talk.said(office.rep, typed)).text
    assert _deals(office) == [(24_800_000, date(2026, 4, 30)), (fen, on)]
    assert (_orders(office), _notes(office)) == (0, [])


@pytest.mark.parametrize(
    "typed", ["给张伟改到23.6万了 V2", "张伟报价改到23.6万", "张伟那单预计改23.6万", "张伟价格谈到23万6了"]
)
async def test_a_new_price_is_that_of_the_open_deal(office: Office, typed: str) -> None:
    card = await talk.said(office.rep, typed)
    assert card.text.startswith("✅ 商机已改\n💼 张伟"), card.text
    assert _deals(office) == [(23_600_000, date(2026, 4, 30))]
    assert (_orders(office), _notes(office)) == (0, [typed])
    await talk.pressed(office.rep, card, "撤销")
    assert _deals(office)[0][0] == 24_800_000


@pytest.mark.parametrize("typed", ["商机 张伟 改成23.6万", "商机 张伟 改到23.6万 5月底", "/deal 张伟 调到23.6万"])
async def test_a_deal_that_is_typed_anew_as_changed_is_no_second_one(office: Office, typed: str) -> None:
    assert "✅ 商机已改" in (await talk.said(office.rep, typed)).text
    assert _deals(office) == [(23_600_000, date(2026, 5, 31) if "5月" in typed else date(2026, 4, 30))]


async def test_of_several_deals_it_is_asked_which_is_changed(office: Office) -> None:
    await talk.said(office.rep, "商机 张伟 50万 二期 6月底")
    card = await talk.said(office.rep, "商机 张伟 改成23.6万")
    assert len(_deals(office)) == 2
    assert "24.8万" in card.text + "".join(talk.labels(card))


@pytest.mark.parametrize(
    "typed",
    [
        "张伟报价改到1500",  # of a piece
        "张伟预算涨到80万了",
        "张伟希望价格降到20万",
        "张伟电话改到13912345678",
        "张伟交期改到45天",
        "张伟改到3月25号送样",
    ],
)
async def test_what_is_no_new_price_of_it_leaves_the_deal(office: Office, typed: str) -> None:
    await talk.said(office.rep, typed)
    assert (_deals(office), _orders(office)) == ([(24_800_000, date(2026, 4, 30))], 0)


async def test_a_price_may_be_that_of_the_order_which_was_made_lately(office: Office) -> None:
    await talk.said(office.rep, "张伟下单 25万 变频器")
    await talk.said(office.rep, "给张伟改到23.6万了")
    assert (24_800_000, date(2026, 4, 30)) in _deals(office)
