"""Every push has its rule in words, every reason for which one ends unsent has words: read from the source itself."""

from __future__ import annotations

import ast
import functools
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from bot import refusals  # noqa: F401  # the edge that ends letters is imported as the process does
from crm import clockwork, held
from handlers import pushes
from handlers.texts import held as held_texts
from handlers.texts import ledger as texts

ROOT = Path(__file__).resolve().parents[2]
ENDS = ("skipped", "refused", "uncertain", "cancelled")
SOURCES = sorted([*ROOT.glob("crm/**/*.py"), *ROOT.glob("handlers/**/*.py"), *ROOT.glob("bot/**/*.py")])
CHINESE = re.compile("[\u4e00-\u9fff]")


def _module(path: Path) -> ModuleType:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


@functools.cache
def _nodes() -> tuple[tuple[Path, ast.Call | ast.Assign], ...]:
    """What is called and what is set, wherever; parsed once, it takes a second."""
    return tuple(
        (path, node)
        for path in SOURCES
        if path.name != "__main__.py" and "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Assign)
    )


def _value(path: Path, node: ast.expr) -> object:
    """What a name, an attribute or a constant of that module is; None for what is known only at run time."""
    try:
        code = compile(ast.Expression(node), str(path), "eval")
        return eval(code, vars(_module(path)))  # noqa: S307  # the source is our own
    except Exception:  # a local name: whoever gives it its value is another node
        return None


def _skips() -> Iterator[tuple[str, object]]:
    """Each reason with which a renderer skips."""
    for path, node in _nodes():
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Skip":
            yield f"{path.name}:{node.lineno}", _value(path, node.args[0])


def _set_reasons() -> Iterator[tuple[str, object]]:
    """Each reason written beside one of the ends of an outbox row."""
    for path, node in _nodes():
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
            names = [getattr(target, "attr", "") for target in node.targets[0].elts]
            if "reason" in names and isinstance(node.value, ast.Tuple):
                yield f"{path.name}:{node.lineno}", _value(path, node.value.elts[names.index("reason")])
        if isinstance(node, ast.Call):
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            state = given.get("state")
            if "reason" in given and isinstance(state, ast.Constant) and state.value in ENDS:
                yield f"{path.name}:{node.lineno}", _value(path, given["reason"])


def _pushes_planned() -> set[object]:
    """The names of all pushes that anything enqueues."""
    found = set()
    for path, node in _nodes():
        called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and called == "Planned":
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            found.add(_value(path, given["push"]))
        elif isinstance(node, ast.Call) and called == "of_day":
            found.add(_value(path, node.args[0]))
    return found


def test_the_walk_finds_what_there_is() -> None:
    assert len(list(_skips())) >= 25
    assert len(list(_set_reasons())) >= 6
    assert len(_pushes_planned()) >= 15


def test_every_push_that_is_planned_has_a_renderer_and_a_rule_in_words() -> None:
    planned = _pushes_planned() - {None}  # a name that a loop gives: those are in the tables of their modules
    assert planned <= set(pushes.RENDERERS)
    assert set(pushes.RENDERERS) <= set(texts.RULES)
    assert all(CHINESE.search(title) and CHINESE.search(rule) for title, rule in texts.RULES.values())


def test_every_planner_plans_pushes_with_rules() -> None:
    for planner in (planner for planner in clockwork.PLANNERS if planner not in clockwork.KEEPERS):
        source = Path(importlib.import_module(planner.__module__).__file__ or "").read_text(encoding="utf-8")
        assert "Planned(" in source or "reminders.of_day(" in source, planner.__module__


@pytest.mark.parametrize("code", held.REASONS)
def test_every_reason_of_restraint_has_words(code: str) -> None:
    assert CHINESE.search(held_texts.words(code))
    assert code not in held_texts.words(code)


def test_every_reason_in_the_source_has_words() -> None:
    for where, reason in [*_skips(), *_set_reasons()]:
        if isinstance(reason, str):
            assert CHINESE.search(held_texts.words(reason)), f"{where} {reason}"


@pytest.mark.parametrize(
    "said",
    [
        "Forbidden: bot was blocked by the user",
        "Bad Request: chat not found",
        "process ended while sending",
        "not rendered: KeyError",
        "unreachable",
        "",
        None,
        "Bad Request: something nobody has seen",
    ],
)
def test_every_fault_has_words(said: str | None) -> None:
    assert CHINESE.search(texts.fault(said))
