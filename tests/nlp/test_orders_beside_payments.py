"""Orders told with a part paid, a card, an invoice or an account: read or asked about, and never lost in a note."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.fields import money
from nlp.reader import Known, paid_beside, payment_plans, rests, statements

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
LI = Known(1, "李娟", None, None, None, ())


@pytest.mark.parametrize(
    ("text", "yuan", "paid"),
    [
        ("李娟 橱柜3万 付了1万 尾款装完付", 30000, 10000),
        ("李娟定制衣柜 总价3万 付了1万 尾款安装后付", 30000, 10000),
        ("李娟门窗3万 付了1万 尾款装好付", 30000, 10000),
        ("李娟婚庆套餐2万 付了5000 尾款婚后付", 20000, 5000),
        ("李娟报班8000 交了3000 剩下的钱月底交", 8000, 3000),
        ("李娟装修8万 付了3万 尾款5万", 80000, 30000),
        ("李娟订3万 先付1万 尾款发货前", 30000, 10000),
        ("李娟 全屋定制12万 付了4万 余款安装完付", 120000, 40000),
        ("李娟家具 5万 交了2万 剩下的款送货时付", 50000, 20000),
        ("李娟 婚纱照 8800 付了3000 尾款拍完付", 8800, 3000),
        ("李娟下午来电话 说定了 画画年课 6800 现在微信付了 2000", 6800, 2000),
        ("李娟 英语半年课 4800 刚才支付宝转了 1000", 4800, 1000),
        ("李娟 空压机 5.8万 刚刚对公转了 2万", 58000, 20000),
        ("李娟 空压机 58000 今早转了20000", 58000, 20000),
        ("李娟 沙发 12800元 现在刷卡付了 5000", 12800, 5000),
        ("李娟 面料120米 8400 上午打了4000", 8400, 4000),
        ("李娟 保养套餐 1980 刚微信收了 500", 1980, 500),
        ("李娟 24节5200 交了2000 下周交剩下的", 5200, 2000),
        ("李娟报24节5200 交了2000", 5200, 2000),
        ("李娟 轴承 3200 密封圈 680 现在微信付了 2000", 3880, 2000),
    ],
)
def test_order_of_which_a_part_is_paid_is_of_its_whole(text: str, yuan: int, paid: int) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)
    beside = paid_beside.told(text, NOW, yuan * 100, "李娟")
    assert beside is not None
    assert (beside.fen, beside.rest_fen) == (paid * 100, (yuan - paid) * 100)


@pytest.mark.parametrize(
    ("text", "yuan", "goods"),
    [
        ("李娟 面霜 580 微信收了 580", 580, "面霜"),
        ("李娟 定制柜 6800 现在微信付了 6800", 6800, "定制柜"),
        ("李娟 物料 300 现金交了 300", 300, "物料"),
        ("李娟 转椅 3200 打印纸 680 现金付了", 3880, "转椅、打印纸"),
        ("李娟 转椅 3200 打印纸 680", 3880, "转椅、打印纸"),
        ("李娟 上午场地 3000 晚上场地 2000", 5000, "上午场地、晚上场地"),
    ],
)
def test_what_was_paid_is_no_further_article(text: str, yuan: int, goods: str) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.amount_fen, found.product) == ("order", yuan * 100, goods)


@pytest.mark.parametrize(
    "text",
    [
        "李娟尾款3万到了就发货",
        "李娟尾款3万收到就发",
        "李娟提货前尾款3万付清",
        "李娟尾款3万提货时付清",
        "李娟尾款3万让我微信收",
        "李娟尾款3万到账后发货",
        "李娟安装前尾款3万结清",
        "李娟叫我尾款3万微信收",
        "李娟尾款3万到了通知我",
        "李娟尾款3万装完后付清",
    ],
)
def test_rest_on_a_condition_or_wished_for_is_neither_paid_nor_an_order(text: str) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask) == ("note", None)
    assert rests.told(text, NOW, "李娟") is None


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("李娟提货前尾款3万付清了", 30000),
        ("李娟尾款3万收到就发货了", 30000),
        ("李娟前天尾款3万付清", 30000),
        ("李娟17万1 尾款刷卡了", 171000),
        ("李娟付了3万 尾款", 30000),
        ("李娟尾款3万微信转的 让我们发货", 30000),
        ("李娟尾款3万支付宝 当时就发货了", 30000),
        ("李娟提车 付了5万 尾款17万刷卡", 170000),
    ],
)
def test_rest_that_has_come_is_paid(text: str, yuan: int) -> None:
    assert reader.read(text, NOW, [LI]).action == "note"
    assert rests.told(text, NOW, "李娟") == yuan * 100


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("李娟用会员卡价买了一套护肤品 680", 680),
        ("李娟用会员卡折扣买了精华 680", 680),
        ("李娟用储值卡折扣买了精华 680", 680),
        ("李娟 买了3000 用余额宝付的", 3000),
        ("李娟 订了20箱 3000 今天微信余额付的", 3000),
        ("李娟买了680 支付宝余额付的", 680),
        ("李娟用会员卡积分换了杯子 又买了680", 680),
        ("李娟订5000 刷卡3000 还剩2000", 5000),
        ("李娟买了对账系统 17400", 17400),
        ("李娟定做对账本 3000", 3000),
        ("李娟印对账单20本 3000", 3000),
        ("李娟新款对上她口味 拿走 3000", 3000),
        ("李娟要打印机 3万 开了发票3万", 30000),
        ("李娟买打印机 3万 开了发票3万", 30000),
        ("李娟又要打印机 3万 票3万也开了", 30000),
        ("李娟下定6800 开票6800", 6800),
    ],
)
def test_sale_told_with_card_account_or_invoice_stays_an_order(text: str, yuan: int) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask, found.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "text",
    [
        "李娟订车 尾款17万 现金付",
        "李娟买车 尾款17万 刷卡",
        "李娟拿了两箱酒 1200 刷储值卡",
        "李娟买了面膜 380 用储值卡",
        "李娟刷了3000 剩2000月底付",
        "李娟 推销了3000 还剩2000",
        "李娟货款5000 扣500返点 剩4500已付",
        "李娟扣了200 剩4800打过来了",
        "李娟 刷了300卷墙纸 剩20卷 2000",
        "李娟20箱换成30箱 4500已付",
        "李娟2瓶换成3瓶 补差价128",
        "李娟把20箱改成了30箱 一共4500",
        "李娟3箱换成5箱 5000",
        "李娟要的货 3万 开票3万",
        "李娟要了打印机 开了发票3万",
        "李娟用会员卡买了面霜 680",
        "李娟对账软件 17400",
        "李娟这款对了胃口 3000",
    ],
)
def test_what_may_be_a_sale_is_asked_about(text: str) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask, found.candidates) == ("note", "note_or_order", (LI,))
    assert found.amount_fen is not None


@pytest.mark.parametrize(
    ("text", "fen", "ask"),
    [("李娟续费8000 还开了发票 8000", None, "what_amount"), ("李娟充值5000 还开了发票5000", None, "what_amount")],
)
def test_invoice_of_a_card_is_not_sold_beside_it(text: str, fen: int | None, ask: str | None) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.amount_fen, found.ask) == ("order", fen, ask)


@pytest.mark.parametrize(
    "text",
    [
        "李娟刷会员卡 380",
        "李娟用会员卡付了680",
        "李娟用会员卡余额付了680",
        "李娟消了680 剩7320",
        "李娟刷了380 卡里剩2000",
        "李娟对账本月货款17400",
        "李娟的款对好了 17400",
        "李娟对账单发过去了 17400",
        "李娟要开票 12400 票开了12400",
        "李娟订单发票3万开了",
        "李娟20箱换成30箱 单价145",
        "李娟要把80套改成120套 145一套",
        "李娟5台改成6台 3200一台",
        "李娟要求开票3万 开了发票3万",
        "李娟3月货款23600 发票23600开了",
    ],
)
def test_what_is_no_sale_stays_a_note(text: str) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("李娟订了20箱 3000 付了200运费", 3000),
        ("李娟订了20箱 3000 运费已付200", 3000),
        ("李娟订了20箱 3000 付了150快递费", 3000),
        ("李娟订了3万 付款300手续费", 30000),
        ("李娟订了10万 定金1万3号付", 100000),
        ("李娟订了10万 定金1万 5号付", 100000),
        ("李娟订了10万 定金1万5号付", 100000),
    ],
)
def test_fee_and_deposit_to_come_are_not_paid_of_the_order(text: str, total: int) -> None:
    found = reader.read(text, NOW, [LI])
    assert (found.action, found.ask, found.amount_fen) == ("order", None, total * 100)
    assert paid_beside.told(text, NOW, total * 100, "李娟") is None


@pytest.mark.parametrize(
    ("text", "paid", "due_on"),
    [
        ("李娟订了10万 定金2万3天内付尾款", 20000, date(2026, 3, 21)),
        ("李娟订了10万 定金1万20日付尾款", 10000, date(2026, 3, 20)),
        ("李娟订了10万 定金2万5 月底付尾款", 25000, date(2026, 3, 31)),
        ("李娟订了10万 定金1万 5号提货", 10000, None),
        ("李娟订了10万 定金1万5", 15000, None),
        ("李娟报了年卡 学费付了3000", 3000, None),
    ],
)
def test_digit_of_a_day_behind_a_sum_is_none_of_it(text: str, paid: int, due_on: date | None) -> None:
    told = paid_beside.told(text, NOW, 100000_00, "李娟")
    assert told is not None
    assert (told.fen, told.due_on) == (paid * 100, due_on)


@pytest.mark.parametrize(
    "text",
    [
        "李娟订了300斤 4月1号100斤 5月1号200斤",
        "李娟订了300箱 4月1号100箱 5月1号200箱",
        "李娟下单20万 4月10号送8万的货 5月10号送12万的货",
        "李娟下单20万 4月10号发8万的货 5月10号发12万的货",
    ],
)
def test_deliveries_are_no_instalments(text: str) -> None:
    assert payment_plans.told(text, NOW, "李娟") is None


@pytest.mark.parametrize(
    "text",
    [
        "李娟下单20万 4月10号交货付8万 5月10号付12万",
        "李娟下单20万 4月10号货款8万 5月10号货款12万",
        "李娟订了20万的货 4月10号8万 5月10号12万",
    ],
)
def test_sums_with_their_days_are_instalments(text: str) -> None:
    plan = payment_plans.told(text, NOW, "李娟")
    assert plan is not None
    assert [one.fen for one in plan.parts] == [80000_00, 120000_00]


def test_account_is_no_word_for_taste_or_software() -> None:
    assert not any(statements.is_told(text) for text in ("对账软件", "对账单20本", "这款对了胃口"))
    assert all(statements.is_told(text) for text in ("对账单发了", "货款对好了", "账对上了"))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("定金1万3号付", 10000), ("押2万3天内付", 20000), ("1万5日元", 15000), ("1万2天猫店", 12000), ("3万2", 32000)],
)
def test_day_behind_ten_thousands_is_no_thousands(text: str, yuan: int) -> None:
    assert money.find(text)[0].fen == yuan * 100
