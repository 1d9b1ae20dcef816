"""The buckets that keep Telegram's rates."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from bot.rates import GROUP_PER_MINUTE, _Bucket, _Chat


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


@given(st.lists(st.tuples(st.floats(0, 2), st.floats(0, 5)), min_size=1, max_size=120))
def test_pushes_to_a_group_keep_both_rates_wherever_they_are_held_up(steps: list[tuple[float, float]]) -> None:
    """steps: seconds until the next push is tried, seconds from its admission to its leaving."""
    chat, now, leaves = _Chat(_Bucket(rate=1.0, size=19.0, level=19.0, at=0.0)), 0.0, []
    for gap, held_up in steps:
        now += gap
        now += max(0.0, chat.lacks(now, is_group=True, is_push=True))
        chat.bucket.take(now)
        chat.left.append(now)
        now += held_up
        chat.left[-1] = now
        leaves.append(now)
    assert all(after - before >= 1 - 1e-6 for before, after in itertools.pairwise(leaves))
    windows = zip(leaves, leaves[GROUP_PER_MINUTE:], strict=False)
    assert all(last - first >= 60 for first, last in windows)
