"""`python -m bot preview`: what a day would bring, why, and that nothing of it stays."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from bot import command_line, preview
from crm import customers, members, teams
from crm.customers import Profile
from crm.database import Database
from crm.tables import Customer, CustomerSummary, Fact, GroupChat, Member, Outbox, Task

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2027, 2, 1, 10, 0, tzinfo=SHANGHAI)


def seated(database: Database) -> int:
    """A team with an admin and two reps, customers and a group; its id."""

    def seat(db: Session) -> int:
        admin = teams.found(db, 1, "赵姐", NOW)
        teams.rename(db, admin, "美好五金")
        for user_id, name in ((2, "小李"), (3, "小周")):
            teams.join(db, admin.team_id, user_id, name, "rep", NOW)
        db.get_one(Member, admin.member_id).is_rep = False
        db.add(GroupChat(team_id=admin.team_id, chat_id=-7, title="销售一组", connected_at=NOW))
        rep = members.acting(db, 2, NOW)
        for name, born in (("张伟", Birthday("solar", 2, 6)), ("王建国", Birthday("lunar", 12, 30)), ("李娜", None)):
            row = customers.add(db, rep, Profile(name, birthdays=(born,) if born else ()), NOW)
            if name == "王建国":
                row.no_contact = True
        db.flush()
        db.add(
            Task(
                team_id=admin.team_id,
                assignee_id=rep.member_id,
                created_by_id=rep.member_id,
                kind="reminder",
                what="给李娜送样品",
                due_at=datetime(2027, 2, 5, 15, tzinfo=SHANGHAI),
                has_time=True,
                created_at=NOW,
            )
        )
        return admin.team_id

    return database.write_now(seat)


def said(database: Database, team_id: int, on: date) -> list[str]:
    return [str(line) for line in preview.of_day(database, team_id, on, NOW)]


def fingerprint(database: Database) -> list[object]:
    def count(db: Session) -> list[object]:
        tables = (Outbox, Fact, Task, Customer, CustomerSummary)
        return [db.scalar(select(func.count()).select_from(table)) for table in tables]

    return database.read_now(count)


def test_new_years_eve_on_a_saturday_with_rule_and_reason(any_database: Database) -> None:
    team_id = seated(any_database)
    before = fingerprint(any_database)
    lines = said(any_database, team_id, date(2027, 2, 5))
    parts = [line.split("\t") for line in lines]
    assert ["08:00", "小李", "节日祝福（除夕）", "发"] in [part[:4] for part in parts]
    held = next(part for part in parts if part[2] == "生日提醒（王建国）")
    assert held[:4] == ["08:00", "小李", "生日提醒（王建国）", "不发：在不打扰名单里"]
    assert "农历腊月三十 → 2027-02-05" in held[4]
    assert next(part for part in parts if part[2].startswith("到点的提醒"))[:2] == ["15:00", "小李"]
    assert [part[0] for part in parts] == sorted(part[0] for part in parts)
    assert fingerprint(any_database) == before


def test_a_birthday_is_shown_before_and_on_the_day(database: Database) -> None:
    team_id = seated(database)
    ahead = next(line for line in said(database, team_id, date(2027, 2, 3)) if "生日提醒（张伟）" in line)
    assert "2月6日 → 2027-02-06，提前 3 天" in ahead
    on_the_day = [line for line in said(database, team_id, date(2027, 2, 6)) if "生日提醒（张伟）" in line]
    assert len(on_the_day) == 1
    assert "\t发\t" in on_the_day[0]


def test_quiet_hours_put_off_into_the_day_what_was_due_the_evening_before(database: Database) -> None:
    team_id = seated(database)

    def late(db: Session) -> None:
        lead, rep = members.acting(db, 1, NOW), members.acting(db, 2, NOW)
        db.add(
            Task(
                team_id=team_id,
                assignee_id=rep.member_id,
                created_by_id=lead.member_id,
                kind="reminder",
                what="查库存",
                due_at=datetime(2027, 2, 2, 22, tzinfo=SHANGHAI),
                has_time=True,
                created_at=NOW,
            )
        )

    database.write_now(late)
    evening = next(line for line in said(database, team_id, date(2027, 2, 2)) if "到点的提醒" in line)
    assert evening.startswith("22:00")
    assert "推到 2月3日 08:00：免打扰" in evening
    morning = next(line for line in said(database, team_id, date(2027, 2, 3)) if "到点的提醒" in line)
    assert morning.startswith("08:00")


def test_an_untouched_lead_is_shown_on_its_step_only(database: Database) -> None:
    team_id = seated(database)
    on = [date(2027, 2, 1) + timedelta(days=days) for days in range(5)]
    told = [day for day in on if any("新线索没人跟" in line for line in said(database, team_id, day))]
    assert told == [date(2027, 2, 4)]


def test_a_past_day_is_refused(database: Database) -> None:
    with pytest.raises(preview.PastDay):
        said(database, seated(database), date(2027, 1, 31))


def test_the_command_reads_beside_an_open_writer(
    database: Database,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seated(database)
    monkeypatch.setenv("SALES_DATABASE_URL", database_url)
    monkeypatch.setenv("SALES_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SALES_CONFIG", "/nonexistent/config.toml")
    with sqlite3.connect(tmp_path / "sales.db", isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert command_line.main(["preview", "--date", "2099-02-06", "--team", "美好五金"]) == 0
        writer.execute("ROLLBACK")
    out = capsys.readouterr().out
    assert out.startswith("# 美好五金 2099-02-06\n")
    assert "生日提醒（张伟）" in out
    assert command_line.main(["preview", "--team", "没有这个队"]) == 1
    assert command_line.main(["preview", "--date", "2020-01-01"]) == 2
