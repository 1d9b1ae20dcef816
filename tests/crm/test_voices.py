"""Needs and complaints on both databases: the figures, who else, causes and repeats, and what the clock plans."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import causes, complaint_alerts, complaint_lists, complaint_stages, complaints, needs, voices
from crm.causes import CauseRefused
from crm.complaint_stages import ColleagueUnknown, StageUnknown
from crm.customers import Origin
from crm.database import Database
from crm.members import Actor
from crm.notes import add
from crm.tables import Complaint, Need, Outbox, Team
from tests.crm.people import NOW, Floor, seat, tags


def tell(floor: Floor, actor: Actor, name_id: int, text: str, at: datetime, *labels: str, topic: str) -> int:
    said = tags(*labels, topics=(topic,), sentiment="negative")
    return floor.write(lambda db: add(db, actor, name_id, text, said, at, Origin())[0].note_id)


def filled(database: Database) -> tuple[Floor, int, int]:
    """张伟 of the rep: two complaints and a need; 李娜 of the other: the same need."""
    floor = seat(database)
    zhang, li = floor.add(floor.rep, "张伟"), floor.add(floor.rep2, "李娜")
    tell(floor, floor.rep, zhang, "螺栓滑牙", NOW - timedelta(days=3), "complaint", topic="quality")
    tell(floor, floor.rep, zhang, "发票抬头开错", NOW - timedelta(days=2), "complaint", topic="billing")
    tell(floor, floor.rep, zhang, "滑牙的螺栓还没换", NOW - timedelta(days=1), "complaint", topic="quality")
    tell(floor, floor.rep, zhang, "想要便宜些", NOW - timedelta(days=40), "need_explicit", topic="price")
    tell(floor, floor.rep2, li, "希望便宜点", NOW - timedelta(days=1), "need_latent", topic="price")
    return floor, zhang, li


def test_the_figures_and_who_is_behind_them(any_database: Database) -> None:
    floor, zhang, li = filled(any_database)
    month, now = NOW - timedelta(days=30), NOW
    found = floor.read(lambda db: voices.summary(db, floor.manager, month, now))
    assert (found.complaints, found.needs, found.complaints_before, found.needs_before) == (2, 1, 0, 1)
    assert (found.complaints_open, found.needs_waiting) == (2, 2)
    assert dict(found.topics) == {"quality": 1, "billing": 1, "price": 1}
    assert [month.month for month in found.months] == [10, 11, 12, 1, 2, 3]
    assert found.by_month["price", found.months[4]] == 1
    assert [quote.text for quote in found.quotes] == ["希望便宜点", "发票抬头开错", "螺栓滑牙"]
    mine = floor.read(lambda db: voices.summary(db, floor.rep2, month, now, groups=("high",)))
    assert mine.total == 0
    assert floor.read(lambda db: voices.summary(db, floor.outsider, month, now)).total == 0
    page, total = floor.read(lambda db: voices.who(db, floor.manager, found.scope))
    assert [(voice.customer.customer_id, voice.cases) for voice in page] == [(zhang, 2), (li, 1)]
    assert total == 2
    assert floor.read(lambda db: voices.who(db, floor.rep, found.scope, "price"))[1] == 0


def test_who_else_needs_it_is_within_the_members_rights(any_database: Database) -> None:
    floor, _, li = filled(any_database)
    row = floor.read(lambda db: needs.find(db, floor.rep)[0].need)
    assert (row.level, row.latent) == ("expected", False)
    others = floor.read(lambda db: needs.others(db, floor.manager, row))
    assert [case.customer.customer_id for case in others] == [li]
    assert floor.read(lambda db: needs.others(db, floor.rep, row)) == []
    assert len(floor.read(lambda db: needs.asking_for(db, floor.manager, "便宜", None))) == 2
    with pytest.raises(needs.NeedNotFound):
        floor.write(lambda db: needs.win(db, floor.rep2, row.need_id, NOW))
    with pytest.raises(needs.LevelUnknown):
        floor.write(lambda db: needs.set_level(db, floor.rep, row.need_id, "huge"))
    floor.write(lambda db: needs.lose(db, floor.rep, row.need_id, "价格高", NOW))
    again = floor.write(lambda db: needs.win(db, floor.rep, row.need_id, NOW))
    assert (again.need.outcome, again.need.reason) == ("lost", "价格高"), "the first outcome stands"


def test_causes_repeats_and_stages(any_database: Database) -> None:
    floor, zhang, _ = filled(any_database)
    first = floor.read(lambda db: db.scalars(select(Complaint).order_by(Complaint.complaint_id)).first())
    assert first is not None
    number = first.complaint_id

    def chosen(db: Session) -> None:
        usual = causes.of_team(db, floor.rep, NOW)
        assert [row.name for row in usual] == list(causes.USUAL)
        added = causes.add(db, floor.rep, " 来料不良。", NOW)
        complaint_stages.classify(db, floor.rep, number, NOW, cause_id=added.complaint_cause_id, severity="serious")

    floor.write(chosen)
    found = floor.read(lambda db: causes.repeats(db, floor.manager, 2, NOW))
    assert (found.total, found.without_cause, found.causes) == (2, 1, [("来料不良", 1)])
    assert [(row.customer_id, times) for row, times in found.customers] == [(zhang, 2)]
    for name, why in (("", "empty"), ("一二三四五六七八九十一二三", "long")):
        with pytest.raises(CauseRefused) as refused:
            floor.write(lambda db, name=name: causes.add(db, floor.rep, name, NOW))  # type: ignore[misc]
        assert refused.value.why == why
    with pytest.raises(StageUnknown):
        floor.write(lambda db: complaint_stages.classify(db, floor.rep, number, NOW, topic="weather"))
    with pytest.raises(ColleagueUnknown):
        floor.write(lambda db: complaint_stages.assign(db, floor.manager, number, floor.outsider.member_id, NOW))
    with pytest.raises(complaints.ComplaintNotFound):
        floor.write(lambda db: complaint_stages.resolve(db, floor.rep2, number, NOW))
    floor.write(lambda db: complaint_stages.assign(db, floor.manager, number, floor.rep2.member_id, NOW))
    assert floor.read(lambda db: complaint_lists.count_of(db, floor.rep2, NOW)) == {"open": 1, "late": 0, "mine": 1}
    floor.write(lambda db: complaint_stages.resolve(db, floor.rep2, number, NOW))


def test_two_ticks_plan_an_alert_once(any_database: Database) -> None:
    floor, _, _ = filled(any_database)

    def tick(db: Session) -> int:
        return complaint_alerts.plan(db, db.get_one(Team, floor.rep.team_id), NOW)

    assert floor.write(tick) > 0
    assert floor.write(tick) == 0
    planned = floor.read(lambda db: list(db.scalars(select(Outbox).where(Outbox.push == complaint_alerts.PUSH))))
    assert {row.member_id for row in planned} == {floor.rep.member_id}, "half of 27 hours is over, the deadline is not"
    assert floor.read(lambda db: len(list(db.scalars(select(Need))))) == 2
