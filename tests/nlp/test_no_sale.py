"""Money that is no new sale (payments, bills, accounts, a card's balance, void rows), told from what is one."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, incoming, rests, statements
from nlp.reader.owed import Owed

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [
    Known(1, "冯刚", None, None, None, ()),
    Known(2, "王海涛", None, None, None, ()),
    Known(3, "刘姐", None, None, None, ()),
]


@pytest.mark.parametrize(
    "text",
    [
        "冯刚提车了 尾款17万1刷卡",
        "冯刚提车 尾款13万6千8 微信转的",
        "冯刚来提车 尾款10万6付清",
        "冯刚来提车了尾款一十八万刷卡了旧车也开走了",
        "冯刚交房了 尾款21万都付清了",
        "冯刚安装完了 尾款3200转过来了",
        "冯刚余款刷了14万",
        "冯刚放款到账17万1",
        "银行放款了 冯刚那17万1",
        "冯刚按揭17万1批下来放款了",
        "收到王海涛货款16800 建行到账",
        "收到王海涛货款23600 承兑汇票",
        "王海涛货款12000已到账",
        "王海涛的货款16800建行到了",
        "工行收到王海涛货款8000",
        "王海涛 付8000了 全清",
        "王海涛 8000结清",
        "王海涛补齐尾款2880",
        "王海涛设备调试好了 验收签字了 尾款5.8万一个月后付",
        "王海涛签收了 尾款3200月底付",
    ],
)
def test_what_pays_for_what_was_sold_is_a_note(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("note", None)


@pytest.mark.parametrize(
    "text",
    [
        "王海涛 发票开了25200 专票 快递顺丰SF1234567890",
        "王海涛 开票 12400 普票",
        "王海涛 票开了 12400",
        "给王海涛开了张12400的普票",
        "王海涛发票24000开了",
        "王海涛补开发票3600",
        "今天跟王海涛对完账了 3月份一共2万3600 下月10号前付",
        "跟王海涛对了账 三月份总共17400 月底付清",
        "王海涛账对了 一共23600 10号前打款",
        "王海涛对账单发了 3月份货款23600",
        "王海涛三月货款对好了 17400",
        "王海涛那个23600不是订单 是对账",
        "刘姐扣了680 卡里还有7320",
        "刘姐划了680 卡里剩7320",
        "刘姐买了套面霜 680 用卡里余额扣的",
        "刘姐余额扣了380 买了面膜",
        "刘姐用储值付了680",
        "刘姐刷储值卡 380",
        "王海涛 化学锚栓 500套 @12 合计6000 已取消",
        "王海涛 螺栓500套 6000 作废",
        "王海涛 螺栓 6000 已作废",
        "王海涛样品收到了 要改规格 80套改成120套 单价145",
        "王海涛要把80套改成120套 单价145",
    ],
)
def test_bills_accounts_cards_and_void_rows_are_notes(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("王海涛提车了 全款17万1刷卡", 171000),
        ("王海涛付了尾款8000 又订了20箱 3000", 3000),
        ("王海涛今天成交 8万 尾款已付", 80000),
        ("王海涛续费3600 款到账了", 3600),
        ("王海涛补了20箱 2880", 2880),
        ("王海涛 第二笔订单 8000", 8000),
        ("王海涛 又来一笔生意 下单8000", 8000),
        ("王海涛下单12400 开专票", 12400),
        ("王海涛 M8螺栓 500套 12400 含专票", 12400),
        ("王海涛买了打印机 3200 票开好了", 3200),
        ("王海涛签了3万 发票已开", 30000),
        ("王海涛对账后又下了一单 5000", 5000),
        ("刘姐刷卡买了面膜 380", 380),
        ("刘姐充了5000 送了500", 5000),
        ("刘姐 卡里余额不足 又充了2000", 2000),
    ],
)
def test_sales_with_such_words_stay_orders(text: str, yuan: int) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", yuan * 100, None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("冯刚提车了 尾款17万1刷卡", 171000),
        ("冯刚来提车 尾款10万6付清", 106000),
        ("冯刚放款到账17万1", 171000),
        ("收到王海涛货款16800 建行到账", 16800),
        ("王海涛 付8000了 全清", 8000),
        ("王海涛上个月的货款12000到账了", 12000),
    ],
)
def test_money_of_what_was_sold_says_so_itself(text: str, yuan: int) -> None:
    found = incoming.told(text, NOW, KNOWN)
    assert found is not None
    assert (found.fen, found.on, found.is_of_sold) == (yuan * 100, None, True)


@pytest.mark.parametrize("text", ["王海涛转来2580", "王海涛补了2880", "王海涛付了1500", "收到王海涛承兑23600"])
def test_money_alone_does_not_say_what_it_pays(text: str) -> None:
    found = incoming.told(text, NOW, KNOWN)
    assert found is not None
    assert not found.is_of_sold


@pytest.mark.parametrize("text", ["尾款8万月底付", "尾款8万还没付", "说好尾款8万转过来", "尾款8万要付清才能提车"])
def test_rest_that_has_not_come_is_none(text: str) -> None:
    assert rests.told(text, NOW) is None


def test_account_with_its_day_tells_what_is_owed() -> None:
    text = "今天跟王海涛对完账了 3月份一共2万3600 下月10号前付"
    assert statements.told(text, NOW, "王海涛") == Owed(23600_00, date(2026, 4, 10))
    assert statements.told("王海涛对账 一共23600 他确认了", NOW, "王海涛") is None


@pytest.mark.parametrize("text", ["收到老吴回款12000", "收到老吴货款12000"])
def test_payment_of_somebody_unknown_is_not_that_of_who_was_shown(text: str) -> None:
    found = reader.read(text, NOW, KNOWN, KNOWN[0])
    assert (found.customer, found.ask) == (None, "which_customer")


@pytest.mark.parametrize(
    "text", ["美团券 2张 178", "核销了6张 每张68", "抖音券核销两张 一张99", "散客 买了两瓶洗面奶 128"]
)
def test_sale_to_a_walk_in_is_not_that_of_who_was_shown(text: str) -> None:
    found = reader.read(text, NOW, KNOWN, KNOWN[0])
    assert found.customer is None
    assert found.ask in ("which_customer", "what_action")


@pytest.mark.parametrize("text", ["刘姐订了20箱 3000 余额抵扣500", "刘姐买了面霜680 余额付了500 现金180"])
def test_sale_that_a_card_paid_in_part_asks_for_its_sum(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", None, "what_amount")


def test_goods_that_go_out_in_parts_are_asked_about() -> None:
    found = reader.read("王海涛先发了8000套 货款16800 剩4000套8400清明后发", NOW, KNOWN)
    assert (found.customer, found.ask, found.amount_fen) == (None, "note_or_order", 16800_00)
    found = reader.read("王海涛订了100箱 5000 先发了50箱 剩下的下周发", NOW, KNOWN)
    assert (found.action, found.amount_fen) == ("order", 5000_00)
