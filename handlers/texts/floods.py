"""What a sender hears who writes faster than is handled at once."""

from __future__ import annotations

import math

from handlers.say import Say, esc

EXCERPT = 40


def slowed(a_minute: int) -> Say:
    """Everything is kept and done in turn."""
    return Say(f"📥 一下子来得有点多：都收到了，一条不少，接下来每分钟处理 {a_minute} 条，请稍等，不用重发。")


def full(waiting: int, a_minute: int, first: str) -> Say:
    """From one message on nothing is taken, until what waits is done."""
    minutes = math.ceil(waiting / a_minute)
    said = f"「{esc(first[:EXCERPT])}」" if first else "您刚发的这一条"
    return Say(
        f"✋ 已有 {waiting} 条在排队，先收到这里。{said}和它之后的没有收下，请约 {minutes} 分钟后从这条起再发一次。"
    )


def too_fast_here(first: str) -> Say:
    """In a group, where commands that wait would hold up the others; what was written is not said again there."""
    return Say("发得有点快，这条先不处理，请过一分钟再发，或私聊我发。")
