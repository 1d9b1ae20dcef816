"""Money told to have come in with more words around it, and what only sounds like it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp.reader import Known, deposits, incoming, money_in, owed

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "孙丽", None, "博远精密", None, ())]


@pytest.mark.parametrize(
    ("text", "yuan", "is_of_sold"),
    [
        ("孙丽 收到货款 9200 含3月两单和补货", 9200, True),
        ("孙丽 打款500 冲6308那单", 500, True),
        ("孙丽付了9250 电汇 3月的", 9250, False),
        ("孙丽 到款1860", 1860, False),
        ("收到博远精密承兑汇票10000 冲14800那笔", 10000, True),
        ("孙丽预付30% 2576.4", 2576.4, False),
        ("孙丽那边五百包湿巾收到了 钱一千九转过来了", 1900, True),
        ("孙丽货到了付一半 480", 480, True),
        ("博远精密18000到账了 减了200折让 实收17800", 17800, True),
        ("孙丽马达到货了 已经送过去了 她尾款四千二当场给了", 4200, True),
        ("孙丽货款四千七全部到账", 4700, True),
        ("孙丽打了八万一到帐了", 81000, False),
        ("孙丽首付十万到了", 100000, False),
        ("孙丽对账9000 付了4000", 4000, True),
        ("孙丽付了两万 剩下的货到付", 20000, True),
        ("孙丽 3月对账 9250 没问题 已付5000 余款4月10号", 5000, True),
    ],
)
def test_what_came_in_is_told_from_what_stands_beside_it(text: str, yuan: float, is_of_sold: bool) -> None:
    paid = money_in.told(text, NOW, KNOWN)
    assert paid is not None
    assert (paid.fen, paid.is_of_sold, paid.rest_told) == (round(yuan * 100), is_of_sold, True)
    assert incoming.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize("text", ["孙丽 茅台两箱 2360 已付", "孙丽 毛巾200条 3600 到账", "孙丽 轴承 50套 1100 已收款"])
def test_goods_beside_the_money_may_be_what_it_bought(text: str) -> None:
    paid = money_in.told(text, NOW, KNOWN)
    assert paid is not None
    assert paid.is_doubted


@pytest.mark.parametrize(
    "text",
    [
        "孙丽拿了两箱牛奶 付了120",
        "孙丽续费2600 已打款",
        "孙丽 充值5000 微信付了",
        "孙丽买了空调 3台 9000 刷卡付了",
        "孙丽说付了1500",
        "孙丽要先付30% 3000",
        "孙丽 8000 付款了吗",
        "给孙丽付了3000",
        "孙丽给供应商付了3000",
        "孙丽退了500 已付",
        "孙丽 5000到账就发货",
        "孙丽 货款3000明天打过来",
        "孙丽付了1500又付了800",
        "孙丽 已收2000 合页 6000",
        "孙丽 押金5000已收",
        "孙丽付了5000给师傅",
        "孙丽 给快递付了30",
        "孙丽 打款5000 下周到",
        "孙丽 财务付款5000 明天到",
        "孙丽 货到付款5000",
        "孙丽 货到了 付了480邮费",
        "孙丽 打到4800了",
    ],
)
def test_what_is_ordered_paid_out_or_still_to_come_is_none(text: str) -> None:
    assert money_in.told(text, NOW, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("不对是一千", 1000),
        ("说错了 是八千六", 8600),
        ("错了，应该是1200块", 1200),
        ("不是一千一 是一千", 1000),
        ("不是一千一是一千", 1000),
    ],
)
def test_a_sum_put_right_is_read_where_nothing_else_is_said(text: str, yuan: int) -> None:
    assert money_in.corrected(text) == yuan * 100


@pytest.mark.parametrize("text", ["不对 是下周三", "不对 是孙丽的1000", "不是老赵 是老杨", "1000", "不是一千一"])
def test_anything_else_puts_no_sum_right(text: str) -> None:
    assert money_in.corrected(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "孙丽货款明天付清",
        "孙丽房贷还清了",
        "孙丽供应商的钱都结了",
        "孙丽上一单付清了",
        "孙丽必须付清",
        "孙丽优惠给了10%",
        "孙丽付了0%",
    ],
)
def test_a_share_of_something_else_or_to_come_is_none(text: str) -> None:
    assert deposits.share(text, "孙丽") is None


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("孙丽剩下的货款都付清了", 100),
        ("孙丽付了一半货款", 50),
        ("孙丽付了30%定金", 30),
        ("孙丽付了三成", 30),
        ("孙丽货款付了70%", 70),
    ],
)
def test_a_share_of_what_is_owed_is_told_in_hundredths(text: str, hundredths: int) -> None:
    assert deposits.share(text, "孙丽") == hundredths


@pytest.mark.parametrize(
    ("term", "due_on"),
    [("一周", None), ("两年", None), ("2-3个月", None), ("15日", date(2026, 4, 2)), ("三十天", date(2026, 4, 17))],
)
def test_days_of_credit_are_days_only(term: str, due_on: date | None) -> None:
    owed_of_it = owed.on_credit(f"孙丽 下单 轴承 8000 账期{term}", NOW, 800000)
    assert owed_of_it is not None
    assert owed_of_it.due_on == due_on
