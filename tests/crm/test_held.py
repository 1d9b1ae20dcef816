"""Restraint: who is left alone, for which reason, and how long quiet hours put a push off."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import update

from crm import held, touches
from crm.database import Database
from crm.day_spans import Span
from crm.tables import Customer, CustomerSummary, Outbox, Team
from tests.crm.people import NOW, Floor, seat

SHANGHAI = ZoneInfo("Asia/Shanghai")
MATTER = "birthday:2026-03-18"


@pytest.fixture
def floor(any_database: Database) -> Floor:
    return seat(any_database)


def configure(floor: Floor, **wishes: object) -> None:
    floor.write(lambda db: setattr(db.get_one(Team, floor.rep.team_id), "settings", wishes))


def reason(floor: Floor, customer_id: int, now: datetime = NOW, **more: Any) -> str | None:
    return floor.read(
        lambda db: held.reason_of(db, db.get_one(Team, floor.rep.team_id), customer_id, now, MATTER, **more)
    )


def mark(floor: Floor, customer_id: int, **values: object) -> None:
    mine = update(Customer).where(Customer.customer_id == customer_id)
    floor.write(lambda db: db.execute(mine.values(**values)))


def touch(floor: Floor, customer_id: int, matter: str, at: datetime = NOW, channel: str = touches.MESSAGE) -> bool:
    return floor.write(
        lambda db: touches.log(db, db.get_one(Customer, customer_id), floor.rep.member_id, matter, at, channel)
    )


def test_each_reason_with_its_detail_and_the_gravest_first(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    assert reason(floor, customer_id) is None
    mark(floor, customer_id, bad_payer=True)
    assert reason(floor, customer_id) is None, "a good word costs nothing"
    assert reason(floor, customer_id, offer=True) == "bad_payer"
    for number in range(4):
        touch(floor, customer_id, f"campaign:{number}")
    assert reason(floor, customer_id) == "monthly_cap:4"
    touch(floor, customer_id, MATTER, channel="wecom")
    assert reason(floor, customer_id) == "same_matter:wecom"
    mark(floor, customer_id, mourning_until=date(2026, 3, 18))
    assert reason(floor, customer_id) == "mourning:2026-03-18"
    assert reason(floor, customer_id, NOW + timedelta(days=1)) == "same_matter:wecom"
    complains = update(CustomerSummary).where(CustomerSummary.customer_id == customer_id).values(open_complaints=1)
    floor.write(lambda db: db.execute(complains))
    assert reason(floor, customer_id) == "complaint_open"
    mark(floor, customer_id, no_contact=True)
    assert reason(floor, customer_id) == "no_contact"


def test_the_cap_counts_the_month_of_the_team_and_not_the_matter_itself(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    configure(floor, monthly_cap=1)
    eve = datetime(2026, 3, 31, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    touch(floor, customer_id, "campaign:1", eve)
    assert reason(floor, customer_id, eve) == "monthly_cap:1"
    assert reason(floor, customer_id, eve + timedelta(minutes=1)) is None, "April has begun there"
    assert reason(floor, customer_id, NOW - timedelta(days=30)) is None
    configure(floor, monthly_cap=0)
    assert reason(floor, customer_id, eve) is None
    configure(floor, monthly_cap=1)
    floor.write(lambda db: touches.forget(db, customer_id, "campaign:1"))
    touch(floor, customer_id, MATTER)
    team_id = floor.rep.team_id

    def free(again: bool) -> bool:
        def query(db: Any) -> bool:
            team = db.get_one(Team, team_id)
            allowed = held.nothing_against(team, NOW, MATTER, again=again)
            return bool(db.query(Customer).filter(allowed).count() == 1)

        return floor.read(query)

    assert free(again=True)
    assert not free(again=False)


def test_one_matter_is_logged_once(floor: Floor) -> None:
    customer_id = floor.add(floor.rep, "张伟")
    assert touch(floor, customer_id, MATTER)
    assert not touch(floor, customer_id, MATTER, channel="wecom")
    assert reason(floor, customer_id) == "same_matter:message"


def test_who_is_held_back_is_counted_once_by_the_first_reason(floor: Floor) -> None:
    both, one, _ = (floor.add(floor.rep, name) for name in ("张伟", "陈静", "刘洋"))
    mark(floor, both, no_contact=True, mourning_until=date(2026, 4, 1))
    mark(floor, one, mourning_until=date(2026, 4, 1))
    found = floor.read(
        lambda db: held.counted(
            db, db.get_one(Team, floor.rep.team_id), Customer.team_id == floor.rep.team_id, NOW, MATTER
        )
    )
    assert found == {"no_contact": 1, "mourning": 1}


def team_with(quiet: list[str] | None) -> Team:
    return Team(name="x", zone="Asia/Shanghai", card_hour=8, settings={"quiet_hours": quiet})


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=SHANGHAI)


def test_quiet_hours_put_off_until_they_end_on_the_clock_of_who_sleeps() -> None:
    team = team_with(["21:00", "08:00"])
    assert held.quiet_until(team, SHANGHAI, local(18, 22)) == local(19, 8)
    assert held.quiet_until(team, SHANGHAI, local(19, 7, 59)) == local(19, 8)
    assert held.quiet_until(team, SHANGHAI, local(19, 8)) is None
    assert held.quiet_until(team, SHANGHAI, local(18, 20, 59)) is None
    assert held.quiet_until(team, ZoneInfo("Europe/London"), local(18, 22)) is None, "there it is 14 o'clock"
    assert held.quiet_until(team_with(None), SHANGHAI, local(18, 3)) is None
    assert held.quiet_until(team, ZoneInfo("Europe/London"), local(18, 12)) == datetime(2026, 3, 18, 8, tzinfo=UTC)


def test_a_chosen_hour_rings_in_the_quiet_hours_that_hold_it_and_in_no_others() -> None:
    team = team_with(["21:00", "08:00"])
    assert held.quiet_until(team, SHANGHAI, local(18, 23), set_for=local(18, 22)) is None
    assert held.quiet_until(team, SHANGHAI, local(19, 6), set_for=local(18, 22)) is None
    assert held.quiet_until(team, SHANGHAI, local(18, 23), set_for=local(18, 15)) == local(19, 8)
    assert held.quiet_until(team, SHANGHAI, local(19, 23), set_for=local(18, 22)) == local(20, 8), "a day late"


def test_what_cannot_wait_so_long_is_skipped_with_the_reason() -> None:
    row = Outbox(state="sending", due_at=local(18, 8), expires_at=local(18, 23, 59), held_from=None)
    held.put_off(row, local(19, 8))
    assert (row.state, row.reason, row.due_at) == ("skipped", "quiet_hours", local(18, 8))
    row = Outbox(state="sending", due_at=local(18, 7), expires_at=local(18, 23, 59), held_from=None)
    held.put_off(row, local(18, 8))
    assert (row.state, row.due_at, row.held_from) == ("pending", local(18, 8), local(18, 7))


def test_quiet_hours_hold_over_the_change_of_the_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    team = team_with(["22:00", "03:00"])
    before = datetime(2026, 3, 28, 23, tzinfo=zone)  # at 2 o'clock it becomes 3
    until = held.quiet_until(team, zone, before)
    assert until is not None
    assert until.astimezone(UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert Span(time(22), time(3)).contains(time(2, 30))


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Shanghai", "America/St_Johns")


@given(
    zone=st.sampled_from(ZONES),
    now=st.integers(0, 2 * 365 * 24 * 60).map(
        lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + minutes * timedelta(minutes=1)
    ),
    start=st.times(),
    end=st.times(),
)
@example("Europe/Berlin", datetime(2026, 10, 25, 1, 15, tzinfo=UTC), time(22), time(2, 30))  # 2:15 for the second time
@example("Europe/Berlin", datetime(2026, 3, 29, 0, 50, tzinfo=UTC), time(22), time(2, 30))  # 2:30 does not exist
def test_what_is_put_off_is_put_off_to_a_later_time_within_a_day(
    zone: str, now: datetime, start: time, end: time
) -> None:
    team = team_with([f"{start:%H:%M}", f"{end:%H:%M}"])
    until = held.quiet_until(team, ZoneInfo(zone), now)
    if until is not None:
        assert now < until.astimezone(UTC) <= now + timedelta(hours=25)
        assert held.quiet_until(team, ZoneInfo(zone), until) is None


def test_codes_are_told_from_sentences() -> None:
    assert held.code_of("monthly_cap:4") == "monthly_cap"
    assert held.code_of("客户已不在") == held.code_of(None) == ""
