"""The sender among network faults: nothing lost, a repeat is marked, one chat's trouble is not another's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.trips import REPEAT_MARK
from crm import outbox
from crm.tables import GroupChat, Note, Outbox
from emulator import server
from tests.bot import house

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


async def _reply(office: Office, chat_id: int, text: str, method: str = "sendMessage", **more: Any) -> int:
    """An answer is committed and handed over, as a handler does it; its outbox_id."""
    payload = {"chat_id": chat_id, "text": text, **more}
    now = office.app.clock.now()

    def queue(db: Session) -> outbox.Letter:
        return outbox.reply(db, chat_id, method, payload, now=now, real_now=now)

    letter = await office.database.write(queue)
    office.app.sender.hand_over((letter,))
    return letter.outbox_id


def _push(office: Office, key: str, chat_id: int, push: str = "task", **values: Any) -> None:
    """A push is planned for now; with `values` its row is changed."""

    def plan(db: Session) -> None:
        now = office.app.clock.now()
        team_id = office.member(office.rep).team_id
        outbox.enqueue(db, [outbox.Planned(key, push, team_id, chat_id, now, {"task_id": 0})], now)
        if values:
            db.execute(update(Outbox).where(Outbox.key == key).values(**values))

    office.database.write_now(plan)


def _row(office: Office, outbox_id: int) -> Outbox:
    return office.database.read_now(lambda db: db.get_one(Outbox, outbox_id))


def _row_of(office: Office, key: str) -> Outbox:
    return office.database.read_now(lambda db: db.scalars(select(Outbox).where(Outbox.key == key)).one())


def _texts(person: Person) -> list[str]:
    return [message.text for message in person.messages() if message["from"]["is_bot"]]


@pytest.mark.parametrize(
    ("fault", "arrives"), [("cut_after", ["好", "好"]), ("cut_before", ["好"]), ("server_error", ["好"])]
)
async def test_a_lost_answer_is_repeated_with_a_mark(office: Office, fault: str, arrives: list[str]) -> None:
    office.emulator.faults.add(fault, "sendMessage")
    outbox_id = await _reply(office, office.rep.user_id, "好")
    await office.idle()
    assert _texts(office.rep) == [*arrives[:-1], REPEAT_MARK + arrives[-1]]
    row = _row(office, outbox_id)
    assert (row.state, row.attempts) == ("sent", 1)
    assert row.message_id == office.rep.messages()[-1]["message_id"]


async def test_after_three_repeats_it_is_left_uncertain(office: Office) -> None:
    office.emulator.faults.add("cut_after", "sendMessage", times=9)
    outbox_id = await _reply(office, office.rep.user_id, "好")
    await office.idle()
    assert _texts(office.rep) == ["好", *[REPEAT_MARK + "好"] * outbox.TRIES]
    assert _row(office, outbox_id).state == "uncertain"
    office.emulator.faults.clear()
    await office.app.sender.push_due()
    await office.idle()
    assert len(_texts(office.rep)) == 1 + outbox.TRIES


async def test_a_repeated_edit_carries_no_mark(office: Office) -> None:
    await _reply(office, office.rep.user_id, "甲")
    shown = await office.rep.next_message()
    office.emulator.faults.add("cut_after", "editMessageText")
    outbox_id = await _reply(office, office.rep.user_id, "乙", "editMessageText", message_id=shown["message_id"])
    await office.idle()
    assert _texts(office.rep) == ["乙"]
    assert _row(office, outbox_id).state == "sent"  # the repeat changed nothing, which Telegram refuses to do


async def test_a_long_text_is_repeated_whole(office: Office) -> None:
    office.emulator.faults.add("cut_before", "sendMessage")
    outbox_id = await _reply(office, office.rep.user_id, "字" * 4096)
    await office.idle()
    assert _row(office, outbox_id).state == "sent"
    assert [len(text) for text in _texts(office.rep)] == [4096]


async def test_an_edit_without_change_counts_as_sent(office: Office) -> None:
    await _reply(office, office.rep.user_id, "甲")
    shown = await office.rep.next_message()
    outbox_id = await _reply(office, office.rep.user_id, "甲", "editMessageText", message_id=shown["message_id"])
    await office.idle()
    assert _row(office, outbox_id).state == "sent"


async def test_too_many_holds_only_the_chat_it_is_about(office: Office) -> None:
    office.emulator.faults.add("too_many", "sendMessage", chat_id=office.rep.user_id, retry_after=1)
    for text in ("一", "二"):
        await _reply(office, office.rep.user_id, text)
    for n in range(20):
        await _reply(office, office.rep2.user_id, f"{n}")
    await office.idle()
    assert _texts(office.rep) == ["一", "二"]
    assert _texts(office.rep2) == [f"{n}" for n in range(20)]
    arrived = [e.params["chat_id"] for e in office.emulator.traffic.of("sendMessage") if e.status == 200]
    assert arrived == [office.rep2.user_id] * 20 + [office.rep.user_id] * 2


async def test_order_in_a_chat_is_kept_while_its_first_letter_is_repeated(office: Office) -> None:
    office.emulator.faults.add("cut_before", "sendMessage", times=2)
    for n in range(5):
        await _reply(office, office.rep.user_id, f"{n}")
    await office.idle()
    assert _texts(office.rep) == [REPEAT_MARK + "0", "1", "2", "3", "4"]


async def test_who_blocked_the_bot_is_marked_and_later_pushes_are_skipped(office: Office) -> None:
    office.emulator.faults.add("forbidden", "sendMessage", chat_id=office.rep.user_id)
    outbox_id = await _reply(office, office.rep.user_id, "好")
    await office.idle()
    assert _row(office, outbox_id).state == "refused"
    assert office.member(office.rep).blocked_at is not None
    _push(office, "skipped", office.rep.user_id, method="sendMessage", payload={"chat_id": 1001, "text": "提醒"})
    await office.idle()
    row = _row_of(office, "skipped")
    assert (row.state, row.reason) == ("skipped", "unreachable")
    assert _texts(office.rep) == []


async def test_a_group_that_threw_the_bot_out_is_closed(office: Office) -> None:
    office.emulator.faults.add(
        "forbidden", "sendMessage", description="bot was kicked from the supergroup chat", chat_id=office.group.chat_id
    )
    await _reply(office, office.group.chat_id, "好")
    await office.idle()
    group = office.database.read_now(lambda db: db.scalars(select(GroupChat)).one())
    assert group.closed_at is not None


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("refuse", "not enough rights to send text messages to the chat"),
        ("refuse", "CHAT_WRITE_FORBIDDEN"),
        ("forbidden", "bot was kicked from the supergroup chat"),
    ],
)
async def test_admins_are_told_once_of_a_group_that_may_not_be_written_to(
    office: Office, fault: str, said: str
) -> None:
    office.emulator.faults.add(fault, "sendMessage", times=2, description=said, chat_id=office.group.chat_id)
    for _ in range(2):
        await _reply(office, office.group.chat_id, "好")
    await office.idle()
    notices = [text for text in _texts(office.admin) if "发不了消息" in text]
    assert len(notices) == 1
    assert office.group.face["title"] in notices[0]
    assert _texts(office.rep) == []


async def test_what_was_for_a_topic_that_is_gone_goes_to_the_group(office: Office) -> None:
    office.emulator.faults.add("refuse", "sendMessage", description="message thread not found")
    office.database.write_now(lambda db: db.execute(update(GroupChat).values(thread_id=77)) and None)
    outbox_id = await _reply(office, office.group.chat_id, "好", message_thread_id=77)
    _push(office, "waits", office.group.chat_id, thread_id=77, due_at=house.NOW.replace(year=2030))
    await office.idle()
    assert _row(office, outbox_id).state == "sent"
    assert _row_of(office, "waits").thread_id is None
    assert office.database.read_now(lambda db: db.scalars(select(GroupChat)).one()).thread_id is None


async def test_a_message_follows_a_group_to_its_new_id(office: Office) -> None:
    basic = office.emulator.group("二组", [office.admin, office.rep], kind="group")
    await office.idle()
    admin = office.member(office.admin)
    row = GroupChat(team_id=admin.team_id, chat_id=basic.chat_id, title="二组", connected_at=house.NOW)
    office.database.write_now(lambda db: db.add(row))
    grown = office.emulator.migrate(basic)
    office.emulator.bot.deliveries.clear()  # the service message is lost: only the refusal tells the new id
    outbox_id = await _reply(office, basic.chat_id, "好")
    _push(office, "waits", basic.chat_id, due_at=house.NOW.replace(year=2030))
    await office.idle()
    assert _row(office, outbox_id).state == "sent"
    assert office.admin.messages(grown)[-1].text == "好"
    known = office.database.read_now(lambda db: list(db.scalars(select(GroupChat.chat_id))))
    assert grown.chat_id in known
    assert basic.chat_id not in known


async def test_a_push_that_cannot_be_worded_stops_nothing_behind_it(office: Office) -> None:
    _push(office, "bad", office.rep.user_id, push="nonsense")
    _push(office, "good", office.rep.user_id, method="sendMessage", payload={"chat_id": 1001, "text": "提醒"})
    await office.idle()
    assert (_row_of(office, "bad").state, _row_of(office, "bad").reason) == ("refused", "not rendered: KeyError")
    assert _texts(office.rep) == ["提醒"]


async def test_a_query_too_old_to_answer_still_does_its_work(office: Office) -> None:
    await office.rep.send("加客户 张三 13800138000")
    card = await office.rep.next_message()
    office.emulator.faults.add("expired_query")
    await office.rep.press(card, "撤销", wait=False)
    assert (await office.rep.wait_edit(card)).text != card.text
    await office.idle()
    assert not office.emulator.faults.armed


async def test_an_update_delivered_twice_has_one_effect(office: Office) -> None:
    await office.rep.send("加客户 张三 13800138000")
    await office.rep.next_message()
    office.emulator.faults.add("duplicate_update", "message")
    await office.rep.send("记 张三 嫌交期慢")
    await office.idle()
    assert office.database.read_now(lambda db: [note.text for note in db.scalars(select(Note))]) == ["张三 嫌交期慢"]
    assert len(_texts(office.rep)) == 2


@pytest.mark.long
async def test_under_strict_rates_everything_arrives_once(tmp_path: Path, database_url: str) -> None:
    """The emulator allows no burst at all; the gate tries one a chat (REPLY_BURST), is told no once, and obeys."""
    ids = range(1001, 1021)
    house.seat(database_url, *ids)
    async with server.running(clock=house.NOW) as emulator:  # at 8:30 in the morning a card would come, too
        emulator.rates.enforce = True
        people = [emulator.person(f"销售{n}", n, started=True) for n in ids]
        async with house.running(house.settings(emulator, tmp_path, database_url, rate_gates=True)) as app:
            for n in range(120):
                await people[n % len(people)].send("/help")
            for person in people:
                for _ in range(6):
                    await person.next_message(timeout=60)
            await app.idle()
            assert emulator.rates.refused <= len(people)
        assert [len(_texts(person)) for person in people] == [6] * len(people)


async def test_what_was_not_sent_at_the_end_is_sent_by_the_next_start(
    office: Office, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The process stops while one letter waits to be tried again and others wait behind it."""
    office.emulator.faults.add("too_many", "sendMessage", times=99, retry_after=30)
    ids = [await _reply(office, office.rep.user_id, f"{n}") for n in range(3)]
    await house.until(lambda: len(office.emulator.traffic.of("sendMessage")) > 0)
    url, stop = office.database.url, office.app.__aexit__
    await stop(None, None, None)
    office.emulator.faults.clear()
    given = house.settings(office.emulator, tmp_path_factory.mktemp("again"), url)
    async with house.running(given) as app:
        await app.idle()
        states: Callable[[Session], list[str]] = lambda db: [db.get_one(Outbox, key).state for key in ids]  # noqa: E731
        assert app.database.read_now(states) == ["sent"] * 3
    assert _texts(office.rep) == ["0", "1", "2"]


async def test_what_has_a_fault_in_its_marks_leaves_plain(office: Office) -> None:
    """Whoever worded it forgot to escape a sign: Telegram refuses the message, but nobody is left without it."""
    faulty = await _reply(office, office.rep.user_id, "<b>合计</b> &lt;1%，<1%", parse_mode="HTML")
    await office.idle()
    assert _texts(office.rep) == ["合计 <1%，<1%"]
    assert _row(office, faulty).state == "sent"
    office.emulator.traffic.clear()  # the faulty one breaks the API's description on purpose
