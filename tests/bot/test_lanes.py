"""Lanes keep order within a chat and let chats run side by side."""

from __future__ import annotations

import asyncio

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
