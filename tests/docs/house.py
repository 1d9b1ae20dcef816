"""The tree as git sees it: what is tracked, and what the documents link to."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PACKAGES = ("almanac", "benchmarks", "bot", "charts", "crm", "emulator", "handlers", "migrations", "nlp", "scoring")
LINK = re.compile(r"\]\(([^)\s]+)\)")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git tracks and that is there; every file of the tree where there is no git."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError):
        skipped = (
            ".git",
            ".venv",
            "var",
            ".hypothesis",
            "__pycache__",
            ".mypy_cache",
            ".ruff_cache",
            ".pytest_cache",
            ".import_linter_cache",
        )
        found = (path for path in ROOT.rglob("*") if not set(skipped) & set(path.relative_to(ROOT).parts))
    else:
        found = (ROOT / name for name in listed.decode().split("\0") if name)
    return tuple(sorted(path for path in found if path.is_file()))


def texts(*, tests: bool = False) -> Iterator[tuple[Path, str]]:
    """Every tracked Python file of our packages; with `tests`, the tests too."""
    rooms = {*PACKAGES, "tests"} if tests else set(PACKAGES)
    ours = (path for path in tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in rooms)
    return ((path, path.read_text(encoding="utf-8")) for path in ours)


def sources(*, tests: bool = False) -> Iterator[tuple[Path, ast.Module, str]]:
    """The same, parsed."""
    return ((path, _parsed(text), text) for path, text in texts(tests=tests))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def name(path: Path) -> str:
    """The path as it is written in documents."""
    return path.relative_to(ROOT).as_posix()


def documents() -> list[Path]:
    """The documents that people read."""
    return [
        *READMES,
        ROOT / "CHANGELOG.md",
        *(path for path in tracked() if name(path).startswith("docs/") and path.suffix == ".md"),
    ]


def table_rows(document: Path, head: str) -> list[list[str]]:
    """The cells of the table whose head row begins with `| head |`."""
    lines = document.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {head} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return rows
