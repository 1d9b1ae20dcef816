"""What a sale may bring, told with how likely it is: a deal and no order."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from crm.tables import Deal, Order
from tests.chat import prepared, talk
from tests.chat.conftest import Office
from tests.chat.played import born


def _deals(office: Office) -> list[tuple[int, date]]:
    rows = select(Deal.amount_fen, Deal.expected_on).order_by(Deal.deal_id)
    return [(row[0], row[1]) for row in office.database.read_now(lambda db: db.execute(rows).all())]


def _orders(office: Office) -> int:
    return office.database.read_now(lambda db: len(db.scalars(select(Order.order_id)).all()))


async def set_up(office: Office) -> None:
    await born(office)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("typed", "fen", "on"),
    [
        ("张伟的标预计380万 胜算六成 4月中旬定", 380_000_000, date(2026, 4, 15)),
        ("张伟有个项目大概80万，六成把握 4月底定", 80_000_000, date(2026, 4, 30)),
        ("张伟这单把握七成 8万", 8_000_000, date(2026, 4, 17)),  # without a day: thirty days on
    ],
)
async def test_a_sum_with_a_chance_is_a_deal_and_no_order(office: Office, typed: str, fen: int, on: date) -> None:
    assert "记成一笔商机" in (await talk.said(office.rep, typed)).text
    assert _deals(office) == [(fen, on)]
    assert _orders(office) == 0


async def test_a_chance_in_a_story_is_a_note(office: Office) -> None:
    answer = await talk.said(office.rep, "张伟说有七成把握拿下二期 预算120万 下月开标")
    assert "已记到 张伟" in answer.text
    assert (_deals(office), _orders(office)) == ([], 0)


@pytest.mark.parametrize(
    "typed", ["张伟那单30万 七成概率退", "张伟有3000 一半概率不要", "张伟 30万 五五开", "张伟的标 380万 6成把握 上月定"]
)
async def test_what_may_go_wrong_is_neither_a_deal_nor_an_order(office: Office, typed: str) -> None:
    await talk.said(office.rep, typed)
    assert (_deals(office), _orders(office)) == ([], 0)


@pytest.mark.parametrize("typed", ["张伟退了20箱 3000 扣了500", "张伟在老家买了房 80万 月供3000", "张伟手机分期 5800"])
async def test_a_doubtful_sum_is_asked_about_and_nothing_is_booked(office: Office, typed: str) -> None:
    answer = await talk.said(office.rep, typed)
    assert any("订单" in label or "退货" in label for label in talk.labels(answer)), answer
    assert _orders(office) == 0
