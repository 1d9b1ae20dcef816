"""Notes: tags, corrections, undo, a new wording, tags that come later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm import complaint_lists, entries, notes, promises
from crm import tags as note_tags
from crm.customers import CustomerNotFound, Origin
from crm.database import Database
from crm.entries import Recorded
from crm.notes import NoteNotFound
from crm.tables import Complaint, CustomerSummary, Note, NoteTag, TagCorrection, Task
from tests.crm.people import NOW, Floor, seat, tags, todo


@pytest.fixture
def floor(database: Database) -> Floor:
    return seat(database)


COMPLAINT = tags("complaint", topics=("delivery",), sentiment="negative", urgent=True)


def record(
    floor: Floor, customer_id: int, text: str = "嫌交期慢", said: object = COMPLAINT, due: bool = True
) -> Recorded:
    return floor.write(
        lambda db: entries.record(
            db,
            floor.rep,
            customer_id,
            text,
            said,  # type: ignore[arg-type]  # Tags or None
            todo() if due else None,
            NOW,
            Origin(2, 7),
        )
    )


def labels(floor: Floor, note_id: int) -> list[str]:
    return [tag.label for tag in floor.read(lambda db: notes.present_tags(db, note_id))]


def summary(floor: Floor, customer_id: int) -> CustomerSummary:
    return floor.read(lambda db: db.get_one(CustomerSummary, customer_id))


def test_a_note_counts_for_the_customer(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    made = record(floor, customer_id)
    assert labels(floor, made.note.note_id) == ["complaint", "delivery"]
    kept = summary(floor, customer_id)
    assert (kept.open_complaints, kept.last_note_at) == (1, NOW)
    assert made.note.evidence["complaint"] == ["嫌交期慢"]
    assert floor.read(lambda db: complaint_lists.find(db, floor.rep, "open", NOW))[0].complaint.urgent


def test_a_note_for_a_foreign_customer_is_refused(floor: Floor) -> None:
    customer_id = floor.add(floor.rep2, "张伟")
    with pytest.raises(CustomerNotFound):
        record(floor, customer_id)


def test_undo_closes_the_complaint_cancels_the_task_and_restore_brings_them_back(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    note_id = record(floor, customer_id).note.note_id
    for _ in range(2):
        floor.write(lambda db: notes.remove(db, floor.rep, note_id, NOW))
    kept = summary(floor, customer_id)
    assert (kept.open_complaints, kept.last_note_at) == (0, None)
    assert floor.read(lambda db: db.scalar(select(Task.cancelled_at))) == NOW
    for _ in range(2):
        floor.write(lambda db: notes.restore(db, floor.rep, note_id, NOW + timedelta(minutes=1)))
    kept = summary(floor, customer_id)
    assert (kept.open_complaints, kept.last_note_at) == (1, NOW)
    assert floor.read(lambda db: db.scalar(select(Task.cancelled_at))) is None


def test_nobody_else_touches_a_note(floor: Floor) -> None:
    note_id = record(floor, floor.add(floor.rep, "张伟")).note.note_id
    for actor in (floor.rep2, floor.outsider):
        deeds: tuple[Callable[[Session], object], ...] = (
            partial(notes.remove, actor=actor, note_id=note_id, now=NOW),
            partial(note_tags.correct, actor=actor, note_id=note_id, label="complaint", holds=False, now=NOW),
            partial(promises.date_promise, actor=actor, note_id=note_id, days=1, now=NOW),
        )
        for deed in deeds:
            with pytest.raises(NoteNotFound):
                floor.write(deed)


def test_a_tap_takes_the_complaint_off_and_a_second_one_changes_nothing(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    note_id = record(floor, customer_id).note.note_id
    for _ in range(2):
        floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "complaint", False, NOW))
    assert labels(floor, note_id) == ["delivery"]
    assert summary(floor, customer_id).open_complaints == 0
    floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "complaint", True, NOW))
    floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "price", True, NOW))
    floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "positive", True, NOW))
    assert set(labels(floor, note_id)) == {"complaint", "delivery", "price"}
    assert summary(floor, customer_id).open_complaints == 1
    said = floor.read(lambda db: [(c.label, c.holds) for c in db.scalars(select(TagCorrection))])
    assert said == [("complaint", False), ("complaint", True), ("price", True), ("positive", True)]


def test_an_unknown_label_is_refused(floor: Floor) -> None:
    note_id = record(floor, floor.add(floor.rep, "张伟")).note.note_id
    with pytest.raises(note_tags.UnknownLabel):
        floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "nonsense", True, NOW))


def test_a_new_wording_is_tagged_anew_but_what_a_person_said_stays(any_database: Database) -> None:
    floor = seat(any_database)
    customer_id = floor.add(floor.rep, "张伟")
    note_id = record(floor, customer_id).note.note_id
    floor.write(lambda db: note_tags.correct(db, floor.rep, note_id, "churn", True, NOW))
    praise = tags("praise", "churn", sentiment="positive")
    floor.write(lambda db: entries.rewrite(db, floor.rep, note_id, "很满意", praise, todo("送样"), NOW))
    assert set(labels(floor, note_id)) == {"praise", "churn"}
    assert summary(floor, customer_id).open_complaints == 0
    assert floor.read(lambda db: list(db.scalars(select(Task.what)))) == ["送样"]


def test_a_note_saved_without_a_model_is_tagged_later_once(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    note_id = record(floor, customer_id, said=None).note.note_id
    assert [note.note_id for note, _ in floor.read(lambda db: notes.untagged(db, 10))] == [note_id]
    for _ in range(2):
        floor.write(lambda db: notes.tag_later(db, note_id, COMPLAINT))
    assert floor.read(lambda db: notes.untagged(db, 10)) == []
    assert summary(floor, customer_id).open_complaints == 1
    assert labels(floor, note_id) == ["complaint", "delivery"]


def test_what_is_tagged_later_happened_when_the_note_was_written(floor: Floor) -> None:
    note_id = record(floor, floor.add(floor.rep, "张伟"), said=None).note.note_id
    written = NOW - timedelta(days=40)
    floor.write(lambda db: db.execute(update(Note).where(Note.note_id == note_id).values(created_at=written)))
    floor.write(lambda db: notes.tag_later(db, note_id, COMPLAINT))
    assert floor.read(lambda db: list(db.scalars(select(Complaint.opened_at)))) == [written]
    assert set(floor.read(lambda db: list(db.scalars(select(NoteTag.created_at))))) == {written}


def test_a_promise_gets_one_task_whatever_is_pressed(floor: Floor) -> None:
    note_id = record(floor, floor.add(floor.rep, "张伟"), "答应给他样品", tags("promise"), due=False).note.note_id
    for days in (1, 1, 2):
        floor.write(partial(promises.date_promise, actor=floor.rep, note_id=note_id, days=days, now=NOW))
    due = floor.read(lambda db: list(db.scalars(select(Task.due_at).where(Task.cancelled_at.is_(None)))))
    assert [floor.rep.local(at).date().isoformat() for at in due] == ["2026-03-20"]
    floor.write(lambda db: promises.date_promise(db, floor.rep, note_id, -1, NOW))
    assert floor.read(lambda db: promises.of_note(db, note_id)) is None


def test_a_moved_note_takes_its_complaint_along(floor: Floor) -> None:
    first, second = floor.add(floor.rep, "张伟"), floor.add(floor.rep, "李娜")
    note_id = record(floor, first).note.note_id
    floor.write(lambda db: notes.move(db, floor.rep, note_id, second, NOW))
    assert (summary(floor, first).open_complaints, summary(floor, second).open_complaints) == (0, 1)
    assert summary(floor, first).last_note_at is None
