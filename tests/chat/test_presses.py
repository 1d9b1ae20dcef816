"""Every button there is, with every kind of data, by everyone, everywhere: one answer, no failure, nothing leaks."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from crm import drafts, teams
from crm.tables import Inbox, Outbox, RiskEpisode
from crm.tables.base import Table
from emulator import groups as emulated
from handlers import buttons
from tests.chat.talk import said

if TYPE_CHECKING:
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office

VALUES = ("0", "1", "-1", str(2**62), "x", "", "zzz")
DRAFTS: dict[str, dict[str, Any]] = {
    "note": {},
    "known": {},
    "update": {},
    "nameless": {},
    "query": {},
    "order": {"amount_fen": 50_000, "ordered_on": "2026-03-18", "product": "垫片", "quantity": None, "name": "孙一"},
    "remind": {"what": "寄样品", "customer_id": 1, "todo": None},
    "voices": {
        "since": "2026-03-01T00:00:00+08:00",
        "until": "2026-03-19T00:00:00+08:00",
        "kind": "both",
        "groups": [],
        "products": ["垫片"],
    },
}
DRAFT_IDS = tuple(str(number) for number in range(1, len(DRAFTS) + 1))
SECRETS = ("郑秘密", "13800138000", "138 0013 8000", "上海密语")
OWN = ("customer", "customer_phone", "note", "note_tag", "complaint", "task", "orders", "risk_episode", "import")
# What a press may have changed is as before, so that the next kind of button finds something to do.
HEALED = (
    "UPDATE customer SET deleted_at = NULL, owner_id = 2",
    "UPDATE note SET deleted_at = NULL, customer_id = 1",
    "UPDATE task SET done_at = NULL, cancelled_at = NULL, assignee_id = 2",
    "UPDATE complaint SET closed_at = NULL",
    "UPDATE orders SET deleted_at = NULL",
    "UPDATE draft SET resolved_at = NULL",
    "UPDATE import SET state = 'mapping'",
    "UPDATE risk_episode SET verdict = NULL, closed_at = NULL",
)


def alike(values: tuple[str, ...]) -> Iterator[tuple[type[buttons.Press], list[str]]]:
    """Each kind of button with its data, all fields alike."""
    for kind in buttons.kinds():
        number = len(dataclasses.fields(kind))  # type: ignore[arg-type]  # all are dataclasses
        yield kind, sorted({":".join([kind.code, *([value] * number)]) for value in values})


def forged(readable: bool = False) -> Iterator[tuple[type[buttons.Press], list[str]]]:
    """Each kind of button with its data: all fields alike, and each field varied while the others may be right.

    readable: without what no button says, which is refused before anybody looks whose it is.
    """
    uniform = dict(alike(VALUES))
    for kind in buttons.kinds():
        fields = [f.name for f in dataclasses.fields(kind)]  # type: ignore[arg-type]  # all are dataclasses
        hints: dict[str, Any] = get_type_hints(kind)
        right = ["x" if hints[name] is str else "1" for name in fields]
        made = set(uniform[kind])
        for at, name in enumerate(fields):
            for value in (*VALUES, *(DRAFT_IDS if name == "draft_id" else ())):
                made.add(":".join([kind.code, *right[:at], value, *right[at + 1 :]]))
        yield kind, sorted(data for data in made if not readable or is_readable(data))


def is_readable(data: str) -> bool:
    try:
        buttons.decode(data)
    except buttons.StaleButton:
        return False
    return True


def stored(db: Session, tables: tuple[str, ...]) -> dict[str, list[Any]]:
    """The rows of the tables."""
    rows = {name: select(Table.metadata.tables[name]).order_by(text("1")) for name in tables}
    return {name: [tuple(row) for row in db.execute(query)] for name, query in rows.items()}


# Everything that is stored of anybody, without the post and what is counted.
ALL = tuple(sorted(set(Table.metadata.tables) - {"inbox", "outbox", "fact"}))


async def furnish(office: Office) -> None:
    """The rep's customer with everything that a button can point to, and a draft of each kind."""
    await said(office.rep, "加客户 郑秘密 13800138000 上海密语 采购经理 3月19日生日")
    await said(office.rep, "记 郑秘密 投诉交期太慢，货坏了要退，明天回访")
    await said(office.rep, "/order 郑秘密 12000 螺栓")
    await said(office.rep, "提醒 明天下午3点 给郑秘密回电话")
    await office.rep.document("客户.csv", "姓名,手机\n郑秘密二,13700137000\n".encode())
    await office.rep.next_message()
    await office.idle()
    actor = office.actor(office.rep)

    def work(db: Session) -> None:
        if db.scalar(select(RiskEpisode).limit(1)) is None:  # a tick may have opened it already
            db.add(RiskEpisode(team_id=actor.team_id, customer_id=1, opened_at=office.now, probability=0.9))
        for kind, data in DRAFTS.items():
            drafts.keep(db, actor, kind, "郑秘密 500 垫片，明天寄样品", data, office.now)

    office.database.write_now(work)
    there = office.database.read_now(lambda db: stored(db, (*OWN, "draft")))
    assert [name for name, rows in there.items() if not rows] == []


def heal(office: Office) -> None:
    def work(db: Session) -> None:
        for statement in HEALED:
            db.execute(text(statement))

    office.database.write_now(work)


def sent(office: Office) -> int:
    """How many messages were written so far."""
    return office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Outbox))) or 0


def troubled(office: Office) -> list[str]:
    """The updates that failed or had to be tried again."""
    trouble = select(Inbox.raw).where((Inbox.state == "failed") | (Inbox.attempts > 0))
    return office.database.read_now(lambda db: list(db.scalars(trouble)))


async def press_all(
    office: Office, person: Person, message: Message, heals: bool = False, answers: bool = True, thorough: bool = True
) -> None:
    """Everything is pressed below the message; each press is answered, or passed over where nobody is spoken to."""
    for kind, made in forged(readable=person is not office.rep) if thorough else alike(("1", str(10**12))):
        if heals:
            heal(office)
        before = sent(office)
        await asyncio.gather(*(person.press(message, data=data) for data in made))  # one after the other in his lane
        await office.idle()
        assert (sent(office) >= before + len(made)) or not answers, (kind, made)
        assert troubled(office) == [], kind


def shown_since(office: Office, chat_id: int, since: int) -> str:
    """Everything the bot wrote to the chat after the row `since`, buttons and all."""
    rows = select(Outbox.payload).where(Outbox.outbox_id > since, Outbox.chat_id == chat_id)
    return str(office.database.read_now(lambda db: list(db.scalars(rows))))


async def test_a_made_up_number_fails_in_no_button(office: Office) -> None:
    await furnish(office)
    message, before = await said(office.rep, "/help"), sent(office)
    made = [data for _, (data,) in alike((str(10**12),))]
    await asyncio.gather(*(office.rep.press(message, data=data) for data in made))
    await office.idle()
    assert sent(office) >= before + len(made)
    assert troubled(office) == []


@pytest.mark.long
async def test_one_press_of_each_kind_is_answered_and_shows_no_group_anything(office: Office) -> None:
    await furnish(office)
    await press_all(office, office.rep, await said(office.rep, "/help"), heals=True, thorough=False)
    await press_below_group_message(office, office.rep, thorough=False)


@pytest.mark.long  # the quick form is tests/access/test_buttons_matrix.py
async def test_one_press_of_each_kind_gives_a_foreigner_nothing(office: Office) -> None:
    await furnish(office)
    await press_as_foreigner(office, office.outsider, OWN, thorough=False)


async def press_as_foreigner(office: Office, person: Person, tables: tuple[str, ...], thorough: bool = True) -> None:
    """All is pressed by somebody whose it is not: what is stored in the tables stays, and nothing of it is shown."""
    message = person.messages()[-1] if person.messages() else await said(person, "/help")
    before, since = office.database.read_now(lambda db: stored(db, tables)), sent(office)
    await press_all(office, person, message, thorough=thorough)
    assert office.database.read_now(lambda db: stored(db, tables)) == before
    shown = shown_since(office, person.user_id, since)
    assert [secret for secret in SECRETS if secret in shown] == []


async def press_below_group_message(
    office: Office, person: Person, answers: bool = True, thorough: bool = True
) -> None:
    """All is pressed in the group: nothing is changed and nothing of anybody shown there."""
    await office.manager.send("/help", chat=office.group)
    message = await office.manager.next_message(office.group)
    before, since = office.database.read_now(lambda db: stored(db, OWN)), sent(office)
    await press_all(office, person, message, answers=answers, thorough=thorough)
    assert office.database.read_now(lambda db: stored(db, OWN)) == before
    shown = shown_since(office, office.group.chat_id, since)
    assert [secret for secret in SECRETS if secret in shown] == []


@pytest.mark.long
@pytest.mark.parametrize("who", ["rep", "admin"])
async def test_who_may_press_gets_an_answer_to_anything(office: Office, who: str) -> None:
    await furnish(office)
    person: Person = getattr(office, who)
    await press_all(office, person, await said(person, "/help"), heals=True)


@pytest.mark.long
@pytest.mark.parametrize("who", ["rep2", "outsider", "removed", "stranger"])
async def test_nobody_sees_or_changes_what_is_not_theirs(office: Office, who: str) -> None:
    await furnish(office)
    person = office.rep2 if who == "removed" else getattr(office, who)
    await said(person, "/help")
    if who == "removed":
        remove(office, person)
    belongs = who in ("rep2", "outsider")  # to some team; who belongs to none is refused before the data is looked at
    await press_as_foreigner(office, person, OWN if belongs else ALL, thorough=belongs)


@pytest.mark.long
@pytest.mark.parametrize("who", ["rep", "rep2", "admin", "outsider", "removed", "stranger"])
async def test_a_group_sees_no_name_and_no_number_whatever_is_pressed(office: Office, who: str) -> None:
    await furnish(office)
    person = office.rep2 if who == "removed" else getattr(office, who)
    if who in ("outsider", "stranger"):
        emulated.add_person(office.emulator.world, office.group, person.user, office.admin.user)
    if who == "removed":
        remove(office, person)
    # What a button may do in a group is the same for all who belong there; the data is forged by one of them.
    await press_below_group_message(office, person, who in ("rep", "rep2", "admin"), thorough=who == "rep")


def remove(office: Office, person: Person) -> None:
    """The person is in the team no more."""
    member_id, admin = office.member(person).member_id, office.actor(office.admin)
    office.database.write_now(lambda db: teams.remove(db, admin, member_id, office.now))
