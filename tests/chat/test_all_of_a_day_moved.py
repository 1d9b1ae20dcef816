"""把今天的都推到明天: all that is open then is asked about at once, and one tap moves it, another brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_yearly_and_weekly_days import planned

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    for text in ("提醒我今天下午3点给仓库打电话", "提醒我今天下午4点寄样", "提醒我周五上午9点开例会"):
        await said(office.rep, text)


office = prepared.office_after(set_up)
CALL, SAMPLE, MEETING = (
    ("给仓库打电话", "03-18 15:00", None),
    ("寄样", "03-18 16:00", None),
    ("开例会", "03-20 09:00", None),
)


@pytest.mark.parametrize("text", ["把今天的都推到明天", "今天的任务全部推迟到明天", "今天所有的提醒改到明天"])
async def test_one_tap_moves_all_of_the_day(office: Office, text: str) -> None:
    question = await said(office.rep, text)
    assert planned(office) == [CALL, SAMPLE, MEETING]
    assert "全部改（2）" in labels(question)
    done = await pressed(office.rep, question, "全部改（2）")
    assert planned(office) == [(CALL[0], "03-19 15:00", None), (SAMPLE[0], "03-19 16:00", None), MEETING]
    await pressed(office.rep, done, "全部改回")
    assert planned(office) == [CALL, SAMPLE, MEETING]


async def test_where_nothing_is_open_nothing_is_made(office: Office) -> None:
    assert "没找到要改的待办" in (await said(office.rep, "把明天的都推到后天")).text
    assert planned(office) == [CALL, SAMPLE, MEETING]
