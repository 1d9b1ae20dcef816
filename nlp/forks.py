"""The same work for several numbers in forked processes, which share what is in memory. Only training imports it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")

_work: Callable[[int], Any] | None = None  # of a forked process; set once, at its start


def each(work: Callable[[int], Found], count: int, processes: int) -> list[Found]:
    """What the work gives for 0, 1 … count - 1. More than one process only where no threads run."""
    if processes == 1:
        return list(map(work, range(count)))
    with multiprocessing.get_context("fork").Pool(processes, _begin, (work,)) as pool:
        return pool.map(_done, range(count), chunksize=1)


def _begin(work: Callable[[int], Any]) -> None:
    global _work  # what it works on stays where it is, and what it is sent for each number must stay small
    _work = work


def _done(number: int) -> Any:
    assert _work is not None
    return _work(number)
