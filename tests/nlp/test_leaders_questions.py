"""What leaders ask, of their reps and of everybody: which line answers, and what is no question of theirs."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from nlp import questions, reader, spoken
from nlp.reader import Known, list_matters
from nlp.reader import questions as asked
from nlp.spoken import ahead, colleagues

TODAY = date(2026, 3, 18)
NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
OF_COLLEAGUES = [
    line.split("\t")
    for line in (Path(__file__).parent / "cases" / "asked_of_colleagues.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize("case", OF_COLLEAGUES, ids=lambda case: case[0])
def test_what_is_asked_of_a_colleague(case: list[str]) -> None:
    found = colleagues.read(case[0], ["小周", "小李"])
    assert (found.line if found is not None else "–") == case[1]


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("小周那批货怎么样了", True),
        ("小李休假几天", True),
        ("小周手上那个桥头项目咋样", True),
        ("小李的日报", True),
        ("小周今天来谈合作计划", False),
        ("小周要做年度计划", False),
        ("小李说王总要几台", False),
        ("小李带了几个样品过去", False),
        ("让小李明天去哪家量房", False),
        ("小周的单子取消了", False),
        ("小李明天去见王总", False),
        ("小周那边成交了 5万", False),
        ("把小周的客户转给小李", False),
        ("小李本月目标多少", False),
    ],
)
def test_what_may_be_asked_of_a_colleague(text: str, is_asked: bool) -> None:
    assert colleagues.may_be_asked(text) is is_asked


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("谁说太贵了", "/said 太贵"),
        ("谁嫌价格高了", "/said 价格高"),
        ("哪些客户跟平安有关", "/said 平安"),
        ("谁在和金牌橱柜比价", "/said 金牌橱柜"),
        ("有没有要退保的", "/said 退保"),
        ("有没有想退卡的客户", "/said 退卡"),
        ("谁最可能签", "/deals"),
        ("哪些单子月底能成", "/deals"),
        ("这个月谁能签", "/deals"),
        ("哪个客户下周能定下来", "/deals"),
        ("谁没有跟进计划", "/customers 没待办"),
        ("谁好几天没下单了", "/customers 5天没下单"),
        ("哪些客户今天没下单", "/customers 1天没下单"),
        ("今天谁交定金了", "今天哪个客户回款最多"),
        ("谁这周付款了", "这周哪个客户回款最多"),
        ("这个月谁没开单", "/team 这个月 没开单"),
        ("谁报价最高", "/said 报价"),
        ("各种货今天卖了多少", "今天哪个产品卖得最好"),
        ("今天每个商品卖了多少", "今天哪个产品卖得最好"),
        ("本月各产品都卖了多少钱", "本月哪个产品卖得最好"),
        ("今天的单", "今天哪些客户下过单"),
        ("今天有哪些单", "今天哪些客户下过单"),
        ("大家明天都见谁", "/today 团队 明天"),
        ("本周大家要见谁", "/today 团队 本周"),
        ("团队待办", "/today 团队 接下来"),
        ("这周谁有约", "/today 这周"),
        ("这周谁要签合同", "/today 这周"),
        ("答应客户明天办的有哪些", "/today 明天"),
        ("李姐平时要什么", "/statement {who} 近一年"),
        ("他的订单", "/statement {who} 近一年"),
        ("刘姐交了多少定金", "/credit {who}"),
    ],
)
def test_the_line_for_a_question(text: str, line: str) -> None:
    found = spoken.read(text, TODAY)
    assert found is not None
    assert found.line == line


@pytest.mark.parametrize(
    "text",
    [
        "谁说的都不算",
        "客户说谁便宜跟谁合作",
        "有没有要紧的再说",
        "王总要什么给什么",
        "李姐问平时要什么证件",
        "明天谁也不见",
        "大家明天休息",
        "团队要招人",
        "今天谁都没交钱",
        "刘姐交了定金",
        "今天有单 王芳 500",
        "今天的单都发了",
        "各种货都涨价了",
        "李姐下了几单都没付",
    ],
)
def test_what_is_told_is_no_question(text: str) -> None:
    assert spoken.read(text, TODAY) is None


@pytest.mark.parametrize(
    ("line", "text", "answered"),
    [
        ("/today 明天", "明天谁要量房", "/today 团队 量房 明天"),
        ("/today 这周", "这周谁要签合同", "/today 团队 签合同 这周"),
        ("/today 明天", "明天要送哪些货", "/today 团队 明天"),
        ("/today 明天", "明天我见谁", "/today 明天"),
        ("/today 明天", "明天有什么安排", "/today 明天"),
        ("/today", "今天先联系谁", "/today"),
        ("/today 小李 明天", "小李明天见谁", "/today 小李 明天"),
    ],
)
def test_whose_days_are_asked_for(line: str, text: str, answered: str) -> None:
    assert ahead.of_team(line, text) == answered


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("谁说太贵了", True),
        ("哪些客户嫌贵", True),
        ("有没有想退的", True),
        ("谁知道他要不要", False),
        ("谁说贵了，他自己加的价", False),
        ("谁都没接电话", False),
        ("哪个颜色好他没定", False),
        ("他问有没有优惠", False),
        ("谁介绍的他没说", False),
        ("有没有想要的款式他自己挑", False),
    ],
)
def test_who_is_sought_is_not_the_customer_shown_last(text: str, is_so: bool) -> None:
    assert asked.is_of_anybody(text) is is_so


@pytest.mark.parametrize(
    "text", ["谁最可能签", "哪些单子月底能成", "哪些客户跟平安有关", "谁在跟平安比", "还没送的货有哪些", "谁手里有现房"]
)
def test_no_list_of_those_who_leave_or_complain_without_a_word_of_it(text: str) -> None:
    found = reader.read(text, NOW, ())
    assert found.action not in ("risk", "complaints", "note")
    assert not {"risk", "complaints"} & set(found.likely)


@pytest.mark.parametrize("text", ["哪些客户可能不续费了", "有流失苗头的拉一份", "哪家要黄啊给我捋捋", "谁好久没来了"])
def test_who_may_leave_is_that_list(text: str) -> None:
    assert reader.read(text, NOW, ()).action == "risk"
    assert list_matters.are_named("risk", text)


@pytest.mark.parametrize(
    ("text", "action"),
    [("孙姐平时要什么", "find"), ("孙姐一般要什么货", "find"), ("孙姐想要什么颜色的还没定", "note")],
)
def test_what_somebody_wants_is_asked_or_told(text: str, action: str) -> None:
    assert reader.read(text, NOW, [Known(1, "孙姐")]).action == action


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("小周这个月签了多少保费", "money"),
        ("小周这个月签了多少钱", "money"),
        ("小周这个月签了几单", "orders"),
        ("本月签单多少", "orders"),
        ("这个月收了多少钱", "received"),
    ],
)
def test_money_is_not_counted_in_orders(text: str, measure: str) -> None:
    found = questions.read(text, TODAY, ["小周"])
    assert found is not None
    assert found.measure == measure


@pytest.mark.parametrize("text", ["全公司这个月保费多少", "全团队这个月保费", "公司这个月保费", "整个团队本月业绩多少"])
def test_the_whole_firm_is_the_team(text: str) -> None:
    found = questions.read(text, TODAY)
    assert found is not None
    assert (found.shape, found.measure, found.where) == ("total", "money", ())


def test_the_sign_for_a_name_is_no_name() -> None:
    assert colleagues.read("〇今天的单", ["小李"]) is None
