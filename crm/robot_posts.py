"""Posts to group robots: when the next may leave, and what follows from the answer of the service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

from crm import members, outbox, robots
from crm.outbox import Outcome, Planned
from crm.tables import Outbox, Robot

End = Literal["sent", "wait", "lost", "refused", "dead"]
Fault = Literal[
    "address", "off", "keyword", "signature", "ip", "clock", "redirect", "content", "html", "slow", "cut", "busy",
    "server", "rate", "unreachable", "unknown",
]  # fmt: skip
LONGEST_REST = timedelta(minutes=10)
LONGEST_WORDS = 160
AGAIN_AFTER = timedelta(seconds=15)  # an uncertain post; twice and three times as long for the next ones


@dataclass(frozen=True, slots=True)
class Speed:
    """A bucket of `burst` tokens that `per_minute` fill: in any minute at most the sum of both leave."""

    burst: float
    per_minute: float


# Source: push_formats.py and the services' manuals: 20 a minute, Feishu 100 a minute and 5 a second. One less is sent,
# as two posts may come nearer to each other on their way. DingTalk shuts a robot that is too fast for ten minutes.
SPEEDS = {"wecom": Speed(4, 15), "dingtalk": Speed(4, 15), "feishu": Speed(3, 95)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a post. `end`: sent; wait: not taken, later again; lost: perhaps taken; refused: these words are
    not taken; dead: nothing is taken until somebody mends the robot. `words` are the service's own."""

    end: End
    fault: Fault | None = None
    words: str = ""
    rest: timedelta = timedelta(0)


def wait_for_token(robot: Robot, real_now: datetime) -> timedelta:
    """How long until a post may leave."""
    if robot.rest_until is not None and real_now < robot.rest_until <= real_now + LONGEST_REST:
        return robot.rest_until - real_now
    missing = 1 - _level(robot, real_now)
    return timedelta(seconds=max(0.0, missing) * 60 / SPEEDS[robot.service].per_minute)


def spend_token(robot: Robot, real_now: datetime) -> None:
    """One post leaves."""
    robot.tokens, robot.filled_at, robot.rest_until = _level(robot, real_now) - 1, real_now, None


def _level(robot: Robot, real_now: datetime) -> float:
    speed = SPEEDS[robot.service]
    seconds = max(0.0, (real_now - robot.filled_at).total_seconds())  # a clock that was set back fills nothing
    return min(speed.burst, robot.tokens + seconds * speed.per_minute / 60)


def sort_out(
    db: Session, robot: Robot | None, ids: Sequence[int], why_not: str, too_late: str, now: datetime
) -> list[int]:
    """Which of the claimed rows may go out; the others have their end, with the reason.

    Only tests go to a robot that is not on. What is to be repeated and may not be stays uncertain.
    """
    going = []
    for row in outbox.rows(db, ids):
        is_late = row.expires_at is not None and row.expires_at < now
        may_go = robot is not None and (robot.state == "on" or row.push == robots.TEST_PUSH)
        if may_go and not is_late:
            going.append(row.outbox_id)
        elif row.attempts:
            row.state, row.attempts = "uncertain", outbox.TRIES + 1
        else:
            row.state, row.reason = "skipped", too_late if may_go else why_not
    db.flush()
    return going


def put_back(db: Session, ids: Sequence[int]) -> None:
    """The claimed rows wait again for their turn."""
    for row in outbox.rows(db, ids):
        row.state = "uncertain" if row.attempts else "pending"
    db.flush()


def settle(db: Session, robot_id: int, ids: Sequence[int], verdict: Verdict, now: datetime, real_now: datetime) -> None:
    """The end of each row of the post is written down, the robot's state follows, and who must know will be told."""
    robot = db.get(Robot, robot_id, with_for_update=True)
    rows = outbox.rows(db, ids)
    outbox.record(db, [_outcome(row, verdict, now) for row in rows])
    tests = [row for row in rows if row.push == robots.TEST_PUSH]
    if robot is not None:
        was_on = robot.state == "on"
        _note(robot, verdict, rows, now, real_now)
        if _is_news(verdict, rows, tests) and (was_on or verdict.end != "dead"):
            outbox.enqueue(db, _notices(db, robot, verdict, now), now)
    for row in tests:
        outbox.enqueue(db, _tested(db, row, robot_id, verdict, now), now)


def _outcome(row: Outbox, verdict: Verdict, now: datetime) -> Outcome:
    """A test is tried once: who asked for it is waiting for its answer."""
    is_test, reason = row.push == robots.TEST_PUSH, f"{verdict.fault or ''} {verdict.words}".strip() or None
    if verdict.end == "sent":
        return Outcome(row.outbox_id, "sent", now, attempts=row.attempts)
    if verdict.end == "lost":
        attempts = outbox.TRIES + 1 if is_test else row.attempts + 1
        return Outcome(row.outbox_id, "uncertain", now, reason=reason, attempts=attempts)
    state = "pending" if verdict.end == "wait" and not is_test else "refused"
    return Outcome(row.outbox_id, state, now, reason=reason, attempts=row.attempts)


def _note(robot: Robot, verdict: Verdict, rows: Sequence[Outbox], now: datetime, real_now: datetime) -> None:
    rest = verdict.rest
    if verdict.end == "lost":
        rest = AGAIN_AFTER * max(row.attempts + 1 for row in rows)
    robot.rest_until = real_now + min(rest, LONGEST_REST) if rest else None
    if verdict.end == "sent":
        if robot.state in ("new", "refused"):
            robot.state, robot.connected_at = "on", now
        robot.fault = robot.last_error = robot.failed_at = None
        return
    robot.fault, robot.last_error, robot.failed_at = verdict.fault, verdict.words[:LONGEST_WORDS], now
    if verdict.end == "dead" and robot.state in ("on", "new"):
        robot.state = "refused"


def _is_news(verdict: Verdict, rows: Sequence[Outbox], tests: Sequence[Outbox]) -> bool:
    """Something was not sent for good, or perhaps not, that nobody waits for."""
    if len(tests) == len(rows) or verdict.end in ("sent", "wait"):
        return False
    return verdict.end != "lost" or any(row.attempts >= outbox.TRIES for row in rows)


def _notices(db: Session, robot: Robot, verdict: Verdict, now: datetime) -> list[Planned]:
    """A word to each admin: once each time that a robot breaks, once a day of single messages."""
    since = f"{robot.connected_at:%Y-%m-%dT%H:%M:%S}" if verdict.end == "dead" else f"{now.date()}:{verdict.end}"
    return [
        Planned(
            key=f"{robots.REFUSED_PUSH}:{robot.robot_id}:{since}:{admin.member_id}",
            push=robots.REFUSED_PUSH,
            team_id=robot.team_id,
            chat_id=admin.user_id,
            due_at=now,
            data={"robot_id": robot.robot_id, **_told(verdict)},
            member_id=admin.member_id,
        )
        for admin in members.present(db, robot.team_id)
        if admin.is_admin
    ]


def _tested(db: Session, row: Outbox, robot_id: int, verdict: Verdict, now: datetime) -> list[Planned]:
    asked_by = next((m for m in members.present(db, row.team_id or 0) if m.member_id == row.member_id), None)
    if asked_by is None:
        return []
    told = {"robot_id": robot_id, **_told(verdict)}
    return [
        Planned(
            key=f"{robots.TESTED_PUSH}:{row.outbox_id}",
            push=robots.TESTED_PUSH,
            team_id=asked_by.team_id,
            chat_id=asked_by.user_id,
            due_at=now,
            data=told,
            member_id=asked_by.member_id,
        )
    ]


def _told(verdict: Verdict) -> dict[str, str | None]:
    return {"end": verdict.end, "fault": verdict.fault, "words": verdict.words[:LONGEST_WORDS]}
