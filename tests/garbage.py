"""The garbage collector during a run: it looks once through what stays; again and again it took a third of the time."""

from __future__ import annotations

import gc

import pytest

YOUNG = 5_000  # objects made since the last look that cause the next one: an office makes and drops many thousands


class Keeper:
    """A pytest plugin. What tests leave behind is still found: at the end of a test, before the rest is kept."""

    def __init__(self) -> None:
        gc.disable()  # what is imported and collected stays
        self._seen = 0

    def pytest_collection_finish(self) -> None:
        """From here on the collector looks only through what the tests make."""
        gc.freeze()
        gc.set_threshold(YOUNG, 10, 10)
        gc.enable()
        self._seen = _full_collections()

    def pytest_runtest_logfinish(self) -> None:
        """After a look through everything, what outlives the test, caches above all, is not looked through again."""
        if _full_collections() > self._seen:
            gc.collect()
            gc.freeze()
            self._seen = _full_collections()

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        """What was kept and has become garbage since is found at last: nothing that was left open goes unseen.

        The fixtures have ended before; and pytest, which looks twice more, need not go through what stays again.
        """
        gc.unfreeze()
        gc.collect()
        gc.freeze()


def _full_collections() -> int:
    return int(gc.get_stats()[2]["collections"])
