"""/campaign: condition and text, one card for each owner, nobody who is to be left alone, and what came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from crm import campaigns
from crm.tables import Campaign, CampaignCustomer, Customer, CustomerSummary, Order, Touch
from emulator.message import Message
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import change, copied, ledger

TYPED = "活动 地区=苏州\n{称呼}，新到一批螺栓，月底前有优惠，要留点吗？"


async def customer(office: Office, name: str, person: Person | None = None) -> int:
    await talk.said(person or office.rep, f"加客户 {name} {name[0]}记五金 采购经理 苏州")
    return (
        office.database.read_now(lambda db: db.scalar(select(Customer.customer_id).where(Customer.name == name))) or 0
    )


def last(person: Person) -> Message:
    return next(m for m in reversed(person.messages()) if m["from"]["is_bot"])


def arms(office: Office) -> dict[str, int]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(CampaignCustomer.arm))))
    return {arm: rows.count(arm) for arm in set(rows)}


async def test_a_manager_chooses_each_owner_gets_one_card_and_marks_it(office: Office) -> None:
    await customer(office, "张建国")
    await customer(office, "李建国")
    await customer(office, "王建军", office.rep2)
    plan = await talk.said(office.manager, TYPED)
    assert "符合 3 位，发给 2 位负责人名下的 3 位" in plan.text
    assert "有欠款的客户不发" in plan.text
    assert "新到一批螺栓" in plan.text
    begun = await talk.pressed(office.manager, plan, "开始")
    assert "活动开始了" in begun.text
    await office.idle()
    card = last(office.rep)
    assert "您有 2 位客户在名单里" in card.text
    assert copied(card)[0].startswith("张经理，新到一批螺栓，月底前有优惠，要留点吗？")
    assert "——美好五金销售部 小李" in copied(card)[0]
    assert "您有 1 位客户" in last(office.rep2).text
    page = await talk.pressed(office.rep, card, "已发")
    assert "已发 2 位" in page.text
    assert "撤销" in talk.labels(page)
    rows = office.database.read_now(lambda db: list(db.scalars(select(Touch.matter))))
    assert rows == ["campaign:1", "campaign:1"]
    page = await talk.pressed(office.rep, page, "撤销")
    assert "已发 0 位" in page.text
    assert office.database.read_now(lambda db: list(db.scalars(select(Touch.matter)))) == []
    assert len(ledger(office, "campaign")) == 2


async def test_who_is_to_be_left_alone_gets_nothing_and_is_counted(office: Office) -> None:
    ids = {name: await customer(office, name) for name in ("张建国", "李建国", "王建军", "赵建军", "陈建军")}
    await talk.said(office.rep, "不打扰 张建国")
    await talk.said(office.rep, "有欠款 李建国")
    await talk.said(office.rep, "王建军父亲昨天过世了")
    await change(
        office, update(CustomerSummary).where(CustomerSummary.customer_id == ids["赵建军"]).values(open_complaints=1)
    )
    plan = await talk.said(office.rep, TYPED)
    assert "符合 5 位，发给 1 位负责人名下的 1 位" in plan.text
    assert "🤫 另有 4 位没列：不打扰 1、投诉未结 1、哀悼期 1、有欠款 1。" in plan.text
    await office.rep.press(plan, "开始")
    await office.idle()
    assert arms(office) == {"chosen": 1, "held": 4}
    cards = [m for m in office.rep.messages() if "您有 1 位客户在名单里" in m.text]
    assert len(cards) == 1
    assert "陈建军" in cards[0].text


async def test_who_came_to_be_left_alone_after_the_beginning_is_not_copied(office: Office) -> None:
    await customer(office, "张建国")
    await customer(office, "李建国")
    plan = await talk.said(office.manager, TYPED)
    await talk.pressed(office.manager, plan, "开始")
    await office.idle()
    card = last(office.rep)
    await talk.said(office.rep, "不打扰 张建国")
    page = await talk.pressed(office.rep, card, "已发")
    assert "🤫 张建国" in page.text
    assert "已发 1 位" in page.text


async def test_the_text_is_asked_for_and_a_bad_one_is_one_sentence(office: Office) -> None:
    await customer(office, "张建国")
    asked = await talk.said(office.rep, "活动 地区=苏州")
    assert "符合的客户 1 位" in asked.text
    assert "不认识 {电话}" in (await talk.said(office.rep, "{称呼}，您的电话是{电话}吗")).text
    plan = await talk.said(office.rep, "新到一批螺栓，要给您留点吗？")
    assert "张经理，新到一批螺栓" in plan.text
    assert "不做了" in (await talk.pressed(office.rep, plan, "不做了")).text
    assert "之前已取消" in (await talk.press_foreign(office.rep, plan, "va:1")).text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/campaign", "先写条件"),
        ("活动 行叶=五金", "没看懂“行叶=五金”"),
        ("活动 地区=拉萨\n您好", "没有客户符合"),
        ("活动 地区=苏州\n{称呼", "花括号"),
        ("活动 地区=苏州\n" + "好" * 300, "太长"),
    ],
)
async def test_bad_input_is_met_with_a_sentence(office: Office, typed: str, said: str) -> None:
    await customer(office, "张建国")
    assert said in (await talk.said(office.rep, typed)).text


async def test_a_note_that_begins_alike_is_a_note(office: Office) -> None:
    await customer(office, "张建国")
    assert "记到" in (await talk.said(office.rep, "活动 力度太小，张建国说不考虑")).text


async def test_a_rep_chooses_his_own_and_nobody_presses_foreign_buttons(office: Office) -> None:
    await customer(office, "张建国")
    await customer(office, "王建军", office.rep2)
    plan = await talk.said(office.rep, TYPED)
    assert "符合 1 位" in plan.text
    for person in (office.rep2, office.outsider):
        page = await talk.said(person, "/help")
        for data in ("va:1", "vb:1", "vc:1:0", "vd:1:0", "vf:1:0"):
            assert "找不到这个活动" in (await talk.press_foreign(person, page, data)).text
    await talk.pressed(office.rep, plan, "开始")
    await office.idle()
    await office.rep.next_message()  # the card
    assert "已经开始" in (await talk.press_foreign(office.rep, plan, "va:1")).text
    assert len(ledger(office, "campaign")) == 1


async def forty(office: Office) -> None:
    """Forty customers of the rep, in Suzhou."""
    rep, now = office.actor(office.rep), office.now

    def fill(db: Session) -> None:
        mine = {"team_id": rep.team_id, "owner_id": rep.member_id, "created_at": now, "updated_at": now}
        for number in range(40):
            row = Customer(**mine, name=f"客户{number}", region="苏州")
            db.add(row)
            db.flush()
            db.execute(insert(CustomerSummary).values(customer_id=row.customer_id, team_id=rep.team_id, reasons=[]))

    await office.database.write(fill)


async def test_answers_and_orders_stand_beside_those_held_out(office: Office) -> None:
    await forty(office)
    plan = await talk.said(office.manager, "活动 地区=苏州\n{称呼}，新到一批螺栓")
    assert "随机留 4 位不发" in plan.text
    await talk.pressed(office.manager, plan, "开始")
    await office.idle()
    assert arms(office) == {"chosen": 36, "holdout": 4}
    card = last(office.rep)
    page = await talk.pressed(office.rep, card, "已发")
    await talk.pressed(office.rep, page, "更多")
    written = select(CampaignCustomer).order_by(CampaignCustomer.campaign_customer_id)
    rows = office.database.read_now(lambda db: list(db.scalars(written)))
    sent = [row for row in rows if row.sent_at is not None]
    out = [row for row in rows if row.arm == "holdout"]
    assert len(sent) == 6
    later = office.now + timedelta(days=3)
    for row, fen in ((sent[0], 50_000), (sent[1], 30_000), (out[0], 10_000)):
        mine = {"team_id": row.team_id, "customer_id": row.customer_id}
        await change(office, insert(Order).values(**mine, ordered_on=later.date(), amount_fen=fen, created_at=later))
    listed = await talk.said(office.manager, "活动")
    label = next(label for label in talk.labels(listed) if "地区=苏州" in label)
    shown = await talk.pressed(office.manager, listed, label)
    assert "已联系 6 位：回应 0%，下单 2 位（33%）" in shown.text
    assert "随机留下没发 4 位：回应 0%，下单 1 位（25%）" in shown.text
    assert "选中但没发 30 位" in shown.text
    assert "差别可能是碰巧" in shown.text
    defined = await talk.pressed(office.manager, shown, "口径")
    assert "开始后 30 天内" in defined.text
    campaign = office.database.read_now(lambda db: db.get_one(Campaign, 1))
    assert campaigns.matter_of(campaign) == "campaign:1"
