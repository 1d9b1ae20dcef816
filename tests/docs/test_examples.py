"""The examples in the docstrings of the pure rooms give what they say."""

from __future__ import annotations

import doctest
import importlib
from types import ModuleType

import pytest

from tests.docs import house

pytestmark = pytest.mark.docs

ROOMS = ("almanac", "charts", "nlp", "scoring")


def _with_examples() -> list[str]:
    """The modules of the pure rooms that show an example."""
    paths = (path for path, text in house.texts() if ">>> " in text)
    names = (house.name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths)
    return sorted(name for name in names if name.split(".")[0] in ROOMS)


@pytest.mark.parametrize("module_name", _with_examples())
def test_examples_give_what_they_say(module_name: str) -> None:
    module: ModuleType = importlib.import_module(module_name)
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_every_pure_room_shows_an_example() -> None:
    assert {name.split(".")[0] for name in _with_examples()} >= {"almanac", "nlp"}
