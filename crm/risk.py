"""Risk: who may be lost, one episode per time of being at risk, one alert per episode and one for each step worse.

An episode stays open, whatever people say of it, until the customer buys or is no longer at risk: so nobody is alerted
twice about the same silence. A verdict of a person is a label for the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, insert, not_, or_, select, update
from sqlalchemy.orm import Session

from crm import customers, scores, wished
from crm.members import Actor
from crm.tables import Customer, CustomerSummary, Member, RiskEpisode, Team
from scoring import groups

CHUNK = 1_000
REST = timedelta(
    days=14
)  # after an episode closed without a purchase, so that a score at the threshold does not flicker
IMPORTED = timedelta(hours=12)  # for so long nobody is alerted of who came in a file
VERDICTS = ("contacted", "wrong", "lost")
AT_RISK = tuple(str(group) for group in scores.AT_RISK)
STABLE = (str(groups.Group.HIGH_STABLE), str(groups.Group.LOW_STABLE))


class EpisodeNotFound(LookupError):
    """There is no such episode, or the member may not see its customer."""


class VerdictUnknown(ValueError):
    """No such verdict."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A customer who may be lost, with his scores and his owner's name."""

    customer: Customer
    summary: CustomerSummary
    owner: str | None
    is_contacted: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """An episode with the verdict that stands. `changed` is False when another was given before."""

    episode: RiskEpisode
    customer: Customer
    changed: bool


def find(db: Session, actor: Actor, today: date, limit: int, offset: int = 0) -> list[AtRisk]:
    """The member's customers at risk: high value first, then by money of the last 365 days."""
    called = is_judged(("contacted",)).correlate(CustomerSummary)
    rows = _at_risk(actor, today, Customer, CustomerSummary, Member.name, called).outerjoin(
        Member, Member.member_id == Customer.owner_id
    )
    found = db.execute(rows.order_by(*most_at_stake()).limit(limit).offset(offset))
    return [AtRisk(row[0], row[1], row[2], bool(row[3])) for row in found]


def count(db: Session, actor: Actor, today: date) -> tuple[int, int]:
    """How many customers are at risk, and their fen of the last 365 days."""
    sums = func.count(), func.coalesce(func.sum(CustomerSummary.value_fen), 0)
    number, fen = db.execute(_at_risk(actor, today, *sums)).one()
    return int(number), int(fen)


def most_at_stake() -> tuple[ColumnElement[Any], ...]:
    """The order in which customers at risk are shown."""
    high_first = case((CustomerSummary.value_group == "high_at_risk", 0), else_=1)
    return high_first, CustomerSummary.value_fen.desc(), CustomerSummary.customer_id.asc()


def may_be_lost(today: date) -> ColumnElement[bool]:
    """True of customers at risk, but for who bought just now (groups.LEAST_DAYS), while nothing speaks against them.

    The model gives every first order about the odds of a coin until more follow: that is no reason to call. Nor is
    the time since a single one within a quarter.
    """
    last = CustomerSummary.last_purchase_on
    lately = case(
        *(
            (CustomerSummary.purchase_days < number, last > today - timedelta(days))
            for number, days in groups.LEAST_DAYS
        ),
        else_=last > today - timedelta(groups.LEAST_LATE_DAYS),
    )
    is_new = and_(last.is_not(None), lately)
    wants_to_leave = cast(CustomerSummary.reasons, String).contains("churn_sign")
    return and_(
        CustomerSummary.value_group.in_(AT_RISK),
        or_(not_(is_new), CustomerSummary.open_complaints > 0, wants_to_leave),
    )


def is_early(summary: CustomerSummary) -> bool:
    """True where the customer bought just now without a habit yet, or once: his probability means nothing.

    He is at risk only where something was told against him.
    """
    if summary.last_purchase_on is None or summary.scored_at is None:
        return False
    days = (summary.scored_at.date() - summary.last_purchase_on).days
    return 0 < summary.purchase_days < groups.HABIT and days < groups.least_days(summary.purchase_days)


def is_spared(summary: CustomerSummary) -> bool:
    """True where the forecast alone would call the customer at risk and his group does not.

    So it is of who bought within two weeks, of whom a person said [有误], and of everybody where there is no signal.
    """
    rules = groups.Settings()
    is_likely = (summary.churn_probability or 0) >= rules.churn_probability + rules.risk_margin
    return is_likely and summary.value_group in STABLE


def _at_risk(actor: Actor, today: date, *columns: Any) -> Select[Any]:
    """Of whom somebody said [有误] nothing is said until he buys."""
    rows: Select[Any] = select(*columns).select_from(Customer)
    rows = rows.join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
    return rows.where(customers.visible(actor), may_be_lost(today), ~is_judged(("wrong",)))


def is_judged(verdicts: Sequence[str] = VERDICTS) -> ColumnElement[bool]:
    """True of customers of whom somebody has said one of these in the episode that is open."""
    said = (RiskEpisode.customer_id == CustomerSummary.customer_id, RiskEpisode.closed_at.is_(None))
    return exists().where(*said, RiskEpisode.verdict.in_(verdicts))


def still_open(db: Session, actor: Actor, customer_ids: Sequence[int]) -> list[Customer]:
    """Those of the customers the member may see now who are still at risk without a verdict and may be contacted."""
    open_now = select(RiskEpisode.customer_id).where(RiskEpisode.closed_at.is_(None), RiskEpisode.verdict.is_(None))
    wanted = select(Customer).where(Customer.customer_id.in_(customer_ids), Customer.customer_id.in_(open_now))
    return list(db.scalars(wanted.where(customers.visible(actor), Customer.no_contact.is_(False))))


def judge(db: Session, actor: Actor, episode_id: int, verdict: str, now: datetime) -> Judged:
    """The episode carries the verdict; the first one stands. Who was contacted has one contact more this month.

    Raises: EpisodeNotFound; VerdictUnknown
    """
    if verdict not in VERDICTS:
        raise VerdictUnknown(verdict)
    wanted = select(RiskEpisode, Customer).join(Customer, Customer.customer_id == RiskEpisode.customer_id)
    wanted = wanted.where(RiskEpisode.risk_episode_id == episode_id, customers.visible(actor))
    found = db.execute(wanted).one_or_none()
    if found is None:
        raise EpisodeNotFound(episode_id)
    episode, customer = found
    is_first = _give(db, episode, verdict, actor.member_id)
    if is_first and verdict == "contacted":
        wished.at_risk(db, customer, actor.member_id, episode_id, now)
    if is_first and verdict == "lost":
        customer.stage = "lost"
    if is_first and verdict == "wrong":
        scores.rescore(db, actor.team_id, [customer.customer_id], now)
    return Judged(episode, customer, changed=is_first)


def _give(db: Session, episode: RiskEpisode, verdict: str, by_id: int) -> bool:
    """True when no verdict was given before, not even at this moment by somebody else."""
    undecided = update(RiskEpisode).where(
        RiskEpisode.risk_episode_id == episode.risk_episode_id, RiskEpisode.verdict.is_(None)
    )
    given = undecided.values(verdict=verdict, verdict_by_id=by_id).returning(RiskEpisode.risk_episode_id)
    is_first = db.scalar(given.execution_options(synchronize_session=False)) is not None
    db.refresh(episode)
    return is_first


def close_bought(db: Session, customer_ids: Sequence[int], now: datetime) -> None:
    """Open episodes of these customers are over: they bought."""
    mine = (RiskEpisode.customer_id.in_(customer_ids), RiskEpisode.closed_at.is_(None))
    bought = func.coalesce(RiskEpisode.verdict, "bought")
    db.execute(update(RiskEpisode).where(*mine).values(closed_at=now, verdict=bought))


def reopen_bought(db: Session, customer_id: int, closed_at: datetime) -> None:
    """The purchase that closed the customer's episode at this instant was taken back."""
    still_open = select(RiskEpisode.risk_episode_id).where(
        RiskEpisode.customer_id == customer_id, RiskEpisode.closed_at.is_(None)
    )
    if db.scalar(still_open) is not None:
        return
    mine = (RiskEpisode.customer_id == customer_id, RiskEpisode.closed_at == closed_at)
    verdict = func.nullif(RiskEpisode.verdict, "bought")
    db.execute(update(RiskEpisode).where(*mine).values(closed_at=None, verdict=verdict))


def close_recovered(db: Session, team_id: int, now: datetime) -> None:
    """Episodes of customers who are at risk no more are over; [有误] stands until the customer buys."""
    at_ease = CustomerSummary.value_group.not_in(AT_RISK) & (func.coalesce(RiskEpisode.verdict, "") != "wrong")
    mine = (RiskEpisode.team_id == team_id, RiskEpisode.closed_at.is_(None))
    recovered = (
        select(RiskEpisode.risk_episode_id)
        .join(CustomerSummary, CustomerSummary.customer_id == RiskEpisode.customer_id)
        .join(Customer, Customer.customer_id == RiskEpisode.customer_id)
        .where(*mine, at_ease | Customer.deleted_at.is_not(None))
    )
    over = update(RiskEpisode).where(RiskEpisode.risk_episode_id.in_(recovered)).values(closed_at=now)
    db.execute(over.execution_options(synchronize_session="fetch"))


def open_new(db: Session, team: Team, now: datetime) -> list[tuple[RiskEpisode, Customer]]:
    """Customers at risk with money at stake have an open episode; those new now, most at stake first, at most 1,000.

    Who came in a file has until the next run: whoever imports him is still at it.
    """
    known = select(RiskEpisode.customer_id).where(
        RiskEpisode.team_id == team.team_id,
        RiskEpisode.closed_at.is_(None) | (RiskEpisode.closed_at > now - REST),
    )
    wanted = (
        select(Customer, CustomerSummary.churn_probability)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(
            CustomerSummary.team_id == team.team_id,
            may_be_lost(scores.today(team, now)),
            CustomerSummary.value_fen > 0,
            Customer.deleted_at.is_(None),
            Customer.stage != "lost",
            Customer.customer_id.not_in(known),
            or_(Customer.import_id.is_(None), Customer.created_at < now - IMPORTED),
        )
        .order_by(*most_at_stake())
        .limit(CHUNK)
    )
    found = db.execute(wanted).all()
    if not found:
        return []
    values = [
        {"team_id": team.team_id, "customer_id": row[0].customer_id, "opened_at": now, "probability": row[1]}
        for row in found
    ]
    made = db.scalars(insert(RiskEpisode).returning(RiskEpisode, sort_by_parameter_order=True), values)
    return list(zip(made, (row[0] for row in found), strict=True))


def worsen(db: Session, team: Team, step: float) -> list[tuple[RiskEpisode, Customer, float]]:
    """Open episodes without a verdict whose probability has grown by `step` since their last alert, and that of then.

    They count as alerted at the present probability. Most at stake first, at most 1,000.
    """
    last = func.coalesce(RiskEpisode.alerted_probability, RiskEpisode.probability)
    wanted = (
        select(RiskEpisode, Customer, last, CustomerSummary.churn_probability)
        .join(Customer, Customer.customer_id == RiskEpisode.customer_id)
        .join(CustomerSummary, CustomerSummary.customer_id == RiskEpisode.customer_id)
        .where(
            RiskEpisode.team_id == team.team_id,
            RiskEpisode.closed_at.is_(None),
            RiskEpisode.verdict.is_(None),
            CustomerSummary.value_group.in_(AT_RISK),
            CustomerSummary.purchase_days >= groups.RHYTHM,  # else it grows by days alone, and is not shown
            CustomerSummary.churn_probability >= last + step,
            Customer.deleted_at.is_(None),
            Customer.no_contact.is_(False),
            Customer.stage != "lost",
        )
        .order_by(*most_at_stake())
        .limit(CHUNK)
    )
    found = db.execute(wanted).all()
    for episode, _, _, probability in found:
        episode.alerted_probability = probability
    return [(episode, customer, before) for episode, customer, before, _ in found]
