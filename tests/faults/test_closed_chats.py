"""Chats that close, move or lose a topic in the middle of a fan-out: what can arrive does, once and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.application import App
from bot.trips import REPEAT_MARK
from crm import outbox, teams
from crm.tables import GroupChat, Member, Outbox
from emulator import groups, server
from emulator.chat import Chat
from emulator.person import Person
from tests import postgres
from tests.bot import house

FIRST = 2001
PEOPLE, BLOCKED, DEACTIVATED = 40, 6, 4
EACH = 5  # pushes to a chat
HELD_SECONDS = 0.5  # the first message of the fan-out is answered so late that the others wait behind it


@dataclass(slots=True)
class Hall:
    """The running application, its admin, reps and group, and pushes that are not due yet."""

    app: App
    emulator: server.Emulator
    admin: Person
    reps: list[Person]
    group: Chat

    async def fan_out(self, chats: list[int], thread_id: int | None = None) -> None:
        """Pushes for these chats are due, and leave."""
        await self.app.database.write(lambda db: _plan(db, chats, thread_id))
        self.app.sender.wake()

    def ends(self) -> Counter[tuple[str, str]]:
        """How many pushes of the fan-out ended how, and why."""
        query = select(Outbox.state, Outbox.reason).where(Outbox.key.startswith("test:"))
        rows = self.app.database.read_now(lambda db: db.execute(query).all())
        return Counter((state, reason or "") for state, reason in rows)

    def told(self, chat: Chat) -> list[str]:
        """What the bot has said there, in order."""
        return [m.text for m in chat.messages.values() if m["from"]["is_bot"] and "text" in m]


def _plan(db: Session, chats: list[int], thread_id: int | None) -> None:
    member = teams.find_member(db, FIRST)
    assert member is not None
    place = {} if thread_id is None else {"message_thread_id": thread_id}
    planned = [
        outbox.Planned(
            f"test:{chat}:{n}",
            "task",
            member.team_id,
            chat,
            house.NOW,
            {"chat_id": chat, "text": f"第{n}条", **place},
            thread_id=thread_id,
        )
        for n in range(EACH)
        for chat in chats
    ]
    outbox.enqueue(db, planned, house.NOW)
    db.execute(update(Outbox).where(Outbox.key.startswith("test:")).values(method="sendMessage"))


@asynccontextmanager
async def hall(folder: Path, url: str, kind: str = "supergroup", topics: tuple[str, ...] = ()) -> AsyncIterator[Hall]:
    house.seat(url, *range(FIRST, FIRST + PEOPLE))
    async with server.running(clock=house.NOW) as emulator:
        admin = emulator.person("赵姐", house.ADMIN_ID, started=True)
        reps = [emulator.person(f"{n}", FIRST + n, started=True) for n in range(PEOPLE)]
        group = emulator.group("一组", [admin, *reps[:3]], kind=kind, topics=topics)
        emulator.bot.deliveries.clear()
        async with house.running(house.settings(emulator, folder, url)) as app:
            await app.database.write(lambda db: _connect(db, group.chat_id, next(iter(group.topics), None)))
            yield Hall(app, emulator, admin, reps, group)


def _connect(db: Session, chat_id: int, thread_id: int | None) -> None:
    member = teams.find_member(db, FIRST)
    assert member is not None
    row = GroupChat(team_id=member.team_id, chat_id=chat_id, thread_id=thread_id, title="一组", connected_at=house.NOW)
    db.add(row)


def _report(there: Hall, texts: list[str]) -> None:
    """The counts, of which none is lost or doubled."""
    ends = there.ends()
    unmarked = Counter(text for text in texts if not text.startswith(REPEAT_MARK))
    doubled = sum(times - 1 for times in unmarked.values())
    words = ", ".join(f"{number} {state} {reason}".strip() for (state, reason), number in sorted(ends.items()))
    print(f"\n{words}; arrived {len(texts)}, doubled {doubled}")  # noqa: T201  each fault test shows its counts
    assert doubled == 0
    assert len(texts) == sum(number for (state, _), number in ends.items() if state == "sent")


async def _people_are_gone(folder: Path, url: str) -> None:
    """Some have blocked the bot, some accounts are no more, and the bot has not heard of it."""
    async with hall(folder, url) as there:
        blocked, gone, rest = (
            there.reps[:BLOCKED],
            there.reps[BLOCKED : BLOCKED + DEACTIVATED],
            there.reps[BLOCKED + DEACTIVATED :],
        )
        there.emulator.bot.blocked_by |= {person.user_id for person in blocked}
        for person in gone:
            there.emulator.faults.add(
                "forbidden", "sendMessage", description="user is deactivated", chat_id=person.user_id, times=EACH
            )
        await there.fan_out([person.user_id for person in there.reps])
        await there.app.idle()
        texts = [f"{person.user_id} {text}" for person in there.reps for text in there.told(person.chat)]
        _report(there, texts)
        for person in rest:
            assert there.told(person.chat) == [f"第{n}条" for n in range(EACH)]
        unsent = {end: number for end, number in there.ends().items() if end[0] != "sent"}
        assert sum(unsent.values()) == (BLOCKED + DEACTIVATED) * EACH
        assert set(unsent) <= {
            ("refused", "403 Forbidden: bot was blocked by the user"),
            ("refused", "403 Forbidden: user is deactivated"),
            ("skipped", "unreachable"),
        }
        marked = select(Member.user_id).where(Member.blocked_at.is_not(None))
        known = there.app.database.read_now(lambda db: set(db.scalars(marked)))
        assert known == {person.user_id for person in [*blocked, *gone]}
        await blocked[0].unblock()
        await blocked[0].send("/help")
        await blocked[0].next_message()
        await there.app.idle()
        await there.app.database.write(lambda db: db.execute(update(Outbox).values(key=None)) and None)
        await there.fan_out([person.user_id for person in blocked])
        await there.app.idle()
        assert there.ends() == {("sent", ""): EACH, ("skipped", "unreachable"): (BLOCKED - 1) * EACH}


async def _kicked(folder: Path, url: str) -> None:
    """The bot is thrown out of a group while pushes for it wait, and hears so only from the refusal."""
    async with hall(folder, url) as there:
        there.emulator.faults.add("slow", "sendMessage", chat_id=there.group.chat_id, seconds=HELD_SECONDS)
        await there.fan_out([there.group.chat_id, *(person.user_id for person in there.reps)])
        await house.until(lambda: there.told(there.group) != [])
        groups.remove_bot(there.emulator.world, there.group, there.emulator.bot, there.admin.user)
        there.emulator.bot.deliveries.clear()
        await there.app.idle()
        ends = there.ends()
        texts = [f"{person.user_id} {text}" for person in there.reps for text in there.told(person.chat)]
        _report(there, [*texts, *there.told(there.group)])
        assert there.told(there.group) == ["第0条"]
        assert ends["sent", ""] == PEOPLE * EACH + 1
        kicked = "403 Forbidden: bot was kicked from the supergroup chat"
        assert ends["refused", kicked] + ends["skipped", "unreachable"] == EACH - 1
        assert sum("发不了消息" in text for text in there.told(there.admin.chat)) == 1


async def _migrated(folder: Path, url: str, *, told: bool) -> None:
    """The group becomes a supergroup while pushes for it wait. told: the bot hears so, too."""
    async with hall(folder, url, kind="group") as there:
        there.emulator.faults.add("slow", "sendMessage", chat_id=there.group.chat_id, seconds=HELD_SECONDS)
        await there.fan_out([there.group.chat_id, *(person.user_id for person in there.reps)])
        await house.until(lambda: there.told(there.group) != [])
        grown = there.emulator.migrate(there.group)
        if not told:
            there.emulator.bot.deliveries.clear()
        await house.until(lambda: not there.emulator.deliveries)
        await there.app.idle()
        texts = [f"{person.user_id} {text}" for person in there.reps for text in there.told(person.chat)]
        _report(there, [*texts, *there.told(there.group), *there.told(grown)])
        assert (there.told(there.group), there.told(grown)) == (["第0条"], [f"第{n}条" for n in range(1, EACH)])
        assert there.ends() == {("sent", ""): (PEOPLE + 1) * EACH}
        known = there.app.database.read_now(lambda db: list(db.scalars(select(GroupChat.chat_id))))
        assert known == [grown.chat_id]


async def _topic_deleted(folder: Path, url: str) -> None:
    """The topic that pushes are for is deleted while they wait: the rest goes to the group itself."""
    async with hall(folder, url, topics=("日报",)) as there:
        (thread_id,) = there.group.topics
        there.emulator.faults.add("slow", "sendMessage", chat_id=there.group.chat_id, seconds=HELD_SECONDS)
        await there.fan_out([there.group.chat_id], thread_id)
        await house.until(lambda: there.told(there.group) != [])
        there.group.topics.clear()
        await there.app.idle()
        _report(there, there.told(there.group))
        assert there.told(there.group) == [f"第{n}条" for n in range(EACH)]
        places = [m.get("message_thread_id") for m in there.group.messages.values() if m["from"]["is_bot"] and m.text]
        assert places == [thread_id, *[None] * (EACH - 1)]
        assert there.app.database.read_now(lambda db: db.scalars(select(GroupChat.thread_id)).one()) is None


@pytest.mark.long
async def test_people_who_are_gone(tmp_path: Path, database_url: str) -> None:
    await _people_are_gone(tmp_path, database_url)


@pytest.mark.long
async def test_a_group_that_throws_the_bot_out(tmp_path: Path, database_url: str) -> None:
    await _kicked(tmp_path, database_url)


@pytest.mark.parametrize("told", [False, pytest.param(True, marks=pytest.mark.long)])
async def test_a_group_that_grows_in_the_middle(tmp_path: Path, database_url: str, told: bool) -> None:
    await _migrated(tmp_path, database_url, told=told)


@pytest.mark.long
async def test_a_topic_that_is_deleted_in_the_middle(tmp_path: Path, database_url: str) -> None:
    await _topic_deleted(tmp_path, database_url)


@pytest.mark.long
@pytest.mark.postgresql
async def test_the_same_on_postgresql(tmp_path: Path, postgres_server: str) -> None:
    for n, fault in enumerate((_people_are_gone, _kicked, _topic_deleted)):
        with postgres.fresh_database(postgres_server, f"closed{n}") as url:
            await fault(tmp_path / str(n), url)
    with postgres.fresh_database(postgres_server, "closed9") as url:
        await _migrated(tmp_path / "9", url, told=True)
