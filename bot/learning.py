"""Learning beside the service: a child process, one at a time, whatever teams are due; its verdict is a row.

Only one process of all that serve a database learns; the others find what went live and read it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog

from bot import single
from bot.model import ROOT, Model
from crm import lessons, taggers, versions
from crm.database import Database
from nlp import learning
from nlp.learning import Outcome, Request

EVERY_SECONDS = 60.0
LONGEST_SECONDS = 600.0

log = structlog.get_logger()


class Learning:
    """Looks for teams whose model is to be learned, now and then and whenever woken."""

    def __init__(
        self, database: Database, model: Model, now: Callable[[], datetime], on_verdict: Callable[[], None]
    ) -> None:
        self._database = database
        self._model = model
        self._now = now
        self._on_verdict = on_verdict
        self._lock = single.LearnerLock(database)
        self._running = asyncio.Lock()
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._closing = False

    def start(self) -> None:
        """Learning goes on until closed."""
        self._task = asyncio.create_task(self._run(), name="learning")

    async def close(self) -> None:
        """Nothing is learned any more; what was under way is begun again by the next start."""
        self._closing = True
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        self._lock.free()

    def wake(self) -> None:
        """A round begins as soon as the one under way has ended."""
        self._woken.set()

    async def round(self) -> int:
        """What other processes taught is noticed, and every team that is due has learned; how many had."""
        async with self._running:
            known = self._model.taggers()
            if known is None:
                return 0
            await self._refresh(known)
            base_version = known.base.version
            due = await self._database.read(partial(versions.due, base_version=base_version))
            if not due or not await asyncio.to_thread(self._lock.take):
                return 0
            try:
                for team_id in due:
                    await self._learn(known, team_id)
            finally:
                await asyncio.to_thread(self._lock.free)
            self._on_verdict()
            return len(due)

    async def _run(self) -> None:
        while not self._closing:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY_SECONDS):  # wait_for would swallow a cancellation that meets the event
                    await self._woken.wait()
            self._woken.clear()
            try:
                await self.round()
            except Exception as error:  # the edge of the loop: the next round tries again
                log.error("learning_round_failed", exc_info=error)

    async def _refresh(self, known: taggers.Taggers) -> None:
        kept = known.kept()
        if not kept:
            return
        present = await self._database.read(lambda db: taggers.stamps(db, kept))
        for team_id in (team for team, stamp in kept.items() if present[team] != stamp):
            known.forget(team_id)

    async def _learn(self, known: taggers.Taggers, team_id: int) -> None:
        base_version, now = known.base.version, self._now()
        version_id = await self._database.write(lambda db: versions.begin(db, team_id, base_version, now))
        request = await self._database.read(lambda db: lessons.of_team(db, team_id))
        outcome, layer = await self._in_child(request)
        ended = self._now()
        await self._database.write(lambda db: versions.settle(db, version_id, outcome, layer, ended))
        known.forget(team_id)
        verdict = outcome.verdict if outcome is not None else "failed"
        log.info("learned", team=team_id, version=version_id, verdict=verdict, reason=outcome and outcome.reason)

    async def _in_child(self, request: Request) -> tuple[Outcome | None, bytes | None]:
        """The outcome and the layer that may go live; (None, None) when the child failed.

        The notes lie in a folder of this process's own while the child reads them.
        """
        with tempfile.TemporaryDirectory(prefix="sales-learning-") as name:
            asked, made = Path(name) / "request.json", Path(name) / "layer.npz"
            await asyncio.to_thread(learning.write, request, asked)
            arguments = map(str, (self._model.folder, self._model.notes, asked, made))
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "nlp.learning", *arguments, cwd=ROOT, stdout=asyncio.subprocess.PIPE
            )
            try:
                async with asyncio.timeout(LONGEST_SECONDS):
                    told, _ = await child.communicate()
            except BaseException:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
                await child.wait()
                raise
            if child.returncode:
                log.error("learning_failed", code=child.returncode)
                return None, None
            outcome = Outcome(**json.loads(told.splitlines()[-1]))
            return outcome, await asyncio.to_thread(made.read_bytes) if outcome.verdict == "live" else None
