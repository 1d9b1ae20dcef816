"""Pushes: what the clock sends, rendered from current data when it is sent. RENDERERS is the only list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm import alerts, held, members, outbox, oversight, report_pushes, versions
from crm import backups as crm_backups
from crm import calendars as crm_calendars
from crm import campaigns as crm_campaigns
from crm import complaint_alerts as crm_complaint_alerts
from crm import group_tasks as crm_group_tasks
from crm import groups as crm_groups
from crm import indicator_digests as crm_indicator_digests
from crm import ladder as crm_ladder
from crm import recycling as crm_recycling
from crm import rivals as crm_rivals
from crm import robots as crm_robots
from crm.outbox import Letter
from crm.tables import Member, Outbox, Team
from handlers import (
    agenda,
    backups,
    calendars,
    campaigns,
    complaint_alerts,
    context,
    digests,
    greetings,
    group_tasks,
    groups,
    indicator_digests,
    ladder,
    models,
    pool,
    reports,
    risk,
    rivals,
    robots,
)
from handlers import oversight as oversight_lines
from handlers.say import Say, Skip
from handlers.texts import pushes as texts

log = structlog.get_logger()

Renderer = Callable[[Session, Outbox, datetime], Say | Skip]

LATE = timedelta(minutes=10)

RENDERERS: dict[str, Renderer] = {
    "task": agenda.render_task,
    "card": agenda.render_card,
    "birthday": greetings.render_birthday,
    "festival": greetings.render_festival,
    crm_campaigns.PUSH: campaigns.render_campaign,
    "digest": digests.render_digest,
    crm_indicator_digests.DAY_PUSH: indicator_digests.render_kpi,
    crm_indicator_digests.PUSH: indicator_digests.render_kpi,
    crm_group_tasks.PUSH: group_tasks.render_told,
    crm_group_tasks.UNDONE_PUSH: group_tasks.render_undone,
    alerts.PUSH: risk.render_risk,
    alerts.REST_PUSH: risk.render_rest,
    crm_ladder.PUSH: ladder.render_ladder,
    crm_recycling.PUSH: pool.render_pool,
    crm_calendars.PUSH: calendars.render_notice,
    crm_rivals.PUSH: rivals.render_notice,
    oversight.PUSH: oversight_lines.render_line,
    report_pushes.PUSH: reports.render_report,
    crm_complaint_alerts.PUSH: complaint_alerts.render_complaint,
    crm_backups.PUSH: backups.render_restored,
    crm_groups.CLOSED_PUSH: groups.render_shut_out,
    versions.PUSH: models.render_verdict,
    crm_robots.TEST_PUSH: robots.render_test,
    crm_robots.TESTED_PUSH: robots.render_tested,
    crm_robots.REFUSED_PUSH: robots.render_refused,
}


def worded(db: Session, ids: Sequence[int], now: datetime) -> list[Letter]:
    """The letters of claimed rows, in that order; those with nothing to say are skipped with their reason."""
    rows = outbox.rows(db, ids)
    unreachable = outbox.unreachable(db, {row.chat_id for row in rows if row.push})
    letters = []
    for row in rows:
        if row.push and row.chat_id in unreachable:
            row.state, row.reason = "skipped", "unreachable"
            continue
        letter = render(db, row, now)
        if letter is not None:
            letters.append(letter)
    return letters


def render(db: Session, row: Outbox, now: datetime) -> Letter | None:
    """The letter of a claimed row; None when it is skipped or cannot be rendered, with the reason in the row."""
    if row.method != "push":
        return _letter(row)
    outbox_id, push = row.outbox_id, row.push
    try:
        with db.begin_nested():
            return _rendered(db, row, now)
    except OperationalError:  # the database, not the push: the whole round is tried again
        raise
    except Exception as error:  # the edge of one push: one bad row holds up nobody else's
        log.error("push_not_rendered", outbox_id=outbox_id, push=push, exc_info=error)
        row.state, row.reason = "refused", f"not rendered: {type(error).__name__}"
        return None


def rehearse(db: Session, row: Outbox, at: datetime) -> Letter | None:
    """The row ends as it would if it were due at `at`; its letter, which nobody carries, where it would be sent."""
    row.state = "sending"
    letters = worded(db, [row.outbox_id], at)
    if letters:
        row.state, row.sent_at = "sent", at
    db.flush()
    return letters[0] if letters else None


def _rendered(db: Session, row: Outbox, now: datetime) -> Letter | None:
    if row.expires_at is not None and row.expires_at < now:
        row.state, row.reason = "skipped", texts.TOO_LATE
        return None
    if _has_left(db, row):
        row.state, row.reason = "skipped", texts.HAS_LEFT
        return None
    if (until := quiet_until(db, row, now)) is not None:
        held.put_off(row, until)
        return None
    said = RENDERERS[row.push or ""](db, row, now)
    if isinstance(said, Skip):
        row.state, row.reason = "skipped", said.reason
        return None
    method, payload = context.as_method(db, said, now)
    promised_at = _promised_at(db, row)
    if now - promised_at > LATE:
        field = "text" if "text" in payload else "caption"
        payload[field] = texts.late(promised_at, payload[field], _zone(db, row))
    row.customer_id, row.note_id, row.task_id = (
        said.about.customer_id or row.customer_id,
        said.about.note_id,
        said.about.task_id or row.task_id,
    )
    row.method, row.payload = method, {**payload, "chat_id": row.chat_id, **_thread(row)}
    return _letter(row)


def _has_left(db: Session, row: Outbox) -> bool:
    """Whoever the push is for is in the team no more, whatever its renderer looks at."""
    if row.member_id is None:
        return False
    member = db.get(Member, row.member_id)
    return member is None or member.left_at is not None


def _letter(row: Outbox) -> Letter:
    """The group may have moved since it was worded."""
    payload = {**row.payload, "chat_id": row.chat_id} if "chat_id" in row.payload else row.payload
    return Letter(row.outbox_id, row.chat_id, row.method, payload, row.push is not None, row.attempts)


def _zone(db: Session, row: Outbox) -> ZoneInfo:
    """On whose wall clock the push arrives."""
    team = db.get(Team, row.team_id) if row.team_id else None
    member = db.get(Member, row.member_id) if row.member_id else None
    if team is None:
        return ZoneInfo("Asia/Shanghai")
    return members.zone_of(member, team) if member is not None else ZoneInfo(team.zone)


def _promised_at(db: Session, row: Outbox) -> datetime:
    """When it should have come: the end of the quiet hours if it was first due in them, else when it was first due."""
    if row.held_from is None or row.team_id is None:
        return row.due_at
    was_quiet = held.quiet_until(db.get_one(Team, row.team_id), _zone(db, row), row.held_from)
    return row.due_at if was_quiet is not None else row.held_from


def quiet_until(db: Session, row: Outbox, now: datetime) -> datetime | None:
    """Until when nobody there is to be disturbed; None when the push may arrive now."""
    team = db.get(Team, row.team_id) if row.team_id else None
    if team is None:
        return None
    return held.quiet_until(team, _zone(db, row), now, set_for=held.chosen_hour(db, row))


def _thread(row: Outbox) -> dict[str, int]:
    return {} if row.thread_id is None else {"message_thread_id": row.thread_id}
