"""Numbers that nobody pays for an order: sums insured, balances, numbers of meetings, sums to reckon with."""

from __future__ import annotations

import pytest

from nlp.reader import Known, Reading, read
from tests.nlp.test_reader import NOW

PEOPLE = [Known(1, "孙丽")]


def got(text: str) -> Reading:
    return read(text, NOW, PEOPLE)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽签了重疾30万保额 年缴8600", 8600),
        ("孙丽买了30万的重疾 年缴8600", 8600),
        ("孙丽 保额50万 年缴3200 签了", 3200),
        ("孙丽充了2000 余额3380", 2000),
        ("孙丽卡里还有3200 今天又充了2000", 2000),
        ("孙丽买了保险3000", 3000),
        ("孙丽签了重疾 8600", 8600),
    ],
)
def test_what_was_paid_is_the_order(text: str, yuan: int) -> None:
    assert (got(text).action, got(text).amount_fen) == ("order", yuan * 100)


@pytest.mark.parametrize("text", ["孙丽签了重疾 保额50万", "孙丽成交 意外险 保额100万"])
def test_of_a_policy_with_its_cover_alone_the_sum_is_asked(text: str) -> None:
    assert (got(text).action, got(text).amount_fen, got(text).ask) == ("order", None, "what_amount")


@pytest.mark.parametrize(
    "text",
    [
        "孙丽老公说可以 但是重疾只买30万的 年缴8600",
        "给孙丽约了本周四下午三点半腾讯会议 会议号 889 123 456",
        "孙丽 会议号889123456 密码1234",
        "孙丽来了做理疗 扣180 剩1380",
        "孙丽剩1380",
        "帮我算下 8000交20年一共多少",
        "孙丽想买50万的重疾 算下多少钱",
        "孙丽要发票 抬头 孙丽 6800 明天开",
        "孙丽 开票6800",
    ],
)
def test_no_order_is_made_or_offered(text: str) -> None:
    reading = got(text)
    assert reading.action in ("note", "unclear")
    assert reading.ask != "note_or_order"
    assert "order" not in reading.likely


@pytest.mark.parametrize("text", ["孙丽买了面霜 6800 要发票", "孙丽下单面膜10盒 2400 剩下的明天拿"])
def test_an_order_beside_a_bill_or_a_rest_of_goods_stays(text: str) -> None:
    assert (got(text).action, got(text).amount_fen is not None) == ("order", True)


def test_a_sum_to_reckon_is_no_note_of_the_customer_shown_last() -> None:
    reading = read("帮我算下 8000交20年一共多少", NOW, PEOPLE, PEOPLE[0])
    assert (reading.action, reading.ask) == ("unclear", "question")
