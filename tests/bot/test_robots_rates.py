"""No robot is written to faster than its service takes, whatever the clock does and however often we start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm import robot_posts
from crm.tables import Robot

NOW = datetime(2026, 3, 18, 10, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
LIMITS = [("wecom", MINUTE, 20), ("dingtalk", MINUTE, 20), ("feishu", MINUTE, 100), ("feishu", SECOND, 5)]


def robot(service: str, tokens: float = 100.0) -> Robot:
    """A robot that was never written to."""
    return Robot(service=service, tokens=tokens, filled_at=NOW, rest_until=None)


@pytest.mark.parametrize(("service", "span", "most"), LIMITS)
@given(steps=st.lists(st.floats(0, 20), min_size=1, max_size=200))
def test_no_window_holds_more_than_the_service_takes(
    service: str, span: timedelta, most: int, steps: list[float]
) -> None:
    it, at, sent = robot(service), NOW, []
    for step in [0.0] * 50 + steps:
        at += timedelta(seconds=step)
        if not robot_posts.wait_for_token(it, at):
            robot_posts.spend_token(it, at)
            sent.append(at)
    assert all(sum(begin <= one < begin + span for one in sent) < most for begin in sent), "one less is kept in hand"


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
def test_who_waits_as_long_as_told_may_write(service: str) -> None:
    it, at = robot(service, tokens=0.0), NOW
    for _ in range(50):
        wait = robot_posts.wait_for_token(it, at)
        at += wait + timedelta(microseconds=1)
        assert not robot_posts.wait_for_token(it, at)
        robot_posts.spend_token(it, at)
    assert at - NOW <= timedelta(minutes=50 / robot_posts.SPEEDS[service].per_minute) + SECOND


@given(back=st.timedeltas(timedelta(0), timedelta(days=2)))
def test_a_clock_that_was_set_back_fills_nothing_up_and_stops_nothing_for_ever(back: timedelta) -> None:
    it = robot("dingtalk", tokens=1.0)
    it.rest_until = NOW + timedelta(minutes=10)
    robot_posts.spend_token(it, NOW)
    it.rest_until = NOW + timedelta(minutes=10)
    early = NOW - back
    assert robot_posts.wait_for_token(it, early) > timedelta(0)
    assert not robot_posts.wait_for_token(it, NOW + timedelta(minutes=10, seconds=1))


@given(rest=st.timedeltas(timedelta(seconds=1), timedelta(minutes=10)))
def test_a_robot_rests_as_long_as_the_service_asks(rest: timedelta) -> None:
    it = robot("wecom")
    it.rest_until = NOW + rest
    assert robot_posts.wait_for_token(it, NOW) == rest
    assert not robot_posts.wait_for_token(it, NOW + rest)
