"""How a complaint goes from received to closed: classified, assigned, solved, the customer told; each by a person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import causes, complaints, members, work_hours
from crm.complaints import STAGES, WAITING, Case
from crm.members import Actor
from crm.tables import Complaint, Member
from nlp import labels


class ColleagueUnknown(LookupError):
    """Nobody of the team who could handle a complaint."""


class StageUnknown(ValueError):
    """No such topic or severity."""


def classify(
    db: Session,
    actor: Actor,
    complaint_id: int,
    now: datetime,
    *,
    topic: str | None = None,
    severity: str | None = None,
    cause_id: int | None = None,
) -> Case:
    """The case has this topic, severity or cause; another severity reckons the deadline anew, from when it was opened.

    Raises: complaints.ComplaintNotFound; StageUnknown; causes.CauseUnknown
    """
    case = complaints.get(db, actor, complaint_id)
    row = case.complaint
    if topic is not None:
        if topic not in labels.TOPICS:
            raise StageUnknown(topic)
        row.topic = topic
    if cause_id is not None:
        row.cause_id = causes.get(db, actor, cause_id).complaint_cause_id
    if severity is not None and severity != complaints.severity(row):
        _set_severity(row, severity)
    row.classified_at = row.classified_at or now
    _advance(row, "classified")
    db.flush([row])
    return case


def assign(db: Session, actor: Actor, complaint_id: int, member_id: int, now: datetime) -> Case:
    """The member handles the case; a rep can only take it himself, a manager gives it to anybody of the team.

    Raises: complaints.ComplaintNotFound; members.NotAllowed; ColleagueUnknown
    """
    case = complaints.get(db, actor, complaint_id)
    if member_id != actor.member_id:
        actor.require("manager")
    member = db.get(Member, member_id)
    if member is None or member.team_id != actor.team_id or member.left_at is not None:
        raise ColleagueUnknown(member_id)
    row = case.complaint
    row.assignee_id = None if member_id == case.customer.owner_id else member_id
    row.assigned_at = now
    _advance(row, "assigned")
    db.flush([row])
    return complaints.get(db, actor, complaint_id)


def resolve(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The trouble is over; the customer is to be told within a working day. A later stage stays as it is.

    Raises: complaints.ComplaintNotFound
    """
    case = complaints.get(db, actor, complaint_id)
    row = case.complaint
    if row.closed_at is None and row.stage in WAITING:
        row.stage, row.resolved_at = "resolved", now
        row.alert_step, row.next_alert_at = "tell", work_hours.day_after(now, actor.zone)
        db.flush([row])
    return case


def tell(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The customer has been told that it is solved; what nobody had called solved is so now.

    Raises: complaints.ComplaintNotFound
    """
    case = complaints.get(db, actor, complaint_id)
    row = case.complaint
    if row.closed_at is None and row.stage != "told":
        row.stage, row.told_at, row.resolved_at, row.next_alert_at = "told", now, row.resolved_at or now, None
        db.flush([row])
    return case


def finish(db: Session, actor: Actor, complaint_id: int, now: datetime) -> Case:
    """The customer has been told and the case is closed.

    Raises: complaints.ComplaintNotFound
    """
    case = tell(db, actor, complaint_id, now)
    return complaints.close(db, actor, complaint_id, now) if case.complaint.closed_at is None else case


def colleagues(db: Session, actor: Actor) -> list[Member]:
    """To whom the member may give a complaint: everybody of the team, or only himself."""
    present = members.present(db, actor.team_id)
    return [one for one in present if actor.sees_team or one.member_id == actor.member_id]


def named(db: Session, actor: Actor, name: str) -> Member:
    """The one colleague of that name.

    Raises: ColleagueUnknown
    """
    rows = select(Member).where(Member.team_id == actor.team_id, Member.left_at.is_(None), Member.name == name)
    found = db.scalars(rows).all()
    if len(found) != 1:
        raise ColleagueUnknown(name)
    return found[0]


def _advance(row: Complaint, stage: str) -> None:
    if STAGES.index(stage) > STAGES.index(row.stage):
        row.stage = stage


def _set_severity(row: Complaint, severity: str) -> None:
    if severity not in complaints.SEVERITIES:
        raise StageUnknown(severity)
    was_urgent = row.urgent
    row.urgent, row.serious = severity == "urgent", severity == "serious"
    if row.stage in WAITING:
        row.due_at, row.next_alert_at = None, row.opened_at
        row.alert_step = "new" if row.urgent and not was_urgent else "half"
