"""Codes open once, for a time, to who does not guess; who is removed finds every button closed at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm import invites, teams
from crm.tables import Customer, Member
from tests.chat.test_presses import ALL, stored

if TYPE_CHECKING:
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office

STRANGER = "我只为受邀的团队成员服务"
NOT_VALID = "这个邀请链接已失效"
LOGS = ("audit_row", "audit_subject")


def invitation(office: Office, role: teams.Role = "rep") -> str:
    """A fresh code of our team."""
    admin = office.actor(office.admin)
    return office.database.write_now(lambda db: invites.invite(db, admin, role, office.now))


def members(office: Office) -> list[int]:
    """The Telegram ids of our present members."""
    present = select(Member.user_id).where(Member.left_at.is_(None)).order_by(Member.member_id)
    return office.database.read_now(lambda db: list(db.scalars(present)))


async def answer(office: Office, person: Person) -> str:
    """What the bot said last, when all is said."""
    await office.idle()
    return next(message.text for message in reversed(person.messages()) if message["from"]["is_bot"])


async def started(office: Office, person: Person, code: str) -> str:
    """What is answered to the opened link."""
    await person.start(code)
    return await answer(office, person)


@pytest.mark.long
async def test_guessing_shuts_the_door_to_the_guesser_alone_and_for_an_hour(office: Office) -> None:
    good, other = invitation(office), office.emulator.person("新人", 1091)
    for guess in range(invites.GUESSES):
        assert NOT_VALID in await started(office, office.stranger, f"guess{guess}")
    assert NOT_VALID in await started(office, office.stranger, good), "right, but too late"
    assert "欢迎加入" in await started(office, other, good)
    await office.at(office.now + timedelta(hours=1))
    assert "欢迎加入" in await started(office, office.stranger, invitation(office))


async def test_guessing_codes_for_groups_is_limited_as_well(office: Office) -> None:
    admin, group = office.actor(office.outsider), office.emulator.group("外群", [office.outsider])
    for guess in range(invites.GUESSES):
        await office.outsider.send(f"/connect guess{guess}", chat=group)
    await office.idle()
    good = office.database.write_now(lambda db: invites.for_group(db, admin, office.now))
    await office.outsider.send(f"/connect {good}", chat=group)
    await office.idle()
    assert "连接码已失效" in group.from_bots[-1].text


async def test_two_who_open_one_link_at_the_same_moment_are_one_member(office: Office) -> None:
    code, before = invitation(office), members(office)
    people = [office.emulator.person(f"新人{n}", 1100 + n) for n in range(5)]
    for person in people:
        await person.start(code)
    said = [await answer(office, person) for person in people]
    assert sum("欢迎加入" in text for text in said) == 1
    assert sum(NOT_VALID in text for text in said) == 4
    assert len(members(office)) == len(before) + 1


async def test_a_link_is_void_when_who_made_it_is_removed(office: Office) -> None:
    manager, admin = office.actor(office.manager), office.actor(office.admin)
    code = office.database.write_now(lambda db: invites.invite(db, manager, "rep", office.now))
    office.database.write_now(lambda db: teams.remove(db, admin, manager.member_id, office.now))
    assert NOT_VALID in await started(office, office.stranger, code)


async def cards_of(office: Office) -> list[Message]:
    """Messages with buttons below them, as they stand in the rep's chat."""
    for text in (
        "加客户 张伟 13600136123 上海宏达科技 采购经理 3月19日生日",
        "记 张伟 投诉交期太慢，货坏了要退，明天回访",
        "记 没有这个人 寄样品",
        "提醒 明天下午3点 给张伟回电话",
        "/order 张伟 12000 螺栓",
        "/c 张伟",
        "/today",
        "/quiet 张伟",
        "/settings",
    ):
        await office.rep.send(text)
        await office.idle()
    return [message for message in office.rep.messages() if message["from"]["is_bot"] and message.buttons]


@pytest.mark.long
async def test_the_open_buttons_of_who_was_removed_do_nothing_from_that_moment(office: Office) -> None:
    cards = await cards_of(office)
    pressed = [
        (card, str(button["callback_data"])) for card in cards for row in card.rows for button in row
        if "callback_data" in button
    ]  # fmt: skip
    assert len(pressed) > 25
    admin, member_id = office.actor(office.admin), office.member(office.rep).member_id
    office.database.write_now(lambda db: teams.remove(db, admin, member_id, office.now))
    await office.idle()
    tables = tuple(name for name in ALL if name not in LOGS)
    before = office.database.read_now(lambda db: stored(db, tables))
    seen = {message.message_id: message.edits for message in office.rep.messages()}
    for card, data in pressed:
        await office.rep.press(card, data=data, wait=False)
    await office.rep.send("张伟 说样品通过了")  # also what would have answered a question of the bot's
    await office.idle()
    new = [message for message in office.rep.messages() if message.message_id not in seen]
    assert {message.text for message in new if message["from"]["is_bot"]} == {
        "您好！我只为受邀的团队成员服务，请向您的主管要一个邀请链接。"
    }
    assert [m.message_id for m in office.rep.messages() if m.edits != seen.get(m.message_id, m.edits)] == []
    assert office.database.read_now(lambda db: stored(db, tables)) == before


async def test_what_was_sent_before_the_removal_and_not_yet_handled_does_nothing(office: Office) -> None:
    admin, member_id = office.actor(office.admin), office.member(office.rep).member_id
    for text in ("加客户 钱多多 13600136199", "/find 136", "/export"):
        await office.rep.send(text)  # the bot has not looked yet: it runs on this loop
    office.database.write_now(lambda db: teams.remove(db, admin, member_id, office.now))
    await office.idle()
    said = [message.text for message in office.rep.messages() if message["from"]["is_bot"]]
    assert [STRANGER in text for text in said] == [True] * 3
    assert office.database.read_now(lambda db: list(db.scalars(select(Customer)))) == []


async def test_files_pictures_and_contacts_are_taken_from_members_only(office: Office) -> None:
    admin, member_id = office.actor(office.admin), office.member(office.rep).member_id
    office.database.write_now(lambda db: teams.remove(db, admin, member_id, office.now))
    tables = tuple(name for name in ALL if name not in LOGS)
    before = office.database.read_now(lambda db: stored(db, tables))
    for person in (office.rep, office.stranger):
        first = await person.send("你好")
        await person.edit(first, "加客户 钱多多 13600136199")
        await person.contact("+8613600136199", "钱多多")
        await person.document("名片.vcf", b"BEGIN:VCARD\nFN:A\nTEL:13600136199\nEND:VCARD\n")
        await person.document("客户.csv", "姓名,手机\n钱多多,13600136199\n".encode())
        await person.photo(b"\x89PNG", caption="名片")
        await person.photo(b"\x89PNG")
        await person.voice()
        await person.location()
        await person.forward(first)
        await office.idle()
        said = {message.text for message in person.messages() if message["from"]["is_bot"]}
        assert any(STRANGER in text for text in said)
        assert all(STRANGER in text or "移出" in text for text in said)
    assert office.database.read_now(lambda db: stored(db, tables)) == before
