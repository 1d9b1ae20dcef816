"""欠49000 5月10号前 is a note of money owed, 4月那期付了3200 one of money that came, and no reminder."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, incoming, owed, payments

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
HE = Known(1, "何敏")


@pytest.mark.parametrize(
    ("text", "yuan", "on"),
    [
        ("何敏欠49000 5月10号前", 49000, date(2026, 5, 10)),
        ("何敏尾款57400 4月30号前", 57400, date(2026, 4, 30)),
        ("何敏 还欠8200 月底前", 8200, date(2026, 3, 31)),
        ("何敏货款12000月底前付清", 12000, date(2026, 3, 31)),
        ("何敏剩下3000 下周五前给", 3000, date(2026, 3, 27)),
    ],
)
def test_a_sum_owed_by_a_day_is_a_note_of_a_debt(text: str, yuan: int, on: date) -> None:
    read = reader.read(text, NOW, [HE])
    assert (read.action, read.ask) == ("note", None)
    told = owed.told(text, NOW, "何敏")
    assert told is not None
    assert (told.fen, told.due_on) == (yuan * 100, on)


@pytest.mark.parametrize(
    "text",
    ["何敏尾款57400 4月30号前提醒我", "提醒我 何敏尾款57400 4月30号前", "何敏尾款57400 4月30号催一下"],
)
def test_what_is_asked_for_is_a_reminder(text: str) -> None:
    assert reader.read(text, NOW, [HE]).action == "remind"


@pytest.mark.parametrize("text", ["何敏欠款9000 月底付三分之一", "何敏欠8000 说月底给一半", "何敏欠8000 月底付三成"])
def test_a_day_for_a_part_is_none_for_all(text: str) -> None:
    told = owed.told(text, NOW, "何敏")
    assert told is not None
    assert told.due_on is None


@pytest.mark.parametrize(
    "text",
    [
        "何敏 4月那期付了3200",
        "收了何敏5月的3200",
        "何敏四月的那笔打过来了 3200",
        "何敏4月的货款3200收到了",
        "何敏到账 3200",
    ],
)
def test_an_instalment_is_called_by_its_month(text: str) -> None:
    paid = incoming.told(text, NOW, [HE])
    assert paid is not None
    assert paid.fen == 3200_00
    assert reader.read(text, NOW, [HE]).action == "note"


@pytest.mark.parametrize(
    "text",
    [
        "何敏4月的3200还没付",
        "何敏要4月的3200包",
        "何敏买了4月的票 3200",
        "何敏 4月那期下周付3200",
        "何敏说4月那期付3200",
        "何敏 积分到账5000",
    ],
)
def test_what_has_not_come_or_is_no_money_is_none(text: str) -> None:
    assert incoming.told(text, NOW, [HE]) is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("刘强尾款打了500 还欠2270", 500), ("刘强剩下的付了800 还欠200", 800), ("刘强尾款付了3万 还差1万", 30000)],
)
def test_what_is_left_stands_beside_what_came(text: str, yuan: int) -> None:
    paid = incoming.told(text, NOW, [Known(1, "刘强")])
    assert paid is not None
    assert (paid.fen, paid.rest_told) == (yuan * 100, True)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("何敏 定金 3000 已收", 3000),
        ("何敏定金一万到了", 10000),
        ("何敏 收定金8160", 8160),
        ("何敏付了定金10000", 10000),
        ("何敏首付三万到账", 30000),
        ("收了何敏定金3000", 3000),
    ],
)
def test_a_deposit_alone_has_come(text: str, yuan: int) -> None:
    paid = payments.deposit(text, NOW, [HE])
    assert paid is not None
    assert (paid.fen, paid.is_ahead) == (yuan * 100, True)


@pytest.mark.parametrize(
    "text",
    [
        "何敏定金3000",
        "何敏说明天付定金3000",
        "何敏定金3000还没付",
        "何敏付了定金200 周五来拍照",
        "何敏退定金3000",
        "何敏交了投标保证金8500",
        "我们付了何敏定金3000",
        "何敏要付定金3000",
    ],
)
def test_a_deposit_to_come_or_with_more_is_none(text: str) -> None:
    assert payments.deposit(text, NOW, [HE]) is None
