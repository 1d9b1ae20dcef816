"""The house rules that no linter knows: sizes, docstrings, rooms without SQL, texts without machine paths."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.docs import house

pytestmark = pytest.mark.docs

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".in",
    ".lock",
    ".js",
    ".css",
    ".html",
    ".svg",
    ".yml",
    ".mako",
    ".tsv",
    ".csv",
    ".jsonl",
    ".json",
    ".txt",
    "",
}
# Written in pieces, so that this file does not find itself.
MACHINE = re.compile("|".join(("/wor" + "k/", "/ro" + "ot/", "/ho" + r"me/\w", "/tm" + "p/", "/Us" + "ers/")))
REGISTRY = re.compile(
    "|".join(
        ("pyp" + r"i\.org", "pythonhos" + "ted", "index-" + "url", "extra-" + "index", "npm" + "js", "artif" + "actory")
    )
)
HARMLESS = re.compile("--no-emit-index-" + "url")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_files_are_small_rooms() -> None:
    long = {
        house.name(path): n for path, _, text in house.sources(tests=True) if (n := text.count("\n")) > LONGEST_FILE
    }
    assert not long


def test_functions_fit_on_a_screen() -> None:
    long = [
        f"{house.name(path)}:{node.lineno} {node.name}: {lines} lines"
        for path, tree, _ in house.sources(tests=True)
        for node in ast.walk(tree)
        if not house.name(path).startswith("migrations/versions/")  # a migration is one list of tables
        if isinstance(node, Function) and (lines := _lines(node)) > LONGEST_FUNCTION
    ]
    assert not long


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{house.name(path)}: {what}"
        for path, tree, text in house.sources()
        if text and not house.name(path).startswith("migrations/versions/")  # their names are Alembic's
        for what in _without_docstring(tree)
    ]
    assert not silent


def test_no_sql_in_handlers() -> None:
    asking = [
        f"{house.name(path)}:{node.lineno} {alias.name}"
        for path, tree, _ in house.sources()
        if house.name(path).startswith("handlers/")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "") in ("sqlalchemy", "sqlalchemy.orm")
        for alias in node.names
        if alias.name != "Session"
    ]
    assert not asking


def test_no_text_names_a_machine_or_a_registry() -> None:
    found = []
    for path in house.tracked():
        if path.suffix not in TEXT:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if MACHINE.search(line) or REGISTRY.search(HARMLESS.sub("", line)):
                found.append(f"{house.name(path)}:{number}")
    assert not found


def _lines(node: Function) -> int:
    """The lines of a function without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _without_docstring(tree: ast.Module) -> Iterator[str]:
    """The module, and its public classes, functions and methods that have no docstring."""
    if not ast.get_docstring(tree):
        yield "the module"
    yield from _silent_in(tree.body, "")


def _silent_in(body: list[ast.stmt], owner: str) -> Iterator[str]:
    for node in body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_") or _is_plain(node):
            continue
        if not ast.get_docstring(node):
            yield f"{owner}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _silent_in(node.body, f"{node.name}.")


def _is_plain(node: Function | ast.ClassDef) -> bool:
    """Its name says it all: a single statement, or an overload, which has its words at the implementation."""
    if isinstance(node, ast.ClassDef):
        return False
    is_overload = any(isinstance(d, ast.Name) and d.id in ("overload", "override") for d in node.decorator_list)
    return is_overload or len(node.body) == 1
