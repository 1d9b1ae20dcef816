"""A complaint by the clock: urgent ones at once, half of the working hours, the deadline, a working day after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from crm import complaints
from crm.tables import Complaint, Note
from emulator.person import Person
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of
from tests.crm import trade


async def complain(office: Office, person: Person, name: str, opened: datetime, urgent: bool) -> int:
    actor = office.actor(person)

    def fill(db: Session) -> int:
        note = Note(team_id=actor.team_id, author_id=actor.member_id, text="货全错了", urgent=urgent, created_at=opened)
        note.customer_id = trade.buyer(db, actor, name, (), 0, opened)
        db.add(note)
        db.flush()
        case = complaints.open_for(db, note, opened)
        assert case is not None
        return case.complaint_id

    return await office.database.write(fill)


def told(office: Office, person: Person, words: str) -> int:
    return sum(words in text for text in texts_of(office, person))


async def test_an_urgent_complaint_from_the_first_minute_to_its_end(office: Office) -> None:
    number = await complain(office, office.rep, "李<姐", at(3, 18, 8, 15), urgent=True)
    await office.at(at(3, 18, 10, 31))
    assert texts_of(office, office.manager) == [
        "❗ 加急投诉，请马上处理：李<姐（今天 08:15立案）\n货全错了\n期限 今天（3月18日 周三） 13:00 · 负责人 小李"
    ]
    assert texts_of(office, office.rep) == [], "who wrote it down knows"
    await office.at(at(3, 18, 11))
    half = next(m for m in office.rep.messages() if "过半" in m.text)
    assert talk.labels(half) == ["已解决", "看这件"]
    await office.at(at(3, 18, 13))
    assert told(office, office.manager, "到期还没解决") == 1
    await office.at(at(3, 19, 13))
    assert told(office, office.manager, "超期了还没解决") == 1
    await office.at(at(3, 20, 13))
    assert told(office, office.manager, "超期了还没解决") == 1, "after one more working day, not each day"
    await office.manager.send("/complaints 逾期")
    await office.idle()
    assert "超期投诉 1 件" in texts_of(office, office.manager)[-1]
    await office.at(at(3, 20, 14))
    await talk.pressed(office.rep, half, "已解决")
    await office.at(at(3, 23, 14))
    assert told(office, office.manager, "超期了还没解决") == 1
    reminded = next(m for m in office.rep.messages() if "告诉客户了吗" in m.text)
    await talk.pressed(office.rep, reminded, "已告诉客户，结案")
    row = office.database.read_now(lambda db: db.get_one(Complaint, number))
    assert (row.stage, row.resolved_at, row.closed_at) == ("told", at(3, 20, 14), at(3, 23, 14))
    await office.at(at(3, 25, 14))
    assert told(office, office.rep, "告诉客户了吗") == 0, "the reminder has become the closed case, no other came"


async def test_plain_ones_are_reckoned_in_working_hours_and_several_are_one_message(office: Office) -> None:
    await complain(office, office.rep2, "周全", at(3, 18, 8, 15), urgent=False)
    await complain(office, office.rep2, "周到", at(3, 18, 8, 15), urgent=False)
    await office.at(at(3, 19, 13, 29))
    assert told(office, office.rep2, "有 2 件投诉要您看") == 0, "27 working hours: half of them on Thursday at 13:30"
    await office.at(at(3, 19, 13, 30))
    assert told(office, office.rep2, "有 2 件投诉要您看") == 1
    assert texts_of(office, office.manager) == []
    await office.at(at(3, 20, 17, 40))
    assert told(office, office.manager, "投诉要您看") == 0
    await office.at(at(3, 20, 18))
    assert told(office, office.manager, "[到期] 周到") == 1
    for day in (21, 22, 23):
        await office.at(at(3, day, 17, 40))
    assert told(office, office.manager, "[超期]") == 0, "not at the weekend"
    for day in (23, 24, 25):
        await office.at(at(3, day, 18))
    assert told(office, office.manager, "[超期] 周到") == 1, "once, a working day later"
