"""The inbox and the outbox on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import inbox, outbox
from crm.database import Database
from crm.tables import Inbox, Outbox, Team

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)


def _arrivals(*update_ids: int) -> list[inbox.Arrival]:
    return [inbox.Arrival(update_id, chat_id=7, raw="{}") for update_id in update_ids]


def _planned(key: str, due_at: datetime = NOW) -> outbox.Planned:
    return outbox.Planned(key=key, push="card", team_id=1, chat_id=7, due_at=due_at, data={"a": 1})


def test_the_same_update_is_stored_once_also_out_of_order(any_database: Database) -> None:
    first = any_database.write_now(lambda db: inbox.store(db, 1, _arrivals(10, 11), NOW))
    second = any_database.write_now(lambda db: inbox.store(db, 1, _arrivals(11, 9, 10), NOW))
    assert [len(first), len(second)] == [2, 1]
    assert len(any_database.read_now(inbox.waiting)) == 3


def test_an_update_takes_effect_once(any_database: Database) -> None:
    (received,) = any_database.write_now(lambda db: inbox.store(db, 1, _arrivals(10), NOW))

    def handle(db: Session) -> None:
        db.add(Team(name="一", created_at=NOW))
        inbox.mark_handled(db, received.inbox_id, NOW)

    any_database.write_now(handle)
    with pytest.raises(inbox.AlreadyHandled):
        any_database.write_now(handle)
    assert any_database.read_now(lambda db: len(list(db.scalars(select(Team))))) == 1
    assert any_database.read_now(inbox.waiting) == []


def test_an_update_is_set_aside_after_five_tries(any_database: Database) -> None:
    (received,) = any_database.write_now(lambda db: inbox.store(db, 1, _arrivals(10), NOW))
    tries = [
        any_database.write_now(lambda db: inbox.mark_failed_try(db, received.inbox_id, "KeyError", NOW))
        for _ in range(5)
    ]
    assert tries == [False, False, False, False, True]
    assert any_database.read_now(inbox.waiting) == []


def test_handled_updates_are_kept_eight_days(any_database: Database) -> None:
    received = any_database.write_now(lambda db: inbox.store(db, 1, _arrivals(10, 11), NOW))
    any_database.write_now(lambda db: inbox.mark_handled(db, received[0].inbox_id, NOW))
    any_database.write_now(lambda db: inbox.prune(db, NOW + timedelta(days=7)))
    assert any_database.read_now(lambda db: len(list(db.scalars(select(Inbox))))) == 2
    any_database.write_now(lambda db: inbox.prune(db, NOW + timedelta(days=9)))
    assert any_database.read_now(lambda db: [row.update_id for row in db.scalars(select(Inbox))]) == [11]


def test_a_second_tick_adds_no_second_message(any_database: Database) -> None:
    pushes = [_planned("birthday:42:2026-11-30:day"), _planned("birthday:43:2026-11-30:day")]
    assert any_database.write_now(lambda db: outbox.enqueue(db, pushes, NOW)) == 2
    assert any_database.write_now(lambda db: outbox.enqueue(db, pushes, NOW)) == 0


def test_only_due_pushes_are_claimed_and_only_once(any_database: Database) -> None:
    later = NOW + timedelta(hours=1)
    any_database.write_now(lambda db: outbox.enqueue(db, [_planned("now"), _planned("later", later)], NOW))
    claimed = any_database.write_now(lambda db: [row.key for row in outbox.claim(db, NOW, NOW, 10)])
    assert claimed == ["now"]
    assert any_database.write_now(lambda db: outbox.claim(db, NOW, NOW, 10)) == []
    assert any_database.read_now(lambda db: outbox.next_due_in(db, NOW, timedelta(days=1))) == timedelta(hours=1)


def test_what_a_dead_process_left_is_repeated_with_a_mark_three_times_at_most(any_database: Database) -> None:
    any_database.write_now(lambda db: outbox.enqueue(db, [_planned("now")], NOW))
    seen: list[int] = []
    for _ in range(6):
        rows: list[Any] = any_database.write_now(lambda db: [row.attempts for row in outbox.claim(db, NOW, NOW, 10)])
        seen += rows
        any_database.write_now(lambda db: outbox.recover(db, NOW))
    assert seen == [0, 1, 2, 3]
    assert any_database.read_now(lambda db: db.scalars(select(Outbox)).one().state) == "uncertain"


def test_a_sent_message_is_found_by_its_id(any_database: Database) -> None:
    def queue(db: Session) -> outbox.Letter:
        about = outbox.About(customer_id=5)
        return outbox.reply(db, 7, "sendMessage", {"text": "好"}, now=NOW, real_now=NOW, about=about)

    letter = any_database.write_now(queue)
    sent = outbox.Outcome(letter.outbox_id, "sent", NOW, message_id=88)
    any_database.write_now(lambda db: outbox.record(db, [sent]))
    found = any_database.read_now(lambda db: outbox.find_by_message(db, 7, 88))
    assert found is not None
    assert (found.customer_id, found.state, found.sent_at) == (5, "sent", NOW)
    assert any_database.read_now(lambda db: outbox.find_by_message(db, 8, 88)) is None


def test_a_replica_leaves_fresh_claims_of_others_alone(any_database: Database) -> None:
    any_database.write_now(lambda db: outbox.enqueue(db, [_planned("now")], NOW))
    any_database.write_now(lambda db: outbox.claim(db, NOW, NOW, 10))
    assert any_database.write_now(lambda db: outbox.recover(db, NOW - timedelta(minutes=3))) == 0
