"""A note that may be an order or a reminder: asked about, and only the answer chosen is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Note, Order, Task
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

KNOWN = "加客户 赵六六 13911112222 无锡新民五金"


def counts(office: Office) -> tuple[int, int, int]:
    """How many notes, orders and tasks there are."""

    def count(table: type[Note] | type[Order] | type[Task]) -> int:
        return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(table)) or 0)

    return count(Note), count(Order), count(Task)


async def test_sum_without_a_verb_is_stored_as_the_answer_chosen(office: Office) -> None:
    await said(office.rep, KNOWN)
    before = counts(office)
    asked = await said(office.rep, "赵六六那批货 6800元")
    assert "哪一种" in asked.text
    assert counts(office) == before
    assert labels(asked) == ["是订单 ¥6,800", "记到 赵六六", "不保存"]
    card = await pressed(office.rep, asked, "是订单 ¥6,800")
    assert "订单已记下" in card.text
    assert counts(office) == (before[0], before[1] + 1, before[2])


async def test_sum_without_a_verb_may_be_a_note(office: Office) -> None:
    await said(office.rep, KNOWN)
    before = counts(office)
    asked = await said(office.rep, "赵六六那批货 6800元")
    card = await pressed(office.rep, asked, "记到 赵六六")
    assert "赵六六" in card.text
    assert counts(office) == (before[0] + 1, before[1], before[2])


async def test_plain_deal_and_plain_talk_are_not_asked_about(office: Office) -> None:
    await said(office.rep, KNOWN)
    assert "订单已记下" in (await said(office.rep, "赵六六办了年卡，3999元")).text
    assert "已记到 赵六六" in (await said(office.rep, "赵六六说预算只有3999元")).text


async def test_dialect_and_courtesy_change_nothing_of_what_is_kept(office: Office) -> None:
    await said(office.rep, KNOWN)
    typed = "您好，麻烦登记一下：赵六六讲佢嫌交期慢，谢谢！"
    await said(office.rep, typed)
    texts = office.database.read_now(lambda db: list(db.scalars(select(Note.text))))
    assert typed in texts
