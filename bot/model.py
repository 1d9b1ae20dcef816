"""The tagger: loaded when current, else trained first in a child process, while notes are saved and tagged after."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Callable
from pathlib import Path

import structlog

from nlp import corpus, training
from nlp.tagger import Tagger

ROOT = Path(__file__).resolve().parent.parent

log = structlog.get_logger()


class Model:
    """Holds the tagger once there is one."""

    def __init__(self, folder: Path, on_ready: Callable[[], None]) -> None:
        self._folder = folder
        self._on_ready = on_ready
        self._tagger: Tagger | None = None
        self._training: asyncio.Task[None] | None = None

    def tagger(self) -> Tagger | None:
        """The tagger; None until the first training has ended."""
        return self._tagger

    async def start(self) -> None:
        """The tagger is there, or its training has begun."""
        if await asyncio.to_thread(training.is_current, self._folder, corpus.FOLDER):
            await self._load()
        else:
            self._training = asyncio.create_task(self._train(), name="first-training")

    async def ready(self) -> None:
        """Returns when a training that was begun has ended."""
        if self._training is not None:
            await self._training

    async def close(self) -> None:
        """No training runs."""
        if self._training is not None:
            self._training.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._training

    async def _load(self) -> None:
        tagger = await asyncio.to_thread(Tagger.load, self._folder)
        await asyncio.to_thread(tagger.tag, "王总说交期太慢")  # jieba's dictionary is read by the first note
        self._tagger = tagger
        self._on_ready()

    async def _train(self) -> None:
        log.info("first_training_began")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "nlp.training",
            str(corpus.FOLDER),
            str(self._folder),
            cwd=ROOT,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            code = await child.wait()
        except asyncio.CancelledError:
            child.kill()
            await child.wait()
            raise
        if code:
            log.error("first_training_failed", code=code)
            return
        await self._load()
        log.info("first_training_ended")
