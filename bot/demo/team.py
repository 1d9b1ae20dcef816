"""A lively team for the demo: about 300 customers with two years of orders, notes and birthdays, from a fixed seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from almanac import lunar, workdays
from almanac.birthdays import Birthday
from bot import clock
from bot.demo import cast, deals, loyalty
from crm import alerts, clockwork, complaints, customers, members, purchases, teams
from crm.members import Actor
from crm.tables import Complaint, Customer, CustomerSummary, GroupChat, Member, Note, Order, Outbox, Task, Team
from emulator.chat import Chat
from emulator.person import Person
from emulator.server import Emulator

SEED = 20_260
CUSTOMERS = 300
DAYS = 730  # of orders
STILL_OPEN = 8  # complaints


def people(emulator: Emulator) -> dict[str, Person]:
    """The people of the demo with their phones."""
    return {
        key: emulator.person(name, user_id, description=description, started=True)
        for key, user_id, name, description in cast.PEOPLE
    }


def group(emulator: Emulator, who: dict[str, Person]) -> Chat:
    """The team's group chat with everybody and the bot in it."""
    chat = emulator.group(cast.GROUP, [who[key] for key in ("admin", "manager", "rep", "rep2")])
    emulator.bot.deliveries.clear()  # the team is connected already: nothing to explain there
    return chat


def fill(db: Session, group_chat_id: int, now: datetime) -> None:
    """The team, its members, its group, its customers and their two years are in the database."""
    chance = random.Random(SEED)
    since = now - timedelta(days=DAYS)
    ids = {key: user_id for key, user_id, _, _ in cast.PEOPLE}
    names = {key: name for key, _, name, _ in cast.PEOPLE}
    founder = teams.found(db, ids["admin"], names["admin"], since)
    teams.rename(db, founder, cast.TEAM)
    for key, role in (("rep", "rep"), ("rep2", "rep"), ("manager", "manager")):
        teams.join(db, founder.team_id, ids[key], names[key], role, since)  # type: ignore[arg-type]  # these are roles
    db.get_one(Member, founder.member_id).is_rep = False
    db.get_one(Team, founder.team_id).created_at = since
    db.add(GroupChat(team_id=founder.team_id, chat_id=group_chat_id, title=cast.GROUP, connected_at=since))
    db.flush()
    reps = [members.acting(db, ids[key], now) for key in ("rep", "rep2")]
    rows = [_customer(db, chance, reps[n % 2], n, now) for n in range(CUSTOMERS)]
    _order(db, chance, rows, now)
    _note(db, chance, rows, now)
    _promise(db, chance, rows, now)
    db.flush()
    deals.fill(db, members.acting(db, ids["admin"], now), reps, rows, now)
    loyalty.fill(db, reps, rows, now)
    _begin_quietly(db, db.get_one(Team, founder.team_id), now)
    _enter_again(db, reps, rows, now)


def actors(db: Session) -> list[Actor]:
    """Everybody of the demo team."""
    now = clock.real_now()
    return [members.acting(db, user_id, now) for _, user_id, _, _ in cast.PEOPLE]


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """How a customer buys: every `every` days, about `fen` a time, until `until_days_ago`."""

    every: int
    fen: int
    until_days_ago: int
    since_days_ago: int


def _name(chance: random.Random, n: int) -> str:
    family = chance.choice(cast.COMPOUND) if n % 40 == 39 else chance.choice(cast.SURNAMES)
    return family + chance.choice(cast.GIVEN)


def _gender(name: str, drawn: str) -> str:
    """As the given name tells, where it does."""
    given = (name[1:], name[2:])
    if any(part in cast.WOMEN for part in given):
        return "female"
    return "male" if any(part in cast.MEN for part in given) else drawn


def _customer(db: Session, chance: random.Random, rep: Actor, n: int, now: datetime) -> Customer:
    city, brand = chance.choice(cast.CITIES), chance.choice(cast.BRANDS)
    industry = chance.choice(list(cast.INDUSTRIES))
    joined = now - timedelta(days=chance.randrange(5, DAYS))
    name = _name(chance, n)
    profile = customers.Profile(
        name=name,
        phones=(f"1{chance.choice('35789')}{chance.randrange(10**9):09d}",),
        company=f"{city}{brand}{chance.choice(cast.INDUSTRIES[industry])}",
        title=chance.choice(cast.TITLES),
        region=city,
        industry=industry,
        source=chance.choice(cast.SOURCES),
        gender=_gender(name, chance.choice(("male", "female"))),
        birthdays=_birthdays(chance, n, rep.today(now)),
    )
    row = customers.add(db, rep, profile, joined)
    row.relation = chance.choices(("business", "friend", "partner"), (8, 2, 1))[0]
    return row


def _enter_again(db: Session, reps: list[Actor], rows: list[Customer], now: datetime) -> None:
    """Three customers were entered twice, as it happens: by the colleague, with the other telephone."""
    for n in (12, 57, 141):
        first, colleague = rows[n], reps[(n + 1) % 2]
        again = customers.Profile(first.name, (f"139{n:08d}",), company=first.company, region=first.region)
        customers.add(db, colleague, again, now - timedelta(days=n))


def _birthdays(chance: random.Random, n: int, today: date) -> tuple[Birthday, ...]:
    """Some fall on today and the days around it, by sun and by moon; most anywhere in the year; some are unknown."""
    year = chance.randrange(1962, 2000)
    day = (
        today + timedelta(days=n // 10 - 1) if n % 10 == 0 and n < 80 else today + timedelta(days=chance.randrange(365))
    )
    if n % 4 == 3:
        return ()
    if n % 20 < 10:
        month, number = (day.month, day.day) if (day.month, day.day) != (2, 29) else (2, 28)
        return (Birthday("solar", month, number, year=year),)
    kept = lunar.from_solar(day)
    return (Birthday("lunar", kept.month, min(kept.day, 29), year=None),)


def _rhythms(chance: random.Random) -> Iterator[_Rhythm | None]:
    """Good and steady, good and gone quiet, small ones, new ones, and leads without an order."""
    while True:
        kind = chance.choices(("big", "big_quiet", "small", "small_quiet", "new", "none"), (14, 9, 26, 18, 8, 25))[0]
        if kind == "none":
            yield None
            continue
        is_big, is_quiet = kind.startswith("big"), kind.endswith("quiet")
        every = chance.randrange(18, 40) if is_big else chance.randrange(40, 110)
        usual_fen = (2_600_000 if is_quiet else 900_000) if is_big else 160_000
        fen = int(chance.lognormvariate(0, 0.5) * usual_fen)
        until = int(every * chance.uniform(4.5, 7)) if is_quiet else chance.randrange(0, max(every * 8 // 10, 2))
        since = chance.randrange(20, 80) if kind == "new" else chance.randrange(400, DAYS)
        yield _Rhythm(every, fen, until, since)


def _order(db: Session, chance: random.Random, rows: list[Customer], now: datetime) -> None:
    today = now.date()
    orders: list[dict[str, Any]] = []
    for row, rhythm in zip(rows, _rhythms(chance), strict=False):
        if rhythm is None:
            row.stage = chance.choice(("lead", "contacted", "interested", "quoted"))
            continue
        row.stage = "won"
        days_ago = max(rhythm.since_days_ago, rhythm.until_days_ago)
        while days_ago >= rhythm.until_days_ago:
            orders.append(_one_order(chance, row, today - timedelta(days=days_ago), rhythm.fen, now))
            days_ago -= max(2, int(chance.gauss(rhythm.every, rhythm.every / 5)))
    db.execute(insert(Order), orders)
    purchases.rebuild(db, [row.customer_id for row in rows])


def _one_order(chance: random.Random, row: Customer, day: date, fen: int, now: datetime) -> dict[str, Any]:
    product, _, _ = chance.choice(cast.PRODUCTS)
    amount = max(5_000, int(fen * chance.lognormvariate(0, 0.35)) // 1000 * 1000)
    is_return = chance.random() < 0.02
    return {
        "team_id": row.team_id,
        "customer_id": row.customer_id,
        "ordered_on": day,
        "amount_fen": -amount // 4 if is_return else amount,
        "product": product,
        "created_by_id": row.owner_id,
        "created_at": min(now, datetime.combine(day, time(6), now.tzinfo)),
    }


def _note(db: Session, chance: random.Random, rows: list[Customer], now: datetime) -> None:
    """Notes wait for their tags like those typed while the model trains; their complaints are cases already."""
    notes: list[tuple[dict[str, Any], bool]] = []
    for row in rows:
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            notes.append(_one_note(chance, row, now))
    notes.sort(key=lambda note: note[0]["created_at"])
    ids = db.scalars(insert(Note).returning(Note.note_id, sort_by_parameter_order=True), [note for note, _ in notes])
    cases = [
        {
            "note_id": note_id,
            "opened_at": note["created_at"],
            "closed_by_id": note["author_id"],
            **{key: note[key] for key in ("team_id", "customer_id")},
        }
        for note_id, (note, complains) in zip(ids, notes, strict=True)
        if complains
    ]
    _complain(db, cases, now)
    newest = select(func.max(Note.created_at)).where(Note.customer_id == CustomerSummary.customer_id)
    db.execute(update(CustomerSummary).values(last_note_at=newest.scalar_subquery()))


def _one_note(chance: random.Random, row: Customer, now: datetime) -> tuple[dict[str, Any], bool]:
    """A note, and whether it is a complaint."""
    kinds = (cast.NOTES_GOOD, cast.NOTES_PLAIN, cast.NOTES_COMPLAINT, cast.NOTES_LEAVING)
    kind = chance.choices(kinds, (12, 5, 3, 2))[0]
    text = chance.choice(kind).format(
        name=row.name,
        product=chance.choice(cast.PRODUCTS)[0],
        brand=chance.choice(cast.BRANDS),
        person=chance.choice(cast.SURNAMES) + chance.choice(("工", "经理", "姐", "主任")),
        number=chance.choice((12, 40, 60, 150, 300, 500, 800, 1200, 2000)),
    )
    note: dict[str, Any] = {
        "team_id": row.team_id,
        "customer_id": row.customer_id,
        "author_id": row.owner_id,
        "text": text,
        "created_at": _at_work(chance, now),
        "evidence": {},
        "tagged": False,
        "urgent": False,
    }
    return note, kind is cast.NOTES_COMPLAINT


def _at_work(chance: random.Random, now: datetime) -> datetime:
    """Some hour of a working day in Shanghai before today, recent ones more often."""
    local = now.astimezone(ZoneInfo("Asia/Shanghai"))
    day = local.date() - timedelta(days=1 + min(int(chance.expovariate(1 / 40)), 400))
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, time(chance.randrange(9, 18), chance.randrange(60)), local.tzinfo)


def _complain(db: Session, cases: list[dict[str, Any]], now: datetime) -> None:
    """The cases, oldest first, are solved within days but for a few of the last two weeks, one of them urgent."""
    recent = [case for case in cases if now - case["opened_at"] < timedelta(days=14)][-STILL_OPEN:]
    for case in cases:
        is_open = case in recent
        solved = min(case["opened_at"] + timedelta(days=1 + case["note_id"] % 4), now - timedelta(minutes=5))
        case |= {"closed_at": None if is_open else solved, "urgent": is_open and case is recent[0]}
        case |= {"stage": "received" if is_open else "told", "closed_by_id": None if is_open else case["closed_by_id"]}
        case |= {"resolved_at": case["closed_at"], "told_at": case["closed_at"]}
    db.execute(insert(Complaint), cases)
    for case in recent:
        complaints.count(db, case["customer_id"], +1)


def _begin_quietly(db: Session, team: Team, now: datetime) -> None:
    """What the clock would have said by now counts as said: a newcomer finds an empty chat and not a pile of pushes.

    The alerts about customers at risk, all new to a fresh database, come with the next working day.
    """
    for planner in clockwork.PLANNERS:
        planner(db, team, now)
    tomorrow = datetime.combine(now.astimezone(ZoneInfo(team.zone)).date() + timedelta(days=1), time(0))
    morning = alerts.due_at(team, tomorrow.replace(tzinfo=ZoneInfo(team.zone)))
    is_alert = Outbox.push.in_((alerts.PUSH, alerts.REST_PUSH))
    db.execute(update(Outbox).where(is_alert).values(due_at=morning))
    past = update(Outbox).where(Outbox.state == "pending", Outbox.due_at <= now)
    db.execute(past.values(state="skipped", reason="演示开始以前的"))


def _promise(db: Session, chance: random.Random, rows: list[Customer], now: datetime) -> None:
    """A few things to do today, some overdue, some in the next days."""
    for n, row in enumerate(chance.sample(rows, 26)):
        due = (now + timedelta(days=n % 9 - 2)).replace(minute=0, second=0, microsecond=0)
        todo = Task(
            team_id=row.team_id,
            customer_id=row.customer_id,
            assignee_id=row.owner_id or 0,
            created_by_id=row.owner_id or 0,
            kind="follow_up",
            what=chance.choice(cast.TASKS).format(row.name),
            due_at=due + timedelta(hours=3) if n % 3 == 0 else due,
            has_time=n % 3 == 0,
            created_at=now - timedelta(days=5),
        )
        db.add(todo)
    db.flush()
