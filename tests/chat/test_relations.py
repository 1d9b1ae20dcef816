"""关系: who brought whom by hand-computed sums, households, circles, depths, and the one customer a day to ask."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, update

from crm import referrals
from crm.tables import Complaint, CustomerRelation, CustomerSummary, Note, Order, ReferralAsk, Touch
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, texts_of


def kept(office: Office) -> list[tuple[int, int, str, str | None]]:
    """The relations that hold."""
    rows = select(CustomerRelation).where(CustomerRelation.deleted_at.is_(None))
    found = office.database.read_now(lambda db: list(db.scalars(rows.order_by(CustomerRelation.customer_relation_id))))
    return [(row.customer_id, row.other_id, row.kind, row.label) for row in found]


async def people(office: Office, *names: str) -> dict[str, int]:
    """Customers of the rep, each of a company of his own."""
    return {name: await born(office, name, "") for name in names}


async def test_who_brought_whom_and_what_those_bought(office: Office) -> None:
    ids = await people(office, "张伟", "李娜", "陈静", "刘洋", "王强")
    said = await talk.said(office.rep, "张伟 是 李娜 介绍的")
    assert "✅ 记下：张伟 上海美达 是 李娜 上海美达 介绍的" in said.text
    for typed in ("陈静是李娜介绍来的", "李娜给我们介绍了刘洋", "关系 王强 介绍人 张伟"):
        assert "✅ 记下" in (await talk.said(office.rep, typed)).text, typed
    brought_by = {"张伟": "李娜", "陈静": "李娜", "刘洋": "李娜", "王强": "张伟"}
    assert kept(office) == [(ids[one], ids[by], "referred", "source") for one, by in brought_by.items()]
    assert "之前就记过" in (await talk.said(office.rep, "刘洋是李娜介绍的")).text
    await talk.said(office.rep, "订单 张伟 12000 螺栓")
    await talk.said(office.rep, "订单 陈静 3000 螺栓")
    await talk.said(office.rep, "退货 陈静 1000 螺栓")
    await talk.said(office.rep, "订单 王强 500 螺栓")
    # Of 李娜's three, 张伟 bought for 12,000 and 陈静 for 3,000 − 1,000; 王强 came through 张伟.
    page = await talk.said(office.rep, "关系 李娜")
    assert "带来 3 位，其中 2 位下过单，共 ¥14,000（连锁共 4 位）" in page.text
    assert "同公司：" in page.text
    assert "介绍人：张伟 上海美达 ← 李娜 上海美达" in (await talk.said(office.rep, "关系 王强")).text
    listed = await talk.said(office.rep, "种子客户")
    assert "种子客户 2 位，带来 4 位，其中 3 位下过单，共 ¥14,500" in listed.text
    assert "1. 李娜 上海美达 带来 3 位，其中 2 位下过单，共 ¥14,000" in listed.text
    definition = await talk.pressed(office.rep, listed, "口径")
    for words in ("全部时间", "全部订单减退货", "连锁共"):
        assert words in definition.text
    assert "李娜 介绍来的；带来 1 位客户（1 位下过单）" in (await talk.said(office.rep, "查 张伟")).text
    assert "种子客户 2 位" in (await talk.said(office.manager, "/relation")).text


async def test_circles_undo_and_removal(office: Office) -> None:
    ids = await people(office, "张伟", "李娜", "王强")
    await talk.said(office.rep, "张伟 是 李娜 介绍的")
    await talk.said(office.rep, "李娜 是 王强 介绍的")
    refused = await talk.said(office.rep, "王强 是 张伟 介绍的")
    assert "绕成圈" in refused.text
    assert len(kept(office)) == 2
    assert "一个人不能和自己有关系" in (await talk.said(office.rep, "关系 张伟 介绍人 张伟")).text
    assert "没找到「诸葛亮」" in (await talk.said(office.rep, "关系 张伟 介绍人 诸葛亮")).text
    other = await talk.said(office.rep, "张伟 是 王强 介绍的")
    assert "原来记的介绍人是 李娜，已换掉" in other.text
    undone = await talk.pressed(office.rep, other, "撤销")
    assert "已去掉" in undone.text
    assert (ids["张伟"], ids["李娜"], "referred", "source") in kept(office)
    again = await talk.pressed(office.rep, undone, "恢复")
    assert "✅ 记下" in again.text
    assert kept(office)[-1] == (ids["张伟"], ids["王强"], "referred", "source")
    page = await talk.said(office.rep, "关系 张伟")
    choice = await talk.pressed(office.rep, page, "去掉 ▸")
    gone = await talk.pressed(office.rep, choice, "✕ 介绍人 王强")
    assert "已去掉" in gone.text
    assert kept(office) == [(ids["李娜"], ids["王强"], "referred", "source")]
    assert "来源" not in (await talk.said(office.rep, "查 张伟")).text
    assert "🧭 来源 老客户转介绍" in (await talk.said(office.rep, "查 李娜")).text


async def test_households_friends_and_depth(office: Office) -> None:
    ids = await people(office, "张伟", "李芳", "王强")
    for typed, kind, label in (
        ("张伟 和 李芳 是 夫妻", "household", "夫妻"),
        ("张伟跟王强是大学同学", "friend", "同学"),
        ("关系 李芳 王强 同事", "colleague", "同事"),
    ):
        assert "✅ 记下" in (await talk.said(office.rep, typed)).text, typed
        assert kept(office)[-1][2:] == (kind, label)
    assert "之前就记过" in (await talk.said(office.rep, "张伟老婆是李芳")).text
    page = await talk.said(office.rep, "关系 张伟")
    assert "🏠 夫妻：李芳 上海美达" in page.text
    assert "🤝 同学：王强 上海美达" in page.text
    page = await talk.pressed(office.rep, page, "朋友")
    assert "✅ 张伟 是朋友了" in page.text
    assert "✓ 朋友" in talk.labels(page)
    assert "张伟 是伙伴了" in (await talk.said(office.rep, "关系 张伟 伙伴")).text
    card = await talk.said(office.rep, "查 张伟")
    assert "🤝 伙伴" in card.text
    assert "夫妻 李芳；同学 王强" in card.text
    assert len(kept(office)) == 3
    await talk.said(office.rep, "加客户 王强 苏州丰达 13700137000")
    asked = await talk.said(office.rep, "张伟 是 王强 介绍的")
    assert "是哪两位" in asked.text
    done = await talk.pressed(office.rep, asked, "张伟 上海美达 ← 王强 苏州丰达")
    assert "✅ 记下" in done.text
    assert kept(office)[-1][0] == ids["张伟"]


async def test_a_note_stays_a_note_and_foreigners_learn_nothing(office: Office) -> None:
    ids = await people(office, "张伟", "李娜", "陈静")
    for typed in ("张伟说他是李娜介绍的，想要样品", "张伟跟我关系很好，月底下单"):
        assert "记到" in (await talk.said(office.rep, typed)).text, typed
    assert "老客户转介绍" in (await talk.said(office.rep, "陈静 是 老客户 介绍的")).text  # names nobody: his source
    assert kept(office) == []
    await talk.said(office.rep, "张伟 是 李娜 介绍的")
    for person in (office.rep2, office.outsider):
        assert "没找到「张伟」" in (await talk.said(person, "关系 张伟")).text
        assert "没找到" in (await talk.said(person, "关系 张伟 介绍人 李娜")).text
        assert "还没记过谁介绍了谁" in (await talk.said(person, "/relation")).text
        page = await talk.said(person, "/help")
        for data in (f"Gs:{ids['张伟']}", f"Gp:{ids['张伟']}:friend", f"Ga:{ids['张伟']}:asked:0", f"Gc:{ids['张伟']}"):
            assert "找不到这位客户" in (await talk.press_foreign(person, page, data)).text, data
        for data in (f"Gx:1:{ids['张伟']}", "Gu:1", "Gb:1"):
            assert "找不到这条关系" in (await talk.press_foreign(person, page, data)).text, data
        related = await talk.press_foreign(person, page, f"Gr:{ids['张伟']}:{ids['李娜']}:friend:")
        assert "找不到这位客户" in related.text
    assert kept(office) == [(ids["张伟"], ids["李娜"], "referred", "source")]


async def test_the_morning_card_names_one_happy_customer(office: Office) -> None:
    ids = await people(office, "张伟", "李娜")
    await talk.said(office.rep, "订单 张伟 12000 螺栓")
    await talk.said(office.rep, "李娜 投诉 交期太慢，货坏了")
    await talk.said(office.rep, "订单 李娜 9000 螺栓")
    await office.at(at(3, 19, 9))
    card = [text for text in texts_of(office, office.rep) if "早上好" in text][-1]
    assert card.count("🌱 可以请") == 1
    assert "🌱 可以请 张伟 上海美达 介绍客户：3月18日刚下过单" in card
    shown = next(m for m in reversed(office.rep.messages()) if "早上好" in m.text)
    listed = await talk.pressed(office.rep, shown, "🌱 请他介绍了")
    assert "记下了：今天请 张伟 介绍，90 天内不再提示" in listed.text
    rows = select(ReferralAsk).where(ReferralAsk.outcome == "asked")
    asked = office.database.read_now(lambda db: list(db.scalars(rows)))
    assert [(row.customer_id, row.outcome) for row in asked] == [(ids["张伟"], "asked")]
    assert office.database.read_now(lambda db: db.scalar(select(Touch.matter))) == "referral:2026-03-19"
    await office.at(at(3, 20, 9))
    assert "🌱 可以请" not in [text for text in texts_of(office, office.rep) if "早上好" in text][-1]


async def test_who_is_in_trouble_or_imported_is_not_to_be_asked_and_nobody_twice_a_month(
    office: Office,
) -> None:
    ids = await people(office, "张伟", "李娜", "王强", "陈静", "赵敏")
    for name in ids:
        await talk.said(office.rep, f"订单 {name} 12000 螺栓")
    await talk.said(office.rep, "退货 张伟 500 螺栓")
    note = {"team_id": 1, "author_id": office.actor(office.rep).member_id, "created_at": at(3, 18)}
    await change(office, insert(Note).values(**note, customer_id=ids["李娜"], text="退保了 退回五万"))
    await talk.said(office.rep, "王强 投诉 交期太慢，货坏了")
    await change(office, update(Complaint).values(closed_at=at(3, 18), closed_by_id=note["author_id"]))
    await change(office, update(CustomerSummary).values(open_complaints=0))
    await change(office, update(Note).where(Note.customer_id == ids["王强"]).values(deleted_at=at(3, 18)))
    await change(office, update(Order).where(Order.customer_id == ids["陈静"]).values(import_id=1))
    named = []
    for day in (19, 20, 26, 27):
        before = len(texts_of(office, office.rep))
        await office.at(at(3, day, 9))
        card = next(text for text in texts_of(office, office.rep)[before:] if "早上好" in text)
        named += [line for line in card.splitlines() if "🌱" in line]
    assert len(named) == 1
    assert "🌱 可以请 赵敏 上海美达 介绍客户：3月18日刚下过单" in named[0]


async def test_who_says_who_brought_him_has_praised_nobody(office: Office) -> None:
    ids = await people(office, "钱小燕", "刘畅")
    for name, text in (("钱小燕", "孙丽华介绍了朋友钱小燕 想买2房"), ("刘畅", "黃國強 介紹人 陳美玲")):
        note = {"team_id": 1, "customer_id": ids[name], "author_id": office.actor(office.rep).member_id}
        await change(office, insert(Note).values(**note, text=text, sentiment="positive", created_at=at(3, 18)))
    await office.at(at(3, 19, 9))
    assert "🌱" not in "".join(texts_of(office, office.rep))


async def test_who_may_be_lost_is_not_to_be_asked(office: Office) -> None:
    await people(office, "张伟")
    await talk.said(office.rep, "订单 张伟 12000 螺栓")

    def hinted() -> bool:
        return (
            office.database.read_now(lambda db: referrals.hint(db, office.actor(office.rep), at(3, 18, 12))) is not None
        )

    assert hinted()
    await change(office, update(CustomerSummary).values(value_group="low_at_risk"))
    assert not hinted()


async def test_a_complaint_that_was_taken_back_is_no_trouble(office: Office) -> None:
    await people(office, "张伟")
    await talk.said(office.rep, "订单 张伟 12000 螺栓")
    noted = await talk.said(office.rep, "张伟 投诉 交期太慢，货坏了")

    def hinted() -> bool:
        now = at(3, 18, 12)
        return office.database.read_now(lambda db: referrals.hint(db, office.actor(office.rep), now)) is not None

    assert not hinted()
    await talk.pressed(office.rep, noted, "撤销")
    assert hinted()


@pytest.mark.parametrize(
    ("text", "is_praise"),
    [
        ("李总夸我们服务好，还给我们介绍来两个客户", True),
        ("转介绍了两位朋友，说我们靠谱", True),
        ("很满意我介绍的方案，当场拍板", True),
        ("对产品很满意，听得很认真我的介绍", True),
        ("王姐很开心，说上次介绍的面膜好用", True),
        ("朋友推荐来的，很满意", False),
        ("听王姐说起我们才来的，很满意", False),
        ("老客户介绍的，很满意", False),
    ],
)
async def test_praise_is_told_from_who_brought_him_and_who_owes_is_not_asked(
    office: Office, text: str, is_praise: bool
) -> None:
    ids = await people(office, "钱小燕")
    note = {"team_id": 1, "customer_id": ids["钱小燕"], "author_id": office.actor(office.rep).member_id}
    await change(office, insert(Note).values(**note, text=text, sentiment="positive", created_at=at(3, 17)))

    def hinted() -> bool:
        found = office.database.read_now(lambda db: referrals.hint(db, office.actor(office.rep), at(3, 18, 12)))
        return found is not None

    assert hinted() is is_praise
    await talk.said(office.rep, "欠款 钱小燕 1200 3月10日")
    assert not hinted()
