"""A payment that is stated (李娜回款是500) is no order."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known, incoming

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "李娜", "苏州丽都酒店"), Known(2, "王建国", "宝山恒锐精密")]


@pytest.mark.parametrize("text", ["李娜回款是500", "李娜的回款是1500", "王建国回款是800 现金", "李娜回款为500"])
def test_a_stated_payment_is_no_order(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"
    assert incoming.told(text, NOW, KNOWN) is not None


@pytest.mark.parametrize("text", ["李娜下单是500", "李娜订单 浴袍 500元"])
def test_an_order_stays_one(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "order"
    assert incoming.told(text, NOW, KNOWN) is None
