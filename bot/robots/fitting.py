"""Several messages in one post, within the size that the service takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.robots.markup import Line, Run

BETWEEN: Line = (Run("————"),)
Measure = Callable[[Sequence[Line]], int]  # the bytes of a post with these lines


def merged(messages: Sequence[Sequence[Line]]) -> list[Line]:
    """The messages below each other, a stroke between them."""
    joined: list[Line] = list(messages[0])
    for message in messages[1:]:
        joined += [BETWEEN, *message]
    return joined


def how_many(messages: Sequence[Sequence[Line]], measure: Measure, limit: int) -> int:
    """How many of the messages fit into one post whole, the first in any case."""
    count = 1
    while count < len(messages) and measure(merged(messages[: count + 1])) <= limit:
        count += 1
    return count


def cut(lines: Sequence[Line], measure: Measure, limit: int) -> list[Line]:
    """As many whole lines as fit, and how many are left out; of a first line that is too long what fits of it."""
    if measure(lines) <= limit:
        return list(lines)
    low, high = 0, len(lines)  # `low` lines fit with the note, `high` do not
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if measure(_with_note(lines, middle)) <= limit else (low, middle)
    return _with_note(lines, low) if low else _begun(lines, measure, limit)


def _with_note(lines: Sequence[Line], kept: int) -> list[Line]:
    left_out = sum(bool(line) for line in lines[kept:])
    return [*lines[:kept], (Run(f"…还有 {left_out} 条"),)]


def _begun(lines: Sequence[Line], measure: Measure, limit: int) -> list[Line]:
    text = "".join(run.text for run in lines[0])
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if measure([(Run(text[:middle] + "…"),)]) <= limit else (low, middle)
    return [(Run(text[:low] + "…"),)]
