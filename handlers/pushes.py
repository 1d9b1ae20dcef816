"""Pushes: what the clock sends, rendered from current data when it is sent. RENDERERS is the only list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from crm import alerts, outbox, oversight
from crm import groups as crm_groups
from crm.outbox import Letter
from crm.tables import Member, Outbox, Team
from handlers import agenda, context, digests, greetings, groups, risk
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
    "digest": digests.render_digest,
    alerts.PUSH: risk.render_risk,
    alerts.REST_PUSH: risk.render_rest,
    oversight.PUSH: oversight_lines.render_line,
    crm_groups.CLOSED_PUSH: groups.render_shut_out,
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


def _rendered(db: Session, row: Outbox, now: datetime) -> Letter | None:
    if row.expires_at is not None and row.expires_at < now:
        row.state, row.reason = "skipped", texts.TOO_LATE
        return None
    if _has_left(db, row):
        row.state, row.reason = "skipped", texts.HAS_LEFT
        return None
    said = RENDERERS[row.push or ""](db, row, now)
    if isinstance(said, Skip):
        row.state, row.reason = "skipped", said.reason
        return None
    method, payload = context.as_method(db, said, now)
    if now - row.due_at > LATE:
        field = "text" if "text" in payload else "caption"
        payload[field] = texts.late(row.due_at, payload[field], _zone(db, row))
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
    return Letter(row.outbox_id, row.chat_id, row.method, row.payload, row.push is not None, row.attempts)


def _zone(db: Session, row: Outbox) -> ZoneInfo:
    team = db.get(Team, row.team_id) if row.team_id else None
    return ZoneInfo(team.zone if team else "Asia/Shanghai")


def _thread(row: Outbox) -> dict[str, int]:
    return {} if row.thread_id is None else {"message_thread_id": row.thread_id}
