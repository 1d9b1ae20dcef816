"""Loyalty in five figures with their parts: NPS, satisfaction, retention, repeat purchases, referrals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, and_, func, or_, select
from sqlalchemy.orm import Session

from crm import customers, surveys
from crm.members import Actor
from crm.tables import Customer, CustomerRelation, CustomerSummary, Order

ANSWERS_WITHIN = timedelta(days=90)
BOUGHT_WITHIN = timedelta(days=180)  # each of the two windows of retention
REPEATS_WITHIN = timedelta(days=365)
NEW_WITHIN = timedelta(days=365)
LEAST = 10  # customers below which no figure is given
REFERRAL_SOURCES = ("老客户转介绍", "转介绍", "客户介绍", "朋友介绍")


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `of` customers."""

    part: int
    of: int

    @property
    def rate(self) -> float | None:
        """The share in [0, 1]; None where fewer than LEAST are counted."""
        return self.part / self.of if self.of >= LEAST else None


@dataclass(frozen=True, slots=True)
class Nps:
    """Customers by their last recommendation: 9–10, 7–8, 0–6."""

    promoters: int
    passives: int
    detractors: int

    @property
    def number(self) -> int:
        """How many customers answered."""
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> int | None:
        """Percentage of promoters less that of detractors, −100 … 100, rounded; None where fewer than LEAST answered.

        Source: Reichheld (2003), The One Number You Need to Grow, Harvard Business Review 81(12).
        """
        return round(100 * (self.promoters - self.detractors) / self.number) if self.number >= LEAST else None


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The sum of the last answers, 1–5, of `number` customers."""

    total: int
    number: int

    @property
    def mean(self) -> float | None:
        """1 … 5; None where fewer than LEAST answered."""
        return self.total / self.number if self.number >= LEAST else None


@dataclass(frozen=True, slots=True)
class Loyalty:
    """The five figures as of a day of the team's calendar."""

    on: date
    nps: Nps
    satisfaction: Satisfaction
    retention: Share
    repeat: Share
    referral: Share


def of(db: Session, actor: Actor, now: datetime) -> Loyalty:
    """The figures over the customers the member may see, as of today.

    NPS and satisfaction: each customer's last answer of 90 days. Retention: of those who bought in the half year before
    the last, how many bought in the last. Repeat: of those who bought within a year, how many have bought on two days
    or more, ever. Referral: of the customers entered within a year, how many somebody brought.
    """
    today = actor.today(now)
    return Loyalty(
        today,
        _nps(db, actor, today),
        _satisfaction(db, actor, today),
        *_purchases(db, actor, today),
        _referral(db, actor, now),
    )


def _nps(db: Session, actor: Actor, today: date) -> Nps:
    newest = surveys.newest_of("nps", actor, today - ANSWERS_WITHIN + timedelta(days=1), today).subquery()
    high, low = newest.c.score >= 9, newest.c.score <= surveys.UNHAPPY["nps"]
    row = db.execute(select(func.count(), _sum(high), _sum(low)).where(newest.c.place == 1)).one()
    return Nps(int(row[1]), int(row[0]) - int(row[1]) - int(row[2]), int(row[2]))


def _satisfaction(db: Session, actor: Actor, today: date) -> Satisfaction:
    newest = surveys.newest_of("satisfaction", actor, today - ANSWERS_WITHIN + timedelta(days=1), today).subquery()
    wanted = select(func.coalesce(func.sum(newest.c.score), 0), func.count()).where(newest.c.place == 1)
    total, number = db.execute(wanted).one()
    return Satisfaction(int(total), int(number))


def _purchases(db: Session, actor: Actor, today: date) -> tuple[Share, Share]:
    """Retention and repeats, read from the days of purchase kept of each customer."""
    last, first = CustomerSummary.last_purchase_on, CustomerSummary.first_purchase_on
    recent = today - BOUGHT_WITHIN + timedelta(days=1)  # the first day of the later window
    earlier = recent - BOUGHT_WITHIN
    between = Order.ordered_on.between(earlier, recent - timedelta(days=1))
    sold = (Order.team_id == actor.team_id, between, Order.amount_fen > 0, Order.deleted_at.is_(None))
    bought_before = CustomerSummary.customer_id.in_(select(Order.customer_id).where(*sold))
    lapsed = last.between(earlier, recent - timedelta(days=1))
    kept = and_(last >= recent, first < recent, or_(first >= earlier, bought_before))
    a_year = last > today - REPEATS_WITHIN
    sums = (_sum(lapsed), _sum(kept), _sum(a_year), _sum(and_(a_year, CustomerSummary.purchase_days >= 2)))
    wanted = select(*sums).where(
        CustomerSummary.team_id == actor.team_id,
        last.between(today - max(2 * BOUGHT_WITHIN, REPEATS_WITHIN), today),
        CustomerSummary.customer_id.in_(customers.visible_ids(actor)),
    )
    row = [int(value) for value in db.execute(wanted).one()]
    return Share(row[1], row[0] + row[1]), Share(row[3], row[2])


def _referral(db: Session, actor: Actor, now: datetime) -> Share:
    """Customers entered within a year, and those of them whom somebody brought."""
    first = actor.today(now) - NEW_WITHIN + timedelta(days=1)
    since = datetime.combine(first, time(0), actor.zone)
    brought = select(CustomerRelation.customer_id).where(
        CustomerRelation.team_id == actor.team_id,
        CustomerRelation.kind == "referred",
        CustomerRelation.deleted_at.is_(None),
    )
    was_brought = or_(func.coalesce(Customer.source, "").in_(REFERRAL_SOURCES), Customer.customer_id.in_(brought))
    wanted = select(func.count(), _sum(was_brought)).where(customers.visible(actor), Customer.created_at >= since)
    number, part = db.execute(wanted).one()
    return Share(int(part), int(number))


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(condition.cast(Integer)), 0)
