"""A reply to the morning card speaks of its things: by number, or by what only one of them is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from crm.tables import Customer, Note, Task
from emulator.message import Message
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office

SET_UP = (
    "客户 孙倩 18612340002",
    "客户 周莉 18612340003",
    "客户 林小雨 18612340001",
    "客户 吴国栋 13911112222 3月19日生日",
    "孙倩明天下午3点做头疗提醒我",
    "周莉明天晚上7点私教提醒我",
    "明天把合同给林小雨提醒我",
)


async def _card(office: Office) -> Message:
    """The morning card: 1 孙倩 15:00, 2 周莉 19:00, 3 林小雨, who was spoken of last, 4 吴国栋's birthday."""
    for text in SET_UP:
        await talk.said(office.rep, text)
    await office.at(datetime(2026, 3, 19, 8, 0, tzinfo=SHANGHAI))
    card = next(m for m in office.rep.messages() if "早上好" in m.text)
    await office.rep.send("查 林小雨")
    await office.idle()
    return card


async def _replied(office: Office, card: Message, text: str) -> Message:
    await office.rep.send(text, reply_to=card)
    await office.idle()
    return office.rep.messages()[-1]


def _notes(office: Office) -> list[tuple[str, str]]:
    rows = select(Customer.name, Note.text).join(Note, Note.customer_id == Customer.customer_id)
    return [(name, text) for name, text in office.database.read_now(lambda db: db.execute(rows).all())]


def _hours(office: Office) -> dict[str, int | None]:
    rows = office.database.read_now(lambda db: list(db.scalars(select(Task))))
    return {t.what: t.due_at.astimezone(SHANGHAI).hour if t.cancelled_at is None else None for t in rows}


async def test_the_second_is_called_off_and_the_reason_noted_on_its_customer(office: Office) -> None:
    card = await _card(office)
    answer = await _replied(office, card, "第二个取消了 她感冒")
    assert "周莉 私教" in answer.text
    assert _hours(office)["周莉 私教"] is None
    assert _notes(office) == [("周莉", "第二个取消了 她感冒")]
    await talk.pressed(office.rep, answer, "恢复")
    assert _hours(office)["周莉 私教"] == 19


async def test_the_first_is_put_off(office: Office) -> None:
    card = await _card(office)
    answer = await _replied(office, card, "1改到四点")
    assert "改回" in talk.labels(answer)
    assert _hours(office)["孙倩 做头疗"] == 16
    assert _notes(office) == []


async def test_the_third_is_done(office: Office) -> None:
    card = await _card(office)
    assert "已完成" in (await _replied(office, card, "第三件做完了")).text
    assert "之前已完成" in (await _replied(office, card, "3 做完了")).text


@pytest.mark.parametrize("text", ["祝福发过了", "4 祝福已发", "生日祝福发了"])
async def test_the_one_birthday_is_greeted(office: Office, text: str) -> None:
    card = await _card(office)
    assert "吴国栋" in (await _replied(office, card, text)).text
    await office.rep.send("今天")
    await office.idle()
    today = office.rep.messages()[-1].text
    assert "📋" in today
    assert "吴国栋" not in today


async def test_the_birthdays_own_card_is_answered_so_too(office: Office) -> None:
    await _card(office)
    push = next(m for m in office.rep.messages() if m.text.startswith("🎂"))
    assert "吴国栋" in (await _replied(office, push, "祝福发过了")).text
    assert _notes(office) == []


async def test_of_two_birthdays_it_is_asked_which(office: Office) -> None:
    await talk.said(office.rep, "客户 何军 13911113333 3月19日生日")
    card = await _card(office)
    asked = await _replied(office, card, "祝福发过了")
    assert "已发 何军" in talk.labels(asked)
    assert "何军" in (await talk.pressed(office.rep, asked, "已发 何军")).text


async def test_a_number_that_is_not_there_changes_nothing(office: Office) -> None:
    card = await _card(office)
    before = _hours(office)
    assert "没有这个号" in (await _replied(office, card, "7 改到明天")).text
    assert _hours(office) == before


async def test_nobody_is_meant_who_was_only_shown_last(office: Office) -> None:
    card = await _card(office)
    await office.at(office.now + timedelta(minutes=1))
    await _replied(office, card, "她感冒了要在家休息")
    assert _notes(office) == []


async def test_the_line_of_a_debt_takes_its_payment_and_a_note_of_whom_it_names(office: Office) -> None:
    for name, number in (("韩凯文", 1), ("苗春雨", 2)):
        await talk.said(office.rep, f"客户 {name} 1861234000{number}")
        await talk.said(office.rep, f"欠款 {name} {number}300 3月18日")
    await talk.said(office.rep, "客户 林小雨 18612340003")
    card = await talk.said(office.rep, "今天")
    at = {name: next(line for line in card.text.splitlines() if name in line)[0] for name in ("韩凯文", "苗春雨")}
    assert "韩凯文" in (await _replied(office, card, f"{at['韩凯文']} 他说下周付")).text
    assert [name for name, _ in _notes(office)] == ["韩凯文"]
    paid = await _replied(office, card, f"{at['苗春雨']} 付了1300")
    assert "苗春雨" in paid.text
    assert "¥1,300" in paid.text
    assert "还欠 ¥1,000" in paid.text
    assert "韩凯文" in (await _replied(office, card, f"{at['韩凯文']}已付清")).text


async def test_a_number_of_another_page_changes_nothing(office: Office) -> None:
    for number in range(1, 8):
        await talk.said(office.rep, f"/remind 3月18日 {number + 10}:30 第{number}件事")
    more = await talk.pressed(office.rep, await talk.said(office.rep, "今天"), "更多")
    before = _hours(office)
    assert "没有这个号" in (await _replied(office, more, "2 改到明天下午四点")).text
    assert _hours(office) == before
