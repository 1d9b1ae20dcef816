"""What is in deploy/ speaks of things that exist."""

from __future__ import annotations

import json
import re
from pathlib import Path

from prometheus_client import generate_latest

from bot import metrics

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"


def test_the_dashboard_asks_for_metrics_that_are_there() -> None:
    told = set(re.findall(r"^# TYPE (\S+)", generate_latest(metrics.registry).decode(), re.M))
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text())
    asked = {
        name
        for panel in board["panels"]
        for target in panel["targets"]
        for name in re.findall(r"(?:sales|process)_[a-z_]+", target["expr"])
    }
    assert asked <= told
    assert {name for name in told if name.startswith("sales_") and not name.endswith("_created")} <= asked


def test_the_container_takes_every_package_and_nothing_that_is_not_there() -> None:
    copied = re.findall(r"^COPY (?:--chown=\S+ )?(\S+) \S+$", (DEPLOY / "Containerfile").read_text(), re.M)
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "benchmarks"}
    assert packages | {"migrations"} <= set(copied)
    assert all((ROOT / name).exists() for name in copied)


def test_commands_of_the_unit_are_ours() -> None:
    unit = (DEPLOY / "sales-assistant.service").read_text()
    parser = (ROOT / "bot" / "command_line.py").read_text()
    for command in re.findall(r"-m bot (\w+)", unit):
        assert f'add_parser("{command}"' in parser
