"""The carrier of posts to group robots: what is due for a robot goes as one post, within the robot's rate."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import aiohttp
import structlog
from sqlalchemy.orm import Session

from bot import clock, metrics
from bot.robots import markup, posting
from bot.robots.posting import Recipient
from bot.settings import RobotSettings
from bot.trips import REPEAT_MARK
from crm import claims, robot_posts, robots
from crm.database import Database
from crm.outbox import Letter
from crm.robot_posts import Verdict
from crm.tables import Robot
from handlers import pushes
from handlers.texts import pushes as push_texts
from handlers.texts import robots as texts

LOOK_AGAIN = timedelta(seconds=5)
MERGED = 10  # messages in one post at most
AT_ONCE = 16  # posts under way
WORDED_AT_ONCE = 4  # posts put together in one transaction, so that a person's message does not wait for all
RETRY_SECONDS = 2.0
DRAIN_SECONDS = 2.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Post:
    """One call: the outbox rows in it, and to whom."""

    to: Recipient
    body: dict[str, Any]
    ids: tuple[int, ...]


class RobotSender:
    """Carries posts and writes down how each ended. `on_settled`: somebody may have to be told."""

    def __init__(
        self, database: Database, now: Callable[[], datetime], settings: RobotSettings, on_settled: Callable[[], None]
    ) -> None:
        self._database = database
        self._now = now
        self._settings = settings
        self._on_settled = on_settled
        self._session: aiohttp.ClientSession | None = None
        self._under_way: dict[asyncio.Task[None], Post] = {}
        self._unsettled: list[tuple[Post, Verdict]] = []
        self._wake = asyncio.Event()
        self._taking = asyncio.Lock()
        self._loop: asyncio.Task[None] | None = None
        self._looked_at = clock.even_now()
        self._closing = False

    @property
    def waiting(self) -> int:
        """How many posts are under way."""
        return len(self._under_way)

    def start(self) -> None:
        """Posts leave when due from now on. What a dead process left is found by bot.sender before."""
        # Robots are reached directly, whatever the way to Telegram is, and get no cookies.
        # A connection is used once: on one that lay idle nobody can tell whether a post that broke was read.
        connector = aiohttp.TCPConnector(limit=AT_ONCE, force_close=True)
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())
        self._loop = asyncio.create_task(self._send_for_ever(), name="robots")

    def wake(self) -> None:
        """Look for due posts now."""
        self._wake.set()

    async def idle(self) -> None:
        """Returns when no post is under way."""
        while self._under_way:
            await asyncio.wait(tuple(self._under_way))

    async def close(self) -> None:
        """Nothing is posted any more; what may have arrived is written down as uncertain."""
        self._closing = True
        self.wake()
        if self._loop is not None:
            await asyncio.wait((self._loop,), timeout=DRAIN_SECONDS / 2)
            self._loop.cancel()
            await asyncio.gather(self._loop, return_exceptions=True)
        if self._under_way:
            await asyncio.wait(tuple(self._under_way), timeout=DRAIN_SECONDS)
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        for post, verdict in self._unsettled:
            await self._write_down(post, verdict)
        if self._session is not None:
            await self._session.close()

    async def push_due(self) -> int:
        """What is due and may leave is under way; how many posts."""
        return (await self._take())[0]

    async def _take(self) -> tuple[int, timedelta]:
        """How many posts are under way now, and how long the next must wait for its robot's rate."""
        async with self._taking:
            room = min(WORDED_AT_ONCE, AT_ONCE - len(self._under_way))
            if room <= 0:
                return 0, LOOK_AGAIN
            now, real_now = self._now(), clock.real_now()
            if not await self._database.read(lambda db: claims.waiting_lanes(db, now)):
                return 0, LOOK_AGAIN
            posts, wait = await self._database.write(lambda db: take(db, now, real_now, room))
            for post in posts:
                task = asyncio.create_task(self._carry(post), name=f"robot-{post.to.robot_id}")
                self._under_way[task] = post
                task.add_done_callback(self._done)
            return len(posts), wait

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self.wake()

    async def _send_for_ever(self) -> None:
        while not self._closing:
            self._wake.clear()
            wait = timedelta(seconds=RETRY_SECONDS)
            try:
                await self._look_for_mislaid()
                _, wait = await self._take()
                now = self._now()
                wait = await self._database.read(partial(claims.next_for_robots_in, now=now, at_most=wait))
            except Exception as error:  # the edge of the loop: a database that is away for a while must not end it
                log.error("robot_round_failed", exc_info=error)
            if not self._closing:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(0.02, wait.total_seconds())):
                        await self._wake.wait()

    async def _look_for_mislaid(self) -> None:
        """Rows whose claim was committed but never answered are sent, too."""
        now, real_now = clock.even_now(), clock.real_now()
        if now - self._looked_at < LOOK_AGAIN:
            return
        self._looked_at = now
        held = {outbox_id for post in self._under_way.values() for outbox_id in post.ids}
        await self._database.write(lambda db: claims.give_back(db, held, real_now, to_robots=True))

    async def _carry(self, post: Post) -> None:
        if self._session is None:
            return
        given = self._settings
        try:
            verdict = await posting.send(
                self._session,
                post.to,
                post.body,
                clock.real_now(),
                seconds=given.answer_seconds,
                local=given.local,
            )
        except asyncio.CancelledError:
            self._unsettled.append((post, Verdict("lost", "cut")))
            raise
        except Exception as error:  # the edge of a post: one bad row must not stop the others
            log.error("robot_post_failed", robot_id=post.to.robot_id, exc_info=error)
            verdict = Verdict("refused", "unknown", type(error).__name__)
        metrics.robot_posts.labels(post.to.service, verdict.end).inc()
        if verdict.end != "sent":
            log.warning("robot_post", robot_id=post.to.robot_id, end=verdict.end, fault=verdict.fault)
        while not (await self._write_down(post, verdict) or self._closing):  # noqa: ASYNC110  nobody tells when it is back
            await asyncio.sleep(RETRY_SECONDS)

    async def _write_down(self, post: Post, verdict: Verdict) -> bool:
        now, real_now, robot_id = self._now(), clock.real_now(), post.to.robot_id
        try:
            await self._database.write(lambda db: robot_posts.settle(db, robot_id, post.ids, verdict, now, real_now))
        except Exception as error:  # kept for the next time: the post has gone, its mark must follow
            log.error("robot_record_failed", exc_info=error)
            return False
        self._on_settled()
        return True


def take(db: Session, now: datetime, real_now: datetime, limit: int) -> tuple[list[Post], timedelta]:
    """A post for each robot that has something due and may be written to now, claimed in this transaction.

    Also how long the first of the other robots must wait, at most LOOK_AGAIN.
    """
    posts: list[Post] = []
    shortest = LOOK_AGAIN
    claims.lock(db)
    for lane in claims.waiting_lanes(db, now):
        robot = db.get(Robot, robots.of_lane(lane), with_for_update=True)
        wait = robot_posts.wait_for_token(robot, real_now) if robot is not None else timedelta(0)
        if wait or len(posts) >= limit:
            shortest = min(shortest, wait)
            continue
        ids = claims.claim_lane(db, lane, now, real_now, MERGED)
        going = robot_posts.sort_out(db, robot, ids, texts.why_not(robot), push_texts.TOO_LATE, now)
        letters = pushes.worded(db, going, now)
        if robot is not None and letters:
            robot_posts.spend_token(robot, real_now)
            posts.append(_post(db, posting.recipient(robot), letters))
    return posts, shortest


def _post(db: Session, to: Recipient, letters: list[Letter]) -> Post:
    messages = [markup.lines(_html(letter)) for letter in letters]
    body, count = posting.put_together(to, messages)
    robot_posts.put_back(db, [letter.outbox_id for letter in letters[count:]])
    return Post(to, body, tuple(letter.outbox_id for letter in letters[:count]))


def _html(letter: Letter) -> str:
    said = str(letter.payload.get("text") or letter.payload.get("caption") or "")
    return REPEAT_MARK + said if letter.attempts else said
