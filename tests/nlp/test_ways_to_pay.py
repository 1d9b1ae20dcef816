"""Each way to pay is known to all who ask whether something was paid."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp.fields import parts_paid
from nlp.reader import Known, incoming, order_paid, paid_beside, paid_whole, payments, read

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WANG = Known(1, "王芳", None, None, None, ())
WAYS = (
    "现金",
    "现钱",
    "微信",
    "支付宝",
    "花呗",
    "云闪付",
    "扫码",
    "刷卡",
    "刷信用卡",
    "信用卡",
    "银行卡",
    "转账",
    "对公",
)


@pytest.mark.parametrize("way", WAYS)
def test_every_reader_knows_it(way: str) -> None:
    assert paid_whole.is_told(f"王芳 烫发 680 {way}", 680_00)
    shop = read(f"王芳 护理168 {way}", NOW, [WANG])
    assert (shop.action, shop.amount_fen, shop.product) == ("order", 168_00, "护理")
    came = incoming.told(f"王芳 货款5800 {way}付了", NOW, [WANG])
    assert came is not None
    assert came.fen == 5800_00
    deposit = payments.deposit(f"王芳 {way}付了定金3000", NOW, [WANG])
    assert deposit is not None
    assert deposit.fen == 3000_00
    assert order_paid.told(f"王芳那单{way}收过了", "王芳") is not None


@pytest.mark.parametrize("way", WAYS)
def test_a_part_paid_by_it_is_a_part(way: str) -> None:
    text = f"订了空调 50000 {way}付了10000"
    assert parts_paid.without(text).rstrip() == "订了空调 50000"
    paid = paid_beside.told(text, NOW, 50000_00)
    assert paid is not None
    assert paid.rest_fen == 40000_00
    assert paid_beside.has_come(text, NOW)
