"""`python -m emulator`: the emulator alone."""

import asyncio
import sys

import aiohttp


async def test_the_command_prints_its_addresses_and_answers_there() -> None:
    command = (sys.executable, "-m", "emulator", "--port", "0", "--clock", "2026-11-28T10:00:00+08:00")
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    lines = [(await process.stdout.readline()).decode().split() for _ in range(5)]
    addresses = {words[0]: words[1] for words in lines}
    try:
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{addresses['base_url']}{addresses['token']}/getMe") as answer:
                assert (await answer.json())["result"]["is_bot"] is True
            async with session.get(addresses["clock_url"]) as answer:
                assert (await answer.json())["now"] == "2026-11-28T02:00:00+00:00"
    finally:
        process.terminate()
        await process.wait()
