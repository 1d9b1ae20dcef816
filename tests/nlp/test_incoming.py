"""Money that came in: what pays for something is told from goods bought, deposits, plans, and money paid out."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp.reader import Known, incoming

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [
    Known(1, "孙丽", None, None, None, ("孙姐",)),
    Known(2, "何秀英", None, None, None, ()),
    Known(3, "赵建军", None, None, None, ()),
    Known(4, "周倩", None, None, None, ()),
]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙姐 转账2580", 2580),
        ("孙姐转来2580", 2580),
        ("孙姐微信转了我580", 580),
        ("孙姐打了1500过来", 1500),
        ("孙姐给我打了1500", 1500),
        ("孙姐把1500转我了", 1500),
        ("收到孙姐货款1500", 1500),
        ("收孙姐1500", 1500),
        ("孙姐结了1500", 1500),
        ("何秀英先给了两千块", 2000),
        ("孙姐付了1500", 1500),
        ("孙姐汇了一千五", 1500),
        ("孙姐还了1500", 1500),
        ("孙姐给了1500现金", 1500),
        ("孙姐 货款2580到账", 2580),
        ("周倩那5800到了", 5800),
        ("周倩这期3900到账了", 3900),
        ("孙姐上期的3900付了", 3900),
        ("孙姐 收款200", 200),
        ("收款 孙姐 200", 200),
        ("孙姐5800到账了!", 5800),
        ("孙姐扫码付了1500", 1500),
        ("孙姐付进度款44000", 44000),
        ("孙姐打款50750 第一期", 50750),
        ("孙姐第三笔20000到账", 20000),
        ("孙姐二期款44000打过来了", 44000),
        ("孙姐付尾款57600", 57600),
        ("孙姐付了剩下的2020", 2020),
        ("孙姐付了八百七十五 上次的结清", 875),
        ("孙姐转了1000 先还旧的", 1000),
        ("孙姐欠的465给了", 465),
        ("孙姐的安装款8000收到了", 8000),
        ("孙姐货送到了 她付了现金400", 400),
        ("孙姐打款1.5万", 15000),
        ("回款 3万 孙姐", 30000),
        ("孙姐的1500收了", 1500),
    ],
)
def test_money_alone_has_come_in(text: str, yuan: int) -> None:
    assert incoming.told(text, NOW, KNOWN) == incoming.Incoming(yuan * 100, None, False)


def test_day_gone_by_and_what_is_still_owed_are_told() -> None:
    assert incoming.told("孙姐昨天转来2580", NOW, KNOWN) == incoming.Incoming(2580_00, date(2026, 3, 17), False)
    for text in ("赵建军打了1000过来 剩下1200月底给", "赵建军付了1000，还差1200", "赵建军先给了1000 还欠1200"):
        assert incoming.told(text, NOW, KNOWN) == incoming.Incoming(1000_00, None, True), text


@pytest.mark.parametrize(
    ("text", "fen", "on"),
    [
        ("上周五孙姐打了3000块货款", 3000_00, date(2026, 3, 13)),
        ("3月10号孙姐付了五百", 500_00, date(2026, 3, 10)),
        ("3月18号孙姐付了五百", 500_00, date(2026, 3, 18)),
        ("15号孙姐付了五百", 500_00, date(2026, 3, 15)),
        ("25号孙姐付了五百", 500_00, date(2026, 2, 25)),
        ("孙姐周五打了两千过来", 2000_00, date(2026, 3, 13)),
        ("3/10孙姐付了500", 500_00, date(2026, 3, 10)),
    ],
)
def test_day_of_a_payment_is_one_gone_by(text: str, fen: int, on: date) -> None:
    assert incoming.told(text, NOW, KNOWN) == incoming.Incoming(fen, on, False)


@pytest.mark.parametrize(
    "text", ["3月25号孙姐付500", "孙姐下周五付了1500", "30号孙姐付了五百", "孙姐周五付1500", "孙姐4月10号付了1500"]
)
def test_day_to_come_is_no_payment(text: str) -> None:
    assert incoming.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize(
    "text",
    [
        "孙姐 毛巾200条 3600 款到了",
        "孙姐下单1500",
        "孙姐订了1500",
        "孙姐续费2600 已打款",
        "孙姐充值1500",
        "孙姐付了全款 18800 年费",
        "孙姐打了定金3000",
        "孙姐没付1500",
        "孙姐说付了1500",
        "孙姐明天付1500",
        "孙姐月底给1500",
        "孙姐下午付1500",
        "孙姐每月付1500",
        "孙姐付了1500吗",
        "我给孙姐转了1500",
        "我打了1500给孙姐",
        "付了孙姐1500",
        "退了孙姐1500",
        "孙姐微信转了500块红包给我",
        "孙姐打了20分钟电话",
        "孙姐3点到了",
        "孙姐到了",
        "孙姐1500",
        "孙姐欠款3万已付2万",
        "孙姐给了1500的价",
        "孙姐还价1500",
        "孙姐付了1500又付了800",
        "孙姐转给老王1500",
        "孙姐货到了 1500",
    ],
)
def test_anything_more_or_else_is_no_money_that_came_in(text: str) -> None:
    assert incoming.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize("text", ["孙姐月底付五百", "孙姐说月底付五百", "孙姐月底打两千"])
def test_end_of_the_month_on_its_last_day_is_still_to_come(text: str) -> None:
    assert incoming.told(text, NOW.replace(day=31), KNOWN) is None
    assert incoming.told("孙姐月底付了五百", NOW.replace(day=31), KNOWN) is not None
