"""What is let off a sum that is paid, and a sum told with its parts: only the words of it are taken out."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp.reader import entry_changes, incoming, let_off, sum_in_parts
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 19, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "陈姐"), Known(2, "丁师傅"), Known(3, "周会计")]


@pytest.mark.parametrize(
    ("text", "fen", "off_fen", "is_beside"),
    [
        ("陈姐把174付了,抹了4块,收170现金", 170_00, 4_00, True),
        ("丁师傅付款170 抹零4 结清", 170_00, 4_00, True),
        ("丁师傅打款400 零头不要了", 400_00, None, True),
        ("陈姐欠的645给了600 现金 抹掉45", 600_00, 45_00, True),
        ("陈姐把275结了 抹零5块", 275_00, 5_00, False),
        ("陈姐275结清 抹5块", 275_00, 5_00, False),
        ("陈姐少收5块 给了270", 270_00, 5_00, True),
        ("丁师傅收270算清了", 270_00, None, True),
        ("丁师傅尾款收了2400 抹了25", 2400_00, 25_00, True),
        ("陈姐付2400 免了25", 2400_00, 25_00, True),
        ("丁师傅的账转了2800 零头38不要了", 2800_00, 38_00, True),
        ("陈姐尾款付了5000 抹零", 5000_00, None, True),
        ("陈姐微信转账900 零头3块5免了", 900_00, 3_50, True),
        ("陈姐 1195 给1190 算清", 1190_00, None, True),
        ("陈姐结3月的账 2575 微信2500 抹75", 2500_00, 75_00, True),
        ("陈姐把三张单子都结了 一共1220 抹掉20", 1220_00, 20_00, False),
        ("丁师傅交来300 收290", 290_00, 10_00, True),
        ("陈姐上个礼拜的账一起付了 1203-18=1185 转账", 1185_00, 18_00, True),
    ],
)
def test_what_came_and_what_is_let_off(text: str, fen: int, off_fen: int | None, is_beside: bool) -> None:
    paid = incoming.told(text, NOW, KNOWN)
    assert paid is not None
    assert paid.off is not None
    assert (paid.fen, paid.off.fen, paid.off.is_beside, paid.on) == (fen, off_fen, is_beside, None)


@pytest.mark.parametrize(
    "text",
    [
        "陈姐付了2800 要求抹零",
        "陈姐付了2800 不抹零",
        "陈姐付了2800 能不能抹零",
        "丁师傅转了400 零头下次补",
        "丁师傅说零头不要了",
        "陈姐订了3箱鸡腿 190 抹零收180",
        "陈姐要了20箱 2160 抹零2150",
        "丁师傅付了300 收200现金100",
    ],
)
def test_what_is_no_money_with_something_let_off(text: str) -> None:
    paid = incoming.told(text, NOW, KNOWN)
    assert paid is None or paid.off is None


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("陈姐把昨天的216和今天150都给了 微信366", 366_00),
        ("丁师傅还款1000 微信800现金200", 1000_00),
        ("丁师傅740今天转账740 结清", 740_00),
        ("周会计把前面几单一起结了 微信260", 260_00),
        ("周会计付了前面两单 410", 410_00),
        ("陈姐的账300平了", 300_00),
        ("陈姐清账300", 300_00),
        ("陈姐 昨天前天两单共140一起付了", 140_00),
        ("丁师傅微信给了800 现金200 共1000", 1000_00),
        ("丁师傅转了二期款 30000元", 30000_00),
        ("丁师傅进度款3万已到公司账户", 30000_00),
        ("丁师傅二期收3万 尾款月底", 30000_00),
        ("陈姐上次330也给我了 现金", 330_00),
        ("陈姐一期款50%收到91000", 91000_00),
    ],
)
def test_one_sum_told_with_its_parts_or_what_it_pays(text: str, fen: int) -> None:
    paid = incoming.told(text, NOW, KNOWN)
    assert paid is not None
    assert (paid.fen, paid.off) == (fen, None)
    assert paid.on in (None, NOW.date())


@pytest.mark.parametrize(
    "body", ["昨天付了200 今天付了166 一共366", "付了200 还有166", "微信200 现金100 月底再付500", "300 收200现金"]
)
def test_sums_that_stand_apart_stay(body: str) -> None:
    assert sum_in_parts.apart(body) == body


@pytest.mark.parametrize(
    ("text", "less_fen"),
    [
        ("陈姐剩下的4块抹掉", 4_00),
        ("陈姐抹零10块", 10_00),
        ("把陈姐那4块零头抹了", 4_00),
        ("陈姐的零头8块不要了", 8_00),
        ("陈姐说抹零4块", None),
        ("陈姐抹零4块行不行", None),
        ("陈姐4块钱抹布不要了", None),
        ("陈姐这批货不要了", None),
        ("陈姐送了4块抹布", None),
    ],
)
def test_let_off_alone_lowers_a_debt(text: str, less_fen: int | None) -> None:
    change = entry_changes.told(text, "陈姐")
    assert (change.less_fen if change is not None and change.is_let_off else None) == less_fen


def test_others_words_stay_as_they_are() -> None:
    for body in ("三箱少两瓶", "清了库存", "便宜20", "不要了", "收了300"):
        assert let_off.apart(body) == (body, None)


@pytest.mark.parametrize("text", ["收" + " " * 4000, "抹" + "就" * 4000, "就都也" * 1300 + "清"])
def test_what_is_long_is_read_at_once(text: str) -> None:
    """Each would take minutes, place by place."""
    assert let_off.apart(text) == (text, None)


@pytest.mark.parametrize("body", ["付款1000 免了运费50", "付款500 算清楚了", "收250 减了20公里", "让了2步 收3000"])
def test_what_is_no_money_is_not_let_off(body: str) -> None:
    assert let_off.apart(body) == (body, None)
