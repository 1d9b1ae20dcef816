"""The manager's view of the customers at a glance: groups with counts, money and movement; notes of the last 30 days.

A rep gets the same over his own customers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import case_notes, customers, ladder, scores
from crm.members import Actor
from crm.tables import Complaint, Customer, CustomerSummary, Member, Note, NoteTag, Order, Team
from scoring.groups import GROUPS, Cutoffs, Group

SIGNS_FOR = timedelta(days=30)
NEEDS = ("need_explicit", "need_latent")


@dataclass(slots=True)
class GroupLine:
    """One of the five groups: fen is net of the last 365 days; who came and left since the day compared with."""

    group: Group
    customers: int = 0
    fen: int = 0
    came: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything /summary shows. `on` is None before the first scores, `before` while there is nothing to compare."""

    groups: list[GroupLine]
    has_orders: bool
    cutoffs: Cutoffs | None
    on: date | None
    before: date | None
    stages: dict[str, int]
    open_complaints: int
    signs: dict[str, int]  # needs, complaints, churn of the last 30 days: notes that carry the tag

    @property
    def customers(self) -> int:
        """All living customers in scope."""
        return sum(line.customers for line in self.groups)

    @property
    def fen(self) -> int:
        """Net fen of the last 365 days."""
        return sum(line.fen for line in self.groups)

    @property
    def gained_fen(self) -> int:
        """What shares are taken of: the groups that brought something in, without one that only gave goods back."""
        return sum(max(line.fen, 0) for line in self.groups)

    @property
    def fen_at_risk(self) -> int:
        """Of it, what customers at risk brought in."""
        return sum(line.fen for line in self.groups if line.group in scores.AT_RISK)


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer of a group."""

    customer: Customer
    summary: CustomerSummary
    owner: str | None


def overview(db: Session, actor: Actor, now: datetime) -> Overview:
    """The overview of the customers that the member may see, from the stored scores."""
    team = db.get_one(Team, actor.team_id)
    last = team.settings.get("scores") or {}
    lines, has_orders = _groups(db, actor)
    return Overview(
        groups=lines,
        has_orders=has_orders,
        cutoffs=scores.cutoffs_of(team),
        on=_day(last.get("on")),
        before=_day(last.get("before")),
        stages=_stages(db, actor),
        open_complaints=_open_complaints(db, actor),
        signs=_signs(db, actor, now),
    )


def find_in_group(db: Session, actor: Actor, group: Group, limit: int, offset: int = 0) -> list[Listed]:
    """Customers of the group, most money first; who was never scored has no value."""
    rows = (
        select(Customer, CustomerSummary, Member.name)
        .join(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .outerjoin(Member, Member.member_id == Customer.owner_id)
        .where(customers.visible(actor), func.coalesce(CustomerSummary.value_group, "no_value") == str(group))
        .order_by(func.coalesce(CustomerSummary.value_fen, 0).desc(), CustomerSummary.total_fen.desc())
        .order_by(Customer.customer_id)
    )
    return [Listed(row[0], row[1], row[2]) for row in db.execute(rows.limit(limit).offset(offset))]


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _groups(db: Session, actor: Actor) -> tuple[list[GroupLine], bool]:
    lines = {group: GroupLine(group) for group in GROUPS}
    rows = (
        select(
            CustomerSummary.value_group,
            CustomerSummary.previous_group,
            func.count(),
            func.coalesce(func.sum(CustomerSummary.value_fen), 0),
            func.coalesce(func.max(CustomerSummary.purchase_days), 0),
        )
        .select_from(Customer)
        .outerjoin(CustomerSummary, CustomerSummary.customer_id == Customer.customer_id)
        .where(customers.visible(actor))
        .group_by(CustomerSummary.value_group, CustomerSummary.previous_group)
    )
    has_orders = False
    for group, previous, number, fen, purchase_days in db.execute(rows):
        line = lines[Group(group or Group.NO_VALUE)]
        line.customers += number
        line.fen += int(fen)
        has_orders |= purchase_days > 0
        if group and previous and group != previous:
            line.came += number
            lines[Group(previous)].left += number
    return list(lines.values()), has_orders


def _stages(db: Session, actor: Actor) -> dict[str, int]:
    rows = select(Customer.stage, func.count()).where(customers.visible(actor)).group_by(Customer.stage)
    return {row[0]: int(row[1]) for row in db.execute(rows)}


def _open_complaints(db: Session, actor: Actor) -> int:
    rows = select(func.count()).select_from(Complaint).join(Customer, Customer.customer_id == Complaint.customer_id)
    still_open = (Complaint.team_id == actor.team_id, Complaint.closed_at.is_(None))
    return int(db.scalar(rows.where(*still_open, customers.visible(actor))) or 0)


def _signs(db: Session, actor: Actor, now: datetime) -> dict[str, int]:
    labels = ("complaint", "churn", *NEEDS)
    rows = (
        select(NoteTag.label, func.count())
        .join(Note, Note.note_id == NoteTag.note_id)
        .join(Customer, Customer.customer_id == NoteTag.customer_id)
        .where(
            NoteTag.team_id == actor.team_id,
            NoteTag.label.in_(labels),
            NoteTag.created_at >= now - SIGNS_FOR,
            NoteTag.removed_at.is_(None),
            Note.deleted_at.is_(None),
            customers.visible(actor),
        )
        .group_by(NoteTag.label)
    )
    found = {row[0]: int(row[1]) for row in db.execute(rows)}
    needs = sum(found.get(label, 0) for label in NEEDS)
    return {"needs": needs, "complaints": found.get("complaint", 0), "churn": found.get("churn", 0)}


@dataclass(frozen=True, slots=True)
class Digest:
    """A team's day and week in numbers, fit for a group: nobody is named. The week begins on Monday."""

    day: date
    new_customers: int
    notes: int
    complaints_opened: int
    complaints_open: int
    orders_today: int
    fen_today: int
    orders_week: int
    fen_week: int
    at_risk: int
    fen_at_risk: int


def digest_figures(db: Session, team: Team, now: datetime) -> Digest:
    """The figures of the team's day so far. Money is net of returns; orders count sales only."""
    zone = ZoneInfo(team.zone)
    day = now.astimezone(zone).date()
    since = datetime.combine(day, time(0), zone)
    monday = day - timedelta(days=day.weekday())
    today, week = _sales(db, team.team_id, day, day), _sales(db, team.team_id, monday, day)
    living = (Customer.team_id == team.team_id, Customer.deleted_at.is_(None))
    opened = (Complaint.team_id == team.team_id, Complaint.opened_at >= since, case_notes.complaint_stands())
    noted = (Note.team_id == team.team_id, Note.created_at >= since, Note.deleted_at.is_(None))
    typed = (*noted, Note.import_id.is_(None))  # as /kpi and /team: what came in a table is no work of today
    risky = (CustomerSummary.team_id == team.team_id, CustomerSummary.value_group.in_([str(g) for g in scores.AT_RISK]))
    at_risk = db.execute(
        select(func.count(), func.coalesce(func.sum(CustomerSummary.value_fen), 0))
        .join(Customer, Customer.customer_id == CustomerSummary.customer_id)
        .where(*risky, Customer.deleted_at.is_(None))
    ).one()
    return Digest(
        day=day,
        new_customers=_count(db, Customer, *living, Customer.created_at >= since, Customer.lead_rung != ladder.EXEMPT),
        notes=_count(db, Note, *typed),
        complaints_opened=_count(db, Complaint, *opened),
        complaints_open=_count(db, Complaint, Complaint.team_id == team.team_id, Complaint.closed_at.is_(None)),
        orders_today=today[0],
        fen_today=today[1],
        orders_week=week[0],
        fen_week=week[1],
        at_risk=int(at_risk[0]),
        fen_at_risk=int(at_risk[1]),
    )


def _count(db: Session, table: type[object], *conditions: object) -> int:
    rows = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]  # column conditions
    return int(db.scalar(rows) or 0)


def _sales(db: Session, team_id: int, first: date, last: date) -> tuple[int, int]:
    """Sales between the days, both included, and their fen net of returns."""
    rows = select(func.count().filter(Order.amount_fen > 0), func.coalesce(func.sum(Order.amount_fen), 0)).where(
        Order.team_id == team_id, Order.ordered_on.between(first, last), Order.deleted_at.is_(None)
    )
    number, fen = db.execute(rows).one()
    return int(number), int(fen)
