"""What the clock says of complaints: urgent ones at once, the handler at half of the time, managers when it is over.

A deadline is reckoned in working hours when the clock first sees the case, or sees it again after its severity changed
or it was reopened. After the deadline managers hear once more after a working day, of an urgent case, too.
Who solved a case and told nobody is reminded after a working day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import complaints, outbox, oversight, reminders, settings, work_hours
from crm.outbox import Planned
from crm.settings import Settings
from crm.tables import Complaint, Customer, Member, Note, Team

PUSH = "complaint"
TO_HANDLER = ("half", "tell")
TO_MANAGERS = ("new", "due", "late")
AT_ONCE = 50  # cases of one transaction: a note waits about 10 ms behind it
KEPT = timedelta(days=3)  # an alert that could not be sent for longer says nothing new


class Due(NamedTuple):
    """A case at which the clock looks now, who handles it, and who wrote it down."""

    row: Complaint
    owner_id: int | None
    author_id: int


class Told(NamedTuple):
    """What is said of a case: step is new | half | due | late | tell."""

    due: Due
    step: str
    at: datetime


def plan(db: Session, team: Team, now: datetime) -> int:
    """Whoever should hear of a case now does; each case is looked at again when its next step comes."""
    found = _looked_at(db, team, now + reminders.AHEAD)
    if not found:
        return 0
    held, zone = settings.of(team), ZoneInfo(team.zone)
    told = [said for due in found if (said := _step(due, held, zone, now)) is not None]
    db.flush()
    new = outbox.enqueue(db, _pushes(db, team, told, now), now)
    return reminders.CHUNK if len(found) == AT_ONCE else new


def hours_of(row: Complaint, held: Settings) -> int:
    """Within how many working hours a case of its severity is to be solved."""
    return held.complaint_hours[complaints.SEVERITIES.index(complaints.severity(row))]


def _looked_at(db: Session, team: Team, until: datetime) -> list[Due]:
    rows = (
        select(Complaint, Customer.owner_id, Note.author_id)
        .join(Customer, Customer.customer_id == Complaint.customer_id)
        .join(Note, Note.note_id == Complaint.note_id)
        .where(
            Complaint.team_id == team.team_id,
            Complaint.closed_at.is_(None),
            Complaint.next_alert_at <= until,
            Customer.deleted_at.is_(None),
        )
        .order_by(Complaint.next_alert_at, Complaint.complaint_id)
        .limit(AT_ONCE)
        .with_for_update(of=Complaint, skip_locked=True)
    )
    return [Due(*row) for row in db.execute(rows)]


def _step(due: Due, held: Settings, zone: ZoneInfo, now: datetime) -> Told | None:
    """The case waits for its next step; the last one that has come by now is said, earlier ones are not caught up."""
    row, said = due.row, None
    if row.alert_step == "tell":
        at, row.next_alert_at = row.next_alert_at or now, None
        return Told(due, "tell", at)
    if row.due_at is None:
        _schedule(row, held, zone)
    while row.next_alert_at is not None and row.next_alert_at <= now + reminders.AHEAD:
        said = Told(due, row.alert_step, row.next_alert_at)
        row.alert_step, row.next_alert_at = _following(row, held, zone)
    return said


def _schedule(row: Complaint, held: Settings, zone: ZoneInfo) -> None:
    """The deadline is reckoned from the moment at which the clock was to look first."""
    since = row.next_alert_at or row.opened_at
    row.due_at = work_hours.after(since, hours_of(row, held), held.work_hours, zone)
    if not (row.urgent and row.alert_step == "new"):
        row.alert_step = "half"
        row.next_alert_at = work_hours.after(since, hours_of(row, held) / 2, held.work_hours, zone)


def _following(row: Complaint, held: Settings, zone: ZoneInfo) -> tuple[str, datetime | None]:
    """The step after the present one and when it comes."""
    at = row.next_alert_at or row.opened_at
    if row.alert_step == "new":
        return "half", work_hours.after(at, hours_of(row, held) / 2, held.work_hours, zone)
    if row.alert_step == "half":
        return "due", row.due_at
    return "late", work_hours.day_after(at, zone) if row.alert_step == "due" else None


def _pushes(db: Session, team: Team, told: Sequence[Told], now: datetime) -> list[Planned]:
    """One message a reader and moment, whatever the number of cases."""
    leading = {member.member_id: member.user_id for member in oversight.leading(db, team, now)}
    handling = _chats(db, {said.due.row.assignee_id or said.due.owner_id for said in told})
    chats = {**handling, **leading}
    per_reader: dict[tuple[int, datetime], list[Told]] = defaultdict(list)
    for said in told:
        for reader in _readers(said, handling, leading):
            # Of new ones which wait together one message is made; what nobody was told of for days is told now.
            at_once = said.step == "new" or said.at + KEPT <= now
            per_reader[reader, max(said.at, now - reminders.AHEAD) if at_once else said.at].append(said)
    return [
        Planned(
            key=f"{PUSH}:{reader}:{mine[0].due.row.complaint_id}:{mine[0].step}:{mine[0].at:%Y-%m-%dT%H:%MZ}",
            push=PUSH,
            team_id=team.team_id,
            chat_id=chats[reader],
            due_at=at,
            data={"cases": [[one.due.row.complaint_id, one.step] for one in mine]},
            member_id=reader,
            customer_id=mine[0].due.row.customer_id if len(mine) == 1 else None,
            expires_at=at + KEPT,
        )
        for (reader, at), mine in sorted(per_reader.items(), key=lambda pair: pair[0])
    ]


def _chats(db: Session, handlers: set[int | None]) -> dict[int, int]:
    """The private chat of each of these members who has not left."""
    rows = select(Member.member_id, Member.user_id).where(Member.member_id.in_(handlers), Member.left_at.is_(None))
    return dict(db.execute(rows).tuples().all())


def _readers(said: Told, handling: Collection[int], leading: Collection[int]) -> set[int]:
    """The handler, or managers; of an urgent new one both, but for whoever wrote it down."""
    handler = said.due.row.assignee_id or said.due.owner_id
    handlers = {handler} & {*handling} if handler is not None else set()
    if said.step in TO_HANDLER:
        return handlers or {*leading}
    if said.step == "new":
        return ({*leading} | handlers) - {said.due.author_id}
    return {*leading}
