"""Texts that try to be more than text stand in every field that a person can fill: chat, pictures and files show them
as text and nothing else, and nothing fails. The texts are in tests/chat/attacks.py."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from crm.tables import ComplaintCause, Robot, SourceCost, Table, Visit
from emulator.message import Message
from handlers import buttons, menus
from tests.chat import test_managers_week, test_presses
from tests.chat.attacks import ATTACKS, MARKER, MIXED, UNSEEN, Attack
from tests.chat.played import at
from tests.chat.talk import said

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office

# Where words of a person are stored as they are. Templates and campaigns are checked when typed, and so typed below.
TYPED = {
    "team": ("name",),
    "member": ("name",),
    "group_chat": ("title",),
    "complaint_cause": ("name",),
    "robot": ("name", "keyword", "last_error"),
    "source_cost": ("source",),
    "team_festival": ("name",),
    "team_word": ("word",),
    "customer": (
        "name",
        "company",
        "title",
        "region",
        "address",
        "industry",
        "source",
        "wechat",
        "email",
        "source_text",
    ),
    "deal": ("what", "lost_reason"),
    "note": ("text",),
    "orders": ("product",),
    "task": ("what",),
    "visit": ("place",),
    "complaint": ("product",),
    "need": ("product", "reason"),
    "draft": ("text",),
    "stored_file": ("name",),
}
PRESSED = ("long", "tags")  # below which texts all is pressed; below MIXED, which has all of them, it is, too
ONE_EACH = ("complaint_cause", "source_cost", "team_word")  # unique within a team: numbered
SAID = (
    "商机 郑秘密 8万 螺栓 6月底",
    "拜访计划 明天 浦东",
    "欠款 郑秘密 5000 6月30日前",
    "郑秘密 打分 9",
    "记 郑秘密 想要样品",
    "加客户 郑小 13800138001 上海密语",
    "郑小 是 郑秘密 介绍的",
)
SAID_BY_ADMIN = ("词表 加 竞品 永固", "节日 司庆 6-18", "活动 行业=五金", "模板 春节 {称呼}，新春大吉！")


async def furnish(office: Office) -> None:
    """A row in each of these tables, and buyers enough for figures and pictures."""
    await test_presses.furnish(office)
    for words in SAID:
        await said(office.rep, words)
    for words in SAID_BY_ADMIN:
        await said(office.admin, words)
    await office.idle()
    reps, now = [office.actor(office.rep), office.actor(office.rep2)], office.app.clock.now()
    team_id = reps[0].team_id

    def more(db: Session) -> None:
        test_managers_week.shop(db, reps)
        cost = {"month": at(3, 1).date(), "amount_fen": 100, "before_fen": 0, "set_by_id": 1, "set_at": now}
        db.add(SourceCost(team_id=team_id, source="展会", **cost))
        db.add(ComplaintCause(team_id=team_id, name="包装", created_at=now))
        whose = {"member_id": reps[0].member_id, "customer_id": 1, "created_by_id": 1, "created_at": now}
        planned = {"planned_on": at(3, 19).date(), "first_planned_on": at(3, 19).date()}
        db.add(Visit(team_id=team_id, place="浦东", **whose, **planned))
        whole = {"address": "https://qyapi.weixin.qq.com/x", "created_at": now, "filled_at": now}
        db.add(Robot(team_id=team_id, service="wecom", name="机", **whole))

    office.database.write_now(more)
    counts = {name: select(func.count()).select_from(Table.metadata.tables[name]) for name in TYPED}
    assert [n for n, query in counts.items() if not office.database.read_now(lambda db, q=query: db.scalar(q))] == []  # type: ignore[misc]


def overwrite(office: Office, attack: Attack) -> None:
    """The text stands in each of these columns of every row, as far as the column is long."""

    def work(db: Session) -> None:
        for table, names in TYPED.items():
            for name in names:
                length = getattr(Table.metadata.tables[table].columns[name].type, "length", None) or 20_000
                key = next(iter(Table.metadata.tables[table].primary_key.columns)).name
                value = f":text || {key}" if table in ONE_EACH else ":text"
                db.execute(text(f"UPDATE {table} SET {name} = {value}"), {"text": attack.text[: length - 3]})  # noqa: S608  names of our own
        nick = orjson.dumps([attack.text[:40]]).decode()
        db.execute(text("UPDATE customer SET nicknames = :nick"), {"nick": nick})

    office.database.write_now(work)


def shown(office: Office) -> Iterator[Message]:
    """Every message of the bot on anybody's phone, and in the group."""
    for person in (office.rep, office.rep2, office.manager, office.admin):
        yield from (message for message in person.messages() if message["from"]["is_bot"])
    yield from (message for message in office.rep.messages(office.group) if message["from"]["is_bot"])


async def play(office: Office, attack: Attack, person: Person, presses: bool = True) -> None:
    """Every command and every button by the person, the text typed and sent as a file, a night and a day."""
    for command in menus.COMMANDS:
        await person.send(f"/{command.name}")
        await office.idle()
    if presses:
        await press_all(office, person)
    for words in (
        "加客户",
        "记",
        "查",
        "找",
        "订单",
        "提醒 明天下午3点",
        "商机",
        "筛选",
        "模板 春节",
        "活动",
        "词表 加 竞品",
        "",
    ):
        await person.send(f"{words} {attack.text}"[:4000].strip())
        await office.idle()
    await type_in_settings(office, attack)
    rows = f'姓名,手机,公司\n"{attack.text.replace(chr(34), chr(34) * 2)}",13700137009,甲\n'
    await office.rep.document(f"{attack.text[:60]}.csv".replace("/", "_"), rows.encode(), caption=attack.text[:900])
    await office.rep.contact("13700137010", attack.text[:60], "李")
    await office.idle()


async def follow_the_clock(office: Office) -> None:
    """What the clock says to everybody and in the group, and what the group may ask."""
    await office.at(at(3, 19, 8))
    await office.at(at(3, 20, 19))
    for command in menus.for_groups():
        await office.manager.send(f"/{command.name}@{office.emulator.bot.username}", office.group)
        await office.idle()


async def press_all(office: Office, person: Person) -> None:
    message = await said(person, "/help")
    for kind, made in test_presses.alike(("1",)):
        test_presses.heal(office)
        for data in made if kind not in (buttons.RemoveMember,) else ():
            await person.press(message, data=data)
            await office.idle()


async def type_in_settings(office: Office, attack: Attack) -> None:
    """The admin types it where the team is named."""
    await office.admin.send("/settings")
    await office.idle()
    card = next(m for m in reversed(office.admin.messages()) if "团队名" in str(m.buttons))
    await office.admin.press(card, "团队名")
    await office.admin.send(attack.text[:70])
    await office.idle()


def refusals(office: Office) -> list[str]:
    """What Telegram did not take, but for edits of what is not there."""
    calls = [e for e in office.emulator.traffic if e.status >= 400]
    gone = (b"to edit not found", b"is not modified", b"query is too old")
    return [f"{e.body!r} {e.params}" for e in calls if not any(words in e.body for words in gone)]


def files(office: Office, messages: list[Message]) -> list[bytes]:
    """The bytes of every document that was sent."""
    stored = office.emulator.world.files
    return [stored.get(message["document"]["file_id"]).content for message in messages if "document" in message]


def cells(content: bytes) -> list[Any]:
    """The cells of all sheets of a workbook in which nothing is a formula."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        assert [name for name in names if b"<f" in packed.read(name) or b"<hyperlink" in packed.read(name)] == []
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]


def settle(office: Office, attack: Attack) -> None:
    """Nothing failed, was refused, damaged or marked; the cells of what was exported are the text."""
    messages = list(shown(office))
    assert test_presses.troubled(office) == []
    assert refusals(office) == []
    assert [fault for message in messages for fault in attack.faults(message)] == []
    assert len(attack.text) > 200 or sum(MARKER in message.text for message in messages) > 30
    assert any("photo" in message for message in messages)
    books = [content for content in files(office, messages) if content.startswith(b"PK")]
    written = {UNSEEN.sub("", str(cell)) for content in books for cell in cells(content)}
    assert len(attack.text) > 200 or UNSEEN.sub("", attack.text) in written
    office.emulator.traffic.clear()  # a text cut in the middle of a sign is no matter of the API's description


async def test_a_text_with_a_bit_of_everything_stays_text(office: Office) -> None:
    await furnish(office)
    overwrite(office, MIXED)
    await play(office, MIXED, office.rep)
    settle(office, MIXED)


@pytest.mark.long
@pytest.mark.parametrize("name", ATTACKS)
async def test_texts_that_try_to_be_more_stay_text(office: Office, name: str) -> None:
    await furnish(office)
    overwrite(office, ATTACKS[name])
    await play(office, ATTACKS[name], office.admin, presses=name in PRESSED)
    await follow_the_clock(office)
    settle(office, ATTACKS[name])
