"""What reaches a manager of his own accord: dear customers newly at risk, urgent complaints left open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import complaints
from crm.tables import Complaint, Note, Team
from tests.chat.conftest import Office
from tests.chat.played import at, ledger, texts_of
from tests.crm import trade


async def _risks(office: Office, number: int = 1) -> None:
    """Dear customers of 小李 who have gone quiet, and a small one."""
    actor, now = office.actor(office.rep), office.app.clock.now()

    def fill(db: Session) -> None:
        db.get_one(Team, actor.team_id).settings = {}
        for place in range(number):
            trade.buyer(db, actor, f"贵客{place}", range(250, 360, 15), 900_00, now)
        for place in range(number * 4):
            trade.buyer(db, actor, f"小客{place}", range(250, 360, 15), (place + 1) * 1_00, now)

    await office.database.write(fill)


async def _complain(office: Office, opened: datetime, urgent: bool = True) -> int:
    actor = office.actor(office.rep)

    def fill(db: Session) -> int:
        customer_id = trade.buyer(db, actor, "李<姐", (), 0, opened)
        note = Note(
            team_id=actor.team_id,
            customer_id=customer_id,
            author_id=actor.member_id,
            text="货全错了，今天必须换",
            urgent=urgent,
            created_at=opened,
        )
        db.add(note)
        db.flush()
        case = complaints.open_for(db, note, opened)
        assert case is not None
        return case.complaint_id

    return await office.database.write(fill)


async def test_a_dear_customer_at_risk_is_told_to_the_manager_once(office: Office) -> None:
    await _risks(office)
    await office.at(at(3, 19, 8, 30))
    line = next(m for m in office.manager.messages() if "要您留意" in m.text)
    assert "王主管，有 1 件要您留意" in line.text
    assert "高价值客户可能流失：贵客0" in line.text
    assert "负责人 小李" in line.text
    assert "平均 15 天一单" in line.text
    assert "小客" not in line.text
    assert line.buttons == [["贵客0"], ["看风险名单"]]
    assert not any("要您留意" in text for person in (office.rep, office.rep2) for text in texts_of(office, person))
    await office.at(at(3, 20, 8, 30))
    assert sum("要您留意" in text for text in texts_of(office, office.manager)) == 1
    mine = [row.state for row in ledger(office, "manager") if row.chat_id == office.manager.user_id]
    assert mine == ["sent", "skipped"]


async def test_many_are_one_message(office: Office) -> None:
    await _risks(office, 5)
    await office.at(at(3, 19, 8, 30))
    line = next(m for m in office.manager.messages() if "要您留意" in m.text)
    assert "有 5 件" in line.text
    assert "另有 2 位高价值客户可能流失" in line.text
    assert sum(len(row) for row in line.buttons) <= 8


async def test_an_urgent_complaint_is_the_managers_after_a_working_day(office: Office) -> None:
    complaint_id = await _complain(office, at(3, 18, 8, 15))
    await _complain(office, at(3, 18, 8, 15), urgent=False)
    await office.at(at(3, 18, 12))
    assert texts_of(office, office.manager) == []
    await office.at(at(3, 19, 8, 30))
    line = next(text for text in texts_of(office, office.manager) if "要您留意" in text)
    assert "有 1 件要您留意" in line
    assert "加急投诉还没结" in line
    assert "李<姐" in line
    await office.at(at(3, 20, 8, 30))
    assert sum("加急投诉还没结" in text for text in texts_of(office, office.manager)) == 2, "until it is closed"
    actor = office.actor(office.rep)
    await office.database.write(lambda db: complaints.close(db, actor, complaint_id, at(3, 20, 9)))
    await office.at(at(3, 23, 8, 30))
    assert sum("加急投诉还没结" in text for text in texts_of(office, office.manager)) == 2


async def test_any_other_complaint_is_the_managers_once_after_three_working_days(office: Office) -> None:
    await _complain(office, at(3, 18, 8, 15), urgent=False)
    for day in (19, 20, 21, 22):
        await office.at(at(3, day, 8, 30))
    assert texts_of(office, office.manager) == []
    await office.at(at(3, 23, 8, 30))
    assert sum("⚠️ 投诉过了 3 个工作日还没结" in text for text in texts_of(office, office.manager)) == 1
    for day in (24, 25):
        await office.at(at(3, day, 8, 30))
    assert sum("投诉过了" in text for text in texts_of(office, office.manager)) == 1


async def test_a_complaint_of_friday_is_late_on_monday_not_at_the_weekend(office: Office) -> None:
    await _complain(office, at(3, 20, 16))
    for day in (21, 22, 23):
        await office.at(at(3, day, 8, 30))
    assert not any("加急投诉" in text for text in texts_of(office, office.manager))
    await office.at(at(3, 24, 8, 30))
    assert any("加急投诉还没结" in text for text in texts_of(office, office.manager))
    stored = office.database.read_now(lambda db: db.query(Complaint).one())
    assert stored.closed_at is None
