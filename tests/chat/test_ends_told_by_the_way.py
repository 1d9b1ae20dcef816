"""来了 and 打过了 offer the end of what was planned for today with that customer, and of nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def offered(office: Office, planned: str, text: str) -> list[str]:
    await said(office.rep, "加客户 徐静 13800138001")
    await said(office.rep, planned)
    await office.at(office.now + timedelta(hours=1))
    await office.rep.send(text)
    await office.idle()
    return [label for label in labels(office.rep.messages()[-1]) if label.startswith("完成")]


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我今天11点徐静来做脸", "徐静来了 做好了 皮肤不错"),
        ("提醒我今天11点给徐静打电话", "徐静打过了 说她媳妇不同意买了"),
        ("提醒我今天11点徐静提车", "徐静提走了"),
        ("提醒我今天11点徐静来试驾", "徐静来试驾了 感觉不错"),
        ("提醒我今天11点徐静来上课", "徐静来上课了 挺开心"),
    ],
)
async def test_what_was_planned_for_today_is_offered(office: Office, planned: str, text: str) -> None:
    assert len(await offered(office, planned, text)) == 1


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我今天11点徐静来做脸", "徐静来不了了"),
        ("提醒我今天11点给徐静打电话", "徐静来了 看了一圈"),
        ("提醒我今天11点给徐静寄合同", "徐静打过了 没说什么"),
        ("提醒我下周三徐静来做脸", "徐静来了 坐了坐"),
        ("提醒我今天11点徐静来做脸", "徐静想来了"),
    ],
)
async def test_what_it_does_not_tell_of_is_not(office: Office, planned: str, text: str) -> None:
    assert await offered(office, planned, text) == []


async def test_one_tap_ends_it(office: Office) -> None:
    await said(office.rep, "加客户 徐静 13800138001")
    await said(office.rep, "提醒我今天11点徐静来做脸")
    await office.at(office.now + timedelta(hours=1))
    await office.rep.send("徐静来了 皮肤不错")
    await office.idle()
    card = office.rep.messages()[-1]
    ended = await pressed(office.rep, card, next(label for label in labels(card) if label.startswith("完成")))
    assert "已完成：徐静来做脸" in ended.text
