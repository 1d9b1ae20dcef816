"""What every update asks goes by SQLite's driver: it answers, and fails, as SQLAlchemy would."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import pytest
from sqlalchemy import Engine, Table, bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from crm import inbox, members, outages, outbox, teams
from crm.database import Database
from crm.inbox import Arrival
from crm.prepared import Prepared
from crm.tables import Fact, Inbox, Outbox
from crm.tables.base import NaiveDatetime
from tests.crm.people import NOW

_facts = cast(Table, Fact.__table__)
_FACT = Prepared(insert(_facts), names=("name", "value"))
_RENAME = Prepared(update(_facts).where(_facts.c.name == bindparam("old")).values(name=bindparam("new")))


def test_the_driver_answers_as_sqlalchemy_does(database: Database) -> None:
    database.write_now(lambda db: teams.found(db, 7, "小李", NOW))

    def ask(db: Session) -> members.Actor:
        return members.acting(db, 7, NOW)

    by_driver = database.read_now(ask)
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        by_engine = database.read_now(ask)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert by_driver == by_engine
    assert by_driver.zone == by_engine.zone
    assert seen, "who listens hears of every statement"


def test_what_is_written_is_read_by_the_object_mapper(database: Database) -> None:
    arrivals = [Arrival(n, 5, f'{{"update_id":{n}}}') for n in (1, 2, 1)]

    def work(db: Session) -> tuple[list[inbox.Received], outbox.Letter, bool, bool]:
        stored = inbox.store(db, 9, arrivals, NOW)
        letter = outbox.reply(db, 5, "sendMessage", {"text": "好"}, now=NOW, real_now=NOW)
        outbox.record(db, [outbox.Outcome(letter.outbox_id, "sent", NOW, message_id=3)])
        ended = [inbox.end(db, stored[0].inbox_id, NOW) for _ in range(2)]
        return stored, letter, ended[0], ended[1]

    stored, letter, first, second = database.write_now(work)
    assert [one.raw for one in stored] == [arrivals[0].raw, arrivals[1].raw]
    assert (first, second) == (True, False)
    sent, handled = database.read_now(
        lambda db: (db.get_one(Outbox, letter.outbox_id), db.get_one(Inbox, stored[0].inbox_id))
    )
    assert (sent.payload, sent.state, sent.message_id, sent.sent_at) == ({"text": "好"}, "sent", 3, NOW)
    assert (handled.state, handled.handled_at, handled.received_at) == ("handled", NOW, NOW)


def test_its_errors_are_those_of_sqlalchemy(database: Database) -> None:
    database.write_now(lambda db: _FACT.run(db, {"name": "geheim", "value": {}}))
    with pytest.raises(IntegrityError) as caught:
        database.write_now(lambda db: _FACT.run(db, {"name": "geheim", "value": {}}))
    assert outages.of(caught.value) is None
    assert "geheim" not in str(caught.value), "customers' data reaches no log"


def test_a_parameter_that_is_missing_is_no_null(database: Database) -> None:
    database.write_now(lambda db: _FACT.run(db, {"name": "一", "value": {}}))
    with pytest.raises((KeyError, SQLAlchemyError)):
        database.write_now(lambda db: _RENAME.run(db, {"old": "一"}))
    assert database.write_now(lambda db: _RENAME.run(db, {"old": "一", "new": "二"})) == 1
    assert database.write_now(lambda db: _RENAME.run(db, {"old": "一", "new": "三"})) == 0


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 3, 18, 10, 30)  # noqa: DTZ001  it is what must not be stored
    with pytest.raises((NaiveDatetime, SQLAlchemyError)):
        database.write_now(lambda db: inbox.end(db, 1, naive))


def test_the_savepoint_of_a_piece_is_undone(database: Database) -> None:
    def twice(db: Session) -> None:
        with db.begin_nested():
            _FACT.run_each(db, [{"name": "doppelt", "value": {}}] * 2)

    def work(db: Session) -> list[str]:
        with pytest.raises(IntegrityError):
            twice(db)
        _FACT.run(db, {"name": "bleibt", "value": {}})
        return list(db.scalars(select(Fact.name).where(Fact.name.in_(("doppelt", "bleibt")))))

    assert database.write_now(work) == ["bleibt"]
