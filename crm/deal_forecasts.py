"""What this and the next month will bring: deals by their probability, beside what the scoring models expect.

What the forecast of a month said at its beginning is kept (`plan`), so that it can be held against what came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from crm import customers, deal_chances, deal_lists, expectations, members, monthly_sums, months
from crm.deal_chances import Chances
from crm.deal_stages import WON
from crm.deals import OPEN
from crm.expectations import Expected
from crm.members import Actor
from crm.tables import Customer, Deal, ForecastRecord, Team
from crm.tables.deals import TEAM

LEAST_MONTHS = 3  # of records: fewer say little about the error
SHOWN_MONTHS = 6
FIRST_DAYS = 5  # of a month, in which its forecast is still one: the bot may have been off over a holiday


@dataclass(slots=True)
class Month:
    """The deals of a month: those won in it so far, and the open ones expected in it; `weighted_fen` is both."""

    won: int = 0
    won_fen: int = 0
    open: int = 0
    open_fen: int = 0
    open_weighted_fen: int = 0

    @property
    def weighted_fen(self) -> int:
        """Won so far, and what is open times its probability."""
        return self.won_fen + self.open_weighted_fen


@dataclass(frozen=True, slots=True)
class Line:
    """One member's two months; `name` None: customers whom nobody owns."""

    member_id: int | None
    name: str | None
    this: Month = field(default_factory=Month)
    next: Month = field(default_factory=Month)


@dataclass(frozen=True, slots=True)
class Past:
    """A month that is over: what its forecast said at the beginning, and what was won in it."""

    month: date
    said_fen: int
    came_fen: int


@dataclass(frozen=True, slots=True)
class Models:
    """What the scoring models expect of all customers, whether they have a deal or not; the plain sum.

    `sold_fen`: net orders of this month so far; `rest_fen`: expected of its days to come; `next_fen`: of next month.
    `last`: of the month before, what they said at its beginning and what was sold; None where nothing was kept.
    """

    on: date
    sold_fen: int
    rest_fen: int
    next_fen: int
    last: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """`whole`: of all that the member sees; `reps`: by owner, only for who sees the team. `stale`: (deals, fen) open
    since before this month: in no sum. `past`: newest first, at most SHOWN_MONTHS."""

    month: date
    whole: Line
    reps: list[Line]
    stale: tuple[int, int]
    chances: Chances
    models: Models | None
    past: list[Past]

    @property
    def error(self) -> float | None:
        """Sum of what each month was off by, over what came; None with fewer than LEAST_MONTHS, or if nothing came."""
        came = sum(one.came_fen for one in self.past)
        if len(self.past) < LEAST_MONTHS or came <= 0:
            return None
        return sum(abs(one.said_fen - one.came_fen) for one in self.past) / came

    @property
    def bias(self) -> float | None:
        """As `error`, but too much and too little cancel out: above 0, the forecasts said too much."""
        if self.error is None:
            return None
        return sum(one.said_fen - one.came_fen for one in self.past) / sum(one.came_fen for one in self.past)


def of(db: Session, actor: Actor, now: datetime) -> Forecast:
    """The forecast of the customers that the member sees."""
    today = actor.today(now)
    month = months.first(today)
    chances = deal_chances.of_team(db, db.get_one(Team, actor.team_id), today)
    lines = _by_owner(db, actor, month, chances)
    names = {one.member_id: one.name for one in members.present(db, actor.team_id)}
    reps = [Line(owner, names.get(owner) if owner is not None else None, *two) for owner, two in lines.items()]
    whole = Line(None, actor.team_name if actor.sees_team else actor.name, *_together(reps))
    reps.sort(key=lambda line: (-line.this.weighted_fen - line.next.weighted_fen, line.member_id or 0))
    whose = TEAM if actor.sees_team else actor.member_id
    return Forecast(
        month,
        whole,
        reps if actor.sees_team else [],
        _stale(db, actor, month),
        chances,
        _models(db, actor, month, today),
        _past(db, actor, whose, month),
    )


def plan(db: Session, team: Team, now: datetime) -> int:
    """The forecast of a month is kept at its beginning, of the team and of each member; no push ever comes of it."""
    today = now.astimezone(ZoneInfo(team.zone)).date()
    month = months.first(today)
    if today.day > FIRST_DAYS or _is_kept(db, team.team_id, month) or not _has_deals(db, team.team_id):
        return 0
    eye = _everyone(team)
    found = of(db, eye, now)
    expected = expectations.of(db, eye)
    rows = [(TEAM, found.whole), *((line.member_id, line) for line in found.reps if line.member_id is not None)]
    length = (months.last(month) - month).days + 1
    values = [
        {
            "team_id": team.team_id,
            "member_id": member_id,
            "month": month,
            "weighted_fen": line.this.weighted_fen,
            "models_fen": expected.of_days(length, member_id or None) if expected else None,
            "made_at": now,
        }
        for member_id, line in rows
    ]
    db.execute(insert(ForecastRecord), values)
    return 0


def _by_owner(db: Session, actor: Actor, month: date, chances: Chances) -> dict[int | None, tuple[Month, Month]]:
    """This and the next month of each owner."""
    following, end = months.shifted(month, 1), months.shifted(month, 2)
    found: dict[int | None, tuple[Month, Month]] = defaultdict(lambda: (Month(), Month()))
    is_next = (Deal.expected_on >= following).label("is_next")
    sums = select(Customer.owner_id, is_next, Deal.stage, func.count(Deal.deal_id), func.sum(Deal.amount_fen))
    rows = sums.join(Customer, Customer.customer_id == Deal.customer_id)
    mine = (Deal.team_id == actor.team_id, Deal.deleted_at.is_(None), customers.visible(actor))
    rows = rows.where(*mine, Deal.state == OPEN, Deal.expected_on >= month, Deal.expected_on < end)
    for owner, later, stage, number, fen in db.execute(rows.group_by(Customer.owner_id, is_next, Deal.stage)):
        one = found[owner][bool(later)]
        one.open += number
        one.open_fen += int(fen)
        one.open_weighted_fen += round(int(fen) * chances.of(stage))
    sold = func.sum(func.coalesce(Deal.won_fen, Deal.amount_fen))
    won = select(Customer.owner_id, func.count(Deal.deal_id), sold)
    won = won.join(Customer, Customer.customer_id == Deal.customer_id).where(*mine, Deal.state == WON)
    won = won.where(Deal.closed_on >= month, Deal.closed_on < following).group_by(Customer.owner_id)
    for owner, number, fen in db.execute(won):
        found[owner][0].won, found[owner][0].won_fen = number, int(fen)
    return found


def _together(lines: Iterable[Line]) -> tuple[Month, Month]:
    this, following = Month(), Month()
    for line in lines:
        for whole, one in ((this, line.this), (following, line.next)):
            whole.won += one.won
            whole.won_fen += one.won_fen
            whole.open += one.open
            whole.open_fen += one.open_fen
            whole.open_weighted_fen += one.open_weighted_fen
    return this, following


def _stale(db: Session, actor: Actor, month: date) -> tuple[int, int]:
    sums = select(func.count(Deal.deal_id), func.coalesce(func.sum(Deal.amount_fen), 0))
    number, fen = db.execute(sums.where(*deal_lists.mine(actor), Deal.expected_on < month)).one()
    return int(number), int(fen)


def _models(db: Session, actor: Actor, month: date, today: date) -> Models | None:
    expected: Expected | None = expectations.of(db, actor)
    if expected is None:
        return None
    sold = sum(monthly_sums.by_seller(db, actor, month, today).values())
    following = months.shifted(month, 1)
    rest, whole = (months.last(month) - today).days, (months.last(following) - following).days + 1
    last = _models_last(db, actor, months.shifted(month, -1))
    return Models(expected.on, sold, expected.of_days(rest), expected.of_days(whole), last)


def _models_last(db: Session, actor: Actor, before: date) -> tuple[int, int] | None:
    whose = TEAM if actor.sees_team else actor.member_id
    key = (ForecastRecord.team_id == actor.team_id, ForecastRecord.month == before, ForecastRecord.member_id == whose)
    said = db.scalar(select(ForecastRecord.models_fen).where(*key))
    if said is None:
        return None
    return said, sum(monthly_sums.by_seller(db, actor, before, months.last(before)).values())


def _past(db: Session, actor: Actor, member_id: int, month: date) -> list[Past]:
    kept = (ForecastRecord.team_id == actor.team_id, ForecastRecord.member_id == member_id)
    rows = select(ForecastRecord.month, ForecastRecord.weighted_fen).where(*kept, ForecastRecord.month < month)
    said = db.execute(rows.order_by(ForecastRecord.month.desc()).limit(SHOWN_MONTHS)).all()
    found = [Past(one, fen, deal_lists.closed(db, actor, one, months.last(one)).won_fen) for one, fen in said]
    return [one for one in found if one.said_fen or one.came_fen]


def _is_kept(db: Session, team_id: int, month: date) -> bool:
    key = (ForecastRecord.team_id == team_id, ForecastRecord.month == month, ForecastRecord.member_id == TEAM)
    return db.scalar(select(ForecastRecord.forecast_record_id).where(*key)) is not None


def _has_deals(db: Session, team_id: int) -> bool:
    return db.scalar(select(Deal.deal_id).where(Deal.team_id == team_id).limit(1)) is not None


def _everyone(team: Team) -> Actor:
    """One who sees the whole team, whoever is in it."""
    return Actor(0, team.team_id, 0, "", False, True, False, ZoneInfo(team.zone), team.name)
