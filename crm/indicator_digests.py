"""Figures that come by themselves: the odd ones of the day with the evening digest, those of the week and the month.

A week is told on its following first working day, a month likewise, both in one message where they fall together. The
day's are part of the evening digest; where that goes to groups, managers hear privately who and what explains them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from almanac import workdays
from crm import digests, groups, outbox, oversight, reminders, robots, settings
from crm.indicator_settings import SENT
from crm.outbox import Planned
from crm.tables import Team, TeamReport

PUSH, DAY_PUSH = "kpi", "kpi_day"
KINDS = (DAY_PUSH, PUSH)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be told of which spans at which instant. `kind`: kpi_day | kpi.

    `for_managers`: those of the spans that managers do not read in their weekly report anyway.
    """

    kind: str
    at: datetime
    spans: tuple[str, ...]
    for_managers: tuple[str, ...]


def due_today(team: Team, now: datetime) -> list[Due]:
    """What is told today, whether its hour has come or not."""
    held, zone = settings.of(team), ZoneInfo(team.zone)
    today = now.astimezone(zone).date()
    if not workdays.is_workday(today):
        return []
    sent = SENT[held.kpi_digests]
    begins = {"week": today - timedelta(days=today.weekday()), "month": today.replace(day=1)}
    spans = tuple(name for name, first in begins.items() if name in sent and _is_first_worked(first, today))
    found = []
    if "day" in sent:
        found.append(Due(DAY_PUSH, datetime.combine(today, time(digests.HOUR), zone), ("day",), ("day",)))
    if spans:
        for_managers = tuple(name for name in spans if name != "week" or held.weekly_report == "off")
        found.append(Due(PUSH, datetime.combine(today, time(held.kpi_hour), zone), spans, for_managers))
    return found


def wanted(db: Session, team: Team, now: datetime) -> list[Due]:
    """What is due by now or in a moment and not worded yet."""
    near = [due for due in due_today(team, now) if due.at <= now + reminders.AHEAD]
    return [due for due in near if worded(db, team.team_id, due.kind, due.at.date()) is None]


def worded(db: Session, team_id: int, kind: str, on: date) -> dict[str, Any] | None:
    """What was worded of that day, as plain values; None when it was not yet."""
    row = db.get(TeamReport, (team_id, kind))
    return row.report if row is not None and row.report["on"] == str(on) else None


def keep(db: Session, team_id: int, due: Due, said: dict[str, Any], now: datetime) -> None:
    """It is worded."""
    report = {**said, "on": str(due.at.date())}
    db.merge(TeamReport(team_id=team_id, kind=due.kind, made_at=now, report=report))


def plan(db: Session, team: Team, now: datetime) -> int:
    """Managers and groups have what is due of today; a day on which nothing is odd has nothing."""
    new = 0
    for due in due_today(team, now):
        if now + reminders.AHEAD < due.at or reminders.done(db, team, due.kind, due.at):
            continue
        said = worded(db, team.team_id, due.kind, due.at.date())
        if said is None and due.kind == DAY_PUSH:
            continue  # it is not known yet whether anything is odd
        if said is None or said["private"] or said["group"]:  # nothing odd is no message, not one that is held back
            new += outbox.enqueue(db, _pushes(db, team, due), now)
        reminders.mark_done(db, team, due.kind, due.at)
    return new


def _is_first_worked(first: date, today: date) -> bool:
    return not any(workdays.is_workday(first + timedelta(days=at)) for at in range((today - first).days))


def _pushes(db: Session, team: Team, due: Due) -> list[Planned]:
    to = settings.of(team).kpi_to
    made = []
    tells_managers = due.for_managers and (due.kind == PUSH or _is_told_in_groups(db, team, due.at))
    if to != "groups" and tells_managers:
        managers = oversight.leading(db, team, due.at)
        made += [_planned(team, due, f"m{m.member_id}", m.user_id, due.at, member_id=m.member_id) for m in managers]
    if to != "managers" and due.kind == PUSH:
        for group in groups.of_team(db, team.team_id):
            if group.connected_at <= due.at:
                made.append(_planned(team, due, f"g{group.group_chat_id}", group.chat_id, due.at, group.thread_id))
        for robot in robots.connected(db, team.team_id, due.at):
            at = robots.off_the_hour(robot.robot_id, due.at)
            made.append(_planned(team, due, f"r{robot.robot_id}", robots.lane(robot.robot_id), at))
    return made


def _is_told_in_groups(db: Session, team: Team, at: datetime) -> bool:
    """The evening digest goes to groups, so that managers do not have it themselves."""
    return bool(groups.of_team(db, team.team_id) or robots.connected(db, team.team_id, at))


def _planned(
    team: Team, due: Due, whom: str, chat_id: int, at: datetime, thread_id: int | None = None, *,
    member_id: int | None = None,
) -> Planned:  # fmt: skip
    return Planned(
        key=f"{due.kind}:{whom}:{due.at.date()}",
        push=due.kind,
        team_id=team.team_id,
        chat_id=chat_id,
        thread_id=thread_id,
        due_at=at,
        data={"on": due.at.date().isoformat()},
        member_id=member_id,
        expires_at=reminders.day_end(due.at),
    )
