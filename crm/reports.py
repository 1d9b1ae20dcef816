"""The week that is over in one look: what changed, what explains it, who is at stake, what is to be done first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session

from charts import pareto
from crm import customers, deal_forecasts, group_tasks, indicators, portions, source_returns, summaries, voices
from crm.deal_forecasts import Forecast
from crm.indicator_figures import Span
from crm.indicators import Board, Chart
from crm.members import Actor
from crm.questions import sums
from crm.questions.sums import Line
from crm.summaries import Overview
from crm.tables import Complaint, Customer, CustomerSummary, Member, ScoreMovement
from crm.voices import Voices
from nlp.questions import Period, Question

LISTED = 5
VOICES_FOR = timedelta(days=28)  # a week's words are too few for a map


@dataclass(frozen=True, slots=True)
class AtStake:
    """A customer of value who may be lost."""

    name: str
    owner: str | None
    value_fen: int
    churn: float | None


@dataclass(frozen=True, slots=True)
class Weekly:
    """The report's figures.

    `moved`: who went to risk in the week: how many, their fen, the dearest of them. `uncalled`: dear customers at risk
    without a task. `late`, `at_risk`: overdue tasks and customers at risk by member. `oldest`: when the oldest open
    complaint was opened.
    """

    team: str
    span: Span
    made_at: datetime
    board: Board
    money: Chart | None
    overview: Overview
    few: float | None
    moved: tuple[int, int, list[AtStake]]
    uncalled: list[AtStake]
    leaders: list[Line]
    products: list[Line]
    voices: Voices
    oldest: date | None
    late: list[Line]
    at_risk: list[Line]
    funnel: list[tuple[str, int]]
    forecast: Forecast


def weekly(db: Session, actor: Actor, now: datetime) -> Weekly:
    """The report of the last full week, Monday to Sunday, for who leads the team.

    Raises: members.NotAllowed
    """
    actor.require("manager")
    days = indicators.span("week", actor.today(now))
    week = Period("上周", days.first, days.last)
    points = pareto.curve(portions.layers(db, actor))
    until = datetime.combine(days.last + timedelta(days=1), time(0), actor.zone)
    return Weekly(
        actor.team_name,
        days,
        now,
        indicators.board(db, actor.team_id, days),
        indicators.chart(db, actor.team_id, "fen", days),
        summaries.overview(db, actor, now),
        pareto.share_of(points, pareto.FEW) if points else None,
        _moved(db, actor, until - timedelta(days=7), until),
        _at_stake(db, actor, _uncalled(now)),
        sums.lines(db, actor, Question("rank", "money", "rep", period=week), now),
        sums.lines(db, actor, Question("rank", "money", "product", period=week), now)[:LISTED],
        voices.summary(db, actor, until - VOICES_FOR, until),
        _oldest(db, actor),
        sums.lines(db, actor, Question("rank", "overdue", "rep"), now),
        sums.lines(db, actor, Question("rank", "at_risk", "rep"), now),
        source_returns.funnel(db, actor, "quarter", now),
        deal_forecasts.of(db, actor, now),
    )


def _moved(db: Session, actor: Actor, since: datetime, until: datetime) -> tuple[int, int, list[AtStake]]:
    went = select(ScoreMovement.customer_id).where(
        ScoreMovement.team_id == actor.team_id,
        ScoreMovement.kind == "group",
        ScoreMovement.before.in_(sums.STABLE),
        ScoreMovement.after.in_(sums.AT_RISK),
        ScoreMovement.moved_at >= since,
        ScoreMovement.moved_at < until,
    )
    fits = and_(Customer.customer_id.in_(went), CustomerSummary.value_group.in_(sums.AT_RISK))
    both = (func.count(), func.coalesce(func.sum(CustomerSummary.value_fen), 0))
    number, fen = db.execute(_joined(actor).with_only_columns(*both).where(fits)).one()
    return int(number), int(fen), _at_stake(db, actor, fits)


def _uncalled(now: datetime) -> ColumnElement[bool]:
    return and_(
        CustomerSummary.value_group == "high_at_risk", ~group_tasks.has_task(now), Customer.no_contact.is_(False)
    )


def _at_stake(db: Session, actor: Actor, fits: ColumnElement[bool]) -> list[AtStake]:
    money = func.coalesce(CustomerSummary.value_fen, 0)
    rows = _joined(actor).where(fits).order_by(money.desc(), Customer.customer_id).limit(LISTED)
    return [AtStake(row[0], row[1], int(row[2] or 0), row[3]) for row in db.execute(rows)]


def _joined(actor: Actor) -> Select[tuple[str, str, int | None, float | None]]:
    return (
        select(Customer.name, Member.name, CustomerSummary.value_fen, CustomerSummary.churn_probability)
        .select_from(Customer)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(customers.visible(actor))
    )


def _oldest(db: Session, actor: Actor) -> date | None:
    rows = select(func.min(Complaint.opened_at)).join(Customer, Customer.customer_id == Complaint.customer_id)
    at = db.scalar(rows.where(Complaint.closed_at.is_(None), customers.visible(actor)))
    return at.astimezone(actor.zone).date() if at is not None else None
