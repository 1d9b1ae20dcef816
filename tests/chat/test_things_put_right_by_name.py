"""不对 家长会是7点半: the open task of that name is at that time; without one nothing is moved."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for text in (
        "加客户 孙丽 13800138001",
        "提醒我今天晚上8点开家长会",
        "提醒我3月26号给孙丽试机",
        "提醒我周五下午3点量房",
        "提醒我周六上午9点给仓库打电话",
    ):
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))


office = prepared.office_after(set_up)
MEETING, TRIAL, MEASURE, CALL = (
    ("开家长会", "03-18 20:00", None),
    ("给孙丽试机", "03-26 09:00", None),
    ("量房", "03-20 15:00", None),
    ("给仓库打电话", "03-21 09:00", None),
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("不对 家长会是7点半", [("开家长会", "03-18 19:30", None), TRIAL, MEASURE, CALL]),
        ("不对 试机是27号", [MEETING, ("给孙丽试机", "03-27 09:00", None), MEASURE, CALL]),
        ("说错了 量房应该是周六上午10点", [MEETING, TRIAL, ("量房", "03-21 10:00", None), CALL]),
    ],
)
async def test_the_task_of_that_name_moves(office: Office, text: str, left: list[tuple[str, str, None]]) -> None:
    await said(office.rep, text)
    assert planned(office) == left


@pytest.mark.parametrize("text", ["不对 定金是4000", "不对 交期是27号", "不对 孙丽生日是5月6号", "不对 样机是27号"])
async def test_what_is_no_task_moves_none(office: Office, text: str) -> None:
    await said(office.rep, text)
    assert planned(office) == [MEETING, TRIAL, MEASURE, CALL]
