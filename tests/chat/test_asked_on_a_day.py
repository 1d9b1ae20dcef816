"""What managers and reps ask in the middle of a day: answered with what was asked for, and nothing of it is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from crm import accounts, notes, orders, tasks
from crm.customers import Origin
from crm.orders import NewOrder
from crm.promises import Todo
from tests.chat import prepared, shops, talk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from crm.members import Actor
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    """The shop of asked_shop; 陈刚 has bought today, owes, is to be visited tomorrow, and his wife has a number."""

    def more(db: Session, rep: Actor, chen: int, now: datetime) -> None:
        orders.add(db, rep, chen, NewOrder(9_800_000, date(2026, 3, 18), "全屋定制", 1), now)
        accounts.add(db, rep, chen, "debt", 93_000, date(2026, 4, 1), now)
        notes.add(db, rep, chen, "老婆王女士13812340002 也要来", None, now, Origin())
        tasks.add(db, rep, chen, Todo("给陈刚送样板", now + timedelta(days=1), False), now)

    await shops.opened(office, more)


shop = prepared.office_after(set_up)


async def test_a_manager_asks_of_the_team(shop: Office) -> None:
    manager = shop.manager
    assert "金额榜 · 今天（3月18日）" in await talk.asked(shop, manager, "今天大家干得怎么样")
    day = manager.messages()[-2].text
    assert "团队表现 · 今天（3月18日）" in day
    assert "小李：跟进 1 · ¥9.8万（1 单）" in day
    assert "本周（3月16日–3月18日）" in await talk.asked(shop, manager, "这周呢")
    largest = await talk.asked(shop, manager, "谁的单子最大")
    assert "1. ¥98,000 陈刚 · 小李 · 全屋定制" in largest
    assert "2. ¥50,000 孙悦 · 小周 · 轴承" in largest
    assert "¥50,000" not in await talk.asked(shop, manager, "这个月呢")
    forecast = await talk.asked(shop, manager, "这个月预计能做多少")
    assert forecast.index("3月") < forecast.index("4月")
    forecast = (await talk.asked(shop, manager, "下个月呢")).split("的预测")[1]
    assert forecast.index("4月") < forecast.index("3月")
    assert "小李的客户一共欠 ¥930，1 位" in await talk.asked(shop, manager, "小李名下客户都欠多少钱")
    assert "小周的客户没有记着的欠款" in await talk.asked(shop, manager, "小周名下客户都欠多少钱")
    assert "给陈刚送样板" in await talk.asked(shop, manager, "小李明天有什么安排")
    assert "还没有安排" in await talk.asked(shop, manager, "小周明天要干什么")
    assert "孙悦" in await talk.asked(shop, manager, "小周的客户里谁最可能跑")
    both = await talk.asked(shop, manager, "这个月小李和小周各卖了多少")
    assert "1. 小李" in both
    assert "2. 小周" in both
    assert "孙悦 已转给 小李" in await talk.asked(shop, manager, "把小周的孙悦给小李跟")
    assert "孙悦 已转给 小周" in await talk.asked(shop, manager, "孙悦转回小周")


async def test_a_rep_asks_of_the_next_day_and_of_one_customer(shop: Office) -> None:
    rep = shop.rep
    assert "给陈刚送样板" in await talk.asked(shop, rep, "我明天要送哪几家")
    assert "还没有安排" in await talk.asked(shop, rep, "后天呢")
    assert "还欠 ¥930" in await talk.asked(shop, rep, "陈刚还差多少钱")
    assert "还欠 ¥930" in await talk.asked(shop, rep, "陈刚的账")
    assert "最近一单：今天（3月18日 周三） ¥98,000 全屋定制" in await talk.asked(shop, rep, "陈刚那个单是不是欧元")
    assert "王女士13812340002" in await talk.asked(shop, rep, "陈刚老婆电话多少")
    assert "1. ¥98,000 陈刚 · 全屋定制" in await talk.asked(shop, rep, "最大的一单是谁的")
    assert "您只能看您自己的客户" in await talk.asked(shop, rep, "小周名下客户都欠多少钱")
    assert "给陈刚送样板" not in await talk.asked(shop, shop.rep2, "小李明天有什么安排")


async def test_what_is_denied_opens_no_case(shop: Office) -> None:
    card = await talk.said(shop.rep, "陈刚今天来电话了，鸡腿化了两箱他要退，客户说这不算投诉")
    assert "已记到 陈刚" in card.text
    assert "立案" not in card.text
