"""Deals changed in words: their amount and day, their stage, won and lost; never an order of that sum."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from crm.tables import Deal, Note, Order
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import born


def open_deal(office: Office) -> tuple[int, str, str, date]:
    rows = select(Deal.amount_fen, Deal.stage, Deal.state, Deal.expected_on).where(Deal.deleted_at.is_(None))
    found = office.database.read_now(lambda db: db.execute(rows.order_by(Deal.deal_id)).all())
    assert len(found) == 1
    return found[0][0], found[0][1], found[0][2], found[0][3]


def orders_of(office: Office) -> list[tuple[int, str | None]]:
    rows = select(Order.amount_fen, Order.product).where(Order.deleted_at.is_(None))
    return [(row[0], row[1]) for row in office.database.read_now(lambda db: db.execute(rows).all())]


async def test_words_change_the_open_deal(office: Office) -> None:
    await born(office, "赵凯")
    await talk.said(office.rep, "商机 赵凯 180万 ERP 5月底")
    for typed, amount, stage, on in (
        ("赵凯商机改成170万", 170, "线索", date(2026, 5, 31)),
        ("赵凯商机 6月15日成交", 170, "线索", date(2026, 6, 15)),
        ("赵凯的商机推进到有意向", 170, "有意向", date(2026, 6, 15)),
        ("赵凯那单进入报价阶段了", 170, "报价", date(2026, 6, 15)),
        ("赵凯那个商机预算改成165万 6月18号定标", 165, "报价", date(2026, 6, 18)),
        ("那个商机金额160万", 160, "报价", date(2026, 6, 18)),
        ("赵凯商机推迟到7月底", 160, "报价", date(2026, 7, 31)),
        ("赵凯的商机退回有意向", 160, "有意向", date(2026, 7, 31)),
        ("赵凯的ERP商机到报价了", 160, "报价", date(2026, 7, 31)),
    ):
        card = await talk.said(office.rep, typed)
        assert card.text.startswith("✅ 商机已改\n💼 赵凯"), (typed, card.text)
        assert open_deal(office) == (amount * 1_000_000, stage, "open", on), typed
    back = await talk.pressed(office.rep, card, "撤销")
    assert "↩️ 已撤销这一步" in back.text
    assert open_deal(office)[1] == "有意向"
    assert "没有改动" in (await talk.said(office.rep, "赵凯商机改成160万")).text
    unknown = await talk.said(office.rep, "赵凯的商机进入招标阶段")
    assert "阶段里没有「招标」" in unknown.text
    assert "报价" in talk.labels(unknown)
    assert orders_of(office) == []


async def test_a_deal_is_won_and_lost_in_words(office: Office) -> None:
    await born(office, "赵凯")
    await talk.said(office.rep, "商机 赵凯 18万 ERP 5月底")
    won = await talk.said(office.rep, "赵凯商机赢了 15万")
    assert "成交 ¥150,000！记成一张订单吗？" in won.text
    assert orders_of(office) == []
    await talk.pressed(office.rep, won, "撤销")
    assert open_deal(office)[2] == "open"
    lost = await talk.said(office.rep, "赵凯商机丢了 被金蝶抢了")
    assert "流失：被金蝶抢了" in lost.text
    assert "这句也记到 赵凯 了" in lost.text
    assert office.database.read_now(lambda db: db.scalars(select(Note.text)).all()) == ["赵凯商机丢了 被金蝶抢了"]
    assert open_deal(office)[2] == "lost"
    # Nothing is open now: said in one sentence, and no order.
    assert "现在没有在谈的商机" in (await talk.said(office.rep, "赵凯商机改成170万")).text
    assert orders_of(office) == []


async def test_of_several_deals_it_is_asked_which(office: Office) -> None:
    await born(office, "马超")
    card = await talk.said(office.rep, "马超的商机28万 WMS 6月1号前上线")
    assert "💼 马超 上海美达 · WMS\n💰 ¥280,000" in card.text, card.text
    await talk.said(office.rep, "上海美达的商机 60万 ERP 6月底")
    asked = await talk.said(office.rep, "马超商机改成30万")
    assert "要改哪一笔" in asked.text
    assert "1. ¥28万" in talk.labels(asked)
    assert "¥550,000" in (await talk.said(office.rep, "马超ERP的商机改成55万")).text


async def test_what_only_may_be_is_a_note(office: Office) -> None:
    await born(office, "赵凯")
    await talk.said(office.rep, "商机 赵凯 180万 ERP 5月底")
    for typed in ("赵凯说商机可能要推迟到7月", "赵凯的商机还没签 等领导", "赵凯商机如果能到报价 要带专家去"):
        await talk.said(office.rep, typed)
        assert open_deal(office) == (180_000_000, "线索", "open", date(2026, 5, 31)), typed
    assert orders_of(office) == []
