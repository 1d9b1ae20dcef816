"""What a team's managers should look after themselves each morning: dear customers newly at risk.

Complaints have a clock of their own, crm.complaint_alerts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from almanac import workdays
from crm import customers, outbox, reminders, risk
from crm.members import Actor
from crm.risk import AtRisk
from crm.tables import Customer, CustomerSummary, Member, RiskEpisode, Team

PUSH = "manager"
AFTER_CARD = timedelta(minutes=30)  # who has heard of it from the morning card is at it already
LOOKED_AT = 50  # of a kind


@dataclass(frozen=True, slots=True)
class Concerns:
    """High-value customers at risk since the line before."""

    risks: list[AtRisk]

    def __bool__(self) -> bool:
        """True when there is anything."""
        return bool(self.risks)


def plan(db: Session, team: Team, now: datetime) -> int:
    """Each manager, or where there is none each admin, has the line of this working day; the renderer may skip it."""
    card = reminders.card_at(team, now)
    at = card + AFTER_CARD
    if now + reminders.AHEAD < at or reminders.done(db, team, PUSH, at):
        return 0
    pushes = [
        reminders.of_day(PUSH, member, at, {"on": at.date().isoformat()})
        for member in (leading(db, team, at) if workdays.is_workday(at.date()) else ())
    ]
    new = outbox.enqueue(db, pushes, now)
    reminders.mark_done(db, team, PUSH, at)
    return new


def concerns(db: Session, actor: Actor, on: datetime) -> Concerns:
    """What the line of the day whose card came `on` says, as things are now."""
    return Concerns(_newly_at_risk(db, actor, _before(on)))


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


def _newly_at_risk(db: Session, actor: Actor, since: datetime) -> list[AtRisk]:
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
