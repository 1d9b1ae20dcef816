"""Bad input, each kind of issue 2: one helpful Chinese sentence, nothing lost, nothing leaked, no traceback."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from crm.tables import Customer, Draft, Inbox, Note, Order, Task
from emulator.message import Message
from emulator.person import Person
from tests import spec_traffic
from tests.chat.conftest import Office

TRACES = re.compile(r"Traceback|Error|Exception|None|line \d+|<class")
HAN = re.compile(r"[\u4e00-\u9fff]")


async def _one_sentence(person: Person) -> Message:
    """The one answer: Chinese, short, without a trace of the machine."""
    answer = await person.next_message()
    assert HAN.search(answer.text)
    assert not TRACES.search(answer.text)
    return answer


async def _say(office: Office, text: str) -> Message:
    await office.rep.send(text)
    answer = await _one_sentence(office.rep)
    await office.idle()
    return answer


def _counts(office: Office) -> tuple[int, ...]:
    tables = (Customer, Note, Order, Task)
    return tuple(
        office.database.read_now(lambda db, t=table: db.scalar(select(func.count()).select_from(t)) or 0)  # type: ignore[misc]
        for table in tables
    )


async def _add_zhang(office: Office) -> Message:
    await office.rep.send("加客户 张伟 13600136123 上海宏达科技")
    return await office.rep.next_message()


async def test_an_unknown_command_names_the_nearest(office: Office) -> None:
    assert "/remind" in (await _say(office, "/remnid")).text


async def test_a_mark_of_a_command_without_a_text_is_answered(office: Office) -> None:
    """Found by the fuzz: python-telegram-bot takes a message as a command by its entities alone."""
    rep, mark = office.rep, {"type": "bot_command", "offset": 0, "length": 0}
    update = {"message_id": 10**6, "date": 1_773_800_000, "from": rep.user, "chat": rep.chat.face, "entities": [mark]}
    office.emulator.bot.deliveries.add("message", update)
    await _one_sentence(rep)
    await office.idle()
    assert office.database.read_now(lambda db: set(db.scalars(select(Inbox.state)))) == {"handled"}


async def test_commands_without_a_word_say_what_to_type(office: Office) -> None:
    for command in ("/note", "/order", "/remind", "/c", "/find", "/add"):
        answer = await _say(office, command)
        assert len(answer.text) < 300, command
    assert _counts(office) == (0, 0, 0, 0)


async def test_punctuation_alone_is_answered(office: Office) -> None:
    await _say(office, "…")
    assert _counts(office) == (0, 0, 0, 0)


async def test_four_thousand_characters_are_kept(office: Office) -> None:
    await _add_zhang(office)
    long = "张伟说" + "交期太慢了" * 800
    await office.rep.send(long)
    await _one_sentence(office.rep)
    await office.idle()
    kept = office.database.read_now(lambda db: [*db.scalars(select(Note.text)), *db.scalars(select(Draft.text))])
    assert long in kept


async def test_five_thousand_characters_arrive_in_two_parts_and_none_is_lost(office: Office) -> None:
    await _add_zhang(office)
    await office.rep.send("张伟说" + "东" * 4997)
    await _one_sentence(office.rep)
    await _one_sentence(office.rep)
    await office.idle()
    kept = office.database.read_now(lambda db: [*db.scalars(select(Note.text)), *db.scalars(select(Draft.text))])
    assert sum(text.count("东") for text in kept) == 4997


async def test_markup_and_emoji_in_names_show_as_typed(office: Office) -> None:
    name = "王<b>总</b>&amp;😀"
    await office.rep.contact(phone="13900139000", first_name=name)
    card = await office.rep.next_message()
    found = await _say(office, "/find 13900139000")
    for shown in (card.text, found.text):
        assert name in shown


async def test_markup_typed_as_a_name_is_answered_and_harmless(office: Office) -> None:
    answer = await _say(office, "加客户 王<b>总</b>&😀 13900139000")
    assert all(entity["type"] != "text_link" for entity in answer.get("entities", []))


async def test_a_phone_with_letters_is_not_stored_as_a_phone(office: Office) -> None:
    answer = await _say(office, "加客户 李四 138OO13800A")
    assert "138 0013" not in answer.text


@pytest.mark.parametrize("amount", ["很多", "abc", "一些些"])
async def test_an_amount_that_is_no_number_asks(office: Office, amount: str) -> None:
    await _add_zhang(office)
    answer = await _say(office, f"/order 张伟 {amount}")
    assert "金额" in answer.text or "多少" in answer.text
    assert _counts(office)[2] == 0


@pytest.mark.parametrize("when", ["2月30号", "13月5号", "25点"])
async def test_a_date_that_does_not_exist_is_refused(office: Office, when: str) -> None:
    await _add_zhang(office)
    await _say(office, f"/remind {when} 给张伟回电话")
    assert _counts(office)[3] == 0


async def test_a_birthday_that_does_not_exist_is_said(office: Office) -> None:
    answer = await _say(office, "加客户 赵六 13700137000 生日2月30日")
    assert "2月30" in answer.text


async def test_a_file_of_the_wrong_kind_is_answered(office: Office) -> None:
    await office.rep.document("照片.exe", b"MZ\x00\x01" * 100)
    await _one_sentence(office.rep)


async def test_a_file_of_twenty_megabytes_and_one_byte_more(office: Office) -> None:
    for extra in (0, 1):
        await office.rep.document("大.csv", b"a,b\n" + b"1,2\n" * (5 * 1024 * 1024 - 1) + b"x" * extra)
        await office.rep.next_message()
    last = office.rep.messages()[-1]
    assert "20" in last.text


async def test_an_empty_file_is_answered(office: Office) -> None:
    await office.rep.document("空.csv", b"")
    await _one_sentence(office.rep)


async def test_a_stale_button_says_so(office: Office) -> None:
    card = await _add_zhang(office)
    for data in ("zz:1", "nu:999999", "cs:abc", "", "x" * 64):
        await office.rep.press(card, data=data or "q")
        await office.idle()
    answers = [m.text for m in office.rep.messages() if m["from"]["is_bot"]]
    assert all(not TRACES.search(text) for text in answers)
    assert _counts(office)[0] == 1


async def test_a_second_press_changes_nothing(office: Office) -> None:
    card = await _add_zhang(office)
    await office.rep.press(card, "撤销")
    await office.rep.wait_edit(card)
    undo = next(
        b["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for b in row if b["text"] == "撤销"
    )
    await office.rep.press(card, data=undo)
    await office.idle()
    gone = office.database.read_now(lambda db: list(db.scalars(select(Customer.deleted_at))))
    assert len(gone) == 1
    assert gone[0] is not None


async def test_a_foreign_customers_id_in_any_button_leaks_nothing(office: Office) -> None:
    card = await _add_zhang(office)
    mine = office.database.read_now(lambda db: db.scalars(select(Customer)).one())
    datas = [b["callback_data"] for row in card["reply_markup"]["inline_keyboard"] for b in row if "callback_data" in b]
    for person in (office.rep2, office.outsider):
        await person.send("/help")
        theirs = await person.next_message()
        for data in [*datas, f"cs:{mine.customer_id}"]:
            await person.press(theirs, data=data)
        await office.idle()
        said = " ".join(m.text for m in person.messages() if m["from"]["is_bot"])
        assert "13600136123" not in said.replace(" ", "")
        assert "宏达" not in said
    still = office.database.read_now(lambda db: db.scalars(select(Customer)).one())
    assert (still.deleted_at, still.name) == (None, "张伟")


async def test_everything_was_handled_and_the_traffic_conforms(office: Office) -> None:
    for text in ("。", "???", "1", "/", "//", "/note <b>", "记", "ok", "😀😀", "12345678901234567890"):
        await _say(office, text)
    states = office.database.read_now(lambda db: set(db.scalars(select(Inbox.state))))
    assert states == {"handled"}
    assert spec_traffic.findings(office.emulator.traffic) == []
