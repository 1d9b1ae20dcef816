"""Seven looks at the customers: who they are, whether they stay, what they bring, how we do, who is new, what they buy,
what our campaigns did. Each is a handful of figures of the customers that the member may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from charts import pareto
from crm import campaign_results, campaigns, customers, loyalty, months, portions, source_returns, summaries
from crm.campaign_results import Result
from crm.loyalty import Share
from crm.members import Actor
from crm.questions import sums
from crm.questions.sums import Line
from crm.source_returns import Returns
from crm.summaries import GroupLine
from crm.tables import Customer, CustomerSummary, Order
from nlp.questions import Period, Question

CODES = ("profiling", "persistency", "profitability", "performance", "prospecting", "product", "promotion")
SHOWN = 3
HIGH = ("high_stable", "high_at_risk")
A_MONTH, A_QUARTER = 30, 90


class ViewUnknown(LookupError):
    """No view has this code."""


@dataclass(frozen=True, slots=True)
class Profiling:
    """Who they are: how many in each group, in the commonest trades and towns; `blank`: how many lack each."""

    total: int
    groups: list[GroupLine]
    trades: list[Line]
    towns: list[Line]
    blank: dict[str, int]


@dataclass(frozen=True, slots=True)
class Persistency:
    """Whether they stay: shares as in /loyalty, who went to risk within thirty days, and who is there now."""

    retention: Share
    repeat: Share
    lost: int
    at_risk: Line


@dataclass(frozen=True, slots=True)
class Profitability:
    """What they bring in ninety days, in fen: `known_fen` is the money of orders whose cost is known, `cost_fen` that.

    Of 365 days: `few`, the share of the money from the largest fifth of the customers (None without money), and `best`.
    """

    fen: int
    known_fen: int
    cost_fen: int
    few: float | None
    best: list[Line]


@dataclass(frozen=True, slots=True)
class Performance:
    """How we do: this month so far beside as many days of the last, and the members with most money."""

    this: Period
    before: Period
    money: tuple[Line, Line]
    average: tuple[Line, Line]
    members: list[Line]


@dataclass(frozen=True, slots=True)
class Prospecting:
    """Who is new: this month so far beside as many days of the last; sources and steps of a year's leads."""

    this: Period
    before: Period
    new: tuple[Line, Line]
    sources: Returns
    funnel: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Products:
    """What they buy: products of thirty days beside the thirty before, and how many returns there were."""

    period: Period
    best: list[tuple[Line, float]]
    returns: int


@dataclass(frozen=True, slots=True)
class Promotion:
    """What the last campaigns did."""

    results: list[Result]


View = Profiling | Persistency | Profitability | Performance | Prospecting | Products | Promotion


def of(db: Session, actor: Actor, code: str, now: datetime) -> View:
    """The view of that code.

    Raises: ViewUnknown
    """
    if code not in CODES:
        raise ViewUnknown(code)
    views: dict[str, Callable[[Session, Actor, datetime], View]] = {
        "profiling": _profiling,
        "persistency": _persistency,
        "profitability": _profitability,
        "performance": _performance,
        "prospecting": _prospecting,
        "product": _products,
        "promotion": _promotion,
    }
    return views[code](db, actor, now)


def month_so_far(today: date) -> tuple[Period, Period]:
    """This month up to today, and as many days of the month before (all of it where it is shorter)."""
    first = months.first(today)
    before = months.shifted(first, -1)
    last = min(before + (today - first), first - timedelta(days=1))
    return Period("本月", first, today), Period("上月同期", before, last)


def _last(days: int, today: date, words: str = "") -> Period:
    return Period(words or f"近{days}天", today - timedelta(days=days - 1), today)


def _both(db: Session, actor: Actor, measure: str, days: tuple[Period, Period], now: datetime) -> tuple[Line, Line]:
    this, before = (sums.total(db, actor, Question("total", measure, period=period), now) for period in days)
    return this, before


def _profiling(db: Session, actor: Actor, now: datetime) -> Profiling:
    trades = sums.lines(db, actor, Question("rank", "customers", "industry"), now)
    towns = sums.lines(db, actor, Question("rank", "customers", "region"), now)
    groups = summaries.overview(db, actor, now).groups
    total = sum(line.customers for line in groups)
    named = {"行业": trades, "地区": towns}
    blank = {name: total - round(sum(line.value for line in lines)) for name, lines in named.items()}
    return Profiling(total, groups, trades[:SHOWN], towns[:SHOWN], blank)


def _persistency(db: Session, actor: Actor, now: datetime) -> Persistency:
    found = loyalty.of(db, actor, now)
    lost = sums.total(db, actor, Question("total", "lost", period=_last(A_MONTH, actor.today(now))), now)
    at_risk = sums.total(db, actor, Question("total", "at_risk"), now)
    return Persistency(found.retention, found.repeat, round(lost.value), at_risk)


def _profitability(db: Session, actor: Actor, now: datetime) -> Profitability:
    period = _last(A_QUARTER, actor.today(now))
    known: Any = Order.cost_fen.is_not(None)
    rows = (
        select(
            func.coalesce(func.sum(Order.amount_fen), 0),
            func.coalesce(func.sum(Order.amount_fen).filter(known), 0),
            func.coalesce(func.sum(Order.cost_fen), 0),
        )
        .join(Customer, Customer.customer_id == Order.customer_id)
        .where(customers.visible(actor), Order.team_id == actor.team_id, Order.deleted_at.is_(None))
        .where(Order.ordered_on.between(period.first, period.last))
    )
    fen, known_fen, cost_fen = (int(value) for value in db.execute(rows).one())
    points = pareto.curve(portions.layers(db, actor))
    few = pareto.share_of(points, pareto.FEW) if points else None
    return Profitability(fen, known_fen, cost_fen, few, _dearest(db, actor))


def _dearest(db: Session, actor: Actor) -> list[Line]:
    """The customers of high value with most net money of the last 365 days."""
    fen = CustomerSummary.value_fen
    rows = select(Customer.customer_id, Customer.name, fen).join(
        CustomerSummary, CustomerSummary.customer_id == Customer.customer_id
    )
    is_dear = (CustomerSummary.team_id == actor.team_id, CustomerSummary.value_group.in_(HIGH))
    rows = (
        rows.where(customers.visible(actor), *is_dear, fen > 0).order_by(fen.desc(), Customer.customer_id).limit(SHOWN)
    )
    return [Line(row[0], row[1], float(row[2])) for row in db.execute(rows)]


def _performance(db: Session, actor: Actor, now: datetime) -> Performance:
    days = month_so_far(actor.today(now))
    money, average = _both(db, actor, "money", days, now), _both(db, actor, "average", days, now)
    by_member = Question("rank", "money", "rep", period=days[0])
    lines = sums.lines(db, actor, by_member, now)[:SHOWN] if actor.sees_team else []
    return Performance(*days, money, average, lines)


def _prospecting(db: Session, actor: Actor, now: datetime) -> Prospecting:
    days = month_so_far(actor.today(now))
    returns = source_returns.of(db, actor, "year", now)
    return Prospecting(
        *days, _both(db, actor, "new", days, now), returns, source_returns.funnel(db, actor, "year", now)
    )


def _products(db: Session, actor: Actor, now: datetime) -> Products:
    today = actor.today(now)
    period, before = _last(A_MONTH, today), _last(A_MONTH, today - timedelta(days=A_MONTH))
    lines = sums.lines(db, actor, Question("rank", "money", "product", period=period), now)[: SHOWN + 2]
    compared = sums.lines(db, actor, Question("rank", "money", "product", period=before), now)
    earlier = {line.key: line.value for line in compared}
    returns = sums.total(db, actor, Question("total", "returns", period=period), now)
    return Products(period, [(line, earlier.get(line.key, 0.0)) for line in lines], round(returns.value))


def _promotion(db: Session, actor: Actor, now: datetime) -> Promotion:
    ran = campaigns.find(db, actor, SHOWN)
    return Promotion([campaign_results.result(db, actor, one.campaign_id, now) for one in ran])
