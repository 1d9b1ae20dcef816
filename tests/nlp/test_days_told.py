"""Days that are told and plan nothing, and appointments that are told beside much else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known, moments, tasks, visits_told

NOW = datetime(2026, 3, 18, 17, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "刘姐"), Known(2, "王姐"), Known(3, "周杰")]


def _read(text: str, known: list[Known] | None = None) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN if known is None else known))


@pytest.mark.parametrize(
    "text", ["今天给刘姐老公办了意外险续期", "今天给刘姐办了意外险", "今天给王姐报了团险", "今天帮周杰续了保"]
)
def test_what_was_done_today_is_no_reminder(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"], got["fields"]) == ("note", None, {"note": text})


@pytest.mark.parametrize("text", ["今天把周报发了", "今天给刘姐送样品", "今天办了手续再去王姐那"])
def test_what_is_to_be_done_today_is_planned(text: str) -> None:
    fields = _read(text)["fields"]
    assert (fields.get("task") or fields)["due"] == "2026-03-18"


@pytest.mark.parametrize(
    "text", ["给大家发一下3月的战报", "给刘姐寄4月的对账单", "发一下3月份报表", "给王姐发5月的价格表"]
)
def test_the_month_of_a_paper_is_no_day(text: str) -> None:
    assert moments.ahead(text, NOW.replace(month=4)) == []
    assert moments.ahead("3月31号前发3月的报表", NOW)[0].on == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("李大姐电话13766660001 她爱人老钱也想听 一起约周四晚上7点", "见面", "2026-03-19T19:00"),
        ("宏达模具 陈总 13800001111 想要台850加工中心 下周二来厂里试切", "来厂里试切", "2026-03-24"),
        ("孙姐 13800001113 下周六过来店里看样", "过来店里看样", "2026-03-28"),
    ],
)
def test_a_visit_in_the_line_of_somebody_new_is_a_task(text: str, what: str, due: str) -> None:
    assert _read(text, [])["fields"]["task"] == {"what": what, "due": due}


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("陈总下周二来厂里试切", date(2026, 3, 24)),
        ("王姐说一起约周四晚上7点", date(2026, 3, 19)),
        ("陈总说这个月来厂里看看", None),
        ("陈总今天来店里看了样品", None),
        ("她约了周四晚上7点做头发", None),
    ],
)
def test_an_exact_day_of_a_visit_is_offered(text: str, on: date | None) -> None:
    assert visits_told.on(text, NOW) == on


def test_who_refers_others_came_from_nobody() -> None:
    line = "孙阿姨 13633330002 属龙的 转介绍了她妹妹孙二姨"
    assert "source" not in _read(line, [])["fields"]
    assert _read("孙悦 13633330002 老客户转介绍", [])["fields"]["source"] == "老客户转介绍"


def test_what_is_ours_has_its_deadline_and_not_the_day_of_the_event() -> None:
    told = tasks.dated("马科长说4月8号开标 3月31号前交保证金", NOW)
    assert told is not None
    assert (told[0], told[1].on) == ("交保证金", date(2026, 3, 31))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("刘姐 王姐 都约明天下午 刘姐3点 王姐4点半", ("3月19日下午3点刘姐", "3月19日16:30王姐")),
        ("刘姐和王姐都约了周五上午，刘姐9点 王姐10点", ("3月20日上午9点刘姐", "3月20日10:00王姐")),
    ],
)
def test_a_day_agreed_with_all_of_them_is_each_ones(text: str, parts: tuple[str, ...]) -> None:
    assert reader.read(text, NOW, KNOWN).parts == parts
