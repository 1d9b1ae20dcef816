"""What a review found in new rules: their look-alikes stay what they are."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader, staying
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))  # a Wednesday
NAMES = ("王芳", "孙丽", "李娟", "刘洋", "王建国", "张强")
KNOWN = [Known(at, name, None, None, None, ()) for at, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "刘洋老婆生日3月28 他自己4月5号回来",
        "李娟老公生日3月28 她自己8月8号要办酒",
        "李娟老公生日3月28号 自己在4月2号出差",
        "李娟 从4月1号开始休产假 每周三的例会取消",
        "李娟 4月1号开始不订了 每周三别送",
    ],
)
def test_a_note_it_stays(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when) == ("note", None)


@pytest.mark.parametrize(
    "text", ["王芳投诉过吗", "王芳投诉后续怎样", "孙丽投诉是不是结了", "李娟投诉到哪一步", "这周家长投诉都有哪些"]
)
def test_what_is_asked_of_a_complaint_is_no_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.action in ("unclear", "complaints")


@pytest.mark.parametrize(
    "text",
    [
        "孙丽跟美的续约了",
        "孙丽续约了竞争对手",
        "孙丽试听课取消 报了别的机构",
        "孙丽取消预约了 说去隔壁做",
        "王芳课程取消 不学了",
    ],
)
def test_who_goes_elsewhere_does_not_stay(text: str) -> None:
    assert not staying.is_staying(text)


def test_each_year_asked_for_is_each_year() -> None:
    reading = reader.read("李娟5月20号结婚纪念日 年年都要提醒我", NOW, KNOWN)
    assert reading.task_when is not None
    assert reading.task_when.value == "YEARLY;05-20"


def test_a_name_keeps_its_first_character() -> None:
    assert reader.read("建国爸爸来拿货 3000", NOW, KNOWN).customer == KNOWN[4]
    assert reader.read("张强家长期合作 13811110001", NOW, KNOWN).query != "张强家长"
