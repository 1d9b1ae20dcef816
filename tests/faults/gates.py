"""A gate in front of the emulator, which can be shut as a network is: refused, cut, or silent without an end."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from emulator import server

HOST = "127.0.0.1"


class Gate:
    """Lets connections through to the emulator while open. `swallowed`: how many requests were heard and not passed."""

    def __init__(self, emulator: server.Emulator) -> None:
        self._behind = emulator.port
        self._listener: asyncio.Server | None = None
        self._passing: set[asyncio.Task[Any]] = set()
        self._silent = False
        self.port = 0
        self.swallowed = 0

    def reached(self) -> dict[str, Any]:
        """The settings of [telegram] with which the bot comes through here."""
        root = f"http://{HOST}:{self.port}"
        return {"base_url": f"{root}/bot", "base_file_url": f"{root}/file/bot"}

    async def open(self) -> None:
        """Whoever comes is let through."""
        if self._listener is None:
            self._listener = await asyncio.start_server(self._pass, HOST, self.port)
            self.port = int(self._listener.sockets[0].getsockname()[1])

    async def shut(self) -> None:
        """Whoever comes is refused, and whoever was on the way is cut off."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        await self.cut()

    async def cut(self) -> None:
        """Whoever is on the way is cut off."""
        passing = tuple(self._passing)
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)

    def hush(self, *, silent: bool) -> None:
        """Requests are taken and nothing comes of them, nor any answer; or again as usual, for new connections."""
        self._silent = silent

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._passing.add(task)
        behind: asyncio.StreamWriter | None = None
        try:
            answers, behind = await asyncio.open_connection(HOST, self._behind)
            async with asyncio.TaskGroup() as both:
                both.create_task(self._pump(reader, behind, hushed=True))
                both.create_task(self._pump(answers, writer))
        except (OSError, ExceptionGroup, asyncio.CancelledError):
            pass  # either side has gone, or the gate was shut
        finally:
            self._passing.discard(task)
            for end in (writer, behind):
                if end is not None:
                    end.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, hushed: bool = False) -> None:
        while chunk := await reader.read(1 << 16):
            if self._silent:
                self.swallowed += hushed
                continue
            writer.write(chunk)
            await writer.drain()
        raise ConnectionResetError  # both directions end together


@asynccontextmanager
async def opened(emulator: server.Emulator) -> AsyncIterator[Gate]:
    """An open gate in front of the emulator."""
    gate = Gate(emulator)
    await gate.open()
    try:
        yield gate
    finally:
        with contextlib.suppress(OSError):
            await gate.shut()
