"""Orders taken back by name: 撤销何工2720已收款那单, 朱经理那单先撤了 合同没签下来, 删除订单 朱经理."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from crm.tables import AccountEntry, Note, Order
from tests.chat import prepared, talk
from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await talk.said(office.rep, "加客户 何工 13812345671 百川机电")
    await talk.said(office.rep, "加客户 朱经理 13812345672 台州飞跃")
    await talk.said(office.rep, "何工下单 备件 2720")
    await talk.said(office.rep, "朱经理下单 22kw空压机 12.8万")
    await talk.said(office.rep, "何工 资料")


office = prepared.office_after(set_up)


def _stored(office: Office, column: Any) -> list[Any]:
    return office.database.read_now(lambda db: list(db.scalars(select(column).where(_living(column)))))


def _living(column: Any) -> Any:
    return column.class_.deleted_at.is_(None)


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("撤销何工2720那单", 12_800_000),
        ("朱经理那单撤销 还没签", 272_000),
        ("朱经理那单先撤了 合同没签下来", 272_000),
        ("删除订单 朱经理", 272_000),
        ("今天那个朱经理的12.8万删掉", 272_000),
        ("朱经理空压机那单先取消 还没签", 272_000),
        ("何工那个2720删了 记重了", 12_800_000),
    ],
)
async def test_the_order_is_taken_back(office: Office, typed: str, left: int) -> None:
    card = await talk.said(office.rep, typed)
    assert "已撤销" in card.text, card.text
    assert _stored(office, Order.amount_fen) == [left]
    assert _stored(office, AccountEntry.amount_fen) == []
    await talk.pressed(office.rep, card, "恢复")
    assert sorted(_stored(office, Order.amount_fen)) == [272_000, 12_800_000]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("撤销何工2720已收款那单", [90_000, 12_800_000]),
        ("何工备件那单撤销 签了再记", [90_000, 12_800_000]),
        ("撤销何工那单", [90_000, 272_000, 12_800_000]),
        ("删除订单 何工", [90_000, 272_000, 12_800_000]),
    ],
)
async def test_of_two_the_one_named_goes_or_it_is_asked_and_no_money_is_booked(
    office: Office, typed: str, left: list[int]
) -> None:
    await talk.said(office.rep, "何工2720那单收过了")
    await talk.said(office.rep, "何工下单 滤芯 900")
    await talk.said(office.rep, "朱经理 资料")
    card = await talk.said(office.rep, typed)
    assert ("撤销的是哪一单？" in card.text) == (len(left) == 3), card.text
    assert sorted(_stored(office, Order.amount_fen)) == left
    assert _stored(office, AccountEntry.amount_fen) == []
    assert _stored(office, Note.text) == []


@pytest.mark.parametrize(
    "typed", ["何工说2720那单还没签收", "朱经理那单还没签 下周再催", "何工那单删减了两项 报价再发"]
)
async def test_news_of_an_order_takes_nothing_back(office: Office, typed: str) -> None:
    await talk.said(office.rep, typed)
    assert sorted(_stored(office, Order.amount_fen)) == [272_000, 12_800_000]
