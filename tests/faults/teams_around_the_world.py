"""Teams of six in several time zones with their people, customers, tasks and daily reminders, drawn by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.orm import Session

from almanac.birthdays import Birthday
from crm import customers, members, promises, settings, teams
from crm.customers import Profile
from crm.promises import Todo
from crm.tables import Customer, GroupChat, Member, Team
from tests.faults import almanac_of_a_team as plain
from tests.faults.almanac_of_a_team import Person

REPS = 6
LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)
BORN = ((3, 1), (3, 8), (3, 9), (3, 29), (4, 4), (4, 5), (12, 31), (1, 1), (1, 2))


@dataclass(slots=True)
class World:
    """The teams with their people."""

    people: dict[str, list[Person]] = field(default_factory=dict)
    team_ids: dict[str, int] = field(default_factory=dict)


def somebody(chance: random.Random, name: str, zone: str, begin: datetime, days: int) -> Person:
    born = {f"{name}的客户{n}": chance.choice(BORN) for n in range(3)}
    once = {
        f"{name}的事{n}": begin + timedelta(minutes=60 + chance.randrange((days - 1) * 24 * 60 - 60)) for n in range(12)
    }
    daily = chance.choice((None, time(10), time(14, 30)))
    return Person(name, zone, born, chance.random() < 0.5, once, daily)


def founded(db: Session, chance: random.Random, zones: Sequence[str], begin: datetime, days: int) -> World:
    """A team in each zone; every third rep lives by the clock of another."""
    world = World()
    for number, zone in enumerate(zones):
        founder = teams.found(db, 10_000 + 100 * number, f"主管{number}", LONG_AGO)
        team = db.get_one(Team, founder.team_id)
        team.zone = zone
        settings.change(db, founder, "card_on_days_off", "all")
        db.get_one(Member, founder.member_id).is_rep = False
        db.add(GroupChat(team_id=team.team_id, chat_id=-9_000 - number, title="群", connected_at=LONG_AGO))
        world.team_ids[zone] = team.team_id
        world.people[zone] = []
        for rep in range(REPS):
            name, user_id = f"销售{number}-{rep}", 10_001 + 100 * number + rep
            own = zone if rep % 3 else chance.choice(zones)
            person = somebody(chance, name, own, begin, days)
            world.people[zone].append(person)
            seat(db, team, person, user_id, begin)
    db.execute(update(Customer).values(lead_rung=9))
    return world


def seat(db: Session, team: Team, person: Person, user_id: int, begin: datetime) -> None:
    joined = teams.join(db, team.team_id, user_id, person.name, "rep", LONG_AGO)
    db.get_one(Member, joined.member_id).zone = person.zone
    db.flush()
    actor = members.acting(db, user_id, LONG_AGO)
    for name, (month, day) in person.born.items():
        customers.add(db, actor, Profile(name, birthdays=(Birthday("solar", month, day),)), LONG_AGO)
    if person.women:
        customers.add(db, actor, Profile(f"{person.name}的女客户", gender="female"), LONG_AGO)
    for what, due in person.once.items():
        promises.add(db, actor, None, None, Todo(what, due, True), "reminder", begin)
    if person.daily is not None:
        first = plain.next_at(person.daily, ZoneInfo(person.zone), begin)
        wanted = Todo("看报表", first, True, f"DAILY;T{person.daily:%H:%M}")
        promises.add(db, actor, None, None, wanted, "reminder", begin)
