"""Who is in which tier by the team's rules, who went up, and who is about to fall."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, Select, cast, func, select
from sqlalchemy.orm import Session

from crm import customers, settings
from crm.members import Actor
from crm.tables import Customer, CustomerScore, CustomerSummary, ScoreMovement, Team
from scoring.tiers import Event, Tier

MOVES_FOR = timedelta(days=30)


class TierUnknown(LookupError):
    """The team has no such tier any more."""


@dataclass(frozen=True, slots=True)
class Level:
    """A tier with its customers and their net fen of the last 365 days."""

    place: int
    tier: Tier
    customers: int
    fen: int


@dataclass(frozen=True, slots=True)
class Tiers:
    """The tiers from the highest down; who never bought is in none. Moves are those of the last 30 days."""

    levels: list[Level]
    without: int
    rose: int
    fell: int
    falling: int
    rising: int


@dataclass(frozen=True, slots=True)
class Day:
    """What the digest tells."""

    rose: int
    fell: int
    falling: int


Listed = tuple[Customer, CustomerSummary]


def overview(db: Session, actor: Actor, now: datetime) -> Tiers:
    """The tiers of the customers that the member may see."""
    rules = settings.of(db.get_one(Team, actor.team_id)).tiers
    sums = func.count(), func.coalesce(func.sum(CustomerSummary.value_fen), 0)
    rows = db.execute(_seen(actor, CustomerScore.tier, *sums).group_by(CustomerScore.tier)).all()
    found: dict[int | None, tuple[int, int]] = {}
    for place, number, fen in rows:
        held = None if place is None else min(int(place), len(rules) - 1)
        before = found.get(held, (0, 0))
        found[held] = (before[0] + number, before[1] + int(fen))
    levels = [Level(at, rules[at], *found.get(at, (0, 0))) for at in range(len(rules) - 1, -1, -1)]
    events = _seen(actor, CustomerScore.tier_event, func.count()).group_by(CustomerScore.tier_event)
    warned = {row[0]: row[1] for row in db.execute(events)}
    rose, fell = _moves(db, actor.team_id, now - MOVES_FOR, actor)
    return Tiers(
        levels,
        found.get(None, (0, 0))[0],
        rose,
        fell,
        warned.get(str(Event.DOWNGRADE_NEAR), 0),
        warned.get(str(Event.UPGRADE_NEAR), 0),
    )


def find(db: Session, actor: Actor, place: int, limit: int, offset: int = 0) -> tuple[Tier, list[Listed]]:
    """Customers of a tier, most money first. Raises: TierUnknown"""
    rules = settings.of(db.get_one(Team, actor.team_id)).tiers
    if not 0 <= place < len(rules):
        raise TierUnknown(place)
    return rules[place], _page(db, _seen(actor).where(CustomerScore.tier == place), limit, offset)


def warned(db: Session, actor: Actor, event: Event, limit: int, offset: int = 0) -> list[Listed]:
    """Customers whose tier is about to change, most money first."""
    return _page(db, _seen(actor).where(CustomerScore.tier_event == str(event)), limit, offset)


def of_day(db: Session, team: Team, now: datetime) -> Day:
    """Who moved today, and who falls within 30 days if nothing is bought."""
    zone = ZoneInfo(team.zone)
    rose, fell = _moves(db, team.team_id, datetime.combine(now.astimezone(zone).date(), time(0), zone))
    falling = (
        select(func.count())
        .select_from(CustomerScore)
        .join(Customer, Customer.customer_id == CustomerScore.customer_id)
    )
    mine = (CustomerScore.team_id == team.team_id, CustomerScore.tier_event == str(Event.DOWNGRADE_NEAR))
    return Day(rose, fell, int(db.scalar(falling.where(*mine, Customer.deleted_at.is_(None))) or 0))


def _seen(actor: Actor, *columns: Any) -> Select[Any]:
    rows: Select[Any] = select(*(columns or (Customer, CustomerSummary))).select_from(Customer)
    rows = rows.outerjoin(CustomerScore, CustomerScore.customer_id == Customer.customer_id)
    rows = rows.outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    return rows.where(customers.visible(actor))


def _page(db: Session, rows: Select[Any], limit: int, offset: int) -> list[Listed]:
    rows = rows.order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), Customer.customer_id)
    return [(row[0], row[1]) for row in db.execute(rows.limit(limit).offset(offset))]


def _moves(db: Session, team_id: int, since: datetime, actor: Actor | None = None) -> tuple[int, int]:
    """How often customers went up and down since then."""
    is_up = cast(ScoreMovement.after, Integer) > cast(ScoreMovement.before, Integer)
    rows = select(func.count().filter(is_up), func.count().filter(~is_up))
    rows = rows.select_from(ScoreMovement).join(Customer, Customer.customer_id == ScoreMovement.customer_id)
    rows = rows.where(ScoreMovement.team_id == team_id, ScoreMovement.kind == "tier", ScoreMovement.moved_at >= since)
    seen = customers.visible(actor) if actor is not None else Customer.deleted_at.is_(None)
    rose, fell = db.execute(rows.where(seen)).one()
    return int(rose), int(fell)
