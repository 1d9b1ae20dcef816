"""The commands `when`, `fields` and `read`: one JSON object a line, in order, also for empty lines and odd bytes."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
NOW = ("--now", "2026-03-18T10:30+08:00")
CUSTOMERS = str(ROOT / "tests/nlp/cases/customers.jsonl")


def run(command: str, *options: str, lines: bytes) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "nlp", command, *options], cwd=ROOT, input=lines, capture_output=True, check=True
    )
    return [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]


def test_when_answers_each_line_in_order() -> None:
    rows = run("when", *NOW, lines="周五前\n\n1号楼\n每周五".encode())
    assert [row["kind"] for row in rows] == ["deadline", "none", "none", "recur"]
    assert rows[0]["value"] == "2026-03-20"


def test_fields_are_null_or_empty_when_absent() -> None:
    rows = run("fields", lines="王芳 139-1234-5678\n\n".encode())
    assert rows[0]["mobile"] == ["13912345678"]
    assert rows[1] == {
        "name": None,
        "mobile": [],
        "landline": [],
        "email": [],
        "wechat": [],
        "company": None,
        "title": None,
        "region": None,
        "birthday": None,
    }


def test_read_gives_action_customer_fields_and_question() -> None:
    rows = run("read", *NOW, "--customers", CUSTOMERS, lines="查李娟\n\n提醒我给张伟打电话".encode())
    assert (rows[0]["action"], rows[0]["customer"], rows[0]["ask"]) == ("find", "李娟", None)
    assert rows[1]["action"] == "unclear"
    assert rows[2]["ask"] == "what_time"


def test_a_repeated_hour_before_a_report_is_a_reminder_not_the_report() -> None:
    lines = "每天早上7点 看报表\n每周一9点 看业绩\n看报表".encode()
    rows = run("read", *NOW, "--customers", CUSTOMERS, lines=lines)
    assert [row["action"] for row in rows[:2]] == ["remind", "remind"]
    assert rows[2]["action"] == "summary"


@pytest.mark.parametrize(("command", "options"), [("when", NOW), ("fields", ()), ("read", NOW)])
def test_odd_bytes_are_one_answer_a_line(command: str, options: tuple[str, ...]) -> None:
    assert len(run(command, *options, lines=b"\xff\xfe\x00\x01\n" + "加单".encode() * 2000 + b"\n")) == 2


@pytest.mark.parametrize(
    ("command", "options"), [("when", NOW), ("fields", ()), ("read", (*NOW, "--customers", CUSTOMERS))]
)
def test_only_a_line_feed_ends_a_line_and_nothing_else_is_printed(command: str, options: tuple[str, ...]) -> None:
    lines = [b"", b"a\rb", "甲\u2028乙\x0b丙\x85".encode(), "周五前".encode() + b"\r", b"\xff" * 300, "😀".encode()]
    done = subprocess.run(
        [sys.executable, "-m", "nlp", command, *options],
        cwd=ROOT,
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        check=True,
    )
    answers = done.stdout.decode("utf-8").split("\n")
    assert answers.pop() == ""
    assert len(answers) == len(lines)
    assert all(isinstance(json.loads(answer), dict) for answer in answers)
    assert done.stderr == b""
