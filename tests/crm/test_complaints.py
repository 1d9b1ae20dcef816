"""Complaint cases: what the customer's summary counts is what is open, whoever presses at the same moment."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaints, entries, risk
from crm.customers import Origin
from crm.database import Database
from crm.tables import Complaint, CustomerSummary, Note, RiskEpisode
from tests.crm.people import NOW, Floor, seat, tags


def complained(floor: Floor) -> tuple[int, int]:
    """The id of a customer and of his open case."""
    customer_id = floor.add(floor.rep, "张伟")
    said = tags("complaint", sentiment="negative")
    floor.write(lambda db: entries.record(db, floor.rep, customer_id, "嫌交期慢", said, None, NOW, Origin()))
    return customer_id, floor.read(lambda db: db.scalars(select(Complaint.complaint_id)).one())


def counted(floor: Floor, customer_id: int) -> int:
    return floor.read(lambda db: db.get_one(CustomerSummary, customer_id).open_complaints)


def test_what_is_counted_is_what_is_open(any_database: Database) -> None:
    floor = seat(any_database)
    customer_id, complaint_id = complained(floor)
    for _ in range(2):
        case = floor.write(lambda db: complaints.close(db, floor.rep, complaint_id, NOW))
        assert (case.complaint.closed_at, case.complaint.closed_by_id) == (NOW, floor.rep.member_id)
        assert counted(floor, customer_id) == 0
    for _ in range(2):
        again = floor.write(lambda db: complaints.reopen(db, floor.manager, complaint_id, NOW))
        assert again.complaint.closed_at is None
        assert counted(floor, customer_id) == 1

    def settle(db: Session, is_open: bool) -> None:
        note = db.scalars(select(Note)).one()
        if is_open:
            complaints.open_for(db, note, NOW)
        else:
            complaints.close_for(db, note, NOW)

    for is_open in (True, False, False, True, True):
        floor.write(lambda db, opens=is_open: settle(db, opens))  # type: ignore[misc]
        assert counted(floor, customer_id) == int(is_open)


@pytest.mark.postgresql
def test_two_who_change_a_case_at_once_are_counted_once(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    database.migrate()
    floor = seat(database)
    customer_id, complaint_id = complained(floor)
    with Session(database.engine) as slow:
        complaints.get(slow, floor.rep, complaint_id)  # seen as open …
        floor.write(lambda db: complaints.close(db, floor.manager, complaint_id, NOW))  # … closed by somebody else
        complaints.close(slow, floor.rep, complaint_id, NOW)
        slow.commit()
    assert counted(floor, customer_id) == 0
    with Session(database.engine) as slow:
        note = slow.scalars(select(Note)).one()
        complaints.get(slow, floor.rep, complaint_id)
        floor.write(lambda db: complaints.reopen(db, floor.manager, complaint_id, NOW))
        complaints.reopen(slow, floor.rep, complaint_id, NOW)
        complaints.open_for(slow, note, NOW)
        slow.commit()
    assert counted(floor, customer_id) == 1
    database.close()


@pytest.mark.postgresql
def test_the_first_verdict_stands_when_two_judge_at_once(migrated_postgres_url: str) -> None:
    database = Database(migrated_postgres_url)
    database.migrate()
    floor = seat(database)
    customer_id = floor.add(floor.rep, "张伟")

    def open_one(db: Session) -> RiskEpisode:
        row = RiskEpisode(team_id=floor.rep.team_id, customer_id=customer_id, opened_at=NOW, probability=0.9)
        db.add(row)
        db.flush()
        return row

    episode_id = floor.write(lambda db: open_one(db).risk_episode_id)
    with Session(database.engine) as slow:
        slow.get(RiskEpisode, episode_id)
        assert floor.write(lambda db: risk.judge(db, floor.manager, episode_id, "contacted", NOW).changed)
        judged = risk.judge(slow, floor.rep, episode_id, "lost", NOW)
        slow.commit()
        assert (judged.changed, judged.episode.verdict, judged.customer.stage) == (False, "contacted", "lead")
    database.close()
