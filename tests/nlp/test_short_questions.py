"""A period or goods and the name of a figure ask without a word of asking; what only looks so is no question."""

from __future__ import annotations

from datetime import date

import pytest

from nlp import questions, spoken
from nlp.questions import periods

TODAY = date(2026, 3, 18)
PEOPLE = ("小李", "小周")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3月业绩", "total money 3月"),
        ("一季度业绩", "total money 1季度"),
        ("上半年卖了多少", "total money 上半年"),
        ("2025年2月卖了多少", "total money 2025年2月"),
        ("3月上旬卖了多少", "total money 3月上旬"),
        ("上个月下旬业绩", "total money 上月下旬"),
        ("本月上半个月签了多少单", "total orders 本月上半月"),
        ("3月1号到10号卖了多少", "total money 3月1日到3月10日"),
        ("3月客单价", "total average 3月"),
        ("上周五业绩", "total money 上周五"),
        ("上周五卖了多少", "total money 上周五"),
        ("周五收了多少", "total received 周五"),
        ("15号卖了多少", "total money 3月15日"),
        ("1号到10号卖了多少", "total money 3月1日到10日"),
        ("周一到周三卖了多少", "total money 周一到周三"),
        ("本月回款", "total received 本月"),
        ("本周退货", "total returns 本周"),
        ("今天卖了多少 收了多少", "total received with sales 今天"),
        ("上周收了多少钱 签了多少", "total received with sales 上周"),
        ("小李这个月业绩多少 回款多少", "total received with sales of=人=小李 本月"),
        ("今天收入多少", "total money 今天"),
        ("这个月收了多少定金", "total received undivided=定金 本月"),
        ("今天现金收了多少 微信多少", "total received undivided=现金、微信 今天"),
        ("小周本周支付宝到账多少", "total received undivided=支付宝 of=人=小周 本周"),
        ("微信来的客户这个月收了多少", "total received of=来源=微信 本月"),
        ("现金收了多少 微信收了多少", "total received undivided=现金、微信 今天"),
        ("收了多少 还差多少", "total received with open 近90天"),
        ("小李这个月收了多少 还有多少没收", "total received with open of=人=小李 本月"),
        ("今天现金收了多少 还差多少", "total received with open undivided=现金 今天"),
        ("总共收了多少", "total received 近90天"),
        ("我们一共收了多少钱", "total received 近90天"),
        ("上周新客户", "total new 上周"),
        ("上个月小李业绩", "total money of=人=小李 上月"),
        ("3月多少单", "total orders 3月"),
        ("小李小周谁多", "rank money by=rep of=人=小李,人=小周 近90天"),
        ("这个月谁更多", "rank money by=rep 本月"),
        ("老客户占多少", "total repeat 近365天"),
        ("近12个月卖了多少", "total money 近365天"),
    ],
)
def test_days_and_the_name_of_a_figure_are_a_question(text: str, meant: str) -> None:
    found = questions.read(text, TODAY, PEOPLE)
    assert found is not None
    assert found.spoken() == meant


@pytest.mark.parametrize(
    "text",
    [
        "本月拜访",
        "本周报价",
        "王总3月订单",
        "王总本月回款",
        "3月回访",
        "下个月回款",
        "张伟上周退货",
        "本月提醒收款",
        "周五回款",
        "20号回款",
        "周一新客户",
        "15号订单",
        "周五拜访",
        "25号楼卖了多少",
        "周五来多少人",
        "20号能收多少",
        "20号收多少",
        "周五收多少",
        "下周五收多少",
    ],
)
def test_an_errand_or_a_customer_beside_it_is_none(text: str) -> None:
    assert questions.read(text, TODAY, PEOPLE) is None


@pytest.mark.parametrize(
    "text",
    [
        "3月20号签单",
        "4月回款",
        "下半年新客户",
        "3月下旬签单",
        "4月上旬回款",
        "3月20号到25号回款",
        "12月退货",
        "3月18号签单",
        "今天回款",
        "今天新客户拜访",
        "3月业绩会",
        "本月五金客户回款",
        "今年4月业绩",
    ],
)
def test_days_to_come_a_deed_of_today_and_any_word_more_ask_nothing(text: str) -> None:
    assert questions.read(text, TODAY, PEOPLE) is None


def test_the_end_of_last_year_is_meant_soon_after_it() -> None:
    asked = (
        ("12月退货", date(2026, 1, 9)),
        ("12月业绩", TODAY),
        ("本月回款", date(2026, 4, 1)),
        ("去年4月回款", TODAY),
    )
    found = [questions.read(text, today, PEOPLE) for text, today in asked]
    assert [one and one.spoken() for one in found] == [
        "total returns 2025年12月",
        "total money 2025年12月",
        "total received 本月",
        "total received 2025年4月",
    ]


def test_days_of_a_year_that_are_to_come_are_no_others() -> None:
    assert periods.every("今年二季度业绩", TODAY) == []
    assert periods.every("3月下旬业绩", TODAY) == []
    (days,) = periods.every("2月下旬业绩", TODAY)
    assert (days.period.first, days.period.last) == (date(2026, 2, 21), date(2026, 2, 28))
    (days,) = periods.every("12月25日到1月5日业绩多少", TODAY)
    assert (days.period.first, days.period.last) == (date(2025, 12, 25), date(2026, 1, 5))


@pytest.mark.parametrize(
    "text",
    [
        "3月和2月比",
        "3月比2月",
        "2月和1月比",
        "上个月和去年同月比",
        "今年比去年同期",
        "小李3月比2月少多少",
        "3月和去年3月比",
    ],
)
def test_two_stretches_of_days_are_compared(text: str) -> None:
    assert questions.compares(text, TODAY, PEOPLE)


@pytest.mark.parametrize(
    "text",
    ["3月和2月都没下单", "5月比4月", "4月和5月业绩", "王总3月比2月多", "3月和4月出差", "上周和这周拜访", "2月和3月"],
)
def test_two_stretches_of_days_with_anything_else_are_not(text: str) -> None:
    assert not questions.compares(text, TODAY, PEOPLE)


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        ("滑轨这个月卖了多少", "滑轨"),
        ("今年合页卖了多少", "合页"),
        ("轴承6204本月卖了多少", "轴承6204"),
        ("这个月小李卖了多少", ""),
        ("滑轨怎么装", ""),
    ],
)
def test_the_unknown_word_of_a_question_about_sales_may_be_goods(text: str, goods: str) -> None:
    assert questions.goods_in(text, TODAY, PEOPLE) == goods


def test_the_same_days_of_another_year_follow_the_first() -> None:
    (one, other) = periods.every("2024年2月和去年同期", TODAY)
    assert (other.period.first, other.period.last) == (date(2023, 2, 1), date(2023, 2, 28))
    assert one.period.last == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("这个月还差多少", "/target"),
        ("小李还差多少完成目标", "/target {mate}  进度"),
        ("多少客户从来没下过单", "/customers 下单次数=0"),
        ("三个月没下单的客户有多少", "/customers 三个月没下单"),
        ("上周下过单的客户", "上周哪些客户下过单"),
        ("报价记录", "/said 报价"),
        ("卖得最好的产品 本月", "本月哪个产品卖得最好"),
    ],
)
def test_everyday_questions_about_figures_are_lines(text: str, line: str) -> None:
    found = spoken.read(text, TODAY)
    assert found is not None
    assert found.line == line
