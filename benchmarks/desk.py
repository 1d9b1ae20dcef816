"""A desk in the real application: what a person asks or presses there is timed from sending to the answer on screen."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from bot.application import App
from bot.heavy import HeavyWork
from bot.settings import Settings, TelegramSettings, WebSettings
from emulator import server
from emulator.message import Message
from emulator.person import Person
from handlers import buttons
from tests import models

PATIENCE = 20.0
LOOKED_AT = 30  # the newest messages: older ones are not pressed here


class WrongAnswer(RuntimeError):
    """The answer is not what the step should lead to: its time would say nothing."""


@dataclass(slots=True)
class Took:
    """How long one step took: seconds to the answer, seconds of CPU of application and emulator until all is still."""

    seconds: float
    cpu: float


@dataclass(slots=True)
class Desk:
    """One person's chat with the application, and the times of all that was asked there."""

    emulator: server.Emulator
    app: App
    person: Person
    took: dict[str, list[Took]] = field(default_factory=lambda: defaultdict(list))

    async def ask(self, step: str, text: str, expects: str, reply_to: Message | None = None) -> Message:
        """The answer to the text, which says what is expected."""
        began = time.perf_counter(), time.process_time(), self._changes()
        await self.person.send(text, reply_to=reply_to)
        return await self._answered(step, began, text, expects)

    async def edit(self, step: str, message: Message, text: str, expects: str) -> Message:
        """The answer to one's own message being edited."""
        began = time.perf_counter(), time.process_time(), self._changes()
        await self.person.edit(message, text)
        return await self._answered(step, began, text, expects)

    async def press(self, step: str, message: Message, button: buttons.Press | str, expects: str) -> Message:
        """What is on the screen after the press of a button, or of the first one below the message with that code."""
        data = buttons.encode(button) if isinstance(button, buttons.Press) else data_of(message, button)
        began = time.perf_counter(), time.process_time(), self._changes()
        await self.person.press(message, data=data, wait=False)
        return await self._answered(step, began, data, expects)

    async def _answered(self, step: str, began: tuple[float, float, int], asked: str, expects: str) -> Message:
        chat = self.person.chat
        while self._changes() == began[2]:
            if not await chat.changed.wait(PATIENCE):
                raise WrongAnswer(step, asked, "nothing")
        seconds = time.perf_counter() - began[0]
        await self.idle()
        self.took[step].append(Took(seconds, time.process_time() - began[1]))
        shown = [message for message in chat.from_bots[-3:] if expects in message.text]
        if not shown:
            raise WrongAnswer(step, asked, expects, [message.text for message in chat.from_bots[-2:]])
        return shown[-1].snapshot()

    def _changes(self) -> int:
        """A number that is another one once the bot has written or edited something in the chat."""
        written = self.person.chat.from_bots
        return len(written) * 1_000_000 + sum(message.edits for message in written[-LOOKED_AT:])

    async def idle(self) -> None:
        """Every update is handled, everything due is sent."""
        while self.emulator.deliveries:  # noqa: ASYNC110  gives way to the bot's tasks on the same loop
            await asyncio.sleep(0)
        await self.app.idle()


def data_of(message: Message, code: str) -> str:
    """The data of the first button with that code below the message."""
    found = [str(b["callback_data"]) for row in message.rows for b in row if "callback_data" in b]
    for data in found:
        if data.partition(":")[0] == code:
            return data
    raise WrongAnswer(code, message.text, found)


@asynccontextmanager
async def opened(emulator: server.Emulator, folder: Path, database_url: str, heavy: HeavyWork) -> AsyncIterator[App]:
    """The application on that database, as in service but for the clock, which stands still."""
    telegram = TelegramSettings(
        token=SecretStr(emulator.token),
        base_url=emulator.base_url,
        base_file_url=emulator.file_url,
        rate_gates=False,
    )
    settings = Settings(
        telegram=telegram,
        web=WebSettings(port=0),
        data_dir=folder,
        database_url=database_url,
        clock_url=emulator.clock_url,
    )
    async with App(settings, model_dir=models.trained_model(), heavy=heavy, ticks_by_hand=True) as app:
        yield app
