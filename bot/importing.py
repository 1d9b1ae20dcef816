"""Large imports and undoings beside the service: small transactions; the message shows how far they are."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy.orm import Session

from crm import outbox
from crm.database import Database
from crm.imports import files, hiding, pieces, preparation, running, undoing, writing
from crm.imports.pieces import Piece
from crm.imports.preparation import Findings, Job
from crm.imports.running import Run
from crm.members import Actor
from crm.outbox import Letter
from crm.tables import Import, StoredFile
from handlers.say import Say
from handlers.services import Heavy
from handlers.texts import imports as texts
from nlp import memory

EVERY_SECONDS = 20.0
SHOWN_EVERY_SECONDS = 2.0  # Telegram minds more than one edit a second in a chat
MOST_RUNNERS = 1 << 50
GIVEN_BACK_EVERY = 5_000  # rows: what has come from the worker leaves holes of many sizes
AHEAD = 2  # pieces that the worker makes before they are wanted

log = structlog.get_logger()


class Importing:
    """Carries on what waits, one import at a time, now and then and whenever woken."""

    def __init__(
        self,
        database: Database,
        heavy: Heavy,
        now: Callable[[], datetime],
        real_now: Callable[[], datetime],
        hand_over: Callable[[Sequence[Letter]], None],
    ) -> None:
        self._database = database
        self._heavy = heavy
        self._now = now
        self._real_now = real_now
        self._hand_over = hand_over
        self._runner = secrets.randbelow(MOST_RUNNERS)
        self._woken = asyncio.Event()
        self._idle = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._shown_at = 0.0

    async def start(self) -> None:
        """What a crash left is begun anew, and what comes is carried on until closed."""
        if self._database.is_sqlite:  # this process is the only one
            await self._database.write(running.release_all)
        self._woken.set()
        self._task = asyncio.create_task(self._run(), name="importing")

    async def close(self) -> None:
        """Nothing is written any more; what was under way is begun anew by the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Something may wait."""
        self._idle.clear()
        self._woken.set()

    async def idle(self) -> None:
        """Returns when nothing waits."""
        await self._idle.wait()

    async def _run(self) -> None:
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(EVERY_SECONDS):
                    await self._woken.wait()
            self._woken.clear()
            try:
                while await self._next():
                    pass
            except Exception as error:  # the edge of the loop: the next round tries again
                log.error("importing_failed", exc_info=error)
            if not self._woken.is_set():
                self._idle.set()

    async def _next(self) -> bool:
        now, real_now = self._now(), self._real_now()
        run = await self._database.write(lambda db: running.claim(db, self._runner, now, real_now))
        if run is None:
            return False
        deeds = {"writing": self._write, "finishing": self._finish, "undoing": self._undo, "discarding": self._discard}
        try:
            if run.actor is None and run.state == "writing":
                await self._lost(run)
            else:
                await deeds[run.state](run)
        except running.RunLost:
            log.info("import_run_lost", import_id=run.import_id)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # the edge of a run: it is tried again, and given up after the third time
            log.error("import_run_failed", import_id=run.import_id, exc_info=error)
            await self._database.write(lambda db: running.let_go(db, run))
            return False
        return True

    async def _write(self, run: Run) -> None:
        """Every new row is there, hidden; then all are shown, and what existing customers get follows."""
        while await self._step(run, lambda db, row: hiding.forget(db, row.import_id)):
            pass  # of a run that died
        actor = _present(run)
        found = await self._open(run, actor)
        ids: dict[str, int] = {}
        done, total, now = 0, sum(found.rows) + sum(found.fills), self._now()
        async for piece, size in self._pieces(run, found.rows):
            done += size
            if done % GIVEN_BACK_EVERY < size:
                memory.give_back()
            await self._step(run, partial(self._add, actor=actor, piece=piece, ids=ids, now=now), (done, total))
        mark = await self._database.read(hiding.newest_phone)
        taken = partial(hiding.drop_taken, team_id=actor.team_id, import_id=run.import_id, since=found.mark)
        dropped = await self._step(run, lambda db, row: taken(db) if row.kind == "customers" else 0)
        await self._step(run, partial(_show, found=found, dropped=dropped, mark=mark, now=self._now()))
        await self._settle(Run(run.import_id, run.runner, "finishing", actor), found)

    async def _open(self, run: Run, actor: Actor) -> Findings:
        def source(db: Session) -> Job:
            row = db.get_one(Import, run.import_id)
            kept = db.get_one(StoredFile, row.file_id)
            told = files.source_of(row, kept)
            return Job(self._database.url, actor, told, actor.local(self._now()))

        job = await self._database.read(source)
        found: Findings = await self._heavy(preparation.start, job, run.import_id)
        return found

    async def _pieces(self, run: Run, sizes: list[int]) -> AsyncIterator[tuple[Piece, int]]:
        """The pieces with their sizes; the worker makes the next one while this one is written."""
        waiting: deque[asyncio.Future[Piece]] = deque()
        try:
            for at in range(len(sizes) + AHEAD):
                if at < len(sizes):
                    waiting.append(asyncio.ensure_future(self._heavy(preparation.piece, run.import_id, at)))
                if at >= AHEAD:
                    yield await waiting.popleft(), sizes[at - AHEAD]
        finally:
            for left in waiting:
                left.cancel()

    def _add(self, db: Session, row: Import, actor: Actor, piece: Piece, ids: dict[str, int], now: datetime) -> None:
        row.progress += writing.add(db, actor, row, piece, ids, now)

    async def _finish(self, run: Run) -> None:
        """As after the showing: planned again, nothing new is left to write."""
        found = await self._open(run, run.actor) if run.actor else None
        await self._settle(run, found)

    async def _settle(self, run: Run, found: Findings | None) -> None:
        """Sums, stages and fields of customers who were there before are as the file has them."""
        bought = await self._database.read(lambda db: writing.buyers(db, run.import_id))
        for ids in writing.chunks(bought):
            await self._step(run, partial(_settle, ids=ids))
        sizes = found.fills if found else []
        done, total = (sum(found.rows), sum(found.rows) + sum(sizes)) if found else (0, 0)
        for at, size in enumerate(sizes):
            content = await self._heavy(preparation.fills, run.import_id, at)
            done += size
            await self._step(run, partial(_fill, run=run, content=content), (done, total))
        await self._step(run, _done)
        await self._heavy(preparation.end, run.import_id)

    async def _undo(self, run: Run) -> None:
        left = await self._database.read(lambda db: undoing.left(db, db.get_one(Import, run.import_id)))
        for at, ids in enumerate(writing.chunks(left, undoing.AT_ONCE)):
            shown = (at * undoing.AT_ONCE, len(left))
            await self._step(run, partial(_put_back, ids=ids, now=self._now()), shown)
        await self._step(run, _undone)

    async def _discard(self, run: Run) -> None:
        while await self._step(run, lambda db, row: hiding.forget(db, row.import_id)):
            pass
        await self._step(run, _cancelled)
        await self._heavy(preparation.end, run.import_id)

    async def _lost(self, run: Run) -> None:
        """Who sent the file has left meanwhile."""
        await self._step(run, lambda db, row: setattr(row, "state", "discarding"))
        await self._discard(Run(run.import_id, run.runner, "discarding", None))

    async def _step(
        self, run: Run, work: Callable[[Session, Import], Any], shown: tuple[int, int] | None = None
    ) -> Any:
        """The result of a short transaction; the message tells how far it is, or what `work` wants said at the end.

        Raises: running.RunLost
        """
        letters: list[Letter] = []
        is_time = shown is not None and time.monotonic() - self._shown_at >= SHOWN_EVERY_SECONDS

        def piece(db: Session) -> Any:
            letters.clear()
            row = running.hold(db, run, self._real_now())
            result = work(db, row)
            say = result if isinstance(result, Say) else texts.under_way(row, *shown) if is_time and shown else None
            if say is not None and row.chat_id is not None:
                letters.append(self._letter(db, row, say))
            return result

        result = await self._database.write(piece)
        if letters:
            self._shown_at = time.monotonic()
            self._hand_over(letters)
        return result

    def _letter(self, db: Session, row: Import, say: Say) -> Letter:
        payload: dict[str, Any] = {"chat_id": row.chat_id, "text": say.text, "parse_mode": "HTML"}
        payload |= {"reply_markup": say.markup()} if say.rows or row.message_id else {}
        payload |= {"message_id": row.message_id} if row.message_id else {}
        method = "editMessageText" if row.message_id else "sendMessage"
        return outbox.reply(db, row.chat_id or 0, method, payload, now=self._now(), real_now=self._real_now())


def _present(run: Run) -> Actor:
    if run.actor is None:
        raise running.RunLost(run.import_id)
    return run.actor


def _show(db: Session, row: Import, found: Findings, dropped: int, mark: int, now: datetime) -> None:
    counts = {**found.counts, "made": found.counts["made"] - dropped}
    counts["duplicates"] += dropped
    row.counts = {**counts, "reasons": files.reasons(found.reasons)}
    row.done_at, row.state = now, "finishing"
    running.show(db, row, mark)


def _settle(db: Session, row: Import, ids: list[int]) -> None:
    if row.done_at is not None:
        writing.settle(db, row.import_id, ids, row.done_at)


def _fill(db: Session, row: Import, run: Run, content: bytes) -> None:
    if row.done_at is not None:
        writing.fill(db, _present(run), row, pieces.decode(content), row.done_at)


def _put_back(db: Session, row: Import, ids: list[int], now: datetime) -> None:
    undoing.put_back(db, row, ids, now)


def _done(db: Session, row: Import) -> Say:
    row.state = "done"
    return texts.done(row)


def _undone(db: Session, row: Import) -> Say:
    row.state = "undone"
    return texts.undone(row, *row.counts["removed"])


def _cancelled(db: Session, row: Import) -> Say:
    row.state = "cancelled"
    return texts.given_up(row) if row.counts.get("tries", 0) > running.TRIES else texts.cancelled(row)
