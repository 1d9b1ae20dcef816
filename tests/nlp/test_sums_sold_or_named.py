"""Sums that are sold in other words (entrusted, first and rush orders, 给他算650), and sums that nobody pays."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
KNOWN = [
    Known(1, "孙丽", "成都锦绣酒店", None, None, ()),
    Known(2, "马超", "西安秦唐文化", None, None, ("马老师",)),
    Known(3, "周杰", "东莞精工模具", None, None, ("周工",)),
]


@pytest.mark.parametrize(
    ("text", "yuan", "product"),
    [
        ("马超委托我方办理商标注册三件，共计收费4350元。", 4350, "商标注册三件"),
        ("孙丽委托我们代账一年，服务费3600元", 3600, "代账一年"),
        ("周杰委托检测 5批次 合计6500元", 6500, "检测 5批次"),
        ("孙丽叫我们做个招牌 谈好4500", 4500, None),
        ("孙丽开张第一单 毛巾100条 2300", 2300, "毛巾100条"),
        ("孙丽这个月第一单来了两千九百八十五块", 2985, None),
        ("周工rush order ESP32-WROOM-32E 300片 6150 这周五出货", 6150, "ESP32-WROOM-32E 300片"),
        ("周杰急单 M8螺栓 2000个 3600 周五要", 3600, "M8螺栓 2000个"),
        ("锦绣退尿垫 -1280", -1280, "尿垫"),
        ("孙丽买了两捅蛋白粉 一捅328 给她算650", 650, "蛋白粉"),
        ("孙丽拿了5箱矿泉水 一箱45 算220", 220, "矿泉水"),
        ("孙丽拿了20条浴巾 一条38 给她算35一条", 760, "浴巾"),
        ("周杰target price 4200 signed at 4500 today", 4500, None),
        ("孙丽下单托盘200个 共1.8w", 18000, "托盘200个"),
    ],
)
def test_what_is_sold_in_any_words_is_an_order(text: str, yuan: int, product: str | None) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask, reading.amount_fen, reading.product) == ("order", None, yuan * 100, product)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽中山路那家店撤了 租金三万二扛不住 货架也不要了",
        "孙丽credit limit 20万 open AR已经18.6万 再出货要prepay 她不太高兴",
        "孙丽额度20万 已经用了18万",
        "周杰授信50万 超了不发货",
        "马超学习机target price单颗$0.38 我们cost都0.41 做不了",
        "周杰委托别家检测 合计6500",
        "孙丽请我们吃饭 一共花了500",
        "周杰让我们垫付运费 一共800",
        "马超委托我们问一下商标注册要多少钱，4350能不能办",
        "孙丽的第一单还没付款 2985",
        "周杰急单 物流说要3600运费",
    ],
)
def test_what_nobody_pays_us_is_a_note(text: str) -> None:
    reading = reader.read(text, NOW, KNOWN)
    assert (reading.action, reading.ask) == ("note", None), text
