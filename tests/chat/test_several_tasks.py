"""Several tasks told in one message: each has its own time, words and customer, and a card that takes it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Customer, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

Planned = tuple[str, str | None, datetime, bool]


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=SHANGHAI)


def planned(office: Office) -> list[Planned]:
    """What is open, in the order in which it was told: words, customer, when, and whether the hour counts."""
    mine = select(Task, Customer.name).outerjoin(Customer, Customer.customer_id == Task.customer_id)
    mine = mine.where(Task.cancelled_at.is_(None), Task.done_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: [tuple(row) for row in db.execute(mine)])
    return [(task.what, name, task.due_at.astimezone(SHANGHAI), task.has_time) for task, name in rows]


async def set_up(office: Office) -> None:
    for text in ("加客户 孙丽 13800138001 上海美达", "加客户 李娜 13800138002", "加客户 王丽 13800138003"):
        await said(office.rep, text)


async def cards_of(office: Office, text: str) -> list[Message]:
    """All that the bot answers to the text."""
    before = len(office.rep.messages())
    await office.rep.send(text)
    await office.idle()
    return [message for message in office.rep.messages()[before:] if message["from"]["is_bot"]]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        (
            "明天上午打电话给孙丽，周五下午去拜访李娜",
            [("打电话给孙丽", "孙丽", at(19), True), ("去拜访李娜", "李娜", at(20, 15), True)],
        ),
        ("周四送样品 周五收款", [("送样品", None, at(19), False), ("收款", None, at(20), False)]),
        (
            "后天提醒我给王丽发报价，下周一催她签合同",
            [("给王丽发报价", "王丽", at(20), False), ("催她签合同", "王丽", at(23), False)],
        ),
        (
            "明天去见孙丽后天去见李娜",
            [("去见孙丽", "孙丽", at(19), False), ("去见李娜", "李娜", at(20), False)],
        ),
        (
            "明早9点开会下午2点去李娜那然后晚上7点陪王丽吃饭",
            [
                ("开会", None, at(19), True),
                ("去李娜那", "李娜", at(19, 14), True),
                ("陪王丽吃饭", "王丽", at(19, 19), True),
            ],
        ),
        (
            "周五前给李娜报价，下周三回访一下，月底交月报",
            [
                ("给李娜报价", "李娜", at(20), False),
                ("回访一下", "李娜", at(25), False),
                ("交月报", None, at(31), False),
            ],
        ),
        (
            "提醒我20号、25号催李娜付款",
            [("催李娜付款", "李娜", at(20), False), ("催李娜付款", "李娜", at(25), False)],
        ),
        (
            "1. 明天给孙丽打电话\n2. 周五拜访李娜",
            [("给孙丽打电话", "孙丽", at(19), False), ("拜访李娜", "李娜", at(20), False)],
        ),
        (
            "/remind 明天10点和15点给孙丽打电话",
            [("给孙丽打电话", "孙丽", at(19, 10), True), ("给孙丽打电话", "孙丽", at(19, 15), True)],
        ),
    ],
)
async def test_each_has_its_own_time_words_and_customer(office: Office, text: str, tasks: list[Planned]) -> None:
    await set_up(office)
    cards = await cards_of(office, text)
    assert planned(office) == tasks
    assert [card.text.split("\n")[1] for card in cards] == [what for what, *_ in tasks]
    assert all("撤销" in labels(card) for card in cards)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("27号去西安，26号晚上八点提醒我收拾样品", at(26, 20)),
        ("提醒我周五把合同寄给李娜，4月1号生效", at(20)),
        ("提醒我明天去拜访李娜，她下周三要出差", at(19)),
        ("提醒我周五 10点去李娜那开会", at(20, 10)),
        ("明天下午3点到5点在李娜那培训", at(19, 15)),
        ("提醒我明天问李娜要合同，争取周五前签下来", at(19)),
    ],
)
async def test_a_detail_of_a_task_is_no_task(office: Office, text: str, due: datetime) -> None:
    await set_up(office)
    await cards_of(office, text)
    assert [when for _, _, when, _ in planned(office)] == [due]


@pytest.mark.parametrize("text", ["10点和14点各提醒我一次", "10:00 和 14:00 都提醒我", "提醒我10点、14点"])
async def test_what_to_do_at_several_times_is_asked_once(office: Office, text: str) -> None:
    await set_up(office)
    (question,) = await cards_of(office, text)
    assert "3月19日 周四 10:00（明天）、3月18日 周三 14:00（今天）" in question.text
    await cards_of(office, "催李娜付款")
    assert planned(office) == [("催李娜付款", "李娜", at(19, 10), True), ("催李娜付款", "李娜", at(18, 14), True)]


async def test_taking_back_in_words_takes_all_back_and_each_comes_back_alone(office: Office) -> None:
    await set_up(office)
    await office.at(office.now + timedelta(minutes=1))
    await cards_of(office, "明天上午打电话给孙丽，周五下午去拜访李娜")
    (gone,) = await cards_of(office, "撤销")
    assert planned(office) == []
    assert labels(gone) == ["恢复 1", "恢复 2"]
    await pressed(office.rep, gone, "恢复 2")
    assert [what for what, *_ in planned(office)] == ["去拜访李娜"]


async def test_each_is_taken_back_below_its_card(office: Office) -> None:
    await set_up(office)
    first, _ = await cards_of(office, "周四给孙丽送样，周五给李娜送样")
    await pressed(office.rep, first, "撤销")
    assert [what for what, *_ in planned(office)] == ["给李娜送样"]


async def test_an_edited_message_makes_them_anew(office: Office) -> None:
    await set_up(office)
    sent = await office.rep.send("明天打电话给孙丽，周五去拜访李娜")
    await office.idle()
    await office.rep.edit(sent, "明天打电话给孙丽，下周一去拜访李娜，周五交周报")
    await office.idle()
    assert [(what, due) for what, _, due, _ in planned(office)] == [
        ("打电话给孙丽", at(19)),
        ("去拜访李娜", at(23)),
        ("交周报", at(27)),
    ]
    await office.rep.edit(sent, "明天打电话给孙丽")
    await office.idle()
    assert [(what, due) for what, _, due, _ in planned(office)] == [("打电话给孙丽", at(19))]


async def test_what_is_done_is_not_planned_again_by_an_edit(office: Office) -> None:
    await set_up(office)
    sent = await office.rep.send("周四给孙丽送样，周五给李娜送样")
    await office.idle()
    card = next(one for one in office.rep.messages() if "给孙丽送样" in one.text and one.buttons)
    await pressed(office.rep, card, "完成")
    await office.rep.edit(sent, "周四给孙丽送样，下周一给李娜送样")
    await office.idle()
    assert [(what, due) for what, _, due, _ in planned(office)] == [("给李娜送样", at(23))]
