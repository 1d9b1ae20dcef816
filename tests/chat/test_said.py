"""翻记录 in a team that writes much: one's own notes are found, and what was not read is said."""

from __future__ import annotations

import functools
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from crm import customers, notes, said
from crm.customers import Origin, Profile
from crm.members import Actor
from crm.tables import Note
from tests.chat import plans

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from tests.chat.conftest import Office


@pytest.fixture
async def busy(office: Office) -> Office:
    """A note of the rep a month ago, and since then more of a colleague's than are read at once."""
    rep, rep2, now = office.actor(office.rep), office.actor(office.rep2), office.app.clock.now()

    def fill(db: Session) -> None:
        mine = customers.add(db, rep, Profile("孙丽"), now - timedelta(days=60)).customer_id
        his = customers.add(db, rep2, Profile("许强"), now - timedelta(days=60)).customer_id
        notes.add(db, rep, mine, "孙丽说布料要涨价", None, now - timedelta(days=30), Origin())
        row = {"team_id": rep.team_id, "customer_id": his, "author_id": rep2.member_id, "text": "许强问样品"}
        row |= {"urgent": False, "tagged": True, "evidence": {}}
        many = [row | {"created_at": now - timedelta(minutes=n)} for n in range(said.RECENT)]
        db.execute(insert(Note), many)

    office.database.write_now(fill)
    return office


async def test_notes_are_found_behind_many_of_a_colleague(busy: Office) -> None:
    for text in ("谁说过要涨价", "翻记录 小李", "翻记录 小李 涨价"):
        await busy.rep.send(text)
        await busy.idle()
        answer = busy.rep.messages()[-1].text
        assert "孙丽" in answer
        assert "只翻了" not in answer
    await busy.manager.send("谁说过要涨价")
    await busy.idle()
    assert "只翻了最近 20,000 条" in busy.manager.messages()[-1].text
    _check_plans(busy)


def _found(actor: Actor, text: str, now: datetime, db: Session) -> None:
    said.find(db, actor, said.asked(db, actor, text, now), 5)


def _check_plans(busy: Office) -> None:
    """An index leads to the notes of an author and to those of the rep's own customers."""
    rep, manager, now = busy.actor(busy.rep), busy.actor(busy.manager), busy.app.clock.now()
    for actor, text, index in (
        (manager, "小周", "ix_note_author"),
        (manager, "小周 昨天", "ix_note_author"),
        (rep, "涨价", "ix_note_customer"),
    ):
        with plans.collected() as asked:
            busy.database.read_now(functools.partial(_found, actor, text, now))
        assert not [scan for scan in plans.scans(busy.database, asked) if scan.table == "note"]
        if busy.database.is_sqlite:
            looked = [
                one for one in asked.values() if "note.author_id" in one.statement and "FROM note" in one.statement
            ]
            assert looked
            with busy.database.engine.connect() as connection:
                for one in looked:
                    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {one.statement}", one.parameters)
                    assert index in "\n".join(str(step[-1]) for step in plan), one.statement


async def test_a_parcel_that_is_lost_is_no_lost_deal(office: Office) -> None:
    rep, now = office.actor(office.rep), office.app.clock.now()

    def work(db: Session) -> list[str]:
        customer_id = customers.add(db, rep, Profile("孙丽"), now).customer_id
        for text in ("孙丽那单丢了", "送样机的快递丢了"):
            notes.add(db, rep, customer_id, text, None, now, Origin())
        return [note.text for note, _ in said.find(db, rep, said.asked(db, rep, "丢单", now), 5).notes]

    assert office.database.write_now(work) == ["孙丽那单丢了"]
