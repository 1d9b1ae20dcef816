"""Buttons of group robots."""

from __future__ import annotations

from handlers.buttons.codec import Press, button


@button("rl")
class ListRobots(Press):
    """All robots of the team; `closes`: what was asked is dropped."""

    closes: bool


@button("ra")
class AddRobot(Press):
    """The next text is the address of a robot."""


@button("rs")
class ShowRobot(Press):
    """One robot."""

    robot_id: int


@button("rk")
class AskSecurity(Press):
    """The next text is the secret or keyword of the robot."""

    robot_id: int


@button("rn")
class NoSecurity(Press):
    """The robot asks for neither."""

    robot_id: int


@button("rt")
class TestRobot(Press):
    """A test message goes to the robot."""

    robot_id: int


@button("rp")
class PauseRobot(Press):
    """The robot is paused, or on again."""

    robot_id: int
    paused: bool


@button("rx")
class RemoveRobot(Press):
    """The robot is removed; asked again before it is done."""

    robot_id: int
    sure: bool
