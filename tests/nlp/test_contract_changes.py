"""What is added to a contract, taken off it, or is its sum now; and what only looks so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nlp.reader import contract_changes

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "fen", "by_fen", "wrong_fen"),
    [
        ("孙丽说要加两个柜子 加3200", None, 3200_00, None),
        ("孙丽加一扇窗 加1800", None, 1800_00, None),
        ("孙丽增项3200 加两个吊柜", None, 3200_00, None),
        ("孙丽变更单 +3200", None, 3200_00, None),
        ("孙丽减项1500 少一个鞋柜", None, -1500_00, None),
        ("孙丽说要改方案 榻榻米不做了 减6800", None, -6800_00, None),
        ("孙丽不要吊顶了 减4500", None, -4500_00, None),
        ("孙丽打9折 36800变33120", 33120_00, None, 36800_00),
        ("孙丽合同12160加680 现在12840", 12840_00, None, 12160_00),
        ("孙丽 合同36000减1200 现在34800", 34800_00, None, 36000_00),
        ("孙丽 合同改成86000", 86000_00, None, None),
        ("孙丽合同额调整为12万8", 128000_00, None, None),
        ("孙丽的订单加3200 改成49000", 49000_00, None, None),
    ],
)
def test_what_the_contract_becomes(text: str, fen: int | None, by_fen: int | None, wrong_fen: int | None) -> None:
    right = contract_changes.told(text, NOW, "孙丽")
    assert right is not None
    assert (right.fen, right.by_fen, right.wrong_fen) == (fen, by_fen, wrong_fen)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽买了柜子 12840",
        "孙丽加5箱 每箱80",
        "孙丽加微信了 3200",
        "孙丽加单3200",
        "孙丽加保 加5000",
        "孙丽送水槽不要了 能不能减500",
        "孙丽订单改成12箱",
        "孙丽电话改成13800001111",
        "孙丽合同12160加680 现在15000",  # it does not add up
        "孙丽定金5000改成6000",
        "孙丽报价36800改成33120",
        "孙丽又加2台 加起来3600",
    ],
)
def test_what_is_none(text: str) -> None:
    assert contract_changes.told(text, NOW, "孙丽") is None
