"""Foreign money: booked in yuan by the team's rate, asked for without one, and an offer is no order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Deal, Note, Order
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries

if TYPE_CHECKING:
    from tests.chat.conftest import Office

MARK = "客户 Mark Thompson london的 homeware importer whatsapp +44 7700 900123 广交会认识的"
SARAH = "Sarah Miller 美国 Target的buyer email sarah.miller@abcimports.com"
KLAUS = "德国客户 Klaus Weber  Weber GmbH  +49 151 23456789 要求LC at sight 付款 柜子 1x40HQ"


def orders_of(office: Office) -> list[tuple[int, str | None]]:
    """Fen and goods of every order."""
    wanted = select(Order).where(Order.deleted_at.is_(None)).order_by(Order.order_id)
    return office.database.read_now(lambda db: [(row.amount_fen, row.product) for row in db.scalars(wanted)])


def notes_of(office: Office) -> list[str]:
    """The texts of all notes."""
    return office.database.read_now(lambda db: [row.text for row in db.scalars(select(Note).order_by(Note.note_id))])


async def test_foreign_money_is_booked_by_the_teams_rate(office: Office) -> None:
    for one in (MARK, SARAH, KLAUS):
        await said(office.rep, one)
    assert "没设汇率" in (await said(office.rep, "汇率")).text
    assert "主管" in (await said(office.rep, "美元汇率 7.12")).text
    assert "美元汇率 7.12" in (await said(office.manager, "美元汇率 7.12")).text
    assert (await said(office.manager, "欧元按7.8算")).text.startswith("✅ 欧元汇率 7.8\n")
    assert "美元汇率 7.12" in (await said(office.rep, "/help 汇率")).text
    assert "美元 7.12\n欧元 7.8" in (await said(office.rep, "汇率")).text

    card = await said(office.rep, "订单 Mark 7050美金 竹砧板 3000个 30%定金TT 余款见提单")
    assert "$7,050 × 7.12 = ¥50,196" in card.text
    assert "Mark Thompson" in card.text
    assert "($7,050)" in card.text.replace("（", "(").replace("）", ")")
    sent = await office.rep.send("Sarah下单 $12,500 毛巾")
    card = await office.rep.next_message()
    assert "$12,500 × 7.12 = ¥89,000" in card.text
    assert "Sarah Miller" in card.text
    assert [fen for fen, _ in orders_of(office)] == [50_196_00, 89_000_00]
    await office.rep.edit(sent, "Sarah下单 $12,600 毛巾")
    await office.idle()
    assert [fen for fen, _ in orders_of(office)] == [50_196_00, 89_712_00]
    card = await said(office.rep, "那单写错了 应该是$12,500")
    assert [fen for fen, _ in orders_of(office)] == [50_196_00, 89_000_00]

    card = await said(office.rep, "Sarah付了30%定金 3750美元")
    assert "Sarah Miller" in card.text
    assert "记下回款 ¥26,700" in card.text
    await said(office.rep, "欠款 Mark 7050美金")
    card = await said(office.rep, "Mark付了3000美金")
    assert "记下回款 ¥21,360" in card.text
    assert "$3,000 × 7.12 = ¥21,360" in card.text
    booked = [(kind, fen) for kind, fen, _ in entries(office)]
    of_sarah, of_mark = [("debt", 26_700_00), ("payment", 26_700_00)], [("debt", 50_196_00), ("payment", 21_360_00)]
    assert sorted(booked) == sorted([*of_sarah, *of_mark])


async def test_an_offer_in_foreign_money_is_no_order(office: Office) -> None:
    for one in (SARAH, KLAUS, MARK):
        await said(office.rep, one)
    await said(office.manager, "美元汇率 7.12")
    await said(office.manager, "欧元按7.8算")
    await office.rep.send("Klaus的offer 38,600 EUR CIF Hamburg 6月中交货 成交几率一半")
    note, deal = await office.rep.next_message(), await office.rep.next_message()
    assert "Klaus Weber" in note.text
    assert "¥301,080" in deal.text
    assert "€38,600 × 7.8 = ¥301,080" in deal.text
    card = await said(office.rep, "Sarah的PI发了 总价 $12,500 30% deposit 下周一付")
    assert "Sarah Miller" in card.text
    assert "记商机 ¥89,000" in labels(card)
    await pressed(office.rep, card, "记商机 ¥89,000")
    card = await said(office.rep, "Mark那边报了 USD 2.35/pc 3000pcs 总额 7050美金 PI已发")
    assert "Mark Thompson" in card.text
    assert "记商机 ¥50,196" in labels(card)
    wanted = select(Deal).order_by(Deal.deal_id)
    found = office.database.read_now(lambda db: [(row.amount_fen, row.what) for row in db.scalars(wanted)])
    assert [fen for fen, _ in found] == [301_080_00, 89_000_00]
    assert "€38,600" in str(found[0][1])
    assert orders_of(office) == []
    assert "Klaus的offer 38,600 EUR CIF Hamburg 6月中交货 成交几率一半" in notes_of(office)


async def test_without_a_rate_it_is_asked_for_and_the_draft_kept(office: Office) -> None:
    for one in (SARAH, KLAUS):
        await said(office.manager, one)
    card = await said(office.manager, "Klaus下单 12000 EUR 柜子")
    assert card.text.startswith("1 欧元算多少人民币？")
    assert orders_of(office) == []
    card = await said(office.manager, "7.8")
    assert "€12,000 × 7.8 = ¥93,600" in card.text
    assert "欧元汇率 7.8 也记下了" in card.text
    assert [fen for fen, _ in orders_of(office)] == [93_600_00]
    assert "欧元 7.8" in (await said(office.manager, "汇率")).text

    await said(office.rep, "Anna Schmidt 柏林 +49 170 1234567")
    card = await said(office.rep, "Anna下单 5000英镑 灯具")
    assert card.text.startswith("1 英镑算多少人民币？")
    card = await said(office.rep, "按9.1算")
    assert "£5,000 × 9.1 = ¥45,500" in card.text
    assert "也记下了" not in card.text
    assert "英镑" not in (await said(office.rep, "汇率")).text
    assert [fen for fen, _ in orders_of(office)] == [93_600_00, 45_500_00]
    card = await said(office.rep, "Anna付了定金2000英镑")
    assert card.text.startswith("1 英镑算多少人民币？")
    card = await said(office.rep, "Anna说价格偏高 要考虑一下")
    assert "Anna Schmidt" in card.text
    assert [kind for kind, _, _ in entries(office)] == []


async def test_an_english_first_name_is_the_one_customer_and_an_unknown_one_is_asked_about(office: Office) -> None:
    for one in (MARK, KLAUS, SARAH):
        card = await said(office.rep, one)
        assert "流失征兆" not in card.text
    assert "Mark Thompson" in (await said(office.rep, "Mark要3款样品 DHL寄 明天寄出去 运费他付")).text
    card = await said(office.rep, "Klaus那边时差7小时 下午3点后联系")
    assert "Klaus Weber" in card.text
    assert "15:00" in card.text
    assert "Klaus Weber" in (await said(office.rep, "Klaus明天下午4点 zoom meeting")).text
    before = len(notes_of(office))
    for text in ("Emma要3款样品 明天寄出去", "Mark Johnson说价格偏高", "Emma付了30%定金"):
        card = await said(office.rep, text)
        assert "新客户" in labels(card), text
    assert len(notes_of(office)) == before


async def test_the_last_notes_go_together_to_whom_they_are_of(office: Office) -> None:
    await said(office.rep, SARAH)
    await said(office.rep, "Sarah要3款样品 明天寄出去")
    await said(office.rep, "Sarah说价格偏高 要考虑一下")
    await said(office.rep, MARK)
    card = await said(office.rep, "不对 刚才那两条是Mark的 不是Sarah的")
    assert card.text.startswith("✅ 2 条都改记到 Mark Thompson")
    wanted = select(Note.customer_id, Note.text).order_by(Note.note_id)

    def owners() -> list[int]:
        rows = office.database.read_now(lambda db: db.execute(wanted).all())
        return [owner for owner, text in rows if text.startswith(("Sarah说", "Sarah要"))]

    assert owners() == [2, 2]
    card = await pressed(office.rep, card, "撤销")
    assert "又记在 Sarah Miller 名下" in card.text
    assert owners() == [1, 1]
    card = await said(office.rep, "不对，刚才那两条记错了 是Mark的")
    assert card.text.startswith("✅ 2 条都改记到 Mark Thompson")
    assert "又记在 Sarah Miller 名下" in (await said(office.rep, "撤销")).text
    assert owners() == [1, 1]
    await said(office.rep, "不对，刚才那两条记错了 是Mark的")
    assert owners() == [2, 2]
    await said(office.rep, "Sarah说周五回复")
    card = await said(office.rep, "不对，刚才那条是Mark的 不是Sarah的")
    assert "已改记到 Mark Thompson" in card.text
