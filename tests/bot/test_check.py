"""`python -m bot check`: a line in Chinese for each thing that is wrong, none for what is not."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from bot import check
from bot.settings import Settings, TelegramSettings
from crm.database import Database
from emulator import server
from tests.bot import house
from tests.chat.conftest import Office

TODAY = date(2026, 3, 18)


async def told(settings: Settings, today: date = TODAY) -> dict[str, str]:
    """Sentence → kind."""
    found = await asyncio.to_thread(check.findings, settings, today)
    return {finding.sentence: finding.kind for finding in found}


async def test_a_running_bot_is_well(office: Office) -> None:
    found = await told(office.app.settings)
    assert "wrong" not in found.values()
    assert found["Telegram 可用，机器人是 @sales_helper_bot"] == "good"
    assert found["数据库能打开，结构是最新的"] == "good"
    assert found["机器人正在运行"] == "good"


async def test_each_fault_has_its_sentence(tmp_path: Path) -> None:
    async with server.running() as emulator:
        port = house.free_port()
        given = house.settings(emulator, tmp_path, f"sqlite:///{tmp_path / 'none.db'}", port)
        telegram = given.telegram.model_copy(
            update={"mode": "webhook", "webhook_url": "http://x:1", "token": SecretStr("1:x")}
        )
        taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", port)
        wrong = given.model_copy(update={"telegram": telegram, "database_url": "sqlite:////proc/none/x.db"})
        found = await told(wrong, date(2090, 1, 1))
        taken.close()
    assert [
        kind for words, kind in found.items() if "token 不对" in words or "https://" in words or "被占用" in words
    ] == ["wrong"] * 3
    assert found["2090 年的调休还不知道：升级，或写 workdays.json（见 docs/reminders.md）"] == "hint"
    assert any("标签模型还没训练" in words for words in found)
    nobody = Settings(telegram=TelegramSettings(), data_dir=tmp_path, database_url="postgresql://x:y@127.0.0.1:9/z")
    found = await told(nobody)
    assert any("没有填 telegram.token" in words for words in found)
    assert any(words.startswith("数据库打不开") and "y@" not in words for words in found)


async def test_an_older_and_a_newer_schema_are_told(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    database = Database(url)
    database.migrate("0003")
    given = Settings(telegram=TelegramSettings(), data_dir=tmp_path, database_url=url)
    assert any("下次启动时升级" in words for words in await told(given))
    with database.engine.connect().execution_options(sales_write=True) as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    assert (await told(given))["数据库是更新版本的机器人用过的：请装回新版本"] == "wrong"
    (tmp_path / "old.db").chmod(0o644)
    assert any("chmod 600" in words for words in await told(given))
