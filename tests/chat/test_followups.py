"""Questions that go on from the last one, and the one thing that is asked of a customer: answered, never kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from almanac.birthdays import Birthday
from crm import customers, notes, orders, tasks
from crm.customers import Origin
from crm.orders import NewOrder
from crm.promises import Todo
from crm.tables import Customer
from tests.chat import prepared, shops, talk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    """The shop of asked_shop; 陈刚 has a birthday, a quote, an order with its number, and an appointment."""

    def more(db: Session, rep: Actor, chen: int, now: datetime) -> None:
        row = db.get_one(Customer, chen)
        customers.set_birthday(row, Birthday("solar", 3, 21))
        notes.add(db, rep, chen, "陈刚问油封，我报的6块5一个", None, now, Origin())
        orders.add(db, rep, chen, NewOrder(60_000, date(2026, 3, 18), "密封圈", 100), now)
        tasks.add(db, rep, chen, Todo("去陈刚那里看样", now.replace(hour=2, minute=0, day=20), True), now)

    await shops.opened(office, more)


shop = prepared.office_after(set_up)


async def test_the_last_figure_is_asked_for_other_days_and_colleagues(shop: Office) -> None:
    manager = shop.manager
    assert "本月" in await talk.asked(shop, manager, "这个月业绩多少")
    assert "上月" in await talk.asked(shop, manager, "那上个月呢")
    assert "本季度" in await talk.asked(shop, manager, "本季度呢")
    assert "2月（2月1日–2月28日）\n2 单，2 位客户，净额 ¥5.8万" in await talk.asked(shop, manager, "二月呢")
    assert "2025年2月" in await talk.asked(shop, manager, "去年同期呢")
    assert "上上周（3月2日–3月8日）" in await talk.asked(shop, manager, "那上上周呢")
    assert "小周的净额 · 本月" in await talk.asked(shop, manager, "小周这个月做了多少")
    assert "小李的净额 · 本月" in await talk.asked(shop, manager, "那小李呢")
    assert "小李的净额 · 上月" in await talk.asked(shop, manager, "环比呢")
    assert "3 位" in await talk.asked(shop, manager, "小李手里有多少客户")
    assert "4 位" in await talk.asked(shop, manager, "小周呢")
    await talk.asked(shop, manager, "这个月业绩多少")
    assert "1. 螺栓 ¥3万" in await talk.asked(shop, manager, "按产品呢")
    assert "小李的" in await talk.asked(shop, manager, "小李呢")
    assert "小李的净额 · 上月" in await talk.asked(shop, manager, "那小李上个月呢")
    assert "1. 小周" in await talk.asked(shop, manager, "谁卖得最多")
    assert "小周的净额" in await talk.asked(shop, manager, "小周呢")


async def test_a_colleague_alone_is_no_customer_of_his_surname(shop: Office) -> None:
    assert "小周的净额" in await talk.asked(shop, shop.manager, "小周呢")
    assert "小周" not in await talk.asked(shop, shop.rep, "那上个月呢"), "nothing was asked before"


async def test_one_of_the_list_shown_last(shop: Office) -> None:
    manager = shop.manager
    await talk.asked(shop, manager, "谁投诉了")
    assert "孙悦" in await talk.asked(shop, manager, "第一个现在什么情况")
    await talk.asked(shop, manager, "谁投诉了")
    assert "何平 现在由 小周 负责" in await talk.asked(shop, manager, "第二个是谁的客户")
    await talk.asked(shop, manager, "谁投诉了")
    assert "何平 已转给 小李" in await talk.asked(shop, manager, "把第二个给小李")
    assert "孙悦" not in await talk.asked(shop, shop.rep, "第一个是谁的客户")


async def test_one_fact_is_no_card(shop: Office) -> None:
    rep = shop.rep
    for text, fact in (
        ("给陈刚报的油封多少钱", "6块5一个"),
        ("他的生日", "3月21日"),
        ("他这单多少钱", "¥600 密封圈 ×100（单价 ¥6）"),
        ("他上次什么时候下的单", "今天（3月18日 周三）"),
        ("陈刚哪天见", "后天（3月20日 周五） 10:00 去陈刚那里看样"),
        ("陈刚一共多少钱", "2 单，净额 ¥30,600"),
        ("他是谁的客户", "是您的客户"),
        ("陈刚的投诉是怎么回事", "没有投诉记录"),
    ):
        answer = await talk.asked(shop, rep, text)
        assert fact in answer, text
        assert len(answer.splitlines()) <= 5, text
    assert "送错货了" in await talk.asked(shop, shop.manager, "何平的投诉是怎么回事")
    assert "3月21日" not in await talk.asked(shop, shop.outsider, "陈刚的生日")


async def test_everyday_questions_of_ones_own_work(shop: Office) -> None:
    rep = shop.rep
    assert "孙悦" in await talk.asked(shop, shop.manager, "上个月谁买过轴承")
    assert "赵云" not in await talk.asked(shop, shop.manager, "上个月谁买过轴承"), "he bought one in March"
    assert "林芳" in await talk.asked(shop, rep, "哪些客户还没下过单")
    assert "3月目标" in await talk.asked(shop, rep, "这个月的目标我完成多少了")
    assert "您的记录 · 3月18日" in await talk.asked(shop, rep, "我今天干了什么")
    assert "陈刚" in await talk.asked(shop, rep, "这周谁要过生日")
    assert "上周（3月9日–3月15日）" in await talk.asked(shop, rep, "上个礼拜我签了几单 多少钱")
    assert "不客气" in await talk.asked(shop, rep, "谢谢")
    assert "恭喜" in await talk.asked(shop, rep, "哈哈 今天开了一单 爽")


async def test_several_customers_are_given_in_one_sentence(shop: Office) -> None:
    await talk.asked(shop, shop.manager, "把陈刚和林芳给小周")
    said = [message.text for message in shop.manager.messages()[-2:]]
    assert said[0].startswith("🤝 陈刚")
    assert said[1].startswith("🤝 林芳")
    assert "已转给 小李" in await talk.asked(shop, shop.manager, "小周的客户林芳转给小李")


async def test_two_who_are_the_same_may_be_merged(shop: Office) -> None:
    for text in ("陈刚就是赵云", "陈刚和赵云是同一个人"):
        assert "合成一位客户" in await talk.asked(shop, shop.rep, text)


async def test_what_only_sounds_like_it_stays_a_note(shop: Office) -> None:
    await shop.rep.send("陈刚就是嫌贵，还要再谈")
    await shop.idle()
    assert "已记到 陈刚" in shop.rep.messages()[-1].text
    await shop.rep.send("林芳让我别再给林芳发祝福了")
    await shop.idle()
    assert "加入不打扰名单" in talk.labels(shop.rep.messages()[-1])
