"""Words about time are meant from when they were written, however late the bot hears, sees a press or an edit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bot.application import App
from bot.heavy import HeavyWork
from crm.database import Database
from crm.tables import Task
from emulator import server
from tests import models
from tests.chat.conftest import SHANGHAI, WEDNESDAY_MORNING, Office, seat_everybody, settings_for

THURSDAY_3PM = datetime(2026, 3, 19, 15, tzinfo=SHANGHAI)


def dues(database: Database) -> list[datetime]:
    return database.read_now(lambda db: list(db.scalars(select(Task.due_at).where(Task.cancelled_at.is_(None)))))


async def test_a_message_heard_the_next_day(database_url: str, tmp_path: Path, heavy: HeavyWork) -> None:
    async with server.running(clock=WEDNESDAY_MORNING) as emulator:
        names = {"rep": 1001, "rep2": 1002, "manager": 1003, "admin": 1004, "outsider": 1005}
        people = {role: emulator.person(role, user_id, started=True) for role, user_id in names.items()}
        group = emulator.group("销售一组", list(people.values()))
        emulator.bot.deliveries.clear()
        opened = Database(database_url)
        seat_everybody(opened, people, group, WEDNESDAY_MORNING.astimezone(UTC))
        await people["rep"].send("提醒我明天下午3点交周报")
        await emulator.clock.advance(timedelta(days=1))
        async with App(settings_for(emulator, tmp_path, database_url), model_dir=models.trained_model(), heavy=heavy):
            assert "交周报" in (await people["rep"].next_message()).text
        assert dues(opened) == [THURSDAY_3PM]
        opened.close()


async def test_a_draft_chosen_for_the_next_day(office: Office) -> None:
    await office.rep.send("加客户 张伟 13800138000 上海美达")
    await office.rep.next_message()
    await office.rep.send("加客户 张伟 13900139000 杭州宏达")
    await office.rep.next_message()
    await office.rep.send("张伟说交期太慢，明天下午3点给他回电话")
    whose = await office.rep.next_message()
    await office.at(WEDNESDAY_MORNING + timedelta(hours=15))
    await office.rep.press(whose, next(label for row in whose.buttons for label in row if "美达" in label))
    await office.rep.wait_edit(whose)
    assert dues(office.database) == [THURSDAY_3PM]


async def test_an_edit_of_the_next_day(office: Office) -> None:
    await office.rep.send("加客户 张伟 13800138000 上海美达")
    await office.rep.next_message()
    typed = await office.rep.send("张伟说交期太慢，明天下午2点给他回电话")
    card = await office.rep.next_message()
    await office.at(WEDNESDAY_MORNING + timedelta(hours=15))
    await office.rep.edit(typed, "张伟说交期太慢，明天下午3点给他回电话")
    await office.rep.wait_edit(card)
    assert dues(office.database) == [THURSDAY_3PM]
