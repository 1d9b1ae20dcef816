"""Money that we gave a customer is no sale of ours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "林小雨", None, None, None, ("小雨",)), Known(2, "孙倩", None)]


@pytest.mark.parametrize(
    "text",
    [
        "小雨的医药费转给她了428",
        "赔了林小雨200",
        "林小雨那事赔了她200",
        "给小雨报销了428",
        "孙倩不满意 退给她500",
        "把428转给小雨了",
        "孙倩投诉那事补偿了她300",
        "我们赔孙倩300块",
        "返给孙倩200红包",
    ],
)
def test_what_we_gave_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙倩转给我428", 428),
        ("孙倩退了500的货", -500),
        ("孙倩退货 退给她500", -500),
        ("孙倩给他老公买了428的面霜", 428),
        ("孙倩给她妈续了5000的年卡", 5000),
    ],
)
def test_sales_and_returns_stay_orders(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)
