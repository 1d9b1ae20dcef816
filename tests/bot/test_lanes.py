"""Lanes keep order within a chat and let chats run side by side."""

from __future__ import annotations

import asyncio

import pytest

from bot.lanes import FULL, Lanes


async def test_items_of_one_lane_are_done_in_order_and_lanes_side_by_side() -> None:
    done: list[tuple[int, int]] = []
    gate = asyncio.Event()

    async def handle(item: tuple[int, int]) -> None:
        if item == (1, 0):
            await gate.wait()
        done.append(item)
        if item == (2, 2):
            gate.set()

    lanes: Lanes[tuple[int, int]] = Lanes(handle, workers=2, name="t")
    for n in range(3):
        for lane in (1, 2):
            lanes.put(lane, (lane, n))
    async with asyncio.timeout(5):
        await lanes.idle()
    assert [item for item in done if item[0] == 1] == [(1, 0), (1, 1), (1, 2)]
    assert [item for item in done if item[0] == 2] == [(2, 0), (2, 1), (2, 2)]
    assert done.index((2, 2)) < done.index((1, 0))
    await lanes.close()


async def test_what_was_not_begun_is_given_back_on_close() -> None:
    started = asyncio.Event()

    async def handle(_item: int) -> None:
        started.set()
        await asyncio.Event().wait()

    lanes: Lanes[int] = Lanes(handle, workers=1, name="t")
    for item in (1, 2, 3):
        lanes.put(7, item)
    await started.wait()
    assert await lanes.close() == [2, 3]


async def test_room_is_denied_while_full() -> None:
    gate = asyncio.Event()

    async def handle(_item: int) -> None:
        await gate.wait()

    lanes: Lanes[int] = Lanes(handle, workers=4, name="t")
    for item in range(FULL):
        lanes.put(item, item)
    waiter = asyncio.create_task(lanes.room())
    await asyncio.sleep(0)
    assert not waiter.done()
    gate.set()
    async with asyncio.timeout(5):
        await waiter
        await lanes.idle()
    await lanes.close()


async def test_close_gives_what_runs_its_time_and_begins_nothing_new() -> None:
    started, gate, done = asyncio.Event(), asyncio.Event(), []

    async def handle(item: int) -> None:
        started.set()
        await gate.wait()
        done.append(item)

    lanes: Lanes[int] = Lanes(handle, workers=2, name="t")
    for item in (1, 2, 3):
        lanes.put(7, item)
    await started.wait()
    closing = asyncio.ensure_future(lanes.close(grace=5))
    await asyncio.sleep(0)
    gate.set()
    assert await closing == [2, 3]
    assert done == [1]


async def test_workers_are_begun_when_needed_and_no_more_than_the_most() -> None:
    running, most, gate = 0, 0, asyncio.Event()

    async def handle(_item: int) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await gate.wait()
        running -= 1

    def workers() -> set[str]:
        return {name for task in asyncio.all_tasks() if (name := task.get_name()).startswith("t-")}

    lanes: Lanes[int] = Lanes(handle, workers=3, name="t")
    assert workers() == set()
    assert await lanes.close() == []  # nobody was needed
    lanes = Lanes(handle, workers=3, name="t")
    for lane in range(5):
        lanes.put(lane, lane)
    await asyncio.sleep(0)
    gate.set()
    async with asyncio.timeout(5):
        await lanes.idle()
    assert workers() == {"t-0", "t-1", "t-2"}
    assert most == 3
    lanes.put(9, 9)
    async with asyncio.timeout(5):
        await lanes.idle()
    assert workers() == {"t-0", "t-1", "t-2"}
    await lanes.close()
    lanes.put(1, 1)
    assert workers() == set()


async def test_a_lane_that_rested_is_taken_though_every_worker_begun_is_busy() -> None:
    asked, gate, again = [], asyncio.Event(), asyncio.Event()

    async def handle(item: str) -> float | None:
        asked.append(item)
        if item == "long":
            await gate.wait()
        if asked.count("again") == 2:
            again.set()
        return 0.01 if item == "again" and asked.count("again") == 1 else None

    lanes: Lanes[str] = Lanes(handle, workers=2, name="t")
    lanes.put(1, "again")
    async with asyncio.timeout(5):
        await lanes.room(awake_below=1)  # it rests
        lanes.put(2, "long")
        await again.wait()
    gate.set()
    await lanes.idle()
    await lanes.close()


@pytest.mark.parametrize("escaped", [asyncio.CancelledError, MemoryError])
async def test_a_worker_that_died_counts_as_none(escaped: type[BaseException]) -> None:
    done: list[int] = []
    worker, more = asyncio.Future[asyncio.Task[object] | None](), asyncio.Event()

    async def handle(item: int) -> None:
        if item == 0:
            worker.set_result(asyncio.current_task())
            raise escaped
        done.append(item)
        more.set()

    lanes: Lanes[int] = Lanes(handle, workers=3, name="t")
    lanes.put(1, 0)
    async with asyncio.timeout(5):
        dying = await worker
        assert dying is not None
        await asyncio.wait([dying])
        lanes.put(2, 7)
        await more.wait()
    assert done == [7]
    await lanes.close()


async def test_what_was_ready_when_the_only_worker_died_is_taken_by_another() -> None:
    taken = asyncio.Event()

    async def handle(item: int) -> None:
        if item == 0:
            raise asyncio.CancelledError
        taken.set()

    lanes: Lanes[int] = Lanes(handle, workers=1, name="t")
    lanes.put(1, 0)
    lanes.put(2, 1)
    async with asyncio.timeout(5):
        await taken.wait()
    await lanes.close()
