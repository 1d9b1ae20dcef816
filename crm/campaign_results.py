"""What came of a campaign: answers and orders of those written to, beside those who fitted and were not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session

from crm import campaigns
from crm.campaigns import CampaignNotFound
from crm.members import Actor
from crm.tables import Campaign, CampaignCustomer, Note, Order

WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Arm:
    """What those of one kind did within thirty days of the beginning. Money in fen."""

    customers: int = 0
    answered: int = 0
    ordered: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """A campaign so far: those written to, those chosen who were not, and both who were left out."""

    campaign: Campaign
    days: int
    arms: dict[str, Arm] = field(default_factory=dict)


def result(db: Session, actor: Actor, campaign_id: int, now: datetime) -> Result:
    """What came of it so far.

    Raises: CampaignNotFound
    """
    campaign = campaigns.own(db, actor, campaign_id)
    if campaign.state != "running" or campaign.started_at is None:
        raise CampaignNotFound(campaign_id)
    start, end = campaign.started_at, campaign.started_at + WINDOW
    first, last = start.astimezone(actor.zone).date(), end.astimezone(actor.zone).date()
    spoke = exists().where(
        Note.customer_id == CampaignCustomer.customer_id,
        Note.deleted_at.is_(None),
        Note.created_at >= start,
        Note.created_at < end,
    )
    bought = and_(
        Order.customer_id == CampaignCustomer.customer_id,
        Order.deleted_at.is_(None),
        Order.ordered_on.between(first, last),
        Order.created_at >= start,
    )
    fen = select(func.coalesce(func.sum(Order.amount_fen), 0)).where(bought).correlate(CampaignCustomer)
    rows = select(CampaignCustomer.arm, CampaignCustomer.sent_at, spoke, fen.scalar_subquery())
    arms: dict[str, Arm] = {}
    for arm, sent_at, answered, money in db.execute(rows.where(CampaignCustomer.campaign_id == campaign_id)):
        name = "sent" if sent_at is not None else arm
        before = arms.get(name, Arm())
        arms[name] = Arm(
            before.customers + 1, before.answered + answered, before.ordered + (money > 0), before.fen + max(money, 0)
        )
    return Result(campaign, min((now - start).days, WINDOW.days), arms)
