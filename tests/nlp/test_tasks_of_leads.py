"""What is to be done next in the line of somebody new is his first task; what he and his do themselves is none."""

from datetime import datetime, timedelta, timezone

import pytest

from nlp.reader import read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


def task(text: str) -> tuple[str | None, str | None]:
    reading = read(f"新客户 {text}", NOW, [])
    assert reading.action == "add_customer", reading
    return reading.task_what, reading.task_when.value if reading.task_when else None


@pytest.mark.parametrize(
    ("text", "what", "on"),
    [
        ("何先生 13812345678 碧桂园5栋2203 88平 报价52000 周日量房", "量房", "2026-03-22"),
        ("王强 13812345678 一批阀门 下周三验货", "验货", "2026-03-25"),
        ("周敏 女 35岁 13812345678 要和老公商量 下下周二再问她", "要和老公商量 再问她", "2026-03-31"),
        ("王强 13812345678 要跟老板商量 周五再联系", "再联系（跟老板商量）", "2026-03-20"),
        ("王强 13812345678 在等房东决定 周五回访", "回访", "2026-03-20"),
    ],
)
def test_our_next_step(text: str, what: str, on: str) -> None:
    assert task(text) == (what, on)


@pytest.mark.parametrize(
    "text",
    [
        "何先生 13812345678 老公下周二再来",
        "何先生 13812345678 老婆 周三出院",
        "何先生 13812345678 周日女儿结婚",
        "何先生 13812345678 上周量房了 4月开工",
        "何先生 13812345678 老公说周日量房",
        "何先生 13812345678 他们下周三验货",
        "何先生 13812345678 5月开业 要20套",
    ],
)
def test_his_own_days(text: str) -> None:
    assert task(text) == (None, None)
