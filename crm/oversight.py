"""What a team's managers should look after themselves: dear customers newly at risk, complaints left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import complaints, customers, outbox, reminders, risk
from crm.complaints import Case
from crm.members import Actor
from crm.outbox import Planned
from crm.risk import AtRisk
from crm.tables import Complaint, Customer, CustomerSummary, Member, RiskEpisode, Team

PUSH = "manager"
AFTER_CARD = timedelta(minutes=30)  # who has heard of it from the morning card is at it already
LOOKED_AT = 50  # of a kind
PLAIN_DAYS = 3  # working days after which a complaint that is not urgent is overdue
LOOKED_BACK = timedelta(days=30)  # longer than any three working days


@dataclass(frozen=True, slots=True)
class Concerns:
    """Complaints left open, and high-value customers at risk since the line before.

    An urgent complaint is there each day once it was open for a whole working day, any other once, after three.
    """

    complaints: list[Case]
    risks: list[AtRisk]

    def __bool__(self) -> bool:
        """True when there is anything."""
        return bool(self.complaints or self.risks)


def plan(db: Session, team: Team, now: datetime) -> int:
    """Each manager, or where there is none each admin, has the line of this working day; the renderer may skip it."""
    card = reminders.card_at(team, now)
    at = card + AFTER_CARD
    if now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    pushes = [
        Planned(
            key=f"{PUSH}:{member.member_id}:{at.date()}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=member.user_id,
            due_at=at,
            data={"on": at.date().isoformat()},
            member_id=member.member_id,
            expires_at=reminders.day_end(at),
        )
        for member in (leading(db, team, at) if workdays.is_workday(at.date()) else ())
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, PUSH, at)
    return new


def concerns(db: Session, actor: Actor, on: datetime, now: datetime) -> Concerns:
    """What the line of the day whose card came `on` says, as things are now."""
    return Concerns(_left_open(db, actor, _before(on), now), _newly_at_risk(db, actor, _before(on), now))


def leading(db: Session, team: Team, at: datetime) -> Sequence[Member]:
    """The managers of the team, or where there is none its admins, who can be reached."""
    reachable = reminders.reachable(team, at).order_by(Member.member_id)
    managers = db.scalars(reachable.where(Member.is_manager.is_(True))).all()
    return managers or db.scalars(reachable.where(Member.is_admin.is_(True))).all()


def _before(on: datetime) -> datetime:
    """When the line of the working day before was due: what is known since then was not in it."""
    day = on.date() - timedelta(days=1)
    while not workdays.is_workday(day):
        day -= timedelta(days=1)
    return datetime.combine(day, on.time(), on.tzinfo) + AFTER_CARD


def _left_open(db: Session, actor: Actor, since: datetime, now: datetime) -> list[Case]:
    """The urgent ones first, each by age."""
    is_open = Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None)
    recent = or_(Complaint.urgent.is_(True), Complaint.opened_at > since - LOOKED_BACK)
    rows = db.execute(complaints.cases(actor).where(*is_open, recent).order_by(Complaint.opened_at))
    cases = [Case(*row) for row in rows]
    urgent = [case for case in cases if case.complaint.urgent and _late_at(actor, case, 1) < now]
    plain = [case for case in cases if not case.complaint.urgent and since < _late_at(actor, case, PLAIN_DAYS) <= now]
    return [*urgent, *plain][:LOOKED_AT]


def _late_at(actor: Actor, case: Case, days: int) -> datetime:
    """When so many whole working days have passed since it was opened."""
    opened = actor.local(case.complaint.opened_at)
    first = opened if workdays.is_workday(opened.date()) else datetime.combine(opened.date(), time(0), actor.zone)
    day = first.date()
    for _ in range(days):
        day = workdays.next_workday(day)
    return datetime.combine(day, first.time(), actor.zone)


def _newly_at_risk(db: Session, actor: Actor, since: datetime, now: datetime) -> list[AtRisk]:
    rows = (
        select(Customer, CustomerSummary, Member.name)
        .join(RiskEpisode, RiskEpisode.customer_id == Customer.customer_id)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(
            customers.visible(actor),
            Customer.no_contact.is_(False),
            CustomerSummary.value_group == "high_at_risk",
            RiskEpisode.opened_at > since,
            RiskEpisode.closed_at.is_(None),
            RiskEpisode.verdict.is_(None),
        )
        .order_by(*risk.most_at_stake())
        .limit(LOOKED_AT)
    )
    return [AtRisk(row[0], row[1], row[2]) for row in db.execute(rows)]
