"""The group robots of a team: which there are, which is on, and where what goes to them stands in the outbox.

A push to a robot is an outbox row like any other. Its `chat_id` is the robot's lane, a number that no chat of Telegram
has, so that order, claims, keys and the ledger are the same for both.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import audit, outbox
from crm.members import Actor
from crm.robot_addresses import Found, Security
from crm.tables import Robot

LANES = -(1 << 60)  # lanes of robots lie below; Telegram's ids have at most 52 bits
MOST = 10  # robots of a team
TEST_PUSH = "robot_test"  # to the robot
TESTED_PUSH = "robot_tested"  # to who asked for the test
REFUSED_PUSH = "robot_refused"  # to the admins
FIRST_TOKENS = 2.0
EARLIEST, SPREAD = 100, 301  # seconds after the hour: everybody's robots speak on the full and the half hour


class RobotNotFound(LookupError):
    """No such robot in the actor's team."""


class TooManyRobots(ValueError):
    """The team has as many robots as it may."""


def lane(robot_id: int) -> int:
    """The `chat_id` of the robot's outbox rows.

    >>> of_lane(lane(7)), of_lane(-100200300), of_lane(1001)
    (7, None, None)
    """
    return LANES - robot_id


def of_lane(chat_id: int) -> int | None:
    """The robot whose lane it is; None for a chat of Telegram."""
    return LANES - chat_id if chat_id < LANES else None


def off_the_hour(robot_id: int, at: datetime) -> datetime:
    """A moment soon after `at`, its own for each robot, never near a full or half hour if `at` is one."""
    return at + timedelta(seconds=EARLIEST + robot_id * 97 % SPREAD)


def tail(robot: Robot) -> str:
    """The last four characters of the address: all that is ever shown of it."""
    return robot.address[-4:]


def of_team(db: Session, actor: Actor) -> list[Robot]:
    """The team's robots, the first added first.

    Raises: NotAllowed
    """
    actor.require("admin")
    return list(db.scalars(select(Robot).where(Robot.team_id == actor.team_id).order_by(Robot.robot_id)))


def connected(db: Session, team_id: int, at: datetime) -> list[Robot]:
    """The robots that were on by then and are now."""
    on = select(Robot).where(Robot.team_id == team_id, Robot.state == "on", Robot.connected_at <= at)
    return list(db.scalars(on.order_by(Robot.robot_id)))


def get(db: Session, actor: Actor, robot_id: int) -> Robot:
    """A robot of the actor's team.

    Raises: NotAllowed, RobotNotFound
    """
    robot = find(db, actor, robot_id)
    if robot is None:
        raise RobotNotFound(robot_id)
    return robot


def find(db: Session, actor: Actor, robot_id: int) -> Robot | None:
    """A robot of the actor's team, if there is one with this id.

    Raises: NotAllowed
    """
    actor.require("admin")
    robot = db.get(Robot, robot_id)
    return robot if robot is not None and robot.team_id == actor.team_id else None


def add(db: Session, actor: Actor, found: Found, default_name: str, now: datetime, real_now: datetime) -> Robot:
    """The robot is known and will be on once a test message was taken; the same one again if its address is known.

    Raises: NotAllowed, TooManyRobots
    """
    present = of_team(db, actor)
    known = next((robot for robot in present if robot.address == found.address), None)
    if known is not None:
        known.name = found.name or known.name
        return known
    if len(present) >= MOST:
        raise TooManyRobots(MOST)
    robot = Robot(
        team_id=actor.team_id,
        service=found.service,
        name=found.name or default_name,
        address=found.address,
        state="new",
        created_at=now,
        tokens=FIRST_TOKENS,
        filled_at=real_now,
    )
    db.add(robot)
    db.flush([robot])
    audit.record(db, actor, audit.ROBOT, now, detail=f"{robot.service} {robot.name}")
    return robot


def secure(db: Session, actor: Actor, robot_id: int, security: Security) -> Robot:
    """What is sent to the robot is signed with this secret, or holds this keyword, or neither.

    Raises: NotAllowed, RobotNotFound
    """
    robot = get(db, actor, robot_id)
    robot.secret, robot.keyword = security.secret, security.keyword
    return robot


def plan_test(db: Session, actor: Actor, robot: Robot, cause: int, now: datetime) -> None:
    """A test message will be sent and its answer told to the actor. `cause`: the update that asked for it, once.

    Raises: NotAllowed
    """
    actor.require("admin")
    test = outbox.Planned(
        key=f"{TEST_PUSH}:{robot.robot_id}:{cause}",
        push=TEST_PUSH,
        team_id=robot.team_id,
        chat_id=lane(robot.robot_id),
        due_at=now,
        data={"robot_id": robot.robot_id},
        member_id=actor.member_id,
        expires_at=now + timedelta(minutes=10),
    )
    outbox.enqueue(db, [test], now)


def pause(db: Session, actor: Actor, robot_id: int) -> Robot:
    """Nothing goes to the robot until it is resumed.

    Raises: NotAllowed, RobotNotFound
    """
    robot = get(db, actor, robot_id)
    if robot.state == "on":
        robot.state = "paused"
    return robot


def resume(db: Session, actor: Actor, robot_id: int, now: datetime) -> Robot:
    """A paused robot is on again.

    Raises: NotAllowed, RobotNotFound
    """
    robot = get(db, actor, robot_id)
    if robot.state == "paused":
        robot.state, robot.connected_at = "on", now
    return robot


def remove(db: Session, actor: Actor, robot_id: int) -> Robot:
    """The robot, its address and its secret are gone; what waits for it will be skipped.

    Raises: NotAllowed, RobotNotFound
    """
    robot = get(db, actor, robot_id)
    db.delete(robot)
    db.flush()
    return robot
