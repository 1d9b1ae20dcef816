"""A button pressed twice, by two updates with two numbers: the effect comes once, and both presses are answered."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.tables import Customer, Note, Order, Outbox, Task
from emulator import server
from handlers import menus
from tests.bot import house
from tests.chat.talk import data_of, said
from tests.chat.test_presses import ALL, furnish, heal, sent, stored, troubled

if TYPE_CHECKING:
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office

# What an answer to a question leaves behind, and it may be asked again: files, who was shown them, open questions, and
# links of which each lets one person in.
ASKED = ("stored_file", "audit_row", "export_record", "draft", "invite")
OF_EACH_KIND = 2
TYPED = (
    "张大山 13900139000 昆山",
    "明天去拜访郑秘密",
    "商机 郑秘密 50000 螺栓 下月",
    "郑秘密 打分 9",
    "提醒 明天上午9点 寄样品",
    "郑秘密想要一批垫片，报价太贵",
    "郑秘密 是 张大山 介绍的",
    "设置",
)
REP_ID = 1001
UNWELL = re.compile(r"没处理成功|Traceback|Error")


def _shown(office: Office, people: dict[int, Person]) -> list[tuple[int, str]]:
    """Every button that was ever shown to one of them: whose, and its data."""
    rows = select(Outbox.chat_id, Outbox.payload).order_by(Outbox.outbox_id)
    found = []
    for chat_id, payload in office.database.read_now(lambda db: list(db.execute(rows))):
        keyboard = (payload.get("reply_markup") or {}).get("inline_keyboard", ()) if chat_id in people else ()
        found += [(chat_id, b["callback_data"]) for row in keyboard for b in row if "callback_data" in b]
    return found


def _kind(data: str) -> str:
    return data.partition(":")[0]


def _state(office: Office) -> dict[str, list[Any]]:
    return office.database.read_now(lambda db: stored(db, tuple(name for name in ALL if name not in ASKED)))


def _last_words(office: Office) -> str:
    last = select(Outbox.payload).order_by(Outbox.outbox_id.desc()).limit(1)
    return str(office.database.read_now(lambda db: db.scalar(last)))


async def _show_much(office: Office, people: list[Person]) -> None:
    """Everything that can be asked for has been asked for, so that there are many buttons."""
    await furnish(office)
    for person in people:
        for command in menus.COMMANDS:
            await person.send(f"/{command.name}")
            await person.send(f"/{command.name} 郑秘密")
        for text in TYPED:
            await person.send(text)
        await office.idle()


@pytest.mark.long
async def test_every_button_that_is_shown_takes_effect_once(office: Office) -> None:
    people = {person.user_id: person for person in (office.rep, office.admin)}
    await _show_much(office, list(people.values()))
    pressed: set[tuple[int, str]] = set()
    kinds: Counter[str] = Counter()
    effects: set[str] = set()
    while waiting := [
        (chat_id, data)
        for chat_id, data in _shown(office, people)
        if (chat_id, data) not in pressed and kinds[_kind(data)] < OF_EACH_KIND
    ]:
        chat_id, data = waiting[0]
        pressed.add((chat_id, data))
        kinds[_kind(data)] += 1
        heal(office)
        if await _press_twice(office, people[chat_id], data):
            effects.add(_kind(data))
    print(f"\nbuttons {len(pressed)} of {len(kinds)} kinds, pressed twice; effects {len(effects)}, doubled 0")  # noqa: T201
    assert troubled(office) == []
    assert len(effects) >= 40


async def _press_twice(office: Office, person: Person, data: str) -> bool:
    """Whether the first press changed something; the second changed nothing, and both were answered.

    No learning that an earlier press asked for ends between the two: it has ended before, and none begins meanwhile.
    """
    await office.app.learning.round()
    message = next(m for m in reversed(person.messages()) if m["from"]["is_bot"])
    states, counts = [_state(office)], [sent(office)]
    async with office.app.learning._running:  # no round of it begins: what a test may hold, the application never does
        for _ in range(2):
            await person.press(message, data=data)
            await office.idle()
            states.append(_state(office))
            counts.append(sent(office))
            assert not UNWELL.search(_last_words(office)), data
    assert counts[0] < counts[1] < counts[2], data
    changed = [name for name in states[1] if states[1][name] != states[2][name]]
    assert changed == [], data
    return states[0] != states[1]


async def _undo_customer(office: Office) -> tuple[Message, str]:
    return await said(office.rep, "加客户 张三 13800138000"), "撤销"


async def _undo_note(office: Office) -> tuple[Message, str]:
    await _undo_customer(office)
    return await said(office.rep, "记 张三 想看样品"), "撤销"


async def _undo_order(office: Office) -> tuple[Message, str]:
    await _undo_customer(office)
    return await said(office.rep, "/order 张三 500 螺栓"), "撤销"


async def _done(office: Office) -> tuple[Message, str]:
    return await said(office.rep, "/remind 明天下午3点 寄合同"), "完成"


async def _import(office: Office) -> tuple[Message, str]:
    await office.rep.document("客户.csv", "姓名,手机\n张三,13800138000\n".encode())
    card = await office.rep.next_message()
    await office.rep.press(card, "检查")
    return await office.rep.wait_edit(card), "导入 1 条"


async def _new_customer(office: Office) -> tuple[Message, str]:
    return await said(office.rep, "张三 想看样品，报价太贵"), "新客户"


def _kept(office: Office) -> list[int]:
    """How many customers, notes, orders and open tasks there are."""

    def count(db: Session) -> list[int]:
        present = [
            select(func.count()).select_from(of).where(of.deleted_at.is_(None)) for of in (Customer, Note, Order)
        ]
        tasks = select(func.count()).select_from(Task).where(Task.done_at.is_(None))
        return [db.scalar(query) or 0 for query in (*present, tasks)]

    return office.database.read_now(count)


@pytest.mark.parametrize(
    ("prepare", "kept", "second"),
    [
        (_undo_customer, [0, 0, 0, 0], "之前已撤销"),
        pytest.param(_undo_note, [1, 0, 0, 0], "之前已撤销", marks=pytest.mark.long),
        pytest.param(_undo_order, [1, 0, 0, 0], "已经撤销过", marks=pytest.mark.long),
        pytest.param(_done, [0, 0, 0, 0], "之前已完成", marks=pytest.mark.long),
        pytest.param(_import, [1, 0, 0, 0], "已经导入过", marks=pytest.mark.long),
        pytest.param(_new_customer, [1, 1, 0, 0], "已经处理过", marks=pytest.mark.long),
    ],
)
async def test_two_presses_at_once_are_one_and_the_second_is_told_so(
    office: Office, prepare: Any, kept: list[int], second: str
) -> None:
    card, label = await prepare(office)
    data, before = data_of(card, label), sent(office)
    for _ in range(2):
        await office.rep.press(card, data=data, wait=False)
    await office.idle()
    rows = select(Outbox.payload).order_by(Outbox.outbox_id).offset(before)
    first, last = office.database.read_now(lambda db: [payload["text"] for payload in db.scalars(rows)])
    assert second not in first
    assert second in last
    assert _kept(office) == kept


@pytest.mark.long
@pytest.mark.postgresql
async def test_two_presses_that_reach_two_processes_are_one(tmp_path: Path, migrated_postgres_url: str) -> None:
    """Each press has a number of its own, and goes to both."""
    house.seat(migrated_postgres_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator, AsyncExitStack() as stack:
        rep = emulator.person("小李", REP_ID, started=True)
        apps = [
            await stack.enter_async_context(
                house.running(house.webhook(emulator, tmp_path / name, migrated_postgres_url))
            )
            for name in ("one", "two")
        ]
        for n in range(20):
            await rep.send(f"/remind 明天下午3点 第{n}件")
            card = await rep.next_message()
            press = {"id": "0", "from": rep.user, "message": card, "chat_instance": "1", "data": data_of(card, "完成")}
            updates = [
                {"update_id": 900_000 + 2 * n + at, "callback_query": {**press, "id": f"{2 * n + at}"}} for at in (0, 1)
            ]
            both = [app.intake.accept([update]) for update in updates for app in apps]
            await asyncio.gather(*both)
        for app in apps:
            await app.idle()
        await house.until(lambda: len(_edits(emulator)) == 40)
        done = select(func.count()).select_from(Task).where(Task.done_at.is_not(None))
        assert apps[0].database.read_now(lambda db: db.scalar(done)) == 20
    again = [text for text in _edits(emulator) if "之前已完成" in text]
    assert (len(again), len(_edits(emulator))) == (20, 40)


def _edits(emulator: server.Emulator) -> list[str]:
    return [str(exchange.params["text"]) for exchange in emulator.traffic.of("editMessageText")]
