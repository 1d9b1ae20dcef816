"""Promises of ours as engineers and dictating reps type them: with spaces, run on, remote; and what they are about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [
    Known(1, "张伟", "上海宏达科技", None, None, ()),
    Known(2, "李娜", "杭州云栖网络", None, None, ()),
    Known(3, "陈志强", "老陈粮油店", None, None, ()),
    Known(4, "李娟", "宁波海天贸易", None, None, ()),
]


def _task(text: str) -> tuple[str, str] | None:
    found = reader.read(text, NOW, KNOWN)
    assert found.action in ("note", "add_customer"), found
    assert found.ask is None
    return (found.task_what or "", found.task_when.value) if found.task_when else None


@pytest.mark.parametrize(
    ("text", "what", "due"),
    [
        ("张伟说 PO 卡在 ERP，审批人出差到 20 号。我 23 号再跟一次。", "再跟一次", "2026-03-23"),
        ("李娜：API 文档要英文版，研发说两周，我答复她 4 月 1 日交付。", "交付", "2026-04-01"),
        ("陈志强的秤飘了，我 20 号带砝码过去校", "带砝码过去校", "2026-03-20"),
        ("张伟说群里没人管，我答复他 3 月 24 日安排客服", "安排客服", "2026-03-24"),
        ("张伟讲贩卖机又吃钱病人家属投诉了我答应后天带师傅去看", "带师傅去看", "2026-03-20"),
        ("李娜 sso搞不定 拉了技术群 下周二远程 20:00", "远程", "2026-03-24T20:00"),
        ("李娜 报表跑不出来 周四下午远程看一下", "远程看一下", "2026-03-19T15:00"),
        ("李娜 账号被锁 明天10点腾讯会议", "腾讯会议", "2026-03-19T10:00"),
        ("李娜不在，改约明天九点电话", "电话", "2026-03-19T09:00"),
    ],
)
def test_promise_is_found_however_it_is_typed(text: str, what: str, due: str) -> None:
    found = _task(text)
    assert found is not None
    assert found[0].startswith(what)
    assert found[1] == due


@pytest.mark.parametrize(
    "text",
    [
        "张伟说他 23 号出差，25 号回来",
        "张伟说 23 号再跟我联系",
        "李娜说她 3 月 28 日前给我答复",
        "李娜说他们周五远程办公",
        "李娜说周四视频面试新人",
        "陈志强说 4 月 1 日开业",
    ],
)
def test_what_they_do_is_no_task_of_ours(text: str) -> None:
    assert _task(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("李娜：发票抬头开错 要重开 我说今天下班前搞定", "要重开 搞定（发票抬头开错）"),
        ("李娜说椅子颜色发错了 我说下周二给换", "给换（椅子颜色发错）"),
        ("张伟经理的岳父住院，原定今天的会面取消，改约下周四下午两点在他办公室。", "会面（他办公室）"),
        ("李娟今天有事没见成，改约周五上午十点在她店里。", "见面（她店里）"),
        ("陈志强 称重传感器偏差 30g，让我过去标定，约了周六上午 10 点。", "过去标定"),
        ("李娟说坚果有一箱漏气要换我车上没有带周六给她带一箱过去", "给她带一箱过去"),
        ("李娟说水喝完了我今天车装满了后天给她送二十箱过去", "给她送二十箱过去"),
        ("李娟要我带点样品给尝尝，我说礼拜天给她送过去", "给她送过去（带点样品给尝尝）"),
        ("康源超市邹经理 13511110000 可以谈进场 明天上午九点半打给他", "打给他"),
    ],
)
def test_matter_is_the_deed_nearest_to_the_promise(text: str, what: str) -> None:
    found = _task(text)
    assert found is not None
    assert found[0] == what
