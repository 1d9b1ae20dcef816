"""`python -m bot backup` and `restore`: every row of every table comes back, and nothing due is sent twice."""

from __future__ import annotations

import asyncio
import gzip
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import backup
from bot.application import App
from crm import outbox, teams
from crm.database import Database
from crm.outbox import Planned
from crm.tables import Customer, Outbox, Team
from crm.tables.base import Table
from tests import models
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    def read(db: Session) -> dict[str, list[tuple[Any, ...]]]:
        tables = Table.metadata.sorted_tables
        return {t.name: [tuple(row) for row in db.execute(select(t).order_by(*t.primary_key))] for t in tables}

    return database.read_now(read)


async def lively(office: Office) -> None:
    """A bit of everything, a deleted row whose id must not come back, and a push that waits."""
    await talk.said(office.rep, "王总 13800138000 上海美达 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访")
    await talk.said(office.rep, "订单 王总 12000 螺栓M8")
    await talk.said(office.rep, "提醒 明天下午3点 给王总回电话")
    await office.manager.send("/summary")
    await office.idle()


@pytest.mark.postgresql
async def test_every_row_comes_back_on_both_databases(office: Office, tmp_path: Path, postgres_url: str) -> None:
    await lively(office)
    file = tmp_path / "deep" / "all.backup"
    beside = Database(office.database.url)  # the bot runs on
    await asyncio.to_thread(backup.write, beside, file, NOW)
    beside.close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = rows(office.database)
    assert {name for name in ("customer", "note", "orders", "task", "outbox", "inbox", "stored_file") if before[name]}
    last_id = office.database.read_now(lambda db: max(db.scalars(select(Customer.customer_id))))
    for url in (f"sqlite:///{tmp_path / 'new.db'}", postgres_url):
        status, said = backup.command(url, "restore", file, NOW - timedelta(days=1))
        assert status == 0, said
        database = Database(url)
        there = rows(database)
        there["fact"] = [row for row in there["fact"] if row[0] != outbox.RESTORED_AT]
        assert there == before
        admin = database.read_now(lambda db: teams.admins(db, 1)[0])
        new = Customer(team_id=1, owner_id=admin.member_id, name="新", created_at=NOW, updated_at=NOW)
        assert database.write_now(lambda db, new=new: _added(db, new)) > last_id  # type: ignore[misc]  # bound here
        again = tmp_path / f"again-{database.is_sqlite}.backup"
        backup.write(database, again, NOW)
        database.close()
        assert backup.command(url, "restore", again, NOW)[0] == 1, "it holds data already"
        status, said = backup.command(url, "restore", file, NOW - timedelta(days=1), replace=True)
        assert (status, "before-restore" in said) == (0, True), said


def _added(db: Session, row: Customer) -> int:
    db.add(row)
    db.flush()
    return row.customer_id


async def test_what_was_due_is_held_told_to_the_admin_and_never_planned_again(office: Office, tmp_path: Path) -> None:
    await lively(office)
    await office.at(at(3, 19, 14, 59))
    seen = texts_of(office, office.rep)
    file, url = tmp_path / "all.backup", f"sqlite:///{tmp_path / 'new.db'}"
    backup.write(office.database, file, NOW)
    await office.app.__aexit__()  # else it is a second bot beside the restored one, and sends what is due there
    back = at(3, 19, 16)
    status, said = backup.command(url, "restore", file, back)
    assert status == 0, said
    late = Planned("birthday:1:x", "birthday", 1, office.rep.user_id, back - timedelta(hours=8), {})
    database = Database(url)
    database.write_now(lambda db: outbox.enqueue(db, [late], back))
    held = database.read_now(lambda db: db.scalars(select(Outbox).where(Outbox.reason == "restored")).all())
    assert {"birthday", "task"} <= {row.push for row in held}
    assert {row.state for row in held} == {"skipped"}
    database.close()
    await office.emulator.clock.move_to(back + timedelta(minutes=5))
    settings = office.app.settings.model_copy(update={"database_url": url})
    async with App(settings, model_dir=models.trained_model(), ticks_by_hand=True) as app:
        await app.ticks.plan()
        await app.idle()
    told = texts_of(office, office.admin)[-1]
    assert f"已从备份恢复。有 {len(held) - 1} 条提醒在恢复前就到点了" in told
    assert f"{len(held) - 1} due pushes held" in said
    assert "到点的提醒（给王总回电话） → 小李" in told
    assert texts_of(office, office.rep) == seen


async def test_one_sentence_where_it_cannot_be(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "all.backup"
    backup.write(office.database, file, NOW)
    assert "stop it first" in backup.command(office.database.url, "restore", file, NOW, replace=True)[1]
    new = f"sqlite:///{tmp_path / 'new.db'}"
    assert "no database" in backup.command(new, "backup", file, NOW)[1]
    whole = file.read_bytes()
    lines = gzip.decompress(whole).decode().splitlines()
    bad = tmp_path / "bad.backup"
    changed = [line.replace("小李", "小王") for line in lines]
    newer = [lines[0].replace(f'"revision":"{Database.newest_revision()}"', '"revision":"9999"'), *lines[1:]]
    packed = map(_packed, (lines[:-1], changed, newer))
    for number, content in enumerate((b"", b"PK..", whole[: len(whole) // 2], *packed)):
        bad.write_bytes(content)
        url = f"sqlite:///{tmp_path / f'bad{number}.db'}"
        status, said = backup.command(url, "restore", bad, NOW)
        assert (status, said.count("\n")) == (1, 0)
        assert "no whole backup" in said or "newer version" in said
        database = Database(url)
        database.migrate()
        assert database.read_now(lambda db: db.scalars(select(Team)).all()) == []
        database.close()
    assert "No such file" in backup.command(new, "restore", tmp_path / "none", NOW)[1]


def _packed(lines: list[str]) -> bytes:
    return gzip.compress("\n".join([*lines, ""]).encode())
