"""The figures of days as they are counted and kept: everything but today, anew for the last week each night.

The first time, when a file came in or went back, or when the zone changed, all history is counted, a few months at a
time, the newest first.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

from crm import indicator_sources as sources
from crm import members, scores
from crm.database import Database
from crm.indicator_sources import Stretch
from crm.tables import Customer, CustomerSummary, Fact, Import, IndicatorDay, Note, Order, Team, Touch

KEPT = timedelta(days=760)  # two years and a month: the same month of both years before
RECOUNTED = timedelta(days=7)
DAY = timedelta(days=1)
LONGEST_STEP = timedelta(days=31)  # of the nightly count: when an older order was written down, all is counted again
AT_ONCE_LARGE = timedelta(days=10)
STEPS = 4  # stretches counted in one call, so that no clock waits long
LONGEST_ANSWER = 7 * 24 * 60  # minutes: one forgotten lead says no more than that

Cell = tuple[str, date, str]  # dimension, day, key
Counts = dict[Cell, dict[str, int]]


@dataclass(frozen=True, slots=True)
class _State:
    """`on`: the day of the last count; `since`: from when on all is counted; `wanted`: from when on it will be.

    `files` changes when a file came in or went back, `order_id` is the newest that was there.
    """

    on: date
    since: date
    wanted: date
    zone: str
    files: str
    order_id: int

    def as_json(self) -> dict[str, Any]:
        days = {"on": str(self.on), "since": str(self.since), "wanted": str(self.wanted)}
        return {**days, "zone": self.zone, "files": self.files, "order_id": self.order_id}

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> _State:
        on, since, wanted = (date.fromisoformat(value[name]) for name in ("on", "since", "wanted"))
        return cls(on, since, wanted, value["zone"], value["files"], value["order_id"])


@dataclass(frozen=True, slots=True)
class _Step:
    """Days to be counted and what holds once they are."""

    first: date
    last: date
    state: _State
    reopened: str | None = None  # the day of `reopen` that this takes care of


async def renew(database: Database, team_id: int, now: datetime) -> bool:
    """The kept figures are of now, or nearer to it: call again while it is True. Repeating it changes nothing."""
    for _ in range(STEPS):
        step = await database.read(partial(_next_step, team_id=team_id, now=now))
        if step is None:
            return False
        counts: Counts = {}
        if step.first <= step.last:
            counts = await database.read(partial(count, team_id=team_id, first=step.first, last=step.last))
        await database.write(partial(_put, team_id=team_id, step=step, counts=counts))
    return True


def reopen(db: Session, team_id: int, day: date, now: datetime) -> None:
    """What was counted of the day holds no more: the next night counts anew, from there on or all."""
    if day > (now - RECOUNTED).date() + 2 * DAY:  # in any zone
        return
    fact = db.get(Fact, _reopened(team_id))
    if fact is None or fact.value["day"] > str(day):
        db.merge(Fact(name=_reopened(team_id), value={"day": str(day)}))


def is_known(db: Session, team_id: int) -> bool:
    """True once the figures were counted for the first time."""
    return db.get(Fact, _name(team_id)) is not None


def count(db: Session, team_id: int, first: date, last: date) -> Counts:
    """The figures of these days, both included, from the records as they are."""
    days = sources.stretch(db, db.get_one(Team, team_id), first, last)
    params = days.params()
    statements, products, answers = _statements(days.shape())
    found: Counts = defaultdict(lambda: defaultdict(int))
    for source, rows in zip(sources.SOURCES, statements, strict=True):
        for day, member_id, segment, *numbers in db.execute(rows, params):
            _add(found, day, member_id, segment, dict(zip(source.columns, numbers, strict=True)))
    for day, product, number, fen in db.execute(products, params):
        if product:
            cell = found["product", day, product[:200]]
            cell["orders"] += int(number)
            cell["fen"] += int(fen)
    _add_answers(db, days, answers, found)
    return found


@functools.cache
def _statements(shape: sources.Shape) -> tuple[list[Select[Any]], Select[Any], Select[Any]]:
    """The sums of each source by day, member and segment, those by product, and the answers to leads."""
    group = func.coalesce(CustomerSummary.value_group, "")
    made = []
    for source in sources.SOURCES:
        events = source.events(shape).subquery()
        named = [events.c.day, events.c.member_id, group]
        rows = select(*named, *(func.sum(events.c[column]) for column in source.columns)).select_from(events)
        rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == events.c.customer_id)
        made.append(rows.group_by(*named))
    sold = sources.products(shape).subquery()
    products = select(sold.c.day, sold.c.product, func.sum(sold.c.orders), func.sum(sold.c.fen))
    leads = sources.answers(shape).subquery()
    answers = select(leads, group).select_from(leads)
    answers = answers.outerjoin(CustomerSummary, CustomerSummary.customer_id == leads.c.customer_id)
    return made, products.group_by(sold.c.day, sold.c.product), answers


def row(counts: Mapping[str, int]) -> Any:
    """The counts with every column of IndicatorDay, those that are missing 0."""
    return SimpleNamespace(**{**_EMPTY, **counts})


def _add(found: Counts, day: date, member_id: int | None, segment: str, numbers: dict[str, int]) -> None:
    cells: list[Cell] = [("team", day, "")]
    if member_id is not None:
        cells.append(("rep", day, str(member_id)))
    if segment:
        cells.append(("segment", day, segment))
    for name, number in numbers.items():
        if number:
            for cell in cells:
                found[cell][name] += int(number)


def _add_answers(db: Session, days: Stretch, answers: Select[Any], found: Counts) -> None:
    for member_id, _, since, noted_at, touched_at, segment in db.execute(answers, days.params()):
        at = min((instant for instant in (noted_at, touched_at) if instant is not None), default=None)
        if at is not None and days.since <= at < days.until:
            minutes = min(int((at - since).total_seconds() // 60), LONGEST_ANSWER)
            day = at.astimezone(days.zone).date()
            _add(found, day, member_id, segment, {"leads_answered": 1, "answer_minutes": minutes})


def _next_step(db: Session, team_id: int, now: datetime) -> _Step | None:
    team = db.get_one(Team, team_id)
    today = now.astimezone(ZoneInfo(team.zone)).date()
    fact = db.get(Fact, _name(team_id))
    state = _State.of(fact.value) if fact is not None else None
    if state is None or state.zone != team.zone or state.files != _files(db, team_id) or state.on > today:
        return _begin(db, team, today)
    if state.on < today:
        order_id, earliest = _new_orders(db, team_id, state.order_id)
        reopened = _reopened_day(db, team_id)
        first = min(state.on, today - RECOUNTED, earliest or today, date.fromisoformat(reopened or str(today)))
        if first < today - LONGEST_STEP:
            return _begin(db, team, today)
        done = replace(state, on=today, since=min(state.since, first), order_id=order_id)
        return _Step(first, today - DAY, done, reopened)
    if state.since <= state.wanted:
        return None
    at_once = AT_ONCE_LARGE if scores.is_large(db, team_id) else KEPT
    first = max(state.wanted, state.since - at_once)
    return _Step(first, state.since - DAY, replace(state, since=first))


def _begin(db: Session, team: Team, today: date) -> _Step:
    """Nothing is counted yet of what is to be."""
    order_id, _ = _new_orders(db, team.team_id, 0)
    wanted = max(_earliest(db, team), today - KEPT)
    state = _State(today, today, wanted, team.zone, _files(db, team.team_id), order_id)
    return _Step(today, today - DAY, state, _reopened_day(db, team.team_id))


def _reopened_day(db: Session, team_id: int) -> str | None:
    fact = db.get(Fact, _reopened(team_id))
    return None if fact is None else str(fact.value["day"])


def _new_orders(db: Session, team_id: int, after: int) -> tuple[int, date | None]:
    """The newest order's id, and the earliest day among the team's orders after that one; all of them are not asked."""
    newest = int(db.scalar(select(func.max(Order.order_id))) or 0)
    if not after:
        return newest, None
    new = select(func.min(Order.ordered_on)).where(Order.order_id > after, Order.order_id <= newest)
    return newest, db.scalar(new.where(func.coalesce(Order.team_id, 0) == team_id))


def _put(db: Session, team_id: int, step: _Step, counts: Counts) -> None:
    """The days say what was counted; days before what is kept are gone."""
    members.lock(db, team_id)  # another process may count the same days
    mine = IndicatorDay.team_id == team_id
    within = IndicatorDay.day.between(step.first, step.last)
    db.execute(delete(IndicatorDay).where(mine, within))
    db.execute(delete(IndicatorDay).where(mine, IndicatorDay.day < step.state.on - KEPT))
    if counts:
        rows = [
            {"team_id": team_id, "dimension": dimension, "day": day, "key": key, **_EMPTY, **numbers}
            for (dimension, day, key), numbers in counts.items()
        ]
        db.execute(insert(IndicatorDay), rows)
    db.merge(Fact(name=_name(team_id), value=step.state.as_json()))
    if step.reopened is not None and _reopened_day(db, team_id) == step.reopened:
        db.delete(db.get_one(Fact, _reopened(team_id)))


_EMPTY = {column.name: 0 for column in IndicatorDay.__table__.columns if not column.primary_key}


def _name(team_id: int) -> str:
    return f"indicators:{team_id}"


def _reopened(team_id: int) -> str:
    return f"indicators-from:{team_id}"


def _files(db: Session, team_id: int) -> str:
    """What files of the team came in or went back: it changes when history does."""
    rows = select(Import.state, func.count()).where(Import.team_id == team_id, Import.state.in_(("done", "undone")))
    return ",".join(f"{state} {number}" for state, number in db.execute(rows.group_by(Import.state).order_by("state")))


def _earliest(db: Session, team: Team) -> date:
    """The day of the first record of the team."""
    zone = ZoneInfo(team.zone)
    instants = [
        db.scalar(select(func.min(at)).where(table.team_id == team.team_id))
        for table, at in ((Note, Note.created_at), (Customer, Customer.created_at), (Touch, Touch.touched_at))
    ]
    found = [at.astimezone(zone).date() for at in instants if at is not None]
    ordered = db.scalar(select(func.min(Order.ordered_on)).where(Order.team_id == team.team_id))
    return min([*found, *([ordered] if ordered else [])], default=date.max)
