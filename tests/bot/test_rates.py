"""The buckets that keep Telegram's rates."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.rates import _Bucket


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_no_more_leave_than_the_rate_allows(gaps: list[float]) -> None:
    bucket = _Bucket(rate=1.0, size=3.0, level=3.0, at=0.0)
    now, leaves = 0.0, []
    for gap in gaps:
        now += gap
        leaves.append(now + bucket.take(now))
    for first in range(len(leaves)):
        for last in range(first, len(leaves)):
            assert last - first + 1 <= 3.0 + (leaves[last] - leaves[first]) * 1.0 + 1e-6


def test_a_held_chat_waits_at_least_as_long_as_asked() -> None:
    bucket = _Bucket(rate=1.0, size=3.0, level=3.0, at=0.0)
    bucket.empty_for(10.0, now=5.0)
    assert bucket.take(now=6.0) >= 9.0
