"""Restraint: why something is not said to a customer, or not yet to a member. All reasons stand here.

A reason is one of the codes below, perhaps with a detail after a colon: 'monthly_cap:4', 'mourning:2026-12-20'. It is
kept in the outbox row of what was held back; handlers.texts.held words it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from crm import accounts, settings
from crm.tables import Customer, CustomerSummary, Outbox, Task, Team, Touch

NO_CONTACT = "no_contact"  # the customer is on the list of those who are left alone
COMPLAINT = "complaint_open"
MOURNING = "mourning"  # :the last day of it
BAD_PAYER = "bad_payer"  # said to be one, or overdue now: gets no offers
SAME_MATTER = "same_matter"  # was written to on this matter already, :by which channel
MONTHLY_CAP = "monthly_cap"  # :how often he was written to this month
QUIET_HOURS = "quiet_hours"  # of a waiting row: put off until they end; of a skipped one: then it was too late
DAILY_CAP = "daily_cap"  # the member had enough messages of the kind today; the rest stands on the card
DAY_OFF = "day_off"
RESTORED = "restored"  # was due before a backup was restored: perhaps it was sent before that
OF_CUSTOMERS = (NO_CONTACT, COMPLAINT, MOURNING, BAD_PAYER, SAME_MATTER, MONTHLY_CAP)
REASONS = (*OF_CUSTOMERS, QUIET_HOURS, DAILY_CAP, DAY_OFF, RESTORED)


def reasons_of(
    db: Session,
    team: Team,
    customer_ids: Collection[int],
    now: datetime,
    matter: str,
    *,
    offer: bool = False,
    again: bool = False,
) -> dict[int, str]:
    """Those of the customers who are to be left alone in this matter now, with the first reason. One statement.

    `matter` is as in Touch; `offer`: money is offered, not just a good word; `again`: that somebody wrote to him on the
    same matter is no reason.
    """
    checks = _checks(team, now, matter, offer, again)
    columns = [check.label(code) for code, check in checks.items()]
    rows = select(
        Customer.customer_id, Customer.mourning_until, _channel(matter), _this_month(team, now, matter), *columns
    )
    found = {}
    for row in db.execute(rows.where(Customer.customer_id.in_(customer_ids), or_(*checks.values()))):
        code = next(code for code in checks if getattr(row, code))
        detail = {MOURNING: row.mourning_until, SAME_MATTER: row.channel, MONTHLY_CAP: row.touches}.get(code)
        found[row.customer_id] = code if detail is None else f"{code}:{detail}"
    return found


def reason_of(
    db: Session, team: Team, customer_id: int, now: datetime, matter: str, *, offer: bool = False
) -> str | None:
    """Why this customer is to be left alone in this matter now; None when he may be written to."""
    return reasons_of(db, team, [customer_id], now, matter, offer=offer).get(customer_id)


def nothing_against(
    team: Team, now: datetime, matter: str, *, offer: bool = False, again: bool = False
) -> ColumnElement[bool]:
    """True of customers who may be written to in this matter now; `again`: also of those who were, on the same."""
    return not_(or_(*_checks(team, now, matter, offer, again).values()))


def counted(
    db: Session,
    team: Team,
    among: ColumnElement[bool],
    now: datetime,
    matter: str,
    *,
    offer: bool = False,
    again: bool = False,
) -> dict[str, int]:
    """How many of the customers of whom `among` is true are held back, by the first reason."""
    found: dict[str, int] = {}
    before: list[ColumnElement[bool]] = []
    for code, check in _checks(team, now, matter, offer, again).items():
        number = db.scalar(
            select(func.count()).select_from(Customer).where(among, check, *(not_(earlier) for earlier in before))
        )
        before.append(check)
        if number:
            found[code] = number
    return found


def _checks(team: Team, now: datetime, matter: str, offer: bool, again: bool = False) -> dict[str, ColumnElement[bool]]:
    """What is against writing to a customer, the gravest first."""
    wishes = settings.of(team)
    complains = exists().where(CustomerSummary.customer_id == Customer.customer_id, CustomerSummary.open_complaints > 0)
    checks: dict[str, ColumnElement[bool]] = {
        NO_CONTACT: Customer.no_contact.is_(True),
        COMPLAINT: complains.correlate(Customer),
        MOURNING: and_(Customer.mourning_until.is_not(None), Customer.mourning_until >= _today(team, now)),
    }
    if offer:
        checks[BAD_PAYER] = or_(Customer.bad_payer.is_(True), accounts.is_overdue(_today(team, now)))
    if matter and not again:
        checks[SAME_MATTER] = exists().where(Touch.customer_id == Customer.customer_id, Touch.matter == matter)
    if wishes.monthly_cap:
        checks[MONTHLY_CAP] = _this_month(team, now, matter) >= wishes.monthly_cap
    return checks


def _channel(matter: str) -> ColumnElement[str]:
    mine = select(func.min(Touch.channel)).where(Touch.customer_id == Customer.customer_id, Touch.matter == matter)
    return mine.correlate(Customer).scalar_subquery().label("channel")


def _this_month(team: Team, now: datetime, matter: str) -> ColumnElement[int]:
    """How often the customer was written to this month on other matters."""
    zone = ZoneInfo(team.zone)
    first = _today(team, now).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, time(0), zone) for day in (first, following))
    mine = select(func.count()).where(
        Touch.customer_id == Customer.customer_id,
        Touch.matter != matter,
        Touch.touched_at >= start,
        Touch.touched_at < end,
    )
    return mine.correlate(Customer).scalar_subquery().label("touches")


def _today(team: Team, now: datetime) -> date:
    return now.astimezone(ZoneInfo(team.zone)).date()


def quiet_until(team: Team, zone: ZoneInfo, now: datetime, *, set_for: datetime | None = None) -> datetime | None:
    """When the quiet hours of now end on this wall clock; None outside them.

    `set_for` is an hour that somebody chose with open eyes: within the quiet hours that hold it nothing is put off.
    """
    quiet = settings.of(team).quiet_hours
    if quiet is None or not quiet.contains(now.astimezone(zone).time()):
        return None
    end = quiet.end_after(now.astimezone(zone))
    chosen = set_for.astimezone(zone) if set_for is not None else None
    if chosen is not None and quiet.contains(chosen.time()) and quiet.end_after(chosen) == end:
        return None
    if end.astimezone(UTC) <= now:  # the hour that the clocks repeat: its second time is meant
        end = end.replace(fold=1)
    return end if end.astimezone(UTC) > now else None


def chosen_hour(db: Session, row: Outbox) -> datetime | None:
    """The hour of a push that was chosen with open eyes: the card's by the admin, a task's by who does it himself.

    Who put off what somebody else gave him, after it had rung, has chosen too.
    """
    if row.push in ("card", "robot_test", "robot_tested"):  # who tests a robot waits for it
        return row.due_at
    if row.push != "task":
        return None
    task = db.get(Task, row.task_id)
    if task is None or not task.has_time:
        return None
    rang = exists().where(
        Outbox.member_id == row.member_id,
        Outbox.task_id == row.task_id,
        Outbox.push == "task",
        Outbox.state == "sent",
        Outbox.due_at < row.due_at,
    )
    is_own = task.created_by_id == task.assignee_id or (task.recurrence is None and db.scalar(select(rang)))
    return row.due_at if is_own else None


def put_off(row: Outbox, until: datetime) -> None:
    """The push waits until the quiet hours are over, or is skipped where that is too late for it."""
    row.reason, row.claimed_at, row.claimed_by = QUIET_HOURS, None, None
    if row.expires_at is not None and row.expires_at < until:
        row.state = "skipped"
        return
    row.state, row.held_from, row.due_at = "pending", row.held_from or row.due_at, until


def code_of(reason: str | None) -> str:
    """The code of a stored reason, without its detail; empty for one that is none of ours."""
    code = (reason or "").partition(":")[0]
    return code if code in REASONS else ""
