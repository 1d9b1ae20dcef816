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
        ("提醒我周五去徐静家安装窗帘", "徐静昨天安装了一半"),
        ("提醒我周五去徐静家安装窗帘", "徐静家安装了 还差两扇"),
        ("提醒我周五去徐静家安装窗帘", "徐静装了监控别家的"),
        ("提醒我周五给徐静送样品", "徐静对手送了样品"),
        ("提醒我周五给徐静寄合同", "徐静寄了快递过来"),
        ("提醒我周五去徐静家修道闸", "徐静修了别的厂的"),
        ("提醒我周五给徐静发报价", "徐静那个朋友的任务完成了"),
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


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我周五去徐静家修道闸", "徐静 修好了 收配件费 680 现金"),
        ("提醒我周五给徐静量尺", "徐静家量好了 窗户2米4"),
        ("提醒我周五去徐静那复尺", "徐静那边复尺了点位多了六个报价改成三万四千八"),
        ("提醒我周五跟徐静签合同", "徐静合同签了 八万二 预付百分之三十"),
        ("提醒我周五给徐静换货", "徐静 换好了 他很满意"),
        ("提醒我周五给徐静装窗帘", "徐静窗帘装好了 下周三再去收尾款"),
        ("提醒我周五派人去徐静那看看", "门禁修了徐静那个完成了"),
    ],
)
async def test_the_deed_told_as_done_is_offered_before_its_day(office: Office, planned: str, text: str) -> None:
    assert len(await offered(office, planned, text)) == 1


@pytest.mark.parametrize(
    ("planned", "text"),
    [
        ("提醒我周五去徐静家修道闸", "徐静问修好了没"),
        ("提醒我周五去徐静家修道闸", "徐静说修好了再付钱"),
        ("提醒我周五去徐静家修道闸", "徐静那台修了两次还不行"),
        ("提醒我周五跟徐静签合同", "徐静说等老板签了就打款"),
        ("提醒我周五给徐静换货", "徐静换了采购"),
        ("提醒我周五给徐静交标书", "徐静保证金交了"),
        ("提醒我周五给徐静送货", "徐静送了我两盒茶叶"),
        ("提醒我周五给徐静发报价", "徐静发了个朋友圈"),
    ],
)
async def test_what_another_does_or_what_is_not_done_yet_is_not(office: Office, planned: str, text: str) -> None:
    assert await offered(office, planned, text) == []


async def test_the_title_of_a_task_behind_the_word_ends_it(office: Office) -> None:
    await said(office.rep, "加客户 徐静 13800138001")
    await said(office.rep, "提醒我周五派人去徐静那看看门禁")
    title = (await said(office.rep, "我的任务")).text.splitlines()[1].split("⏰ ")[1].split(" · ")[0]
    assert f"已完成：{title}" in (await said(office.rep, f"完成 {title}")).text


async def test_a_number_behind_a_list_needs_no_reply_to_it(office: Office) -> None:
    for text in ("提醒我周五写周报", "提醒我周四寄样品", "提醒我周六对账"):
        await said(office.rep, text)
    listed = (await said(office.rep, "任务办完了")).text.splitlines()
    assert listed[2].startswith("2. 写周报")
    assert "已完成：写周报" in (await said(office.rep, "第2件做完了")).text
