"""The READMEs say what the code says: commands, make targets, benchmarks, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import __main__ as benchmarks
from bot import command_line
from handlers import menus
from tests.docs import house

pytestmark = pytest.mark.docs

WHO = {
    "README.md": {"everyone": "everyone", "manager": "manager", "admin": "admin"},
    "README.zh-CN.md": {"everyone": "所有人", "manager": "主管", "admin": "管理员"},
}
HEAD = {"README.md": "command", "README.zh-CN.md": "命令"}


@pytest.mark.parametrize("readme", house.READMES, ids=lambda path: path.name)
def test_the_table_of_commands_is_the_menu(readme: Path) -> None:
    who = WHO[readme.name]
    expected = [[f"`/{c.name}`", "、".join(c.words) or "–", who[c.whom]] for c in menus.COMMANDS]
    rows = house.table_rows(readme, HEAD[readme.name])
    assert [row[:3] for row in rows] == expected
    assert all(len(row) == 4 and row[3] for row in rows)


@pytest.mark.parametrize("readme", house.READMES, ids=lambda path: path.name)
def test_every_make_target_named_exists(readme: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (house.ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(_code(readme))))
    assert {"demo", "test", "run", "check", "bench"} <= named
    assert named <= targets


@pytest.mark.parametrize("readme", house.READMES, ids=lambda path: path.name)
def test_every_figure_names_a_benchmark_that_exists(readme: Path) -> None:
    named = set(re.findall(r"python -m benchmarks[ .]([a-z]+)", readme.read_text(encoding="utf-8")))
    assert named
    assert named <= set(benchmarks.NAMES), "`make bench` prints every figure of the README"


@pytest.mark.parametrize("benchmark", benchmarks.NAMES)
def test_every_benchmark_of_make_bench_exists(benchmark: str) -> None:
    assert (house.ROOT / "benchmarks" / f"{benchmark}.py").is_file()


@pytest.mark.parametrize("readme", house.READMES, ids=lambda path: path.name)
def test_every_command_line_named_is_offered(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    named = re.findall(r"python -m bot (\w+)([^`\n]*)`", readme.read_text(encoding="utf-8"))
    assert named
    for command, options in named:
        with pytest.raises(SystemExit) as ended:
            command_line.main([command, "--help"])
        assert ended.value.code == 0
        offered = capsys.readouterr().out
        assert all(option in offered for option in re.findall(r"--\w+", options))


def test_both_readmes_show_the_same_figures() -> None:
    english, chinese = (
        re.findall(r"python -m benchmarks[ .][a-z]+", r.read_text(encoding="utf-8")) for r in house.READMES
    )
    assert english == chinese


def test_the_readmes_link_each_other() -> None:
    english, chinese = (readme.read_text(encoding="utf-8") for readme in house.READMES)
    assert "(README.zh-CN.md)" in english
    assert "(README.md)" in chinese


def test_the_screenshot_is_light() -> None:
    assert (house.ROOT / "docs" / "screenshot.png").stat().st_size <= 300_000


def _code(readme: Path) -> list[str]:
    text = readme.read_text(encoding="utf-8")
    return re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
