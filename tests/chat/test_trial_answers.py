"""Questions of a trial's week that got somebody else's figures, or none of the one thing that was asked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from crm import accounts, customers, notes, tasks
from crm.customers import Origin, Profile
from crm.promises import Todo
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.members import Actor
    from emulator.person import Person
    from tests.chat.conftest import Office


def _fill(db: Session, rep: Actor, rep2: Actor, office: Office) -> None:
    now = office.app.clock.now()
    ids = {}
    for owner, names in ((rep, ("张雪", "刘敏", "徐丽", "谭俊", "何军", "高明")), (rep2, ("高飞", "孙倩"))):
        for name in names:
            ids[name] = customers.add(
                db, owner, Profile(name, region="上海浦东" if name == "徐丽" else None), now - timedelta(days=60)
            ).customer_id
    for name, owner, days, text in (
        ("张雪", rep, 1, "张雪的医疗险4月12号到期"),
        ("刘敏", rep, 0, "刘敏核保过了 她说下周三签 保费一年860"),
        ("高飞", rep2, 3, "高飞的会员卡4月5号到期"),
    ):
        notes.add(db, owner, ids[name], text, None, now - timedelta(days=days), Origin())
    tasks.add(db, rep, ids["谭俊"], Todo("车险续保", now + timedelta(days=40), False), now)
    tasks.add(db, rep, ids["徐丽"], Todo("产品demo", now + timedelta(days=2), True), now)
    tasks.add(db, rep, ids["徐丽"], Todo("寄条款", now + timedelta(days=1), False), now)
    accounts.add(db, rep, ids["高明"], "debt", 28_800_000, date(2026, 4, 10), now)


async def _told(office: Office, person: Person, text: str) -> str:
    """All that the bot says to a message that changes something."""
    before = len(person.messages())
    await person.send(text)
    await office.idle()
    return "\n".join(message.text for message in person.messages()[before:] if message.text != text)


async def set_up(office: Office) -> None:
    """Six customers of the rep and two of the other's, with notes, tasks, orders and one debt."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: _fill(db, rep, rep2, office))
    for person, text in (
        (office.rep, "订单 张雪 12000"),
        (office.rep, "订单 徐丽 3000"),
        (office.rep2, "订单 孙倩 2000"),
        (office.rep2, "孙倩退货500"),
    ):
        await talk.said(person, text)
    await office.app.ticks.plan()
    await office.idle()


shop = prepared.office_after(set_up)


async def test_what_one_customer_paid_is_never_the_sum_of_all(shop: Office) -> None:
    for text in ("张雪今年交了多少保费", "张雪今年一共充了多少钱", "张雪这个月保费多少", "张雪到今年业绩多少"):
        answer = await talk.asked(shop, shop.rep, text)
        assert "12,000" in answer, text
        assert "15,000" not in answer, text


async def test_the_colleague_who_is_named_is_the_one_who_is_counted(shop: Office) -> None:
    assert "小周的退货" in await talk.asked(shop, shop.manager, "小周这周退了多少单")
    assert "1 单" in await talk.asked(shop, shop.manager, "小周这周新签了几单 多少钱")
    assert "0 单" in await talk.asked(shop, shop.manager, "小李这个月退了几单")
    assert "¥1,500" in await talk.asked(shop, shop.manager, "小周本周总业绩情况汇总")
    assert "您只能看您自己的客户" in await talk.asked(shop, shop.rep, "小周本周总业绩情况汇总")


async def test_who_did_least_names_those_who_did_nothing(shop: Office) -> None:
    answer = await talk.asked(shop, shop.manager, "这周谁跟进最少")
    assert "1. 小周 0 条" in answer
    assert "2. 小李 2 条" in answer


async def test_the_day_of_one_thing_is_told_not_the_card(shop: Office) -> None:
    assert "下周三签" in await talk.asked(shop, shop.rep, "刘敏那单什么时候签")
    for text in ("徐丽的demo几点", "徐丽哪天demo"):
        answer = await talk.asked(shop, shop.rep, text)
        assert "3月20日" in answer
        assert "寄条款" not in answer
    for text in ("徐丽有什么安排", "徐丽的待办还有啥", "徐丽还有哪些待办"):
        answer = await talk.asked(shop, shop.rep, text)
        assert "产品demo" in answer
        assert "寄条款" in answer
        assert "📞" not in answer
    assert "没有提到" in await talk.asked(shop, shop.rep, "徐丽哪天吃饭")


async def test_what_is_owed_is_told_and_a_strangers_debt_is_nobodys(shop: Office) -> None:
    answer = await talk.asked(shop, shop.rep, "高明还欠多少")
    assert "还欠 ¥288,000" in answer
    assert "没找到「高明」" in await talk.asked(shop, shop.rep2, "高明还欠多少")


async def test_the_almanac_is_asked_not_set_as_a_reminder(shop: Office) -> None:
    assert "4月24日" in await talk.asked(shop, shop.rep, "农历三月初八是几号")
    assert "2027年2月6日" in await talk.asked(shop, shop.rep, "明年春节是哪天")
    assert "6月19日" in await talk.asked(shop, shop.rep, "端午节是什么时候")
    assert "三月初三" in await talk.asked(shop, shop.rep, "4月19日是农历几号")
    answer = await talk.asked(shop, shop.manager, "4月有什么节日")
    assert "4月5日（周日） 清明" in answer
    assert "5月" not in answer
    assert "春分" in await talk.asked(shop, shop.manager, "这周有什么节日")
    assert "4月5日" in await talk.asked(shop, shop.rep, "下周有什么节日")
    assert "今天" not in await talk.asked(shop, shop.rep, "谁家孩子快过生日了")


async def test_what_runs_out_is_listed_by_day(shop: Office) -> None:
    soon = await talk.asked(shop, shop.rep, "谁的保单快到期了")
    assert "4月12日（周日） 张雪" in soon
    assert "谭俊" not in soon
    assert "高飞" not in soon
    assert "谭俊" in await talk.asked(shop, shop.rep, "4月我有哪些客户续保")
    only = await talk.asked(shop, shop.rep, "谁4月份车险到期")
    assert "谭俊" in only
    assert "张雪" not in only
    assert "高飞" in await talk.asked(shop, shop.rep2, "谁的卡快到期了")
    assert "高飞" in await talk.asked(shop, shop.rep2, "谁的会员卡下个月到期")
    assert "没有「私教」到期" in await talk.asked(shop, shop.rep2, "谁的私教4月到期")
    both = await talk.asked(shop, shop.manager, "4月到期的客户有哪些")
    assert both.index("高飞") < both.index("张雪") < both.index("谭俊")


async def test_a_target_is_held_against_those_who_have_one(shop: Office) -> None:
    await _told(shop, shop.manager, "小周目标3万")
    whole = await talk.asked(shop, shop.manager, "本月业绩和目标差多少")
    assert "完成 ¥1,500 / ¥3万（5%）" in whole
    assert "只算定了目标的；其他人 ¥1.5万" in whole
    for text in ("小周目标完成了多少", "小周这个月目标完成率多少", "小周离目标还差多少"):
        his = await talk.asked(shop, shop.manager, text)
        assert "小周" in his
        assert "¥1,500 / ¥3万" in his
        assert "小李" not in his
    assert "只能看您自己的" in await talk.asked(shop, shop.rep, "小周目标完成了多少")
    assert "¥50,000" in await _told(shop, shop.manager, "给小李定个目标 本月5万")


async def test_lists_are_asked_for_in_words(shop: Office) -> None:
    away = await talk.asked(shop, shop.rep2, "谁超过2天没来了")
    assert "高飞" in away
    assert "孙倩" not in away
    assert "孙倩" in await talk.asked(shop, shop.rep2, "会员里谁消费最多")
    mine = await talk.asked(shop, shop.manager, "小周负责的客户有哪些")
    assert "高飞" in mine
    assert "张雪" not in mine
    assert "小李 6 位" in await talk.asked(shop, shop.manager, "团队有多少客户 分别在谁手里")
    assert "徐丽" in await talk.asked(shop, shop.rep, "我的客户里浦东有谁")
    assert "没找到「高飞」" in await talk.asked(shop, shop.rep, "高飞最近怎么样")


async def test_a_customer_goes_back_and_two_are_told(shop: Office) -> None:
    assert "已转给 小周" in await _told(shop, shop.manager, "何军转给小周吧")
    assert "已转给 小李" in await _told(shop, shop.manager, "何军还给小李")
    told = await _told(shop, shop.manager, "通知小李小周明天早上9点开例会")
    assert "已派给 小李" in told
    assert "已派给 小周" in told
