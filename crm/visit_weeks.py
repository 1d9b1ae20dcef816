"""A week of visits, rep by rep: planned, met, interested, nobody there, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from crm import customers, members
from crm.members import Actor
from crm.tables import Customer, Member, Visit

WEEKS_BACK = 52


@dataclass(frozen=True, slots=True)
class RepWeek:
    """One member's week. `met` counts the interested too; `left`: open now and planned for today or before."""

    member: Member
    planned: int
    met: int
    interested: int
    nobody: int
    left: int

    @property
    def found_rate(self) -> float | None:
        """The share of the visits made at which somebody was there; None without one."""
        made = self.met + self.nobody
        return self.met / made if made else None


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday, who has visits first."""

    monday: date
    sunday: date
    reps: list[RepWeek]


def of(db: Session, actor: Actor, back: int, now: datetime) -> Week:
    """The week `back` weeks ago: of the whole team for who sees it, else the member's own."""
    today = actor.today(now)
    monday = today - timedelta(days=today.weekday() + 7 * min(max(back, 0), WEEKS_BACK))
    sunday = monday + timedelta(days=6)
    seen = [m for m in members.present(db, actor.team_id) if actor.sees_team or m.member_id == actor.member_id]
    ids = [member.member_id for member in seen]
    planned = _planned(db, actor.team_id, ids, monday, sunday)
    results = _results(db, actor.team_id, ids, monday, sunday)
    left = _left(db, actor, ids, today)
    rows = []
    for member in seen:
        counts = results.get(member.member_id, {})
        interested = counts.get("interested", 0)
        met = counts.get("met", 0) + interested
        row = RepWeek(
            member,
            planned.get(member.member_id, 0),
            met,
            interested,
            counts.get("nobody", 0),
            left.get(member.member_id, 0),
        )
        if member.is_rep or row.planned or row.met or row.nobody or row.left:
            rows.append(row)
    rows.sort(key=lambda row: (-row.met, -row.planned, row.member.member_id))
    return Week(monday, sunday, rows)


def _planned(db: Session, team_id: int, ids: list[int], monday: date, sunday: date) -> dict[int, int]:
    wanted = select(Visit.member_id, func.count()).where(
        Visit.team_id == team_id,
        Visit.planned_on.between(monday, sunday),
        Visit.member_id.in_(ids),
        or_(Visit.outcome.is_(None), Visit.outcome != "dropped"),
    )
    return {row[0]: row[1] for row in db.execute(wanted.group_by(Visit.member_id))}


def _results(db: Session, team_id: int, ids: list[int], monday: date, sunday: date) -> dict[int, dict[str, int]]:
    wanted = select(Visit.member_id, Visit.outcome, func.count()).where(
        Visit.team_id == team_id, Visit.outcome_on.between(monday, sunday), Visit.member_id.in_(ids)
    )
    found: dict[int, dict[str, int]] = {}
    for member_id, outcome, number in db.execute(wanted.group_by(Visit.member_id, Visit.outcome)):
        found.setdefault(member_id, {})[str(outcome)] = number
    return found


def _left(db: Session, actor: Actor, ids: list[int], today: date) -> dict[int, int]:
    wanted = (
        select(Visit.member_id, func.count())
        .outerjoin(Customer, Customer.customer_id == Visit.customer_id)
        .where(
            Visit.member_id.in_(ids),
            Visit.outcome.is_(None),
            Visit.planned_on <= today,
            or_(Visit.customer_id.is_(None), customers.visible(actor)),
        )
    )
    return {row[0]: row[1] for row in db.execute(wanted.group_by(Visit.member_id))}
