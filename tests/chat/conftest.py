"""An office: the real application on a fresh database, the emulator, and a team of people with phones."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session

from bot.application import App
from bot.heavy import HeavyWork
from bot.settings import Settings, TelegramSettings, WebSettings
from crm import clockwork, indicator_days, members, rescoring, teams
from crm.database import Database
from crm.tables import GroupChat, Member
from emulator import server
from emulator.chat import Chat
from emulator.person import Person
from tests import models, spec_traffic

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY_MORNING = datetime(2026, 3, 18, 10, 30, tzinfo=SHANGHAI)
LIMIT_SECONDS = 20


@dataclass(slots=True)
class Office:
    """What a chat test needs. People: two reps, a manager, an admin, a stranger, and a rep of another team."""

    emulator: server.Emulator
    app: App
    rep: Person
    rep2: Person
    manager: Person
    admin: Person
    stranger: Person
    outsider: Person
    group: Chat

    @property
    def database(self) -> Database:
        """The application's own database."""
        return self.app.database

    @property
    def now(self) -> datetime:
        """Business time, on the wall clock of Shanghai."""
        return self.app.clock.now().astimezone(SHANGHAI)

    async def idle(self) -> None:
        """Every update is handled, everything due is sent."""
        async with asyncio.timeout(LIMIT_SECONDS):
            while self.emulator.deliveries:  # noqa: ASYNC110  gives way to the bot's tasks on the same loop
                await asyncio.sleep(0)
            await self.app.idle()

    async def at(self, instant: datetime) -> None:
        """The business clock shows `instant`, and what that made due has been sent."""
        await self.emulator.clock.move_to(instant)
        async with asyncio.timeout(LIMIT_SECONDS):
            await self.app.clock.reached(self.emulator.clock.version)
        await self.app.ticks.plan()
        await self.idle()

    def member(self, person: Person) -> Member:
        """The present member row of a person."""
        member = self.database.read_now(lambda db: teams.find_member(db, person.user_id))
        assert member is not None
        return member

    def actor(self, person: Person) -> members.Actor:
        """The actor a person is for crm functions."""
        return self.database.read_now(lambda db: members.acting(db, person.user_id, self.app.clock.now()))


@cache
def _usual_settings() -> Settings:
    """What every office has in common: to ask the environment and a file for it takes longer than to open the model."""
    nowhere = "http://127.0.0.1:1"
    telegram = TelegramSettings(token=SecretStr(server.TOKEN), base_url=nowhere, rate_gates=False)
    return Settings(telegram=telegram, web=WebSettings(port=0), clock_url=nowhere)


def settings_for(emulator: server.Emulator, folder: Path, database_url: str) -> Settings:
    """Settings of an application that talks to the emulator and lives in `folder`."""
    usual = _usual_settings().model_copy(deep=True)  # a test may change what its office has
    reached = {"base_url": emulator.base_url, "base_file_url": emulator.file_url, "token": SecretStr(emulator.token)}
    own = {"data_dir": folder, "database_url": database_url, "clock_url": emulator.clock_url}
    return usual.model_copy(update={**own, "telegram": usual.telegram.model_copy(update=reached)})


def seat_everybody(database: Database, office: dict[str, Person], group: Chat, now: datetime) -> None:
    """Two teams: ours with its group, and one that must never see anything of it."""

    def seat(db: Session) -> None:
        admin = teams.found(db, office["admin"].user_id, "赵姐", now)
        teams.rename(db, admin, "美好五金销售部")
        teams.join(db, admin.team_id, office["rep"].user_id, "小李", "rep", now)
        teams.join(db, admin.team_id, office["rep2"].user_id, "小周", "rep", now)
        teams.join(db, admin.team_id, office["manager"].user_id, "王主管", "manager", now)
        db.get_one(Member, admin.member_id).is_rep = False
        db.add(GroupChat(team_id=admin.team_id, chat_id=group.chat_id, title="销售一组", connected_at=now))
        teams.found(db, office["outsider"].user_id, "老钱", now)

    database.write_now(seat)


@pytest.fixture(scope="session")
def heavy() -> Iterator[HeavyWork]:
    """One worker process for the charts of all tests."""
    shared = HeavyWork()
    yield shared
    shared.close()


PARTS = {
    "rep": ("小李", 1001),
    "rep2": ("小周", 1002),
    "manager": ("王主管", 1003),
    "admin": ("赵姐", 1004),
    "stranger": ("路人", 1090),
    "outsider": ("老钱", 1005),
}


def met(emulator: server.Emulator) -> dict[str, Person]:
    """Everybody by their part; the same ids in every emulator."""
    return {part: emulator.person(name, number, started=part != "stranger") for part, (name, number) in PARTS.items()}


def gathered(emulator: server.Emulator) -> tuple[dict[str, Person], Chat]:
    """Everybody by their part, and their group."""
    people = met(emulator)
    group = emulator.group("销售一组", [people[name] for name in ("admin", "manager", "rep", "rep2")])
    emulator.bot.deliveries.clear()
    return people, group


async def _tick(database: Database, team_id: int, now: datetime) -> None:
    """The team has had the first tick of the day, which costs five times another: else each test's first is for it."""
    await rescoring.renew(database, team_id, now)
    await indicator_days.renew(database, team_id, now)
    first = 0
    while first < len(clockwork.PLANNERS):
        planning = partial(clockwork.plan_some, team_id=team_id, now=now, first=first)
        first = (await database.write(planning)).next


@pytest.fixture(scope="session")
def seated_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an office before its first message, made once a run."""
    path = tmp_path_factory.mktemp("seated") / "sales.db"
    shutil.copy(migrated_file, path)
    opened, now = Database(f"sqlite:///{path}"), WEDNESDAY_MORNING.astimezone(UTC)
    people, group = gathered(server.Emulator())
    seat_everybody(opened, people, group, now)
    outsider = opened.read_now(lambda db: teams.find_member(db, people["outsider"].user_id))
    assert outsider is not None
    asyncio.run(_tick(opened, outsider.team_id, now))
    opened.close()
    return path


@asynccontextmanager
async def opened(emulator: server.Emulator, database: Path, folder: Path, heavy: HeavyWork) -> AsyncIterator[Office]:
    """A running office of those in the emulator, in a folder of its own, on a copy of the database file."""
    async with emulator:
        shutil.copy(database, folder / "sales.db")
        settings = settings_for(emulator, folder, f"sqlite:///{folder / 'sales.db'}")
        model_dir, tagger = models.trained_model(), models.trained_tagger()
        async with App(settings, model_dir=model_dir, heavy=heavy, ticks_by_hand=True, tagger=tagger) as app:
            group = next(iter(emulator.world.groups.values()))
            yield Office(emulator=emulator, app=app, group=group, **met(emulator))
        assert spec_traffic.findings(emulator.traffic) == []


@pytest.fixture
async def office(seated_file: Path, tmp_path: Path, heavy: HeavyWork) -> AsyncIterator[Office]:
    """A running office on Wednesday 2026-03-18, 10:30 in Shanghai; the clock stands still until moved."""
    emulator = server.Emulator(clock=WEDNESDAY_MORNING)
    gathered(emulator)
    async with opened(emulator, seated_file, tmp_path, heavy) as running:
        yield running


empty_office = office  # under another name, for a module whose `office` is one of tests.chat.prepared
