"""Days counted back from an event that the message dates, and titles that lose no half word."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import tasks

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("text", "on", "what"),
    [
        ("提醒我投标截止日前三天准备标书 截止是4月10号", "2026-04-07", "准备标书"),
        ("提醒我截止前三天准备标书 4月10号截止", "2026-04-07", "准备标书"),
        ("提醒我开标前两天打印标书，开标是4月15号", "2026-04-13", "打印标书"),
        ("提醒我婚礼前一周给田甜送请柬 婚礼定在5月2号", "2026-04-25", "给田甜送请柬"),
        ("提醒我交付日前2天催一下工厂，交付日期是3月30号", "2026-03-28", "催一下工厂"),
        ("提醒我4月10号交标书", "2026-04-10", "交标书"),
    ],
)
def test_a_reminder_counts_back_from_the_event(text: str, on: str, what: str) -> None:
    reading = reader.read(text, NOW, [])
    assert reading.task_when is not None
    assert (reading.action, reading.task_when.value, reading.task_what) == ("remind", on, what)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("我答应她周五前问到核保结果", "问到核保结果"),
        ("我们承诺了客户周五前发货", "发货"),
        ("要求明天派工程师过去", "派工程师过去"),
        ("明天在线培训", "在线培训"),
        ("后天就诊", "就诊"),
        ("要求供应商明天降价", "要求供应商降价"),
    ],
)
def test_a_title_is_what_we_do_in_whole_words(text: str, what: str) -> None:
    told = tasks.dated(text, NOW)
    assert told is not None
    assert told[0] == what


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("周莉 18612340003 私教课20节6000 今天付了3000剩下的月底付", "私教课20节6000 今天付了3000剩下的月底付"),
        ("丁莹 18612340004 健身会员卡4月5号到期 去年续费2580", "健身会员卡4月5号到期 去年续费2580"),
        ("张伟 13800138000 华信五金 采购经理 要螺栓 下周三回访", "要螺栓"),
    ],
)
def test_a_note_of_somebody_new_loses_no_part_of_a_clause(text: str, note: str) -> None:
    assert reader.read(text, NOW, []).note == note
