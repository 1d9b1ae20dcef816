"""Patterns that are compiled when they are first used: each of ours is right, and none costs the start."""

from __future__ import annotations

import importlib
import pkgutil
import re
import threading
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType

import pytest

import crm
import nlp
from nlp import lazy


def test_it_answers_as_the_compiled_pattern_does() -> None:
    made, compiled = lazy.regex("(?P<count>[0-9]+)台", re.IGNORECASE), re.compile("(?P<count>[0-9]+)台", re.IGNORECASE)
    text = "路由器3台, 交换机12台"
    assert (made.pattern, made.flags, made.groups) == (compiled.pattern, compiled.flags, compiled.groups)
    assert made.findall(text) == compiled.findall(text)
    assert made.sub("x", text) == compiled.sub("x", text)
    assert made.split(text) == compiled.split(text)
    assert [match["count"] for match in made.finditer(text)] == ["3", "12"]
    found = made.search(text, 5)
    assert found is not None
    assert found["count"] == "12"
    assert made.match(text) is None


def test_nothing_is_compiled_before_the_first_use() -> None:
    wrong = lazy.regex("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error):
        lazy.compile_next()  # the last one made
    with pytest.raises(re.error):
        wrong.search("x")


def test_what_was_used_is_not_compiled_again() -> None:
    made = lazy.regex("a+")
    search = made.search
    assert lazy.compile_next()
    assert made.search is search


def test_threads_that_need_it_at_once_have_one_and_the_same() -> None:
    start = threading.Barrier(8)
    pattern = "|".join(f"[一-鿿]{{2}}{number}" for number in range(20))

    def used(made: re.Pattern[str]) -> object:
        start.wait()
        made.search("x")
        return made.search

    with ThreadPoolExecutor(8) as pool:
        made = lazy.regex(pattern)
        assert len({id(search) for search in pool.map(used, [made] * 8)}) == 1


def test_it_has_nothing_that_a_pattern_has_not() -> None:
    assert not hasattr(lazy.regex("a+"), "find")


@pytest.mark.parametrize("room", [nlp, crm])
def test_every_pattern_of_ours_is_right(room: ModuleType) -> None:
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    while lazy.compile_next():
        pass
