"""Needs as cases, and the figures over needs and complaints: hand-computed, with words, buttons and foreign users."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaints, customers, needs
from crm.customers import Profile
from crm.tables import CustomerSummary, Need, Note, Order
from emulator.person import Person
from tests.chat.conftest import Office
from tests.chat.played import at
from tests.chat.talk import labels, press_foreign, pressed, said

ZHANG = "加客户 张伟 13911112222 上海美达"
LI = "加客户 李娜 13911113333 苏州恒力"


def stored(office: Office) -> list[Need]:
    return office.database.read_now(lambda db: list(db.scalars(select(Need).order_by(Need.need_id))))


def texts_of_needs(office: Office) -> list[str]:
    told = select(Note.text).join(Need, Need.note_id == Note.note_id)
    return office.database.read_now(lambda db: list(db.scalars(told)))


async def tell(
    office: Office, person: Person, name: str, kind: str, topic: str, when: datetime, product: str | None = None
) -> None:
    """A case of a customer of that name, as a note of then would have opened it."""
    actor = office.actor(person)

    def fill(db: Session) -> None:
        known = [row for row in customers.find_many(db, actor, range(1, 50)) if row.name == name]
        row = known[0] if known else customers.add(db, actor, Profile(name), when)
        if product is not None:
            db.add(
                Order(team_id=actor.team_id, customer_id=row.customer_id, ordered_on=when.date(), amount_fen=100,
                      product=product, created_at=when)
            )  # fmt: skip
        text = f"{name}说{product or '东西'}{topic}{len(known)}{when:%d}号"
        note = Note(team_id=actor.team_id, customer_id=row.customer_id, author_id=actor.member_id, text=text)
        note.created_at = when
        db.add(note)
        db.flush()
        if kind == "complaint":
            assert complaints.receive(db, note, topic, when)
            complaints.count(db, row.customer_id, +1)
        else:
            needs.receive(db, note, (kind,), topic, when)

    await office.database.write(fill)


async def test_a_need_is_answered_won_by_an_order_lost_with_a_reason_and_shared(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.rep, "张伟想要样品试用，希望寄一套样品")
    await said(office.rep, LI)
    await said(office.rep, "李娜也想要样品试用，希望寄样品")
    first, second = stored(office)
    assert (first.topic, first.level, first.latent, needs.stage(first)) == ("trial", "expected", False, "open")
    shown = await said(office.rep, "需求 张伟")
    assert "待答复" in shown.text
    card = await pressed(office.rep, shown, labels(shown)[0])
    assert labels(card) == ["已答复", "成交了", "没成", "还有谁需要", "改级别", "查看客户", "返回列表"]
    others = await pressed(office.rep, card, "还有谁需要")
    assert "李娜" in others.text
    card = await pressed(office.rep, others, "返回")
    levels = await pressed(office.rep, card, "改级别")
    assert "基本需求" in (await pressed(office.rep, levels, "基本")).text
    assert "已答复，等结果" in (await said(office.rep, "张伟的需求已经报价了")).text
    await office.at(at(3, 18, 10, 31))
    placed = await said(office.rep, "订单 张伟 12000 螺栓M8")
    won = next(label for label in labels(placed) if label.startswith("需求「"))
    assert "已成交" in (await pressed(office.rep, placed, won)).text
    order_id = stored(office)[0].order_id
    assert order_id is not None
    await said(office.rep, "撤销")
    assert needs.stage(stored(office)[0]) == "answered", "the order was taken back"
    asked = await said(office.rep, "还有谁需要样品？")
    assert "张伟" in asked.text
    assert "李娜" in asked.text
    lost = await said(office.rep, "李娜的需求没成，价格谈不拢")
    assert "没成：价格谈不拢" in lost.text
    again = await pressed(office.rep, lost, "重新打开")
    why = await pressed(office.rep, again, "没成")
    await office.rep.press(why, "其他，我来写")
    assert "直接发几个字" in (await office.rep.next_message()).text
    assert "没成：账期太短" in (await said(office.rep, "账期太短")).text
    assert stored(office)[1].reason == "账期太短"
    foreign = await said(office.rep2, "/needs")
    assert "找不到这个需求" in (await press_foreign(office.rep2, foreign, f"Nc:{second.need_id}")).text
    assert "找不到" in (await press_foreign(office.outsider, await said(office.outsider, "/needs"), "Nw:1:0")).text


async def test_what_tells_of_no_need_or_is_a_note_stays_a_note(office: Office) -> None:
    await said(office.rep, ZHANG)
    for note in (
        "张伟的需求是加长的螺栓，下周要样品",
        "需求：张伟要M10的螺栓",
        "张伟说谁要去展会他都支持",
        "张伟最近抱怨价格高",
    ):
        assert "已记到 张伟" in (await said(office.rep, note)).text, note
    assert "张伟 没有待跟的需求" not in (await said(office.rep, "需求 张伟")).text
    await said(office.rep, "张伟投诉螺栓滑牙，要求马上换货")
    before = len(stored(office))
    assert all("滑牙" not in text for text in texts_of_needs(office)), "what a complaint demands is no need"
    undone = await said(office.rep, "张伟想要培训支持")
    assert len(stored(office)) == before + 1
    await pressed(office.rep, undone, "撤销")
    assert needs.stage(stored(office)[-1]) == "withdrawn"


async def six_cases(office: Office) -> None:
    """Six cases in 30 days, two in the 30 before; 李娜 is the dear customer."""
    for day, name, kind, topic, product in (
        (17, "张伟", "complaint", "quality", "螺栓M8"),
        (16, "李娜", "complaint", "delivery", "垫圈"),
        (15, "李娜", "complaint", "quality", "螺栓M8"),
        (14, "张伟", "need_explicit", "price", None),
        (13, "王芳", "need_latent", "quality", None),
        (12, "赵磊", "need_explicit", "quality", None),
    ):
        await tell(office, office.rep2 if name == "赵磊" else office.rep, name, kind, topic, at(3, day, 10), product)
    await tell(office, office.rep, "陈静", "complaint", "quality", at(2, 1, 10))
    await tell(office, office.rep, "孙强", "complaint", "service", at(1, 20, 10))

    def rate(db: Session) -> None:
        wanted = [
            row for row in customers.find_many(db, office.actor(office.manager), range(1, 50)) if row.name == "李娜"
        ]
        db.get_one(CustomerSummary, wanted[0].customer_id).value_group = "high_stable"

    await office.database.write(rate)


async def test_the_figures_are_those_of_the_hand(office: Office) -> None:
    await six_cases(office)
    answer = await said(office.manager, "/needs")
    assert "需求 3 ↑3（待跟 3）；投诉 3 ↑1（未结 5）" in answer.text
    assert "主题：质量 4、" in answer.text
    assert "产品：螺栓M8 2、垫圈 1；没提产品 3" in answer.text
    assert "最集中：螺栓M8·质量 2" in answer.text
    assert "张伟：张伟说螺栓M8quality" in answer.text
    assert "photo" in await office.manager.next_message()
    assert labels(answer)[0] == "质量 4"
    listed = await pressed(office.manager, answer, "质量 4")
    assert "质量 · 需求和投诉 · 近 30 天：4 位客户" in listed.text
    assert "赵磊 · 小周" in listed.text
    back = await pressed(office.manager, listed, "返回")
    defined = await pressed(office.manager, back, "口径")
    assert "2月16日 10:30 到 3月18日 10:30" in defined.text
    back = await pressed(office.manager, defined, "返回")
    products = await pressed(office.manager, back, "看产品")
    assert "螺栓M8 2（质量最多）" in products.text
    assert "2 位客户" in (await pressed(office.manager, products, "螺栓M8 2")).text
    only = await pressed(office.manager, await pressed(office.manager, products, "返回"), "只看投诉")
    assert "投诉 3 ↑1（未结 5）" in only.text
    assert "投诉 5 ↑5" in (await pressed(office.manager, only, "近 90 天")).text
    assert "需求 1 ↑1（待跟 1）；投诉 0（未结 0）" in (await said(office.rep2, "需求汇总")).text


async def test_two_questions_of_a_manager(office: Office) -> None:
    await six_cases(office)
    dear = await said(office.manager, "高价值客户最近抱怨什么")
    assert "高价值客户 · 投诉 · 近 30 天" in dear.text
    assert "投诉 2" in dear.text
    await office.manager.next_message()
    most = await said(office.manager, "最近投诉最多的是什么？")
    assert "主题：质量 2、交付 1" in most.text
    await office.manager.next_message()
    assert "· 本月" in (await said(office.manager, "需求 本月")).text
    assert "没有记录到需求和投诉" in (await said(office.outsider, "/needs")).text


async def test_a_group_sees_numbers_and_masked_names_only(office: Office) -> None:
    await tell(office, office.rep, "张伟", "complaint", "quality", at(3, 17, 10), "螺栓M8")
    await office.manager.send("/needs", chat=office.group)
    told = (await office.manager.next_message(office.group)).text
    assert "· 张* 投诉·质量" in told
    assert "张伟" not in told
    await office.rep.send("/needs", chat=office.group)
    await office.idle()
    assert "质量" not in office.rep.messages(office.group)[-1].text
