"""The inbox and the outbox on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import claims, inbox, outbox
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
    assert _claimed(any_database) == ["now"]
    assert _claimed(any_database) == []


def test_the_next_due_is_told_unless_its_chat_is_busy(any_database: Database) -> None:
    later = NOW + timedelta(hours=1)
    any_database.write_now(lambda db: outbox.enqueue(db, [_planned("now"), _planned("later", later)], NOW))
    due_in: Callable[[Session], timedelta] = lambda db: claims.next_due_in(db, NOW, timedelta(days=1))  # noqa: E731
    assert any_database.read_now(due_in) == timedelta(0)
    (outbox_id,) = any_database.write_now(lambda db: claims.claim(db, NOW, NOW, 10))
    assert any_database.read_now(due_in) == timedelta(days=1)
    any_database.write_now(lambda db: outbox.record(db, [outbox.Outcome(outbox_id, "sent", NOW)]))
    assert any_database.read_now(due_in) == timedelta(hours=1)


def test_what_a_dead_process_left_is_repeated_with_a_mark_three_times_at_most(any_database: Database) -> None:
    any_database.write_now(lambda db: outbox.reply(db, 7, "sendMessage", {}, now=NOW, real_now=NOW))
    seen: list[Any] = []
    for _ in range(6):
        any_database.write_now(lambda db: claims.recover(db, {11}))
        ids: list[int] = any_database.write_now(lambda db: claims.claim(db, NOW, NOW, 10))
        seen += any_database.read_now(lambda db: [db.get_one(Outbox, key).attempts for key in ids])  # noqa: B023
    assert seen == [1, 2, 3]
    assert any_database.read_now(lambda db: db.scalars(select(Outbox)).one().state) == "uncertain"


def test_a_push_that_was_not_worded_yet_needs_no_mark_after_a_crash(any_database: Database) -> None:
    any_database.write_now(lambda db: outbox.enqueue(db, [_planned("now")], NOW))
    any_database.write_now(lambda db: claims.claim(db, NOW, NOW, 10))
    any_database.write_now(lambda db: claims.recover(db, ()))
    row = any_database.read_now(lambda db: db.scalars(select(Outbox)).one())
    assert (row.state, row.attempts) == ("pending", 0)


def test_letters_of_the_living_are_left_alone(any_database: Database) -> None:
    claims.sign(any_database.engine, 11)
    any_database.write_now(lambda db: outbox.reply(db, 7, "sendMessage", {}, now=NOW, real_now=NOW))
    assert any_database.write_now(lambda db: claims.recover(db, {11, 12})) == 0
    assert any_database.write_now(lambda db: claims.recover(db, {12})) == 1


def test_what_this_process_mislaid_is_sent_without_a_mark(any_database: Database) -> None:
    claims.sign(any_database.engine, 11)
    ids = [
        any_database.write_now(lambda db: outbox.reply(db, 7, "sendMessage", {}, now=NOW, real_now=NOW)).outbox_id
        for _ in range(2)
    ]
    soon, later = NOW + timedelta(seconds=5), NOW + timedelta(minutes=2)
    assert any_database.write_now(lambda db: claims.give_back(db, ids[:1], soon)) == 0
    assert any_database.write_now(lambda db: claims.give_back(db, ids[:1], later)) == 1
    rows = any_database.read_now(lambda db: [db.get_one(Outbox, key) for key in ids])
    assert [(row.state, row.attempts) for row in rows] == [("sending", 0), ("pending", 0)]


def test_a_chat_is_claimed_by_one_process_at_a_time(any_database: Database) -> None:
    pushes = [_planned("a"), _planned("b"), _planned("c"), replace(_planned("other"), chat_id=8)]
    any_database.write_now(lambda db: outbox.enqueue(db, pushes, NOW))
    assert _claimed(any_database, limit=2) == ["a", "b"]
    assert _claimed(any_database) == ["other"]


def test_messages_are_kept_four_hundred_days(any_database: Database) -> None:
    for days in (0, 1, 200):
        at = NOW + timedelta(days=days)
        pushes = [_planned(f"done:{days}"), _planned(f"waits:{days}")]
        any_database.write_now(lambda db: outbox.enqueue(db, pushes, at))  # noqa: B023
    done = update(Outbox).where(Outbox.key.startswith("done")).values(state="sent")
    any_database.write_now(lambda db: db.execute(done) and None)
    assert any_database.write_now(lambda db: outbox.prune(db, NOW + timedelta(days=399))) == 0
    assert any_database.write_now(lambda db: outbox.prune(db, NOW + timedelta(days=402))) == 2
    keys = any_database.read_now(lambda db: set(db.scalars(select(Outbox.key))))
    assert keys == {"waits:0", "waits:1", "waits:200", "done:200"}


def _claimed(database: Database, limit: int = 10) -> list[str | None]:
    ids = database.write_now(lambda db: claims.claim(db, NOW, NOW, limit))
    return database.read_now(lambda db: [db.get_one(Outbox, outbox_id).key for outbox_id in ids])


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


def test_what_was_said_is_forgotten_after_thirty_days_but_not_that_it_was(any_database: Database) -> None:
    pushes = [replace(_planned(key), data={"text": "张伟"}) for key in ("done", "waits")]
    later = replace(_planned("later"), data={"text": "李娜"})
    any_database.write_now(lambda db: outbox.enqueue(db, pushes, NOW))
    any_database.write_now(lambda db: outbox.enqueue(db, [later], NOW + timedelta(days=5)))
    done = update(Outbox).where(Outbox.key != "waits").values(state="sent")
    any_database.write_now(lambda db: db.execute(done) and None)
    days = (NOW + timedelta(days=n) for n in (29, 31, 32, 36))
    counts = [any_database.write_now(partial(outbox.empty, now=day)) for day in days]
    assert counts == [0, 2, 0, 1]
    kept = any_database.read_now(lambda db: {row.key: row.payload for row in db.scalars(select(Outbox))})
    assert kept == {"done": {}, "waits": {"text": "张伟"}, "later": {}}
