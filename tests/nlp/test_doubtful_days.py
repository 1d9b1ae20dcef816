"""Of several days the one that is our task's; a day that is hardly ours plans nothing, and is offered."""

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp.reader import Known, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "李娜"), Known(2, "孙丽")]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("李娜25号才从广州回来，26号提醒我找她签字", "2026-03-26"),
        ("孙丽的货柜周六到港，我得周五下班前把仓库腾出来，到时候喊我", "2026-03-20T18:00"),
        ("清明节孩子放假三天，所以清明前两天我要把试卷送齐，提醒一下", "2026-04-03"),
        ("不要约今天，今天排满了，明天10点，去试新模具", "2026-03-19T10:00"),
        ("五月要用空调，四月二十五就排满了，我打算四月二十日跟厂里定下来，提醒我", "2026-04-20"),
    ],
)
def test_of_several_days_one_is_the_task_s(text: str, due: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert (reading.action, reading.parts, reading.task_when and reading.task_when.value) == ("remind", (), due)


@pytest.mark.parametrize(
    "text",
    [
        "明天上午打电话给孙丽，周五下午去拜访李娜",
        "周四给孙丽送样，周五给李娜送样",
        "10点和14点各提醒我一次",
    ],
)
def test_two_tasks_stay_two(text: str) -> None:
    assert len(read(text, NOW, KNOWN).parts) == 2


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("李娜让我提醒她二十号交物业费，她自己的事", date(2026, 3, 20)),
        ("孙丽那边下周二约的是环评公司，我在走廊上看到预约表", date(2026, 3, 24)),
    ],
)
def test_a_day_that_is_hardly_ours_is_offered(text: str, on: date) -> None:
    reading = read(text, NOW, KNOWN)
    assert (reading.action, reading.task_when, reading.doubted_on) == ("note", None, on)


def test_a_day_that_is_excepted_is_nobody_s_task() -> None:
    reading = read("孙丽说工作日都在，周末除外", NOW, KNOWN)
    assert (reading.action, reading.task_when) == ("note", None)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("李娜嫌交期慢，答应下周三前给她回复", "2026-03-25"),
        ("孙丽 周五去拜访", "2026-03-20"),
        ("李娜回访从下周三改到周四", "2026-03-26"),
    ],
)
def test_a_day_of_ours_is_planned(text: str, due: str) -> None:
    reading = read(text, NOW, KNOWN)
    assert reading.task_when is not None
    assert (reading.task_when.value, reading.doubted_on) == (due, None)
