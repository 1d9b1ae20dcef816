"""Words of other trades that look like money, returns, instalments, addresses or somebody's work, and are none."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nlp import english_names, objections, reader
from nlp.fields import addresses, currencies, places
from nlp.reader import Known, came_back, introduced, order_amending, owed, quotes

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [Known(1, "孙丽", None), Known(2, "王强", None)]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("孙丽下单退热贴10盒 单价15", 150),
        ("王强下单退烧药20盒 单价25", 500),
        ("孙丽妈妈做寿 下单蛋糕 500元", 500),
        ("孙丽妹妹开卡2000元", 2000),
        ("孙丽老公开店下单3000元", 3000),
        ("孙丽下单牛奶 6000元 分三批发货 3月20号 3月25号 3月30号", 6000),
        ("下单 孙丽 护理 900元 分3次做 4月1日 4月8日 4月15日", 900),
        ("王强交第二期学费 3000元", 3000),
        ("孙丽 打第二次疫苗 1200元", 1200),
    ],
)
def test_an_order_stays_one(text: str, yuan: int) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.amount_fen) == ("order", yuan * 100)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽下单 美工刀 50把 500元",
        "孙丽订菜刀20把 每把35",
        "孙丽下单 宣纸3刀 每刀120元",
        "元宵 12日元宵节前送 3000元",
        "3日元旦放假",
        "5加元宵3盒",
    ],
)
def test_knives_and_feasts_are_no_foreign_money(text: str) -> None:
    assert currencies.find(text) == []


@pytest.mark.parametrize(
    "text",
    ["订了20双鞋 一双150 尺码不合适可退", "孙丽要10箱牛奶 坏了包退 一箱60", "鸡腿2箱 退货率高 一箱128"],
)
def test_what_may_be_given_back_has_not_come_back(text: str) -> None:
    assert came_back.told(text) is None


@pytest.mark.parametrize(
    "text", ["年纪40-50 想买重疾", "钢管20-30", "营业时间9-18", "别克7座", "喜欢小区", "幼儿园小区"]
)
def test_what_counts_or_lies_somewhere_is_no_house(text: str) -> None:
    assert addresses.of_house(text) is None


@pytest.mark.parametrize("text", ["订单 孙丽 酒1000元 20号结婚", "货款月底清仓", "记账软件3000"])
def test_weddings_and_software_are_not_on_credit(text: str) -> None:
    assert owed.on_credit(text, NOW, 100_000) is None


def test_what_is_hoped_for_and_controllers_are_no_offers() -> None:
    assert not quotes.is_deal("Mark希望大货4月出 $12,500")
    assert not quotes.is_offer("PI控制器3台 5000")
    assert quotes.goods(("Offer 竹砧板",)) == "竹砧板"


def test_our_own_bad_work_is_no_unready_site() -> None:
    assert not objections.is_of_site("孙丽家门窗没装好漏风 改到周五修")


def test_brands_and_birds_are_no_region_and_words_no_person() -> None:
    assert [places.region_of(text) for text in ("要turkey火鸡3只", "London牌香水")] == [None, None]
    assert english_names.stands("grace期3天", "grace", "Grace Lee") == -1


@pytest.mark.parametrize(
    ("read", "text"),
    [(introduced.by, "今天" * 2_000), (currencies.rate_told, " " * 1_500), (order_amending.told, "错了" * 900)],
)
def test_long_runs_of_the_same_words_are_read_at_once(read: Callable[[str], Any], text: str) -> None:
    began = time.process_time()
    assert read(text) is None
    assert time.process_time() - began < 1
