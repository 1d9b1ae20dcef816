"""A database with a team, robots on this machine, and the carrier between them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from bot.robots.sender import RobotSender
from bot.settings import RobotSettings
from crm import claims, outbox, robots, teams
from crm.database import Database
from crm.tables import Outbox, Robot
from tests import robot_receivers
from tests.robot_receivers import TOKEN, Robots

NOW = datetime(2026, 3, 18, 10, 5, tzinfo=UTC)  # 18:05 in Shanghai
LIMIT_SECONDS = 20
ANSWER_SECONDS = 0.3


@dataclass(slots=True)
class House:
    """A database with a team and its robots, and the carrier."""

    database: Database
    there: Robots
    now: datetime = NOW
    told: list[None] = field(default_factory=list)

    def sender(self, seconds: float = ANSWER_SECONDS, local: bool = True) -> RobotSender:
        """A carrier of its own."""
        settings = RobotSettings(local=local, answer_seconds=seconds)
        return RobotSender(self.database, lambda: self.now, settings, lambda: self.told.append(None))

    def add(self, service: str = "wecom", token: str = TOKEN, state: str = "on") -> int:
        """A robot of the team."""

        def work(db: Session) -> int:
            robot = Robot(
                team_id=1, service=service, name="销售群", address=self.there.address(service, token), state=state,
                secret=self.there.secret, keyword=None, created_at=NOW, connected_at=NOW - timedelta(days=1),
                tokens=4.0, filled_at=datetime.now(UTC),
            )  # fmt: skip
            db.add(robot)
            db.flush()
            return robot.robot_id

        return self.database.write_now(work)

    def plan(self, robot_id: int, key: str, due_at: datetime = NOW) -> None:
        """A digest for the robot."""
        planned = outbox.Planned(
            key=key, push="digest", team_id=1, chat_id=robots.lane(robot_id), due_at=due_at, data={"on": "2026-03-18"},
            expires_at=NOW + timedelta(hours=5),
        )  # fmt: skip
        self.database.write_now(lambda db: outbox.enqueue(db, [planned], NOW))

    def rest_is_over(self) -> None:
        """Every robot may be written to again, as if the time it was asked to rest had passed."""
        self.database.write_now(lambda db: db.execute(text("UPDATE robot SET rest_until = NULL, tokens = 4")))

    def rows(self) -> list[tuple[str, int]]:
        """State and attempts of what was for robots, by key."""
        query = select(Outbox.state, Outbox.attempts).where(Outbox.chat_id < robots.LANES).order_by(Outbox.key)
        return self.database.read_now(lambda db: [(state, attempts) for state, attempts in db.execute(query)])

    def row(self) -> Outbox:
        """The only row for a robot."""
        return self.database.read_now(lambda db: db.scalars(select(Outbox).where(Outbox.chat_id < robots.LANES)).one())

    def robot(self) -> Robot:
        """The only robot."""
        return self.database.read_now(lambda db: db.scalars(select(Robot)).one())


@asynccontextmanager
async def opened(database: Database) -> AsyncIterator[House]:
    """A house with a team whose admin can be told."""
    claims.sign(database.engine, 11)
    database.write_now(lambda db: teams.found(db, 1004, "赵姐", NOW - timedelta(days=9)))
    async with robot_receivers.running() as there:
        yield House(database, there)


@asynccontextmanager
async def at_work(sender: RobotSender) -> AsyncIterator[RobotSender]:
    """The carrier runs."""
    sender.start()
    try:
        yield sender
    finally:
        await sender.close()


async def until(holds: Callable[[], bool]) -> None:
    """Returns once it holds."""
    async with asyncio.timeout(LIMIT_SECONDS):
        while not holds():  # noqa: ASYNC110  what is looked for tells nobody
            await asyncio.sleep(0.005)


async def carried(house: House, sender: RobotSender) -> None:
    """What may leave has left and ended."""
    await sender.push_due()
    await sender.idle()
