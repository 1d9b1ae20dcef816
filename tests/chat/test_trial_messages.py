"""What a trial user typed: a day's log becomes a record each, questions and commands become none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Order
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CHEN = "加客户 陈立新 13812340001 常州大华机械"
ZHENG = "加客户 郑超 13812340002 无锡恒力"


def notes(office: Office) -> list[tuple[str, str]]:
    """Whose and what, of all notes."""
    rows = select(Customer.name, Note.text).join(Note, Note.customer_id == Customer.customer_id).order_by(Note.note_id)
    return office.database.read_now(lambda db: [(name, text) for name, text in db.execute(rows)])


def names(office: Office) -> list[str]:
    """All customers."""
    return office.database.read_now(lambda db: list(db.scalars(select(Customer.name).order_by(Customer.customer_id))))


async def test_a_days_log_becomes_a_card_for_each_person(office: Office) -> None:
    await said(office.rep, CHEN)
    await said(office.rep, ZHENG)
    await office.rep.send(
        "今天跑了三家：\n1. 陈立新 要报价 M10\n2. 郑超 嫌慢\n3. 新客户 何总 13877770001 常州新源\n"
        "4. 陈立新下单3000块垫片"
    )
    cards = [(await office.rep.next_message()).text for _ in range(4)]
    assert "已记到 陈立新" in cards[0]
    assert "已记到 郑超" in cards[1]
    assert "何总" in cards[2]
    assert "3,000" in cards[3]
    assert [(name, text) for name, text in notes(office) if name != "何总"] == [
        ("陈立新", "陈立新 要报价 M10"),
        ("郑超", "郑超 嫌慢"),
    ]
    assert names(office) == ["陈立新", "郑超", "何总"]
    assert office.database.read_now(lambda db: list(db.scalars(select(Order.amount_fen)))) == [300_000]


async def test_a_line_about_a_stranger_waits_as_a_draft_beside_the_saved_ones(office: Office) -> None:
    await said(office.rep, CHEN)
    await office.rep.send("陈立新 要报价\n钱多多 嫌贵")
    first, second = await office.rep.next_message(), await office.rep.next_message()
    assert "已记到 陈立新" in first.text
    assert "钱多多" in second.text
    assert notes(office) == [("陈立新", "陈立新 要报价")]


async def test_a_customer_is_deleted_on_no_word(office: Office) -> None:
    await said(office.rep, CHEN)
    answer = await said(office.rep, "删除陈立新")
    assert "是刚录的，要撤销这次录入吗" in answer.text
    assert names(office) == ["陈立新"]


@pytest.mark.parametrize(
    ("text", "told"), [("把陈立新转给小周", "已问 小周 要不要接手"), ("把早卡改成7点半", "要改请找管理员")]
)
async def test_a_command_in_words_is_no_note(office: Office, text: str, told: str) -> None:
    await said(office.rep, CHEN)
    assert told in (await said(office.rep, text)).text
    assert notes(office) == []
    assert names(office) == ["陈立新"]


async def test_a_question_is_no_note(office: Office) -> None:
    await said(office.rep, CHEN)
    assert "138 1234 0001" in (await said(office.rep, "他电话多少")).text
    assert "像是在问" in (await said(office.rep, "这个型号有没有现货吗")).text
    assert notes(office) == []


async def test_a_birthday_that_does_not_exist_changes_nothing_and_says_so(office: Office) -> None:
    await said(office.rep, CHEN)
    assert "没有这一天" in (await said(office.rep, "陈立新生日2月30日")).text


async def test_before_a_festival_is_due_the_last_working_day_and_the_card_says_why(office: Office) -> None:
    await said(office.rep, CHEN)
    card = await said(office.rep, "提醒我元旦前拜访陈立新")
    assert "元旦前" in card.text
    assert "12月31日" in card.text or "12-31" in card.text


async def test_several_new_customers_in_one_message_are_as_many_customers(office: Office) -> None:
    await office.rep.send("加客户 王五 13877770002 无锡甲厂\n赵六 13877770003 无锡乙厂")
    first, second = await office.rep.next_message(), await office.rep.next_message()
    assert "王五" in first.text
    assert "赵六" in second.text
    assert names(office) == ["王五", "赵六"]
