"""A small team in a migrated database, and what a tagger would say, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from crm import customers, leads, members, teams
from crm.customers import Origin, Profile
from crm.database import Database
from crm.leads import Entry, Saved
from crm.members import Actor
from crm.promises import Todo
from nlp.tagger import Tags

NOW = datetime(2026, 3, 18, 2, 30, tzinfo=UTC)  # Wednesday, 10:30 in Shanghai
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Floor:
    """Two reps and a manager of one team, a rep of another."""

    database: Database
    rep: Actor
    rep2: Actor
    manager: Actor
    outsider: Actor

    def write(self, work: Callable[[Session], T]) -> T:
        """The result of `work`, committed."""
        return self.database.write_now(work)

    def read(self, work: Callable[[Session], T]) -> T:
        """The result of `work` on what is stored."""
        return self.database.read_now(work)

    def add(self, actor: Actor, name: str, phone: str | None = None, **known: Any) -> int:
        """The id of a new customer of the actor; `known`: further fields of his profile."""
        profile = Profile(name, (phone,) if phone else (), **known)
        return self.write(lambda db: customers.add(db, actor, profile, NOW).customer_id)

    def enter(self, actor: Actor, entry: Entry, message_id: int = 1) -> Saved:
        """The entry, saved as new."""
        outcome = self.write(lambda db: leads.save(db, actor, entry, NOW, Origin(actor.user_id, message_id)))
        assert isinstance(outcome, Saved)
        return outcome


def seat(database: Database) -> Floor:
    """The floor on this database."""

    def work(db: Session) -> tuple[Actor, ...]:
        boss = teams.found(db, 1, "赵姐", NOW)
        for user_id, name in ((2, "小李"), (3, "小周")):
            teams.join(db, boss.team_id, user_id, name, "rep", NOW)
        teams.join(db, boss.team_id, 4, "王主管", "manager", NOW)
        teams.found(db, 9, "老钱", NOW)
        return tuple(members.acting(db, user_id, NOW) for user_id in (2, 3, 4, 9))

    return Floor(database, *database.write_now(work))


def tags(*intents: str, topics: tuple[str, ...] = (), sentiment: str = "neutral", urgent: bool = False) -> Tags:
    """What a tagger says of a note."""
    given = (*intents, *topics)
    return Tags(
        intents=intents,
        topics=topics,
        sentiment=sentiment,
        urgent=urgent,
        probability=dict.fromkeys(given, 0.9),
        evidence=dict.fromkeys(given, ("嫌交期慢",)),
        unsure=(),
        model_version="test",
    )


def todo(what: str = "回访") -> Todo:
    """A task a week from now."""
    return Todo(what, datetime(2026, 3, 25, 1, tzinfo=UTC), False)
