"""/healthz and /metrics say how it really is."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.application import App
from crm import outbox
from emulator import server
from tests.bot import house

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def _get(app: App, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{app.web.port}{path}") as answer:
        return answer.status, await answer.text()


def _number(metrics: str, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", metrics, re.MULTILINE)
    assert found, f"{name} is not among the metrics"
    return float(found[1])


async def test_health_is_good_while_it_receives(office: Office) -> None:
    status, body = await _get(office.app, "/healthz")
    assert status == 200
    assert '"ok": true' in body


async def test_metrics_count_what_was_done(office: Office) -> None:
    sent = 'sales_letters_total{state="sent"}'
    await office.rep.send("/help")
    await office.idle()
    _, before = await _get(office.app, "/metrics")
    for _ in range(3):
        await office.rep.send("/help")
    await office.idle()
    _, after = await _get(office.app, "/metrics")
    assert _number(after, "sales_updates_total") - _number(before, "sales_updates_total") == 3
    assert _number(after, sent) - _number(before, sent) == 3
    assert _number(after, "sales_updates_waiting") == 0


async def test_metrics_show_what_waits(office: Office) -> None:
    office.emulator.faults.add("too_many", "sendMessage", times=99, retry_after=1)
    letters: list[Any] = []
    for n in range(4):
        payload, now = {"chat_id": 1001, "text": f"{n}"}, office.now
        letters.append(
            await office.database.write(
                lambda db, p=payload, t=now: outbox.reply(db, 1001, "sendMessage", p, now=t, real_now=t)  # type: ignore[misc]
            )
        )
    office.app.sender.hand_over(letters)
    _, shown = await _get(office.app, "/metrics")
    assert _number(shown, "sales_letters_waiting") == 4
    office.emulator.faults.clear()
    await office.idle()
    _, shown = await _get(office.app, "/metrics")
    assert _number(shown, "sales_letters_waiting") == 0


async def test_health_is_bad_when_nothing_is_received_any_more(tmp_path: Path, database_url: str) -> None:
    async with (
        server.running(clock=house.NOW) as emulator,
        house.running(house.settings(emulator, tmp_path, database_url)) as app,
    ):
        receiver = next(task for task in asyncio.all_tasks() if task.get_name() == "receive")
        receiver.cancel()
        await house.until(receiver.done)
        status, body = await _get(app, "/healthz")
        assert status == 503
        assert '"ok": false' in body
