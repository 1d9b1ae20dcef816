"""What reaches a manager each morning of its own accord: dear customers newly at risk."""

from __future__ import annotations

from sqlalchemy.orm import Session

from crm.tables import Team
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
