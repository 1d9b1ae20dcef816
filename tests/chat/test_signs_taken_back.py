"""A sign of leaving is taken back by whoever buys after it; one told after the order counts."""

from __future__ import annotations

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of


async def _card(office: Office, name: str) -> str:
    """The customer's card, whatever pushes came before."""
    await office.rep.send(f"查 {name}")
    await office.idle()
    return texts_of(office, office.rep)[-1]


async def _next_morning(office: Office) -> str:
    await office.at(at(3, 19))
    return "\n".join(texts_of(office, office.rep)[-2:])


async def test_who_buys_after_a_sign_is_not_at_risk(office: Office) -> None:
    await talk.said(office.rep, "加客户 李秀兰 13900001112")
    assert "流失征兆" in (await talk.said(office.rep, "李秀兰 退了意向金 不买了")).text
    await office.at(at(3, 18, 11))
    assert "订单已记下" in (await talk.said(office.rep, "李秀兰定了 亚洲龙 21万3")).text
    assert "可能流失" not in await _next_morning(office)
    assert "流失风险：订单还少，暂无法判断" in await _card(office, "李秀兰")


async def test_a_sign_after_the_order_counts(office: Office) -> None:
    await talk.said(office.rep, "加客户 李秀兰 13900001112")
    assert "订单已记下" in (await talk.said(office.rep, "李秀兰定了 亚洲龙 21万3")).text
    await office.at(at(3, 18, 11))
    assert "流失征兆" in (await talk.said(office.rep, "李秀兰说不买了 要去别家")).text
    assert "李秀兰 可能流失" in await _next_morning(office)


async def test_one_order_foretells_nothing(office: Office) -> None:
    await talk.said(office.rep, "加客户 陈刚 13900001113")
    await talk.said(office.rep, "订单 陈刚 118000 卡罗拉")
    await office.at(at(3, 19))
    assert "天内约买" not in await _card(office, "陈刚")
    await talk.said(office.rep, "订单 陈刚 5000 脚垫")
    await office.at(at(3, 20))
    assert "天内约买" in await _card(office, "陈刚")
