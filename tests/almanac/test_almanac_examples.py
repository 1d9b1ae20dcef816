import doctest

import pytest

from almanac import birthdays, festivals, lunar, workdays
from almanac.greetings import addresses

MODULES = (birthdays, festivals, lunar, workdays, addresses)


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_examples_in_docstrings_are_true(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_there_are_examples_to_run() -> None:
    assert sum(doctest.testmod(module).attempted for module in MODULES) >= 6
