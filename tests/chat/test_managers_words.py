"""A manager's everyday words: targets of several, who was given away and back, what the team did; no colleague is a
customer of his name. And what a rep says of a complaint that is over."""

from __future__ import annotations

from sqlalchemy import select

from crm.tables import Complaint, Customer, Member, Target, Task
from tests.chat import talk
from tests.chat.conftest import Office


def targets_of(office: Office) -> list[tuple[str, int, int]]:
    rows = select(Member.name, Target.month, Target.amount_fen).join(Member, Member.member_id == Target.member_id)
    return office.database.read_now(
        lambda db: [
            (name, month.month, fen // 1_000_000) for name, month, fen in db.execute(rows.order_by(Member.name))
        ]
    )


def owner_of(office: Office, name: str) -> str:
    row = select(Member.name).join(Customer, Customer.owner_id == Member.member_id).where(Customer.name == name)
    return office.database.read_now(lambda db: db.scalars(row).one())


async def test_targets_of_several_in_one_line(office: Office) -> None:
    for name in ("李大姐", "周姐"):
        await talk.said(office.rep, f"加客户 {name}")
    told = await talk.asked(office, office.manager, "小李这个月目标5万 小周60万")
    assert "小周" in told
    assert targets_of(office) == [("小周", 3, 60), ("小李", 3, 5)]
    await talk.asked(office, office.manager, "4月目标 小周50万")
    assert ("小周", 4, 50) in targets_of(office)
    await talk.asked(office, office.manager, "小李5月目标7万 小周6月目标8万")
    assert {("小李", 5, 7), ("小周", 6, 8)} < set(targets_of(office))
    await talk.asked(office, office.manager, "4月目标 小李20万、王五30万")
    assert len(targets_of(office)) == 5, "where one is no colleague, nothing is set"
    for text in ("目标完成得怎么样了", "谁完成3月目标了", "3月总共做了多少 谁完成目标了"):
        assert "3月目标" in await talk.asked(office, office.manager, text)


async def test_a_customer_is_given_with_a_reason_and_comes_back(office: Office) -> None:
    await talk.said(office.rep, "加客户 何伟")
    assert "小周" in (await talk.said(office.manager, "何伟转给小周吧 他做装修用机器")).text
    assert owner_of(office, "何伟") == "小周"
    assert "他做装修用机器" in await talk.asked(office, office.manager, "何伟")
    await talk.asked(office, office.manager, "算了转回来")
    assert owner_of(office, "何伟") == "小李"
    await talk.asked(office, office.manager, "何伟转给小周")
    await talk.asked(office, office.manager, "转回小李")
    assert owner_of(office, "何伟") == "小李"
    for text in ("何伟转给小周 让他周五前去拜访", "把何伟转给小周，下周一前报价给他"):
        await office.manager.send(text)
        await office.idle()
        assert owner_of(office, "何伟") == "小李", "the task would be lost"
    assert office.database.read_now(lambda db: len(db.scalars(select(Task)).all())) == 2


async def test_who_is_shown_now_is_not_whom_was_given(office: Office) -> None:
    for name in ("何伟", "孙丽"):
        await talk.said(office.rep, f"加客户 {name}")
    await talk.said(office.manager, "何伟转给小周")
    for text in ("收回来了", "还给小李", "转回来了"):
        await office.manager.send(text)
        await office.idle()
        assert owner_of(office, "何伟") == "小周", text
    for text, owner in (("孙丽", "小周"), ("转回来", "小周"), ("何伟", "小周"), ("算了还给小李", "小李")):
        await office.manager.send(text)
        await office.idle()
        assert owner_of(office, "何伟") == owner, text


async def test_what_the_team_did_and_what_is_owed(office: Office) -> None:
    await talk.said(office.rep, "加客户 何伟")
    await talk.said(office.rep, "订单 何伟 5000 螺栓")
    await talk.said(office.rep, "记 何伟 今天看了样品，颜色要再深一点")
    await talk.said(office.rep, "退货 何伟 1200 螺栓")
    await talk.said(office.rep, "欠款 何伟 3000 3月25日前")
    expected = {
        "今天都干了啥": "颜色要再深一点",
        "小李这周去了哪几家": "颜色要再深一点",
        "3月退了多少钱": "1 单（¥1,200）",
        "小李最近谁的钱没收回来": "¥3,000",
        "月结的单子谁没付": "¥3,000",
    }
    for text, answer in expected.items():
        assert answer in await talk.asked(office, office.manager, text), text
    assert "¥3,000" in await talk.asked(office, office.rep, "欠我钱的都有谁")
    assert office.database.read_now(lambda db: db.scalars(select(Task)).all()) == []


async def test_a_complaint_told_to_be_over_is_offered_to_be_closed(office: Office) -> None:
    for name in ("老郑", "吴老板"):
        await talk.said(office.rep, f"加客户 {name}")
        await talk.said(office.rep, f"投诉 {name} 铣刀一直没到")
    for text in ("老郑铣刀到了 没事了", "吴老板那个好了 他自己说没事了"):
        await talk.pressed(office.rep, await talk.said(office.rep, text), "投诉已解决")
    assert None not in office.database.read_now(lambda db: db.scalars(select(Complaint.resolved_at)).all())
