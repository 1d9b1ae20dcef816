"""A payment to come, goods from somebody else and a house of his own have a sum, and are no sale of ours."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", "新民五金"),
    Known(2, "刘建军", "建军五金"),
    Known(3, "王建国", None),
    Known(4, "周国强", None),
    Known(5, "李娜", "苏州丽都酒店"),
]


@pytest.mark.parametrize(
    "text",
    [
        "刘建军月底付五百",
        "王建国说周五付三千",
        "孙丽下周打两万过来",
        "孙丽下周三转我两千",
        "孙丽月底结清3200",
        "孙丽下月5号付第二期8万",
        "孙丽这两天打3000",
        "孙丽晚点转2000给我",
        "李娜后天来交保费 1.2万",
        "李娜下周一来付全款提车 25万8",
        "孙丽答应周五把5000打过来",
        "孙丽那笔3000周五给",
        "孙丽说2800过几天给我们",
    ],
)
def test_a_payment_to_come_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("王建国下单3000 月底付", 3000),
        ("王建国要了20箱 3000 周五付款", 3000),
        ("王建国订了3000的货 下周打款", 3000),
        ("孙丽今天下单6800 货款下周付", 6800),
    ],
)
def test_an_order_with_its_day_of_payment_stays_one(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽在别处拿了10箱 一箱80",
        "李娜从老赵那边进了50箱",
        "李娜从老赵那边进了50箱 一箱90",
        "孙丽从宏达那里买了20台 一台1500",
        "孙丽去别家订了200条 单价18",
        "王建国找同行拿了30套 一套260",
        "王建国最近从外面采购了5台 一台2万",
        "周国强中了2套房 一套80万",
        "周国强摇号中了一套房 150万",
    ],
)
def test_goods_from_somebody_else_are_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None)


@pytest.mark.parametrize("text", ["王建国买了3台车 一台30万", "周国强买了两套房 一套80万", "孙丽买了辆车 18万"])
def test_a_house_or_car_is_never_an_order_by_itself(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) in (("note", None), ("note", "note_or_order"))


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽从我们仓库拿了10箱 一箱80", 800),
        ("孙丽在店里拿了10箱 一箱80", 800),
        ("孙丽买了10箱 一箱80", 800),
        ("李娜进了50箱 一箱90", 4500),
        ("李娜从小周那边进了50箱 一箱90", 4500),
        ("孙丽买了车载充电器20个 一个35", 700),
    ],
)
def test_goods_of_ours_stay_an_order(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "text", ["孙丽在店里拿了10箱 一箱80", "孙丽去店里拿了10箱 一箱80", "孙丽在老家拿了10箱 一箱80"]
)
def test_where_he_took_it_is_no_goods(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).product is None


@pytest.mark.parametrize(
    "text",
    ["李娜那单地址改成武侯区", "孙丽这批货送到武侯区", "李娜这个订单收货地址改到武侯区", "孙丽的货地址改成高新区"],
)
def test_the_address_of_a_delivery_is_no_news_of_the_customer(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None)


def test_the_address_of_the_customer_is_news() -> None:
    assert reader.read("孙丽地址改成武侯区", NOW, KNOWN).action == "update"
    assert reader.read("孙丽搬到武侯区了", NOW, KNOWN).action == "update"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("刘建军拿货3200 给了2000 剩的月底", 3200),
        ("刘建军拿了3200的货 付了2000 剩下的月底结", 3200),
        ("孙丽买了8800的货 先给了5000 余款下周", 8800),
    ],
)
def test_what_was_paid_of_an_order_is_not_its_sum(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    "text",
    [
        "周国强 意向金2万已转",
        "周国强交了诚意金5万",
        "李娜预付款30%已到 3.24万",
        "王建国昨天那200包水泥的钱 5000 今天转了",
        "孙丽今天划卡做了个脸 298",
        "孙丽耗卡298",
        "李娜储值卡消费了680",
        "刘建军把车卖了 5万",
        "周国强看中一套 总价320万 首付96万",
        "我给孙丽送了两箱样品 一箱48",
        "孙丽开了5000的票",
        "刘建军今年累计买了12万",
        "刘建军这个月拿了快两万的货",
        "刘建军今年总共拿了12万的货",
        "刘建军那批货要加急 加运费300",
        "李娜公司中标了一个500万的项目",
        "李娜推荐了她妹妹 办卡2000",
        "周国强他弟弟买了我们的房 150万",
        "孙丽她朋友订了20箱 一箱80",
    ],
)
def test_what_is_no_order_of_his_is_no_order(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"


@pytest.mark.parametrize("text", ["陈敏加了10个账号 一个账号80一个月 按年付", "李娜8000的课分三次付 今天付了3000"])
def test_a_sum_that_is_only_a_part_is_asked_for(text: str) -> None:
    reading = reader.read(text, NOW, [*KNOWN, Known(6, "陈敏", None)])
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", "what_amount", None)


@pytest.mark.parametrize(
    "text", ["孙丽订的50箱到货了 2400", "李娜公司中标了一个500万的项目", "孙丽她朋友订了20箱 一箱80"]
)
def test_what_may_be_an_order_that_is_another_is_asked_about(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).ask == "note_or_order"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("周国强中标了 80万", 800000),
        ("孙丽孩子报了班 4800", 4800),
        ("孙丽看中了那款 当场定了 3200", 3200),
        ("孙丽姐拿了10箱 一箱80", 800),
        ("孙丽订了20箱 2000 送小样", 2000),
        ("李娜在上海那边订了50箱 4000", 4000),
        ("周国强摇号选中了 认购1203 总价168万", 1680000),
        ("孙丽续费3600 送赠品", 3600),
        ("孙丽订了5000的货 开专票", 5000),
        ("孙丽这个月又拿了20箱 一箱90", 1800),
        ("孙丽介绍了李娜 自己也办卡2000", 2000),
    ],
)
def test_what_is_told_beside_another_stays_an_order(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert reading.amount_fen == yuan * 100


@pytest.mark.parametrize(
    ("text", "action"), [("孙丽确认图纸 付第二笔 44000", "note"), ("孙丽付进度款44000 图还要改", "note")]
)
def test_a_part_of_what_was_agreed_is_no_new_order(text: str, action: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == action
