"""A bot that stays leaves no pattern to the message that needs it first."""

from __future__ import annotations

from bot import patterns
from nlp import lazy


async def test_what_nobody_used_is_compiled_after_the_start() -> None:
    lazy.regex("a+")
    await patterns.compile_all(after_seconds=0)
    assert not lazy.compile_next()
