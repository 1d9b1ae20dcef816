"""What a doubtful message may be, a button each: what it says, what a press stores, once, and for nobody else.

Which sentences are doubtful changes with every fitting of the router: the question is put here as the bot puts it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm import drafts, meanings
from crm.tables import Customer, Note, Order, Task
from emulator.message import Message
from emulator.person import Person
from handlers import buttons
from handlers.texts import doubts as texts
from nlp.reader import Action
from tests.chat import prepared
from tests.chat.talk import data_of, labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

KNOWN = "加客户 赵六六 13911112222 无锡新民五金"
ANSWERED = "已经处理过了"


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, the bot's message below which the answers stand, and the callback data of each label."""

    typed: Message
    card: Message
    answers: dict[str, str]


async def asked(office: Office, person: Person, text: str, *actions: Action, current_id: int | None = None) -> Question:
    """The question whether the text is one of the actions; `current_id`: the customer shown last when it was typed."""
    typed = await person.send("好的")  # any message: what is asked about is put in its place
    card = await person.next_message()
    actor, now = office.actor(person), office.app.clock.now()
    data = {"message_id": typed.message_id, "chat_id": person.user_id, "current_id": current_id, "is_doubt": True}
    draft = office.database.write_now(lambda db: drafts.keep(db, actor, "note", text, data, now).draft_id)
    found = office.database.read_now(lambda db: meanings.likely(db, actor, text, actions, now))
    say = texts.which(text, draft, found, actor.zone, now, is_new=False)
    made = [button for row in say.rows for button in row]
    return Question(typed, card, {one.label: buttons.encode(one.press) for one in made if one.press is not None})


async def chosen(person: Person, question: Question, label: str) -> Message:
    """The bot's message after the answer was chosen."""
    await person.press(question.card, data=question.answers[label])
    return await person.wait_edit(question.card)


async def refused(person: Person, question: Question, data: str) -> str:
    """What is said instead of doing anything."""
    await person.press(question.card, data=data)
    return (await person.next_message()).text


def counts(office: Office) -> tuple[int, ...]:
    """How many customers, notes, orders, tasks, and tasks that are done there are."""

    def count(table: type[Customer] | type[Note] | type[Order] | type[Task]) -> int:
        return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(table)) or 0)

    done = select(func.count()).where(Task.done_at.is_not(None))
    finished = office.database.read_now(lambda db: db.scalar(done) or 0)
    return count(Customer), count(Note), count(Order), count(Task), finished


async def set_up(office: Office) -> None:
    await said(office.rep, KNOWN)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(
    ("text", "action", "label", "then", "more"),
    [
        ("赵六六那批货 6800元", "order", "是订单 ¥6,800", "订单已记下", (0, 0, 1, 0, 0)),
        ("赵六六退了那批货 6800元", "order", "是退货 ¥6,800", "-¥6,800", (0, 0, 1, 0, 0)),
        ("31号跟赵六六对帐", "remind", "提醒我 3月31日", "已定提醒", (0, 0, 0, 1, 0)),
        ("后天下午3点跟赵六六对帐", "remind", "提醒我 3月20日 15:00", "已定提醒", (0, 0, 0, 1, 0)),
        ("每周五给赵六六报价", "remind", "提醒我 每周五", "每周五", (0, 0, 0, 1, 0)),
        ("赵六六升总监了", "update", "改资料：职位 总监", "职位已更新", (0, 0, 0, 0, 0)),
        ("样品给赵六六寄了", "done", "完成任务「给赵六六寄样品」", "已完成", (0, 0, 0, 0, 1)),
        ("照一下赵六六", "find", "查 赵六六", "139 1111 2222", (0, 0, 0, 0, 0)),
        ("佘经理 广州酒楼 18023456671", "add_customer", "新客户 佘经理", "已保存", (1, 1, 0, 0, 0)),
        ("今天有啥要办的", "today", "今天的事", "今天 3月18日", (0, 0, 0, 0, 0)),
        ("大盘咋样", "summary", "看汇总", "的客户", (0, 0, 0, 0, 0)),
        ("谁要跑", "risk", "看流失风险", "流失", (0, 0, 0, 0, 0)),
        ("谁在闹", "complaints", "看投诉", "投诉", (0, 0, 0, 0, 0)),
    ],
)
async def test_an_answer_does_what_the_message_meant_and_once(
    office: Office, text: str, action: Action, label: str, then: str, more: tuple[int, ...]
) -> None:
    await said(office.rep, "提醒我后天上午9点给赵六六寄样品")
    before = counts(office)
    question = await asked(office, office.rep, text, action)
    assert list(question.answers) == [label, "不保存"]
    assert len(label) <= texts.LONGEST
    assert counts(office) == before
    assert then in (await chosen(office.rep, question, label)).text
    after = tuple(old + new for old, new in zip(before, more, strict=True))
    assert counts(office) == after
    for data in question.answers.values():
        assert ANSWERED in await refused(office.rep, question, data)
    assert counts(office) == after


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("赵六六那批货", "order"),
        ("今天那单 6800元", "order"),
        ("给赵六六回电话", "remind"),
        ("昨天跟赵六六对帐", "remind"),
        ("赵六六换手机号了", "update"),
        ("赵六六电话 13911112222", "update"),
        ("发票开好了", "done"),
        ("照一下钱七七", "find"),
        ("在展会上碰到一个客户", "add_customer"),
        ("？", "today"),
    ],
)
async def test_what_would_come_to_nothing_is_no_answer(office: Office, text: str, action: Action) -> None:
    assert list((await asked(office, office.rep, text, action)).answers) == ["不保存"]


async def test_long_answers_are_cut_and_name_whom_the_text_does_not(empty_office: Office) -> None:
    await said(empty_office.rep, "加客户 钱七七 13911113333 无锡新民五金 总经理")
    question = await asked(empty_office, empty_office.rep, "钱总升集团华东大区副总裁了", "update")
    assert all(len(label) <= texts.LONGEST for label in question.answers)
    question = await asked(empty_office, empty_office.rep, "钱总那批货 6800元", "order")
    assert "是 钱七七 的订单 ¥6,800" in question.answers


async def test_whose_it_is_is_asked_after_what_it_is(empty_office: Office) -> None:
    await said(empty_office.rep, "加客户 王一一 13911114444 无锡新民五金 总经理")
    await said(empty_office.rep, "加客户 王二二 13911115555 苏州美达五金 总经理")
    question = await asked(empty_office, empty_office.rep, "王总那批货 6800元", "order")
    before = counts(empty_office)
    whose = await chosen(empty_office.rep, question, "是订单 ¥6,800")
    assert counts(empty_office) == before
    name = next(label for label in labels(whose) if label.startswith("王二二"))
    assert "王二二" in (await pressed(empty_office.rep, whose, name)).text
    assert counts(empty_office)[2] == before[2] + 1


async def test_what_was_chosen_follows_an_edit_of_its_message(office: Office) -> None:
    question = await asked(office, office.rep, "赵六六那批货 6800元", "order")
    await chosen(office.rep, question, "是订单 ¥6,800")
    await office.rep.edit(question.typed, "赵六六那批货 7800元")
    assert "¥7,800" in (await office.rep.wait_edit(question.card)).text
    assert counts(office)[2] == 1


async def test_an_edit_answers_the_question_that_is_open(office: Office) -> None:
    before = counts(office)
    typed = await office.rep.send("赵六六那批货 6800元")
    card = await office.rep.next_message()
    answer = data_of(card, "是订单 ¥6,800")
    await office.rep.edit(typed, "赵六六今天下单 7800元")
    assert "订单已记下" in (await office.rep.wait_edit(card)).text
    assert counts(office)[2] == before[2] + 1
    await office.rep.press(card, data=answer)
    assert ANSWERED in (await office.rep.next_message()).text
    assert counts(office)[1:3] == (before[1], before[2] + 1)


async def test_nobody_else_can_answer(office: Office) -> None:
    question = await asked(office, office.rep, "赵六六那批货 6800元", "order")
    before = counts(office)
    for other in (office.rep2, office.manager, office.admin, office.outsider):
        theirs = await said(other, "/help")
        for data in question.answers.values():
            await other.press(theirs, data=data)
            assert "这条草稿不在了" in (await other.next_message()).text
    assert counts(office) == before
    assert "订单已记下" in (await chosen(office.rep, question, "是订单 ¥6,800")).text


async def test_what_is_no_answer_is_stale_and_the_others_still_hold(office: Office) -> None:
    question = await asked(office, office.rep, "赵六六那批货 6800元", "order")
    draft_id, before = int(question.answers["不保存"].split(":")[1]), counts(office)
    for action in ("unclear", "note", "x"):
        data = buttons.encode(buttons.DraftAs(draft_id, action))
        assert "已过期" in await refused(office.rep, question, data)
    data = buttons.encode(buttons.DraftAs(draft_id, "remind"))
    assert texts.NO_MORE in await refused(office.rep, question, data)
    assert counts(office) == before
    assert "没有保存" in (await chosen(office.rep, question, "不保存")).text


async def test_what_is_refused_leaves_the_question_open(office: Office) -> None:
    await said(office.rep, "加客户 钱七七 13911113333 苏州美达")
    question = await asked(office, office.rep, "赵六六手机换成 13911113333", "update")
    label = next(iter(question.answers))
    assert label.startswith("改资料：电话")
    assert "已有客户在用" in await refused(office.rep, question, question.answers[label])
    assert "没有保存" in (await chosen(office.rep, question, "不保存")).text


async def test_a_manager_may_mean_a_colleague_a_rep_may_not(empty_office: Office) -> None:
    text = "提醒小周明天下午3点交周报"
    question = await asked(empty_office, empty_office.manager, text, "remind")
    card = await chosen(empty_office.manager, question, "提醒 小周 3月19日 15:00")
    assert "小周" in card.text
    assert "交周报" in (await empty_office.rep2.next_message()).text
    assert list((await asked(empty_office, empty_office.rep, text, "remind")).answers) == ["不保存"]


async def test_the_day_counts_from_when_it_was_typed(office: Office) -> None:
    question = await asked(office, office.rep, "后天下午3点跟赵六六对帐", "remind")
    await office.at(office.now.replace(day=19))
    assert "3月20日" in (await chosen(office.rep, question, "提醒我 3月20日 15:00")).text


async def test_a_moment_that_went_by_meanwhile_is_no_reminder(office: Office) -> None:
    question = await asked(office, office.rep, "明天下午3点跟赵六六对帐", "remind")
    await office.at(office.now.replace(day=21))
    assert "重新发一次" in await refused(office.rep, question, question.answers["提醒我 3月19日 15:00"])


async def test_an_edit_means_whom_the_message_meant_when_it_was_typed(office: Office) -> None:
    shown = office.database.read_now(lambda db: db.scalar(select(Customer.customer_id)))
    question = await asked(office, office.rep, "周六对帐 在他店里", "remind", current_id=shown)
    await said(office.rep, "加客户 钱七七 13911113333 苏州美达")  # shown last by now
    await office.rep.edit(question.typed, "嫌交期太慢了三天")
    assert "赵六六" in (await office.rep.next_message()).text
