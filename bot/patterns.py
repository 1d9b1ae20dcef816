"""The patterns of the rules are compiled before a message needs them, but after the start, which they would hold up."""

from __future__ import annotations

import asyncio

from nlp import lazy

AFTER_SECONDS = 3.0  # until then what waited for the start has been answered, compiling only what it needed


async def compile_all(after_seconds: float = AFTER_SECONDS) -> None:
    """No pattern is left to the message that needs it first; one by one, so that nobody waits for more than one."""
    await asyncio.sleep(after_seconds)
    while await asyncio.to_thread(lazy.compile_next):
        pass
