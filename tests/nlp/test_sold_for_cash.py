"""What we sold for cash or had signed is an order; what is nearly signed, and what the customer sells, is none."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.commands import read as command
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(place, name) for place, name in enumerate(("李娜", "刘洋", "王芳", "张伟"), 1)]


def _read(text: str) -> dict[str, Any]:
    return command.as_json(reader.read(text, NOW, KNOWN))


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("今天卖给李娜五吨有机肥，收现钱六千", 6000, "五吨有机肥"),
        ("卖了李娜三吨复合肥 收现金八千四", 8400, "三吨复合肥"),
        ("刘洋仓库岗增补协议签了 两个人 一年11万5千2", 115200, None),
        ("跟你说一下王芳今天定了两千本样本一本六块五一共一万三", 13000, None),
    ],
)
def test_it_is_an_order(text: str, yuan: int, product: str | None) -> None:
    got = _read(text)
    assert (got["action"], got["ask"], got["fields"]["amount_yuan"]) == ("order", None, yuan)
    assert product is None or got["fields"]["product"] == product
    assert "task" not in got["fields"]


@pytest.mark.parametrize(
    "text",
    [
        "卖给李娜五吨有机肥，六千还没收",
        "李娜卖了两车猪 五万",
        "刘洋合同快签了 一年11万",
        "王芳保密协议签了 罚金20万",
        "刘洋协议签了吗 一年11万",
    ],
)
def test_it_is_a_note(text: str) -> None:
    got = _read(text)
    assert (got["action"], got["ask"]) == ("note", None)


def test_what_it_costs_each_month_is_no_task() -> None:
    got = _read("张伟合同续了一年 每月3万6 4月1号起")
    assert (got["action"], got["ask"], "task" in got["fields"]) == ("order", "what_amount", False)
    assert _read("提醒我每月5号交房租3000")["fields"]["due"] == "MONTHLY;5"


def test_a_holiday_behind_a_sum_is_one_where_something_is_due_before_it() -> None:
    assert _read("王芳的定金两千 提醒我五一前催尾款")["fields"]["due"] == "2026-05-01"
