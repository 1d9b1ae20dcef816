"""What is hoped for is no sale, what was signed is one: policies, fittings, courses; both directions."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader.customers import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "孙丽", "新民五金", None, None, ())]


@pytest.mark.parametrize(
    "text",
    [
        "孙丽团险 年缴2万8 12个人 有戏 4月10号前签",
        "孙丽 团险 年缴2万8 有戏 四月上旬能签",
        "孙丽82万可以 但要分三次付 签合同30% 出柜50% 安装完20% 4月8号签",
        "孙丽 重疾 8600 年缴 80%能成 4月中",
        "孙丽 有意向增额寿 10年交每年3万 一共30万 下周五面谈",
        "孙丽 计划书 50万保额 年缴9800 明天发",
        "孙丽 建议书 30万保额 年缴4200 后天给她",
        "孙丽 课时包 96节 12800 意向很强",
        "孙丽 软件续约 5万 争取本月签",
        "孙丽 三居室 210万 有希望",
    ],
)
def test_what_is_hoped_for_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("note", None, None)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽 5套样板房 每套4万5 一共22万5 月底前签合同",
        "孙丽量完了 实际面积131平 总价调整到15万6 下周二来签",
        "孙丽 两台空压机 36000 周五来签",
        "孙丽 二手车 8万5 月底前成交",
        "孙丽 钢材5吨 2万4 说可以签",
        "孙丽 课程 9800 明天定下来",
        "孙丽 会员卡 3000 周末来下单",
        "孙丽 机床48万 同意了 下周签合同",
        "孙丽 ERP 30万 首付30%可以签",
        "孙丽 医美套餐 8800 客户加了微信 下周来签",
        "孙丽 木门20樘 3万 争取中标 下周签",
    ],
)
def test_goods_with_a_sum_that_are_still_to_be_signed_are_asked_about(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", "note_or_order")


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽 软件授权20个 3万6 下周补签合同", 36000),
        ("孙丽订货30箱 9000 明天定下来送货时间", 9000),
        ("孙丽 轮胎4条 2400 周日过来签字提车", 2400),
        ("孙丽 续费 8800 明天签合同", 8800),
        ("孙丽做了个护理 268 下次给她做计划书", 268),
        ("孙丽 数控机床1台 48万 中标 下周签合同", 480000),
        ("孙丽PO来了 48万 合同下周签", 480000),
        ("孙丽返单 2台 96万 下周签", 960000),
        ("孙丽 婚庆花艺 2万 现金 下周签合同", 20000),
        ("孙丽 20件 3600 明早下单给工厂", 3600),
        ("孙丽 花篮20个 1760 可以签单月结", 1760),
        ("孙丽 喷漆 900 保险能签下来", 900),
        ("孙丽烫染套餐1280做了 下次有望办卡", 1280),
        ("孙丽 木地板 80平 1万6 周六定下来颜色", 16000),
    ],
)
def test_of_what_is_sold_the_paper_may_still_come(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽定了！18万2 今天先交1万定金 下周一签合同", 182000),
        ("孙丽订了2台 9600 下周一签合同", 9600),
        ("孙丽成交8万 周五去签合同", 80000),
        ("孙丽拿下了 3万 月底签合同", 30000),
        ("孙丽今天签 36000", 36000),
        ("孙丽今天下单6800 货款下周付", 6800),
        ("孙丽签了38万 争取下月再签一单", 380000),
        ("孙丽今天签了计划书 9800", 9800),
        ("孙丽 商业计划书 8000 已付", 8000),
        ("孙丽拿货 3600 月底一起签单", 3600),
        ("孙丽 冻品专线 Q2 签约 √ 9万8", 98000),
        ("孙丽退掉平安的 转过来了 4500 签了", 4500),
        ("孙丽把太保的退了 换我们的 3万6 签了", 36000),
        ("孙丽退了人保的车险 在我这买了 3900", 3900),
        ("孙丽退了原来的装修公司 找我们签了 12万8", 128000),
        ("孙丽退了20箱 找我们办退款 3600", -3600),
        ("孙丽退货 钱转过来了 5000", -5000),
        ("孙丽退了3箱啤酒 120", -120),
        ("孙丽退了昨天买的货 3000", -3000),
    ],
)
def test_what_is_taken_is_a_sale_and_what_comes_back_a_return(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("孙丽 昨天签了38万 年金", 380000, "年金"),
        ("孙丽 38万的年金趸交 昨天签的", 380000, "年金趸交"),
        ("孙丽 昨天签的38万 年金 趸交", 380000, "年金 趸交"),
        ("孙丽 昨天签的医疗险 1200年缴", 1200, "医疗险"),
    ],
)
def test_what_was_signed_yesterday_is_an_order_of_yesterday(text: str, yuan: int, product: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen) == ("order", None, yuan * 100)
    assert (reading.ordered_on, reading.product) == (date(2026, 3, 17), product)


@pytest.mark.parametrize("text", ["孙丽 重疾只买30万的", "孙丽 2024年交的房租 3万"])
def test_cover_and_years_are_no_sums(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).amount_fen is None


def test_the_way_to_a_counter_is_no_goods() -> None:
    assert reader.read("孙丽今天去柜台了 退了 退了3万2", NOW, KNOWN).product is None


@pytest.mark.parametrize("text", ["不对 是15万8", "说错了 是9800", "不对，应该是3200"])
def test_what_is_put_right_is_offered_as_no_order(text: str) -> None:
    assert "order" not in reader.read(text, NOW, KNOWN).likely
