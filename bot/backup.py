"""`python -m bot backup FILE` beside the running bot; `restore FILE` into an empty database, or with --replace.

A backup is a gzip file of crm.backups' lines, readable by its owner only. It holds everything the database holds, the
addresses of group robots included: keep it as you keep the database.
"""

from __future__ import annotations

import contextlib
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, MetaData, make_url, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bot import single
from crm import backups, outbox, teams
from crm.database import Database
from crm.outbox import Planned
from crm.tables import Member, Outbox, Team
from nlp import whole_files

LISTED = 20
JUST_AFTER = timedelta(seconds=1)  # the notice itself is not held


class BotRuns(RuntimeError):
    """The bot serves this database: a restore needs it stopped."""


class FromTheFuture(RuntimeError):
    """The backup was made by a newer version of the bot."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: rows, pushes that were due meanwhile and are held, and where the replaced data were put."""

    rows: int
    held: int
    before: Path | None


def command(url: str, what: str, file: Path, now: datetime, *, replace: bool = False) -> tuple[int, str]:
    """The exit status of `backup` or `restore`, and the sentence that says what happened or what to do."""
    where = Path(make_url(url).database or "")
    if what == "backup" and url.startswith("sqlite") and not where.exists():
        return 1, f"there is no database at {where} yet: nothing to back up"
    database = Database(url)
    try:
        if what == "backup":
            return 0, f"{file}: {write(database, file, now):,} bytes, whole, readable by you only"
        done = restore(database, file, now, replace=replace)
    except backups.BackupBroken as error:
        return 1, f"{file} is no whole backup of this bot ({error}): nothing was restored"
    except backups.NotEmpty as error:
        return 1, f"the database holds data already ({error}): add --replace to put the backup in its place"
    except FromTheFuture as error:
        return 1, f"{file} was made by a newer version (schema {error}): install that version first"
    except BotRuns:
        return 1, "the bot serves this database: stop it first"
    except OSError as error:
        return 1, f"{error.strerror or type(error).__name__}: {error.filename or file}"
    except OperationalError as error:
        return 1, f"database_url: the database cannot be opened ({type(error.orig).__name__})"
    finally:
        database.close()
    before = f"; what was there before is in {done.before}" if done.before else ""
    return 0, f"{done.rows:,} rows restored, {done.held:,} due pushes held{before}"


def write(database: Database, path: Path, now: datetime) -> int:
    """The backup is whole on the disk under its name, or not there at all; its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)

    def fill(stream: BinaryIO) -> None:
        with gzip.open(stream, "wt", encoding="utf-8", newline="\n") as out, _snapshot(database) as connection:
            out.writelines(line + "\n" for line in backups.lines(connection, now))

    whole_files.replace(path, fill)
    return path.stat().st_size


def restore(database: Database, path: Path, now: datetime, *, replace: bool) -> Restored:
    """The database holds what the backup held, at this version's schema; pushes that were due meanwhile are held.

    Raises: BotRuns, FromTheFuture, backups.NotEmpty, backups.BackupBroken; then nothing has changed, unless `replace`
    had begun: what was there before is then in the file that the message names.
    """
    with _alone(database), _lines(path) as lines:
        first = next(lines, "")
        revision = backups.head(first).revision
        if revision > database.newest_revision():
            raise FromTheFuture(revision)
        before = _make_room(database, path, now) if replace else None
        database.migrate(revision)
        with database.engine.connect().execution_options(sales_write=True) as connection, connection.begin():
            rows = backups.restore(connection, lines, first)
        database.migrate()
        held = database.write_now(lambda db: _hold(db, now))
    return Restored(rows, held, before)


@contextlib.contextmanager
def _snapshot(database: Database) -> Iterator[Connection]:
    with database.engine.connect() as connection:
        if not database.is_sqlite:  # SQLite's snapshot is one for the whole transaction anyway
            connection = connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


def is_served(database: Database) -> bool:
    """Whether the bot runs on this database."""
    try:
        with _alone(database):
            return False
    except BotRuns:
        return True


@contextlib.contextmanager
def _alone(database: Database) -> Iterator[None]:
    """Nobody serves the database meanwhile."""
    if not database.is_sqlite:
        presence = single.Presence(database)
        try:
            if presence.living() != {presence.claimant}:
                raise BotRuns
            yield
        finally:
            presence.free()
        return
    lock = single.SqliteLock(database)
    try:
        lock.take()
    except single.AlreadyServed as error:
        raise BotRuns from error
    try:
        yield
    finally:
        lock.free()


@contextlib.contextmanager
def _lines(path: Path) -> Iterator[Iterator[str]]:
    """The lines of the file without their ends. Raises: backups.BackupBroken where it is no gzip file or cut off."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as stream:
            yield (line.rstrip("\n") for line in stream)
    except (gzip.BadGzipFile, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise backups.BackupBroken(type(error).__name__) from error


def _make_room(database: Database, path: Path, now: datetime) -> Path | None:
    """No table is left; what was there is a backup of its own beside the given one, None where nothing was."""
    known = MetaData()
    with database.engine.connect() as connection:
        if backups.revision_of(connection) is None:
            return None
    database.migrate()
    before = path.with_name(f"before-restore-{now:%Y%m%d-%H%M%S}.backup")
    write(database, before, now)
    with database.engine.connect().execution_options(sales_write=True) as connection, connection.begin():
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        known.reflect(connection)
        known.drop_all(connection)
    return before


def _hold(db: Session, now: datetime) -> int:
    """Due pushes are held, and each team's admins will read which."""
    late = backups.hold_due(db, now)
    for team_id in db.scalars(select(Team.team_id)).all():
        mine = [row for row in late if row.team_id == team_id and row.push]
        for admin in teams.admins(db, team_id) if mine else ():
            outbox.enqueue(db, [_notice(admin, mine, now)], now)
    return sum(row.push is not None for row in late)


def _notice(admin: Member, mine: list[Outbox], now: datetime) -> Planned:
    return Planned(
        key=f"{backups.PUSH}:{admin.member_id}:{now.isoformat()}",
        push=backups.PUSH,
        team_id=admin.team_id,
        chat_id=admin.user_id,
        due_at=now + JUST_AFTER,
        data={"held": [row.outbox_id for row in mine[:LISTED]], "count": len(mine)},
        member_id=admin.member_id,
    )
