"""What is to be told ahead of its time keeps that time in its title; what is denied of a time is none."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import moves
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday
KNOWN = [Known(1, "王芳", "美达", None, None, ())]


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("大后天下午两点半陪王芳去验货 提前一天提醒我", "陪王芳去验货（3月21日 14:30）", "2026-03-20"),
        ("4月10号陪王芳去工地 提前三天提醒", "陪王芳去工地（4月10日）", "2026-04-07"),
        ("下周四上午九点王芳验收 提前两小时叫我", "王芳验收（09:00）", "2026-03-26T07:00"),
        ("4月1号王芳合同到期 提前一周提醒我", "4月1号王芳合同到期", "2026-03-25"),
        ("周三九点给王芳打电话", "给王芳打电话", "2026-03-25T09:00"),
    ],
)
def test_a_title_keeps_when_it_is(text: str, what: str, due: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_what) == ("remind", what)
    assert reading.task_when is not None
    assert reading.task_when.value == due


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("是下午不是上午 三点", "2026-03-18T15:00"),
        ("不对 下午四点 不是晚上", "2026-03-18T16:00"),
        ("不是上午 是晚上10点", "2026-03-18T22:00"),
    ],
)
def test_what_is_denied_is_no_time(text: str, value: str) -> None:
    change = moves.told(text, NOW)
    assert change is not None
    assert change.later is not None
    assert change.later.value == value
