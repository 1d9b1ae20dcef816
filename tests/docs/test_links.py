"""What the documents point to is there: files, folders, tests."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.docs import house

pytestmark = pytest.mark.docs

TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@pytest.mark.parametrize("document", house.documents(), ids=house.name)
def test_every_linked_file_exists(document: Path) -> None:
    links = house.LINK.findall(document.read_text(encoding="utf-8"))
    ours = [link.split("#")[0] for link in links if "://" not in link and not link.startswith("#")]
    missing = [link for link in ours if not (document.parent / link).exists()]
    assert not missing


def test_every_promise_names_a_test_that_exists() -> None:
    named = TEST.findall((house.ROOT / "docs" / "reliability.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    missing = [f"{file}::{test}" for file, test in named if test not in _tests_of(house.ROOT / file)]
    assert not missing


def _tests_of(file: Path) -> set[str]:
    if not file.is_file():
        return set()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
