"""What a log may hold: errors and where they were, never tokens, phone numbers, names or what people wrote."""

from __future__ import annotations

import logging
import sqlite3
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot import logs
from crm.database import Database
from emulator import server
from tests.bot import house
from tests.faults.process import BotProcess

PHONE, NAME, COMPANY, TEXT = "13912345678", "欧阳锋铭", "桃花岛贸易", "嫌交期慢想换供应商"
REP_ID = 1001
SECRETS = (PHONE, NAME, COMPANY, TEXT, "交期", "欧阳", "销售1001")


def test_tokens_and_phone_numbers_are_masked() -> None:
    shown = logs.mask(f"POST /bot7000000001:AAEhBP0av28sHZWgJUN4Z-abcdefghijk/send 8613912345678 {PHONE} 139 1234 5678")
    assert shown == "POST /bot***:***/send 1********** 1********** 1**********"
    assert logs.mask("订单 202603181234567890 共 12 件") == "订单 202603181234567890 共 12 件"


def test_a_trace_names_errors_and_places_but_repeats_no_words() -> None:
    try:
        try:
            int(NAME)
        except ValueError as error:
            raise KeyError(TEXT) from error
    except KeyError as error:
        told = logs.trace(error)
    assert told.startswith("KeyError at test_logs.py:")
    assert "| after ValueError at test_logs.py:" in told
    assert NAME not in told
    assert TEXT not in told


def test_errors_that_cause_each_other_in_a_circle_end() -> None:
    one, other = KeyError(1), KeyError(2)
    one.__cause__, other.__cause__ = other, one
    assert logs.trace(one) == "KeyError | after KeyError"


def test_what_libraries_log_is_masked_too() -> None:
    formatter = logs.MaskingFormatter("%(message)s")
    try:
        raise ValueError(TEXT)
    except ValueError:
        record = logging.LogRecord("aiohttp", logging.ERROR, "", 1, "for %s", (PHONE,), sys.exc_info())
    assert TEXT not in formatter.format(record)
    assert PHONE not in formatter.format(record)
    lost = f"Task exception was never retrieved\nfuture: <Task name='x' exception=ValueError('{TEXT}')>"
    record = logging.LogRecord("asyncio", logging.ERROR, "", 1, lost, (), None)
    assert TEXT not in formatter.format(record)
    assert "ValueError" in formatter.format(record)


def test_a_database_error_shows_no_values(database: Database) -> None:
    with pytest.raises(OperationalError) as caught:
        database.write_now(lambda db: db.connection().exec_driver_sql("INSERT INTO nowhere VALUES (?)", (TEXT,)))
    assert TEXT not in str(caught.value)
    assert TEXT not in logs.trace(caught.value)


async def test_the_log_of_a_busy_and_broken_session_gives_nobody_away(tmp_path: Path, database_url: str) -> None:
    house.seat(database_url, REP_ID)
    async with server.running(clock=house.NOW) as emulator:
        rep, stranger = emulator.person("销售1001", REP_ID, started=True), emulator.person("黄药师", 1090)
        bot = BotProcess(emulator, tmp_path / "bot", database_url, SALES_LOG_LEVEL="debug")
        await bot.start()
        await rep.send(f"加客户 {NAME} {PHONE} {COMPANY} 采购经理")
        await rep.next_message(timeout=60)  # it has to start first
        for text in (
            f"记 {NAME} {TEXT}",
            f"查 {NAME}",
            f"订单 {NAME} 12000 螺栓",
            "找 5678",
            f"提醒 明天下午3点 给{NAME}回电话",
        ):
            await rep.send(text)
            await rep.next_message()
        await stranger.send(TEXT)
        await stranger.next_message()
        emulator.faults.add(
            "refuse", "sendMessage", times=2, description=f'can\'t parse entities: unsupported tag "{NAME}"'
        )
        emulator.faults.add("cut_after", "sendMessage")
        await rep.send("/help")
        await rep.send("/help")
        await rep.next_message()
        _break(database_url)
        await rep.send(f"记 {NAME} {TEXT} 电话 {PHONE}")
        await rep.next_message()  # after five tries: it was set aside
        assert await bot.stop() == 0
    assert "OperationalError" in bot.log
    assert "letter_refused" in bot.log
    assert emulator.token not in bot.log
    assert emulator.token.partition(":")[2] not in bot.log
    assert [secret for secret in (*SECRETS, "黄药师") if secret in bot.log] == []


def _break(url: str) -> None:
    """The table of notes is away: each try to write one fails with the values in hand."""
    with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=10) as connection:
        connection.execute("ALTER TABLE note RENAME TO note_away")
    connection.close()
