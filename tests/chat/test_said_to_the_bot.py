"""What a manager asks, orders, or says of colleagues is answered or asked about, and never stored as a note."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm import customers
from crm.customers import Profile
from crm.tables import Complaint, Member, Note, Task
from tests.chat import prepared, talk

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from emulator.person import Person
    from tests.chat.conftest import Office


def _fill(db: Session, office: Office) -> None:
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    for name in ("王芳", "李娜", "张伟", "陈刚"):
        customers.add(db, rep, Profile(name, company=f"苏州{name}五金"), office.now - timedelta(days=100))
    for actor, name in ((rep, "小李"), (rep2, "小周")):
        member = db.get(Member, actor.member_id)
        assert member is not None
        member.name = name


def _stored(office: Office) -> list[int | None]:
    def count(db: Session) -> list[int | None]:
        return [db.scalar(select(func.count()).select_from(table)) for table in (Note, Task, Complaint)]

    return office.database.read_now(count)


async def set_up(office: Office) -> None:
    """Four customers of 小李, whose colleague is 小周."""
    office.database.write_now(lambda db: _fill(db, office))
    await office.idle()


shop = prepared.office_after(set_up)


async def _answer(office: Office, person: Person, text: str) -> str:
    """The answer and its buttons, with 陈刚 shown last; nothing was stored."""
    await talk.said(person, "查 陈刚")
    before = _stored(office)
    message = await talk.said(person, text)
    await office.idle()
    assert _stored(office) == before, text
    answer = "\n".join([message.text, *talk.labels(message)])
    if "不保存" in talk.labels(message):
        await talk.pressed(person, message, "不保存")
    return answer


async def test_questions_about_a_customer_are_answered(shop: Office) -> None:
    for text in ("王芳的投诉几天了", "小李为什么没跟王芳", "王芳那边怎么说"):
        assert "苏州王芳五金" in await _answer(shop, shop.manager, text)
    assert "苏州张伟五金" in await _answer(shop, shop.manager, "张伟几天没联系了")
    assert "苏州张伟五金" in await _answer(shop, shop.manager, "为什么张伟还没成交")
    assert "信用" in await _answer(shop, shop.rep, "李娜那边钱要回来没有")
    assert "投诉" in await _answer(shop, shop.manager, "投诉拖了多久")
    assert "投诉" in await _answer(shop, shop.manager, "客户都说我们哪里不好")


async def test_orders_and_own_affairs_are_asked_about(shop: Office) -> None:
    for text in ("把上个月的数据导出来给我", "群里发一下今天业绩", "小周今天又迟到"):
        assert "不保存" in await _answer(shop, shop.manager, text)
    for text in ("我刚才发错了", "发错了 撤回"):
        assert "指令" in await _answer(shop, shop.rep, text)
    await _answer(shop, shop.rep, "下午没事了")
    assert "不保存" in await _answer(shop, shop.rep, "周末别给我发消息")


async def test_order_kept_as_a_note_after_all_is_of_the_customer_pressed(shop: Office) -> None:
    asked = await talk.said(shop.rep, "让小周给王芳道个歉")
    card = await talk.pressed(shop.rep, asked, "王芳")
    assert "王芳" in card.text
    assert _stored(shop)[0] == 1


async def test_what_a_colleague_did_with_a_customer_is_his_note(shop: Office) -> None:
    await talk.said(shop.manager, "小李昨天去拜访了王芳，她对样品很满意")
    assert _stored(shop)[0] == 1


async def test_figures_of_a_colleague_for_those_who_may_see_them(shop: Office) -> None:
    assert "小周 的记录" in await _answer(shop, shop.manager, "小周今天干嘛了")
    assert "小周的跟进记录" in await _answer(shop, shop.manager, "小周跟进得咋样")
    assert "小周的逾期任务" in await _answer(shop, shop.manager, "小周手上有啥没干完的")
    assert "小李" in await _answer(shop, shop.manager, "小李完成率")
    for text in ("小周跟进得咋样", "小周手上有啥没干完的", "小周今天干嘛了"):
        assert "只能看您自己" in await _answer(shop, shop.rep, text)
    answer = await _answer(shop, shop.rep, "小周完成率")
    assert "目标" in answer
    assert "小周：" not in answer
