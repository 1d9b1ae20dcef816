"""A sale said to be off where there is no order but an open deal: the deal is meant, and offered as lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Deal, Note
from tests.chat import talk
from tests.chat.played import born

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def deals(office: Office) -> list[tuple[str, str | None]]:
    rows = select(Deal.state, Deal.lost_reason).order_by(Deal.deal_id)
    return [(row[0], row[1]) for row in office.database.read_now(lambda db: db.execute(rows).all())]


def notes(office: Office) -> list[str]:
    return office.database.read_now(lambda db: list(db.scalars(select(Note.text).order_by(Note.note_id))))


async def test_the_open_deal_is_offered_as_lost(office: Office) -> None:
    await born(office, "赵凯")
    await talk.said(office.rep, "商机 赵凯 180万 ERP 5月底")
    # Our own words for it are no note: it is asked, and nothing changes before a press.
    asked = await talk.said(office.rep, "撤单 赵凯")
    assert "没有可以撤的订单" in asked.text
    assert talk.labels(asked) == ["商机流失 ¥1,800,000 · ERP", "只记到 赵凯", "都不动"]
    assert (deals(office), notes(office)) == ([("open", None)], [])
    why = await talk.pressed(office.rep, asked, "商机流失 ¥1,800,000 · ERP")
    assert "因为什么" in why.text
    await talk.pressed(office.rep, why, "撤销")
    assert deals(office) == [("open", None)]
    # What the customer did is a note, with the deal offered below it, and why it was lost.
    noted = await talk.said(office.rep, "这单黄了 被金蝶抢了")
    assert "已记到 赵凯" in noted.text
    assert notes(office) == ["这单黄了 被金蝶抢了"]
    assert deals(office) == [("open", None)]
    lost = await talk.pressed(office.rep, noted, "商机流失 ¥1,800,000 · ERP：被金蝶抢了")
    assert "被金蝶抢了" in lost.text
    assert deals(office) == [("lost", "被金蝶抢了")]
    # With an order there the order is meant.
    await born(office, "马超")
    await talk.said(office.rep, "商机 马超 28万 WMS 5月底")
    await talk.said(office.rep, "订单 马超 3200")
    assert "撤销" in (await talk.said(office.rep, "撤单 马超")).text
    assert [state for state, _ in deals(office)] == ["lost", "open"]
