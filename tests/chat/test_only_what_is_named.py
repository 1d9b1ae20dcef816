"""Only the task that the words name is moved or called off at once; what is merely like it is asked about."""

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
        "提醒我周六上午9点给马师傅班组发晚班通知",
        "提醒我周五下午3点通知家长周六的课改到周日",
        "提醒我周四上午10点去车间盘点轴承",
        "提醒我周六下午2点预约体检",
    ):
        await said(office.rep, text)
    await office.at(office.now + timedelta(minutes=30))


office = prepared.office_after(set_up)
NOTICE, PARENTS, STOCK, DOCTOR = (
    ("给马师傅班组发晚班通知", "03-21 09:00", None),
    ("通知家长周六的课改到周日", "03-20 15:00", None),
    ("去车间盘点轴承", "03-19 10:00", None),
    ("预约体检", "03-21 14:00", None),
)


@pytest.mark.parametrize(
    "text",
    [
        "小班周六的晚课取消",
        "周五的课取消",
        "取消周五的课",
        "周五的课改到周日",
        "周四的轴承车取消",
        "家长会周五取消",
        "小班周六的晚班取消",
    ],
)
async def test_what_is_only_alike_is_left(office: Office, text: str) -> None:
    await said(office.rep, text)
    assert planned(office) == [NOTICE, PARENTS, STOCK, DOCTOR]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("周四的盘点取消", [NOTICE, PARENTS, DOCTOR]),
        ("周四盘点轴承取消了", [NOTICE, PARENTS, DOCTOR]),
        ("取消周五通知家长的提醒", [NOTICE, STOCK, DOCTOR]),
        ("周六的体检预约取消", [NOTICE, PARENTS, STOCK]),
        ("周四的轴承盘点改到下周一", [NOTICE, PARENTS, ("去车间盘点轴承", "03-23 10:00", None), DOCTOR]),
    ],
)
async def test_what_is_named_changes(office: Office, text: str, left: list[tuple[str, str, None]]) -> None:
    await said(office.rep, text)
    assert planned(office) == left
