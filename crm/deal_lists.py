"""The open deals of a member's customers: in order of their day, summed by stage, and the funnel of those made lately.

Other rooms ask here: `pipeline` (what is open now), `closed` (what was made, won and lost in a stretch of days).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from crm import customers, deal_chances
from crm.deal_chances import Chances
from crm.deal_stages import LOST, WON
from crm.deals import OPEN
from crm.members import Actor
from crm.tables import Customer, Deal, Member, Team

FUNNEL_DAYS = 365  # the day itself is the last of them


@dataclass(frozen=True, slots=True)
class Listed:
    """A deal with its customer and the owner's name, None where nobody owns the customer."""

    deal: Deal
    customer: Customer
    owner: str | None


@dataclass(frozen=True, slots=True)
class StageLine:
    """What is open in a stage; `weighted_fen` is its money times its probability."""

    stage: str
    number: int
    fen: int
    weighted_fen: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything that is open, by stage in their order. `overdue`: (deals, fen) whose expected day is over."""

    stages: list[StageLine]
    overdue: tuple[int, int]
    chances: Chances

    @property
    def number(self) -> int:
        """Open deals."""
        return sum(line.number for line in self.stages)

    @property
    def fen(self) -> int:
        """Their money."""
        return sum(line.fen for line in self.stages)

    @property
    def weighted_fen(self) -> int:
        """Their money, each times its probability."""
        return sum(line.weighted_fen for line in self.stages)


@dataclass(frozen=True, slots=True)
class Closed:
    """Deals made, won and lost in a stretch of days; `won_fen` is what was sold. `reasons`: (words, lost deals)."""

    made: int
    won: int
    won_fen: int
    lost: int
    reasons: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the funnel: how many deals got there or further, and their money."""

    name: str
    reached: int
    fen: int


def mine(actor: Actor, state: str = OPEN) -> tuple[ColumnElement[bool], ...]:
    """True of the deals in that state with the customers that the member sees."""
    return Deal.state == state, *seen(actor)


def seen(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """True of the deals with the customers that the member sees, however they stand; no customer is looked up."""
    ids = select(Customer.customer_id).where(Customer.team_id == actor.team_id)
    if actor.sees_team:
        whose = Deal.customer_id.not_in(ids.where(Customer.deleted_at.is_not(None)))
    else:
        whose = Deal.customer_id.in_(ids.where(customers.visible(actor)))
    return Deal.team_id == actor.team_id, Deal.deleted_at.is_(None), whose


def of(member_id: int | None) -> tuple[ColumnElement[bool], ...]:
    """True of the deals with this colleague's customers; of all without one."""
    if member_id is None:
        return ()
    return (Deal.customer_id.in_(select(Customer.customer_id).where(Customer.owner_id == member_id)),)


def find(db: Session, actor: Actor, limit: int, offset: int = 0, member_id: int | None = None) -> list[Listed]:
    """Open deals, those whose day is over first, then by the day they are expected; `member_id`: of this colleague."""
    rows = (
        select(Deal, Customer, Member.name).select_from(Deal).join(Customer, Customer.customer_id == Deal.customer_id)
    )
    rows = rows.outerjoin(Member, Member.member_id == Customer.owner_id).where(*mine(actor), *of(member_id))
    page = rows.order_by(Deal.expected_on, Deal.deal_id).limit(limit).offset(offset)
    return [Listed(*row) for row in db.execute(page)]


def pipeline(db: Session, actor: Actor, now: datetime, member_id: int | None = None) -> Pipeline:
    """What is open now, of the colleague if one is meant."""
    today = actor.today(now)
    chances = deal_chances.of_team(db, db.get_one(Team, actor.team_id), today)
    late = (Deal.expected_on < today).label("late")
    rows = select(Deal.stage, late, func.count(Deal.deal_id), func.sum(Deal.amount_fen))
    rows = rows.where(*mine(actor), *of(member_id))
    found = [0] * len(chances.of_stage), [0] * len(chances.of_stage)
    overdue = [0, 0]
    for stage, is_late, number, fen in db.execute(rows.group_by(Deal.stage, late)):
        at = chances.stages.place(stage)
        found[0][at] += number
        found[1][at] += int(fen)
        if is_late:
            overdue = [overdue[0] + number, overdue[1] + int(fen)]
    lines = [
        StageLine(name, number, fen, round(fen * chance))
        for name, number, fen, chance in zip(chances.stages.names, *found, chances.of_stage, strict=True)
    ]
    return Pipeline(lines, (overdue[0], overdue[1]), chances)


def closed(db: Session, actor: Actor, first: date, last: date) -> Closed:
    """What was made, won and lost from `first` to `last`, both included."""
    within = Deal.closed_on.between(first, last)
    sold = func.coalesce(func.sum(func.coalesce(Deal.won_fen, Deal.amount_fen)), 0)
    won, fen = db.execute(select(func.count(Deal.deal_id), sold).where(*mine(actor, WON), within)).one()
    lost = (
        select(Deal.lost_reason, func.count(Deal.deal_id)).where(*mine(actor, LOST), within).group_by(Deal.lost_reason)
    )
    reasons = sorted(((row[0] or "没写原因", row[1]) for row in db.execute(lost)), key=lambda pair: (-pair[1], pair[0]))
    made = db.scalar(select(func.count(Deal.deal_id)).where(*_made(actor, first, last)))
    return Closed(int(made or 0), int(won), int(fen), sum(number for _, number in reasons), reasons)


def funnel(db: Session, actor: Actor, now: datetime) -> list[Step]:
    """How far the deals made in the last 365 days came, by the stage they are in or were closed from; the last: won."""
    today, stages = actor.today(now), deal_chances.of_team(db, db.get_one(Team, actor.team_id), actor.today(now)).stages
    is_won = (Deal.state == WON).label("is_won")
    made = _made(actor, today - timedelta(days=FUNNEL_DAYS - 1), today)
    rows = select(Deal.stage, is_won, func.count(Deal.deal_id), func.sum(Deal.amount_fen)).where(*made)
    at_last = [[0, 0] for _ in (*stages.names, stages.won)]
    for stage, won, number, fen in db.execute(rows.group_by(Deal.stage, is_won)):
        place = len(stages.names) if won else stages.place(stage)
        at_last[place] = [at_last[place][0] + number, at_last[place][1] + int(fen)]
    return [
        Step(name, sum(one[0] for one in at_last[place:]), sum(one[1] for one in at_last[place:]))
        for place, name in enumerate((*stages.names, stages.won))
    ]


def _made(actor: Actor, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    begin, end = (datetime.combine(day, time(), actor.zone) for day in (first, last + timedelta(days=1)))
    return (*seen(actor), Deal.created_at >= begin, Deal.created_at < end)
