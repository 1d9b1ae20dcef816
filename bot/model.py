"""The built-in tagger: loaded when current, else trained first in a child process, while notes are saved and tagged
after. Of it every team has its own view: see crm.taggers."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from crm import taggers
from crm.database import Database
from crm.taggers import Taggers, Taught
from nlp import corpus, memory, training
from nlp.tagger import Tagger

ROOT = Path(__file__).resolve().parent.parent

log = structlog.get_logger()


class Model:
    """Holds the taggers once there are any."""

    def __init__(
        self,
        folder: Path,
        database: Database,
        on_ready: Callable[[], None],
        notes: Path = corpus.FOLDER,
        tagger: Tagger | None = None,
    ) -> None:
        """notes: the corpus the built-in model is trained on; tagger: the current one of the folder, if loaded."""
        self.folder = folder
        self.notes = notes
        self._given = tagger
        self._database = database
        self._on_ready = on_ready
        self._taggers: Taggers | None = None
        self._training: asyncio.Task[None] | None = None

    def taggers(self) -> Taggers | None:
        """The taggers of all teams; None until the first training has ended."""
        return self._taggers

    async def start(self) -> None:
        """The tagger is there, or its training has begun."""
        if self._given is not None:
            await self._take(self._given)
        elif await asyncio.to_thread(training.is_current, self.folder, self.notes):
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
        tagger = await asyncio.to_thread(Tagger.load, self.folder)
        await asyncio.to_thread(tagger.tag, "王总说交期太慢")  # jieba's dictionary is read by the first note
        await asyncio.to_thread(memory.give_back)
        await self._take(tagger)

    async def _take(self, tagger: Tagger) -> None:
        about = await asyncio.to_thread(_evidence, self.folder)
        self._taggers = Taggers(tagger, partial(self._taught, tagger.version), about)
        self._on_ready()

    def _taught(self, base_version: str, team_id: int) -> Taught:
        return self._database.read_now(lambda db: taggers.taught(db, team_id, base_version))

    async def _train(self) -> None:
        log.info("first_training_began")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "nlp.training",
            str(self.notes),
            str(self.folder),
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


def _evidence(folder: Path) -> dict[str, Any]:
    """What stands beside the model about its making; nothing when it is gone: the model answers without it."""
    try:
        told: dict[str, Any] = json.loads((folder / training.EVIDENCE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told
