"""The clock's work: stateless ticks ask the database what is due. Missing one loses nothing, a second is a no-op."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot import clock, metrics
from crm import (
    clockwork,
    duplicate_sweeps,
    duplicates,
    files,
    inbox,
    indicator_days,
    invites,
    notes,
    outbox,
    rescoring,
    scores,
)
from crm.database import Database
from crm.tables import Team
from crm.taggers import Taggers
from nlp.customer_names import Named
from nlp.tagger import Tags

EVERY = timedelta(seconds=20)
HOUSEKEEPING = timedelta(hours=24)
FIRST_HOUSEKEEPING = timedelta(minutes=1)  # a process started anew each day keeps house, too
NOTES_AT_ONCE = 20  # a tenth of a second of the one writer
DRAIN_SECONDS = 3.0

T = TypeVar("T")

log = structlog.get_logger()


class Ticks:
    """Runs the planners of crm.clockwork for every team, now and then and whenever woken."""

    def __init__(
        self,
        database: Database,
        now: Callable[[], datetime],
        on_planned: Callable[[], None],
        tagger: Callable[[], Taggers | None],
        heavy: rescoring.Heavy | None = None,
        prepare: Callable[[int, datetime], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        self._database = database
        self._tagger = tagger
        self._heavy = heavy
        self._prepare = prepare
        self._now = now
        self._on_planned = on_planned
        self._running = asyncio.Lock()
        self._stopping = False
        self._scoring: dict[int, asyncio.Task[bool | None]] = {}
        self._comparing: dict[int, asyncio.Task[bool | None]] = {}
        self._tagging: asyncio.Task[None] | None = None
        one_runs_one_waits = 2  # a wake while a tick runs is never lost
        defaults = {"coalesce": True, "misfire_grace_time": None, "max_instances": one_runs_one_waits}
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)

    def start(self) -> None:
        """Ticks run until stopped."""
        self._scheduler.add_job(
            self.plan, "interval", seconds=EVERY.total_seconds(), next_run_time=clock.real_now(), id="plan"
        )
        self._scheduler.add_job(
            self._keep_house,
            "interval",
            seconds=HOUSEKEEPING.total_seconds(),
            next_run_time=clock.real_now() + FIRST_HOUSEKEEPING,
            id="housekeeping",
        )
        self._scheduler.start()

    @property
    def runs(self) -> bool:
        """A tick runs now, or what it began."""
        return self._running.locked() or bool({**self._scoring, **self._comparing}) or self._tagging is not None

    async def stop(self) -> None:
        """No tick runs or begins any more; one that runs has had time to end, else the scheduler would cut it short."""
        self._stopping = True  # the tick under way ends at its next step, what it leaves the next start plans
        if self._scheduler.running:
            self._scheduler.pause()
        await asyncio.sleep(0)  # what was begun just now is at its lock
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(DRAIN_SECONDS), self._running:
                pass
        under_way = (*self._scoring.values(), *self._comparing.values(), *((self._tagging,) if self._tagging else ()))
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
            await asyncio.sleep(0)  # the scheduler ends itself by the loop

    def wake(self) -> None:
        """A tick runs as soon as the loop is free: something changed, or the clock moved."""
        if self._scheduler.running:
            self._scheduler.modify_job("plan", next_run_time=clock.real_now())

    async def plan(self) -> int:
        """Everything due is in the outbox; how much was new."""
        async with self._running:
            await self._guarded(self._tag_waiting_notes(), "tagging")
            planned = await self._guarded(self._plan_all_teams(), "teams") or 0
        metrics.planned.inc(planned)
        metrics.ticks.inc()
        self._on_planned()
        return planned

    async def _tag_waiting_notes(self) -> None:
        """Notes saved while the model was training have their tags, or many that a file brought soon will."""
        if self._tagging is None and await self._tag_some() == NOTES_AT_ONCE:
            self._tagging = asyncio.create_task(self._guarded(self._tag_the_rest(), "tagging"), name="tagging")
            self._tagging.add_done_callback(self._tagged)

    async def _tag_the_rest(self) -> None:
        while not self._stopping and await self._tag_some():
            pass

    def _tagged(self, _task: asyncio.Task[None]) -> None:
        self._tagging = None

    async def _tag_some(self) -> int:
        """How many notes that waited have their tags now."""
        tagger = self._tagger()
        if tagger is None:
            return 0
        waiting = await self._database.read(
            lambda db: [(n.team_id, n.note_id, n.text, named) for n, named in notes.untagged(db, NOTES_AT_ONCE)]
        )
        if waiting:
            tagged = await asyncio.to_thread(_tag, tagger, waiting)
            await self._database.write(partial(_store_tags, tagged=tagged))
        return len(waiting)

    async def _plan_all_teams(self) -> int:
        now = self._now()
        team_ids = await self._database.read(lambda db: list(db.scalars(select(Team.team_id))))
        planned = 0
        for team_id in team_ids:
            if self._stopping:
                break
            await self._renew(team_id, now)
            await self._guarded(self._compare(team_id, now), f"duplicates of team {team_id}")
            if not self._stopping:
                await self._guarded(self._count(team_id, now), f"figures of team {team_id}")
            planned += await self._plan_team(team_id, now)
        return planned

    async def _renew(self, team_id: int, now: datetime) -> None:
        """The team's scores are of now, or a large team's will be while everybody else's reminders go on."""
        if team_id in self._scoring:
            return
        is_large = await self._database.read(lambda db: scores.is_large(db, team_id))
        renewing = self._guarded(
            rescoring.renew(self._database, team_id, now, heavy=self._heavy), f"scores of team {team_id}"
        )
        if not is_large:
            await renewing
            return
        self._scoring[team_id] = task = asyncio.create_task(renewing, name=f"scores of team {team_id}")
        task.add_done_callback(partial(self._scored, team_id))

    async def _count(self, team_id: int, now: datetime) -> None:
        """The team's figures of days are of now, and what is sent of them in a moment is worded and drawn."""
        await indicator_days.renew(self._database, team_id, now)
        if self._prepare is not None:
            await self._prepare(team_id, now)

    def _scored(self, team_id: int, task: asyncio.Task[bool | None]) -> None:
        del self._scoring[team_id]
        if not task.cancelled() and task.result():
            self.wake()  # its alerts can be planned

    async def _compare(self, team_id: int, now: datetime) -> None:
        """The records of a large team are compared with each other where that is due, beside everything else."""
        if self._heavy is None or team_id in self._comparing:
            return
        if not await self._database.read(lambda db: duplicates.has_news(db, team_id)):
            return
        sweeping = duplicate_sweeps.renew(self._database, team_id, now, self._heavy)
        task = asyncio.create_task(self._guarded(sweeping, f"duplicates of team {team_id}"))
        self._comparing[team_id] = task
        task.add_done_callback(lambda _: self._comparing.pop(team_id))

    async def _guarded(self, work: Coroutine[Any, Any, T], what: str) -> T | None:
        """The result, or None: one team's fault stops no other's reminders, and the next tick asks again."""
        try:
            return await work
        except Exception as error:  # the edge of the tick
            log.error("tick_failed", what=what, exc_info=error)
            return None

    async def _plan_team(self, team_id: int, now: datetime) -> int:
        """All planners of one team; where one fails, the rest of them have a transaction each."""
        total, first, alone = 0, 0, False
        while first < len(clockwork.PLANNERS) and not self._stopping:
            work = partial(clockwork.plan_some, team_id=team_id, now=now, first=first, alone=alone)
            try:
                stretch = await self._database.write(work)
            except Exception as error:  # the edge of the tick, as in _guarded: whatever a planner raises stops no other
                if alone:
                    log.error("tick_failed", what=f"team {team_id}", exc_info=error)
                    first += 1
                else:  # which of them it was shows when each is tried alone; what was in passing is gone by then
                    log.info("planned_one_by_one", team_id=team_id, error=type(error).__name__)
                alone = True
            else:
                total, first = total + stretch.new, stretch.next
        return total

    async def _keep_house(self) -> None:
        def prune(db: Session) -> None:
            inbox.prune(db, clock.real_now())
            invites.forget_guesses(db)
            files.prune(db, self._now())
            outbox.prune(db, self._now())
            outbox.empty(db, self._now())

        await self._database.write(prune)


def _tag(taggers: Taggers, waiting: list[tuple[int, int, str, Named]]) -> list[tuple[int, Tags]]:
    """The tags of notes, each by its team's own tagger. waiting: (team_id, note_id, text, whom it names)."""
    found: list[tuple[int, Tags]] = []
    for team_id in dict.fromkeys(one[0] for one in waiting):
        mine = [one[1:] for one in waiting if one[0] == team_id]
        said = taggers.of(team_id).tag_many([text for _, text, _ in mine], [whom for _, _, whom in mine])
        found += [(note_id, tags) for (note_id, _, _), tags in zip(mine, said, strict=True)]
    return found


def _store_tags(db: Session, tagged: list[tuple[int, Tags]]) -> None:
    for note_id, tags in tagged:
        notes.tag_later(db, note_id, tags)
