"""The day and the words of a task, for messages of which it is known whether they note or remind."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from nlp.commands import read as command
from nlp.reader import chosen, corrections, reading

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
FOLDER = Path(__file__).parent / "cases"
KNOWN = command.customers(FOLDER / "customers.jsonl")
CASES = [json.loads(line) for line in (FOLDER / "days_of_tasks.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:14])
def test_task_gets_the_day_that_is_meant_and_no_other(case: dict[str, Any]) -> None:
    found = chosen.as_action(case["action"], reading.as_message(case["text"], NOW, KNOWN))
    assert found is not None
    fields = command.as_json(found)["fields"]
    task = fields.get("task") or fields
    assert task.get("due") == case["due"]
    if "what" in case:
        assert task.get("what") == case["what"]


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("下周一下午两点，不是，两点半开会", "下周一下午两点半开会"),
        ("周三没空，改成周五去送货", "周五去送货"),
        ("每周二不行就每周三吧 提醒我点货", "每周三 提醒我点货"),
        ("后天给赵敏打电话，哦不，大后天", "大后天给赵敏打电话"),
        ("她们要三八节的货，不对，是教师节的货", "她们要三八节的货，不对，是教师节的货"),
        ("周五去还是周六去都行", "周五去还是周六去都行"),
    ],
)
def test_time_taken_back_gives_way_to_the_one_settled_on(text: str, settled: str) -> None:
    assert corrections.settled(text, NOW) == settled
