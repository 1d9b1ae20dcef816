"""The carrier of posts, against robots on this machine that verify and count: sent once, or repeated with a mark."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot.trips import REPEAT_MARK
from crm import claims, robots
from crm.database import Database
from crm.tables import Outbox, Robot
from tests.bot import robot_house
from tests.bot.robot_house import House
from tests.robot_receivers import SECRET, TOKEN


@pytest.fixture
async def house(database: Database) -> AsyncIterator[House]:
    """A house on SQLite."""
    async with robot_house.opened(database) as made:
        yield made


@pytest.mark.parametrize("service", ["wecom", "dingtalk", "feishu"])
async def test_what_is_due_is_sent_once_and_signed(house: House, service: str) -> None:
    house.there.secret = SECRET.get(service)
    robot_id = house.add(service)
    house.plan(robot_id, "digest:r1:a")
    house.plan(robot_id, "digest:r1:a")
    house.plan(robot_id, "digest:r1:later", robot_house.NOW + timedelta(hours=1))
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.until(lambda: house.rows()[0] == ("sent", 0))
        await robot_house.carried(house, sender)
    assert len(house.there.taken) == 1
    assert house.rows() == [("sent", 0), ("pending", 0)]


async def test_digests_that_queue_become_one_post(house: House) -> None:
    robot_id = house.add()
    for n in range(3):
        house.plan(robot_id, f"digest:r1:{n}")
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.carried(house, sender)
        await robot_house.until(lambda: house.rows() == [("sent", 0)] * 3)
    (said,) = house.there.texts()
    assert said.count("日报") == 3
    assert said.count("————") == 2


@pytest.mark.parametrize("fault", ["429", "45009"])
async def test_a_robot_that_is_too_fast_rests_and_is_sent_to_later_once_unmarked(house: House, fault: str) -> None:
    house.there.faults = [fault]
    house.plan(house.add(), "digest:r1:a")
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.until(lambda: house.robot().rest_until is not None)
        await robot_house.carried(house, sender)
        assert house.rows() == [("pending", 0)]
        assert house.there.taken == []
        house.rest_is_over()
        sender.wake()
        await robot_house.until(lambda: house.rows() == [("sent", 0)])
    assert len(house.there.taken) == 1
    assert REPEAT_MARK.strip() not in house.there.texts()[0]


@pytest.mark.parametrize("fault", ["slow", "cut", "500", "html"])
async def test_a_lost_answer_is_repeated_with_a_mark_three_times_at_most(house: House, fault: str) -> None:
    house.there.faults = [fault] * 9
    house.plan(house.add(), "digest:r1:a")
    async with robot_house.at_work(house.sender()) as sender:
        for tries in range(1, 5):
            await robot_house.until(lambda tries=tries: house.rows() == [("uncertain", tries)])  # type: ignore[misc]
            await robot_house.carried(house, sender)
            assert house.rows() == [("uncertain", tries)], "not before the robot has rested"
            house.rest_is_over()
            sender.wake()
        await robot_house.carried(house, sender)
    assert house.rows() == [("uncertain", 4)]
    assert len(house.there.faults) == 5
    if fault in ("slow", "cut"):
        marked = [said.startswith("（重发，可能已收到）") for said in house.there.texts()]
        assert marked == [False, True, True, True]


@pytest.mark.parametrize(("fault", "state"), [("redirect", "refused"), ("404", "refused")])
async def test_a_robot_that_leads_elsewhere_is_stopped_and_the_admin_told_once(
    house: House, fault: str, state: str
) -> None:
    house.there.faults = [fault]
    robot_id = house.add()
    for n in range(2):
        house.plan(robot_id, f"digest:r1:{n}")
    house.plan(robot_id, "digest:r1:later", robot_house.NOW + timedelta(hours=1))
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.until(lambda: house.robot().state == state)
        house.now = robot_house.NOW + timedelta(hours=2)
        house.rest_is_over()
        await robot_house.carried(house, sender)
    assert house.there.taken == []
    assert house.rows() == [("refused", 0), ("refused", 0), ("skipped", 0)]
    notices = select(Outbox.chat_id).where(Outbox.push == robots.REFUSED_PUSH)
    assert house.database.read_now(lambda db: list(db.scalars(notices))) == [1004]


async def test_a_wrong_signature_stops_the_robot_with_the_services_words(house: House) -> None:
    robot_id = house.add("feishu")
    house.there.secret = SECRET["feishu"]
    house.plan(robot_id, "digest:r1:a")
    async with robot_house.at_work(house.sender()):
        await robot_house.until(lambda: house.robot().state == "refused")
    assert (house.robot().fault, house.rows()) == ("signature", [("refused", 0)])
    assert "sign match fail" in (house.robot().last_error or "")
    assert "sign match fail" in (house.row().reason or "")


async def test_what_nobody_can_reach_waits_until_its_day_is_over(house: House) -> None:
    robot_id = house.add()
    free = f"http://127.0.0.1:1/cgi-bin/webhook/send?key={TOKEN}"
    house.database.write_now(lambda db: setattr(db.get_one(Robot, robot_id), "address", free))
    house.plan(robot_id, "digest:r1:a")
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.until(lambda: house.robot().fault == "unreachable")
        assert house.rows() == [("pending", 0)]
        house.now = robot_house.NOW + timedelta(hours=6)

        def is_skipped() -> bool:
            house.rest_is_over()  # each time: the sender may only now begin to rest after its first try
            sender.wake()
            return house.rows() == [("skipped", 0)]

        await robot_house.until(is_skipped)


async def test_a_robot_on_this_machine_is_refused_outside_tests(house: House) -> None:
    house.plan(house.add(), "digest:r1:a")
    async with robot_house.at_work(house.sender(local=False)):
        await robot_house.until(lambda: house.rows() == [("refused", 0)])
    assert house.there.seen == []


async def test_what_is_under_way_when_the_process_stops_is_uncertain_and_marked_by_the_next(house: House) -> None:
    house.there.faults = ["slow"]
    house.plan(house.add(), "digest:r1:a")
    sender = house.sender(seconds=robot_house.LIMIT_SECONDS)
    async with robot_house.at_work(sender):
        await robot_house.until(lambda: len(house.there.taken) == 1)
    assert house.rows() == [("uncertain", 1)]
    house.rest_is_over()
    async with robot_house.at_work(house.sender()):
        await robot_house.until(lambda: house.rows() == [("sent", 1)])
    assert house.there.texts()[1].startswith("（重发，可能已收到）")


async def test_a_robot_at_its_rate_waits_and_others_do_not(house: House) -> None:
    slow, other = house.add(), house.add("feishu", TOKEN[:16] + "b" * 16)
    empty = "UPDATE robot SET tokens = -1 WHERE robot_id = :which"
    house.database.write_now(lambda db: db.execute(text(empty), {"which": slow}))
    house.plan(slow, "digest:r1:a")
    house.plan(other, "digest:r2:a")
    async with robot_house.at_work(house.sender()) as sender:
        await robot_house.until(lambda: house.rows()[1] == ("sent", 0))
        await robot_house.carried(house, sender)
        assert house.rows() == [("pending", 0), ("sent", 0)]
        nearly = "UPDATE robot SET tokens = 0.95"
        house.database.write_now(lambda db: db.execute(text(nearly)))
        sender.wake()
        await robot_house.until(lambda: house.rows() == [("sent", 0)] * 2)


async def test_a_hundred_digests_pass_a_robot_that_counts(house: House) -> None:
    robot_id = house.add("dingtalk")
    for n in range(100):
        house.plan(robot_id, f"digest:r1:{n:03}")
    async with robot_house.at_work(house.sender()) as sender:
        for _ in range(9):
            await robot_house.carried(house, sender)
        assert 1 <= len(house.there.taken) <= 4, "the bucket is empty"
        for _ in range(6):
            house.rest_is_over()
            for _ in range(4):
                await robot_house.carried(house, sender)
    assert len(house.there.taken) <= 20
    assert {state for state, _ in house.rows()} <= {"sent", "pending"}
    assert sum(said.count("日报") for said in house.there.texts()) == [s for s, _ in house.rows()].count("sent")
    assert [s for s, _ in house.rows()].count("sent") >= 50


@pytest.mark.parametrize("given", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
async def test_two_carriers_send_each_post_once(given: str, request: pytest.FixtureRequest) -> None:
    url = request.getfixturevalue("database_url" if given == "sqlite" else "postgres_url")
    database, beside = Database(url), Database(url)
    database.migrate()
    async with robot_house.opened(database) as house:
        claims.sign(beside.engine, 12)
        second = House(beside, house.there)
        for n in range(20):
            house.plan(house.add(token=TOKEN[:16] + f"{n:016}"), f"digest:r{n:02}:a")
        async with robot_house.at_work(house.sender(5)), robot_house.at_work(second.sender(5)):
            await robot_house.until(lambda: house.rows() == [("sent", 0)] * 20)
        assert sorted(house.there.tokens) == [TOKEN[:16] + f"{n:016}" for n in range(20)]
    beside.close()
    database.close()
