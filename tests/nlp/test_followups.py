"""What follows a question names only what is to be changed of it; and texts that only look so."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.questions import followups

TODAY = date(2026, 3, 18)
PEOPLE = ("小李", "小周", "张三")


@pytest.mark.parametrize(
    ("asked", "text", "again"),
    [
        ("这个月业绩多少", "那上个月呢", "上个月业绩多少"),
        ("这个月业绩多少", "本季度呢", "本季度业绩多少"),
        ("这个月业绩多少", "二月呢", "二月业绩多少"),
        ("上周卖了多少", "那上上周呢", "上上周卖了多少"),
        ("谁卖得最多", "上个月呢？", "上个月谁卖得最多"),
        ("小周这个月做了多少", "那小李呢", "小李这个月做了多少"),
        ("小李手里有多少客户", "小周呢", "小周手里有多少客户"),
        ("这个月我卖了多少", "张三呢", "张三这个月我卖了多少"),
        ("小周这个月做了多少", "环比呢", "小周上个月做了多少"),
        ("小周这个月做了多少", "和上个月比呢", "小周上个月做了多少"),
        ("这个月业绩多少", "去年同期呢", "去年3月业绩多少"),
        ("上个月业绩多少", "同比呢", "去年2月业绩多少"),
        ("本季度卖了多少", "去年同期呢", "去年1季度卖了多少"),
        ("这个月预计能做多少", "下个月呢", "下个月预计能做多少"),
        ("我明天要送哪几家", "那后天呢", "我后天要送哪几家"),
        ("今天有什么事", "明天呢", "明天有什么事"),
        ("周五有什么事", "下周呢", "下周有什么事"),
        ("我这周五有什么事", "周六呢", "我周六有什么事"),
        ("今天大家干得怎么样", "这周呢", "这周大家干得怎么样"),
        ("今天大家干得怎么样", "小周呢", "今天小周干得怎么样"),
        ("这个月业绩多少", "按产品呢", "本月哪个产品成交额最多"),
        ("小周上周卖了多少", "那按客户看看", "小周上周哪个客户成交额最多"),
        ("这个月回款多少", "分地区呢", "本月哪个地区回款最多"),
        ("餐饮行业这个月成交多少", "按渠道", "餐饮本月哪个来源成交额最多"),
        ("上个月退货多少", "按销售呢", "上月哪个销售退货最多"),
        ("谁卖得最多", "小周呢", "小周近90天成交额多少"),
        ("这个月业绩多少", "那小李上个月呢", "小李上个月业绩多少"),
        ("小周这个月做了多少", "我呢", "我这个月做了多少"),
    ],
)
def test_the_last_question_is_asked_anew(asked: str, text: str, again: str) -> None:
    follows = followups.read(text, TODAY, PEOPLE)
    assert follows is not None
    assert followups.again(asked, follows, TODAY, PEOPLE) == again


@pytest.mark.parametrize(
    ("asked", "text"), [("这个月回款多少", "按产品呢"), ("今天有什么事", "按产品呢"), ("谁还欠钱", "分地区呢")]
)
def test_what_cannot_be_split_so(asked: str, text: str) -> None:
    follows = followups.read(text, TODAY, PEOPLE)
    assert follows is not None
    assert followups.again(asked, follows, TODAY, PEOPLE) is None


@pytest.mark.parametrize(
    "text",
    [
        "按产品发货",
        "按客户要求改",
        "按人头收费呢",
        "小周拜访了呢",
        "上个月",
        "那个客户呢",
        "孙丽呢",
        "上个月他还在问价呢",
        "小李",
        "本月到货呢子大衣",
        "昨天",
        "那上个月的货呢",
        "明天的货呢",
        "呢",
        "?",
    ],
)
def test_what_asks_nothing_on(text: str) -> None:
    assert followups.read(text, TODAY, PEOPLE) is None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第二个是谁的客户", 2),
        ("第一个现在什么情况", 1),
        ("第二个为什么", 2),
        ("把第三个转给小李", 3),
        ("第2位电话多少", 2),
    ],
)
def test_one_of_a_list(text: str, place: int) -> None:
    found = followups.place(text)
    assert found is not None
    assert found[0] == place


@pytest.mark.parametrize(
    "text",
    [
        "第二个方案他同意了",
        "第二个月还没下单",
        "第二个星期再联系",
        "第一个客户今天开张了下单300",
        "第三家供应商报价更低",
    ],
)
def test_places_that_are_of_no_list(text: str) -> None:
    assert followups.place(text) is None
