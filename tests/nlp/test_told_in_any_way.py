"""New customers, news, look-ups and ended chores in dialect, sloppy typing and English among Chinese."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.fields import jobs
from nlp.reader import english, origins, spelling
from tests.nlp.test_sums_and_news import KNOWN, NOW

FAST = 1.5  # seconds of processor for the 1,500 characters that are read; a pattern that tries every way took 1.8
CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "leads_and_lookups.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:20])
def test_is_read_without_a_question(case: dict[str, Any]) -> None:
    got = command.as_json(reader.read(case["text"], NOW, KNOWN))
    assert (got["action"], got["customer"], got["ask"]) == (case["action"], case["customer"], None)
    found = {**got["fields"], **(got["fields"].get("task") or {})}
    assert {name: found.get(name) for name in case["fields"]} == case["fields"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("升总经里了", "升总经理了"),
        ("不做采够了", "不做采购了"),
        ("他经历多", "他经历多"),
        ("已经里面了", "已经里面了"),
    ],
)
def test_a_post_is_mended_only_where_one_is_told(typed: str, meant: str) -> None:
    assert spelling.jobs_as_meant(typed) == meant


@pytest.mark.parametrize(
    ("words", "may_be"), [("IT Director", True), ("CTO", True), ("总经理", True), ("voice", False), ("prefers", False)]
)
def test_english_words_that_name_no_post_are_none(words: str, may_be: bool) -> None:
    assert jobs.may_be_title(words) is may_be


@pytest.mark.parametrize(
    ("firm", "bare"),
    [("铁西区康源大药房", "康源大药房"), ("铁西区人民医院", "铁西区人民医院"), ("上海宏达科技", "上海宏达科技")],
)
def test_a_quarter_before_a_firm_goes_unless_it_is_the_quarters_own(firm: str, bare: str) -> None:
    assert origins.without_quarter(firm) == bare


@pytest.mark.parametrize(
    ("line", "apart"),
    [
        ("Ann Lee, VP of Operations", "Ann Lee, VP of Operations"),
        ("Ben Ho from LinkedIn", "Ben Ho from LinkedIn"),
        ("周颖 of Nova Tech 苏州", "周颖, company: Nova Tech 苏州"),
    ],
)
def test_what_one_runs_and_where_one_was_met_is_no_firm(line: str, apart: str) -> None:
    assert english.lead(line) == apart


@pytest.mark.parametrize("number", ["", "13800001111 "])
@pytest.mark.parametrize("words", ["生日快乐 ", "met with ", "Ann of ", "单名 ", "哒", "城市=", "birthday is on for "])
def test_a_long_message_of_such_words_is_read_fast(words: str, number: str) -> None:
    reader.read("张伟 13800001111", NOW, KNOWN)  # tables are read once
    started = time.process_time()
    reader.read(number + words * 400, NOW, KNOWN)
    assert time.process_time() - started < FAST
