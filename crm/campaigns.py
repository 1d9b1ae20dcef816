"""Campaigns: a text for the customers who fit a condition, given to their owners, and what came of it.

When one begins, those who fit are written down: chosen, left out at random (every tenth, from twenty on), or held back
by the rules of restraint. The last two are what orders and answers of the chosen are compared with.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from almanac import greetings as almanac_greetings
from almanac.greetings import Draft, Relation
from crm import conditions, customers, greetings, held, members, outbox, settings, touches
from crm.members import Actor
from crm.outbox import Planned
from crm.tables import Campaign, CampaignCustomer, Customer, Member, Team
from nlp import conditions as read_conditions
from nlp import lazy

PUSH = "campaign"
MOST = 5_000  # customers of one campaign
SHOWN = 6  # on one page, each with a button to copy
HOLDOUT_FROM, HOLDOUT_EACH = 20, 10
LISTED = 5
OFFER = lazy.regex("优惠|打折|折扣|[0-9一二三四五六七八九]折|促销|特价|降价|满减|赠送?|返现|返利|让利|抽奖|红包|秒杀")
CHOSEN, HOLDOUT, HELD = "chosen", "holdout", "held"


class CampaignNotFound(LookupError):
    """There is no such campaign, or it is none of the member's business."""


class CampaignBegun(RuntimeError):
    """The campaign runs already, or was dropped."""


class NobodyFits(ValueError):
    """No customer is left to write to."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a campaign would be: how many fit, are held back by reason, have an owner to write to, and an example."""

    campaign: Campaign
    fits: int
    held: dict[str, int]
    chosen: int
    holdout: int
    owners: int
    example: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A customer of an owner's page, with the text, or why not now."""

    customer: Customer
    row: CampaignCustomer
    text: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """An owner's customers of a campaign from `offset`."""

    campaign: Campaign
    recipients: list[Recipient]
    total: int
    offset: int
    sent: int  # of all


def matter_of(campaign: Campaign) -> str:
    """The matter of its touches."""
    return f"campaign:{campaign.campaign_id}"


def draft(db: Session, actor: Actor, condition: str, text: str, now: datetime) -> Outlook:
    """A campaign that has not begun; a rep's is for his own customers.

    Raises: conditions' NotUnderstood; greetings.BadTemplate; NobodyFits
    """
    read_conditions.read(condition)
    body = text.strip() if "{称呼}" in text else "{称呼}，" + text.strip()
    almanac_greetings.check_template(body)
    row = Campaign(
        team_id=actor.team_id,
        created_by_id=actor.member_id,
        condition=condition,
        text=body,
        is_offer=OFFER.search(text) is not None,
        own_only=not actor.sees_team,
        created_at=now,
    )
    db.add(row)
    db.flush([row])
    return outlook(db, actor, row, now)


def outlook(db: Session, actor: Actor, campaign: Campaign, now: datetime) -> Outlook:
    """What the campaign would be if it began now.

    Raises: NobodyFits
    """
    fitting, reasons = _fitting(db, actor, campaign, now)
    free = [row for row in fitting if row.customer_id not in reasons]
    if not free:
        raise NobodyFits(len(fitting))
    out = _holdout(campaign, free)
    counted: dict[str, int] = {}
    for reason in reasons.values():
        counted[held.code_of(reason)] = counted.get(held.code_of(reason), 0) + 1
    example = text_for(db, campaign, free[0], actor)
    owners = len({row.owner_id for row in free if row.customer_id not in out})
    return Outlook(campaign, len(fitting), counted, len(free) - len(out), len(out), owners, example)


def begin(db: Session, actor: Actor, campaign_id: int, now: datetime) -> Outlook:
    """Who fits is written down and each owner has one card planned.

    Raises: CampaignNotFound; CampaignBegun; NobodyFits
    """
    campaign = own(db, actor, campaign_id)
    if campaign.state != "draft":
        raise CampaignBegun(campaign.state)
    found = outlook(db, actor, campaign, now)
    fitting, reasons = _fitting(db, actor, campaign, now)
    out = _holdout(campaign, [row for row in fitting if row.customer_id not in reasons])
    rows = [
        {
            "campaign_id": campaign_id,
            "team_id": actor.team_id,
            "customer_id": row.customer_id,
            "owner_id": row.owner_id,
            "arm": HELD if row.customer_id in reasons else HOLDOUT if row.customer_id in out else CHOSEN,
            "reason": reasons.get(row.customer_id),
        }
        for row in fitting
    ]
    db.execute(insert(CampaignCustomer), rows)
    campaign.state, campaign.started_at = "running", now
    outbox.enqueue(db, _cards(db, campaign, {row["owner_id"] for row in rows if row["arm"] == CHOSEN}, now), now)
    return found


def drop(db: Session, actor: Actor, campaign_id: int) -> Campaign:
    """The campaign does not begin.

    Raises: CampaignNotFound; CampaignBegun
    """
    campaign = own(db, actor, campaign_id)
    if campaign.state != "draft":
        raise CampaignBegun(campaign.state)
    campaign.state = "cancelled"
    return campaign


def page(db: Session, actor: Actor, campaign_id: int, now: datetime, offset: int = 0) -> Page:
    """The member's own customers of the campaign, with texts.

    Raises: CampaignNotFound
    """
    campaign = db.get(Campaign, campaign_id)
    if campaign is None or campaign.team_id != actor.team_id or campaign.state != "running":
        raise CampaignNotFound(campaign_id)
    mine = (
        select(Customer, CampaignCustomer)
        .join(CampaignCustomer, CampaignCustomer.customer_id == Customer.customer_id)
        .where(CampaignCustomer.campaign_id == campaign_id, CampaignCustomer.arm == CHOSEN)
        .where(customers.in_team(actor), Customer.owner_id == actor.member_id)
    )
    total = int(db.scalar(select(func.count()).select_from(mine.subquery())) or 0)
    done = mine.where(CampaignCustomer.sent_at.is_not(None)).subquery()
    offset = offset if 0 <= offset < total else 0
    found = db.execute(mine.order_by(CampaignCustomer.campaign_customer_id).limit(SHOWN).offset(offset)).all()
    team = db.get_one(Team, actor.team_id)
    ids = [row.customer_id for row, _ in found]
    reasons = held.reasons_of(db, team, ids, now, matter_of(campaign), offer=campaign.is_offer, again=True)
    recipients = [
        Recipient(row, kept, text_for(db, campaign, row, actor), None if kept.sent_at else reasons.get(row.customer_id))
        for row, kept in found
    ]
    return Page(campaign, recipients, total, offset, int(db.scalar(select(func.count()).select_from(done)) or 0))


def mark_page(db: Session, actor: Actor, shown: Page, sent_at: datetime | None) -> int:
    """Those of the page who may be written to were, or were not after all; how many that changes."""
    matter, changed = matter_of(shown.campaign), 0
    for recipient in shown.recipients:
        if recipient.reason is not None or (recipient.row.sent_at is None) == (sent_at is None):
            continue
        recipient.row.sent_at = sent_at
        changed += 1
        if sent_at is None:
            touches.forget(db, recipient.customer.customer_id, matter)
        else:
            touches.log(db, recipient.customer, actor.member_id, matter, sent_at)
    db.flush()
    return changed


def text_for(db: Session, campaign: Campaign, row: Customer, actor: Actor) -> str:
    """The campaign's text for the customer, signed by the member."""
    team = db.get_one(Team, campaign.team_id)
    relation = cast(Relation, row.relation if row.relation in greetings.RELATIONS else "business")
    picked = almanac_greetings.pick(
        PUSH,
        relation,
        address=greetings.address(row),
        signature=settings.of(team).signature or f"{actor.team_name} {actor.name}",
        rng=random.Random(0),
        company=row.company or "贵公司",
        house=team.name,
        team=[Draft("campaign", PUSH, relation, "warm", campaign.text)],
    )
    return picked.text


def find(db: Session, actor: Actor, limit: int = LISTED) -> list[Campaign]:
    """The newest campaigns that ran: a manager sees the team's, a rep his own."""
    rows = select(Campaign).where(Campaign.team_id == actor.team_id, Campaign.state == "running")
    if not actor.sees_team:
        rows = rows.where(Campaign.created_by_id == actor.member_id)
    return list(db.scalars(rows.order_by(Campaign.campaign_id.desc()).limit(limit)))


def own(db: Session, actor: Actor, campaign_id: int) -> Campaign:
    """The campaign, for who made it and who leads the team.

    Raises: CampaignNotFound
    """
    row = db.get(Campaign, campaign_id)
    if row is None or row.team_id != actor.team_id or not (actor.sees_team or row.created_by_id == actor.member_id):
        raise CampaignNotFound(campaign_id)
    return row


def _fitting(db: Session, actor: Actor, campaign: Campaign, now: datetime) -> tuple[list[Customer], dict[int, str]]:
    """Who fits and has an owner, and who of them is to be left alone, with the reason."""
    day = conditions.day_of(db, actor, now)
    fits = conditions.where(read_conditions.read(campaign.condition), day)
    rows = select(Customer).join(Member, Member.member_id == Customer.owner_id).where(customers.visible(actor), fits)
    rows = rows.where(Member.left_at.is_(None))
    if campaign.own_only:
        rows = rows.where(Customer.owner_id == campaign.created_by_id)
    found = list(db.scalars(rows.order_by(Customer.customer_id).limit(MOST)))
    team, matter = db.get_one(Team, actor.team_id), matter_of(campaign)
    ids = [row.customer_id for row in found]
    return found, held.reasons_of(db, team, ids, now, matter, offer=campaign.is_offer)


def _holdout(campaign: Campaign, free: Sequence[Customer]) -> set[int]:
    """Every tenth at random, the same each time it is asked; nobody where there are few."""
    if len(free) < HOLDOUT_FROM:
        return set()
    rng = random.Random(f"campaign {campaign.campaign_id}")
    return set(rng.sample([row.customer_id for row in free], len(free) // HOLDOUT_EACH))


def _cards(db: Session, campaign: Campaign, owner_ids: set[object], now: datetime) -> list[Planned]:
    return [
        Planned(
            key=f"{PUSH}:{campaign.campaign_id}:{member.member_id}",
            push=PUSH,
            team_id=campaign.team_id,
            chat_id=member.user_id,
            due_at=now,
            data={"campaign_id": campaign.campaign_id},
            member_id=member.member_id,
        )
        for member in members.present(db, campaign.team_id)
        if member.member_id in owner_ids
    ]
