"""What all of an order costs, told once more, and what is a new order instead."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp.reader import deposits, order_totals

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("text", "yuan", "paid"),
    [
        ("孙丽的账 一共101500 付了49000 还剩52500", 101500, 49000),
        ("孙丽合计59000 已收33000 还剩26000", 59000, 33000),
        ("孙丽 总价5.9万 收了3.3万 剩2.6万安装完付", 59000, 33000),
        ("孙丽总共132000 付了30%", 132000, 39600),
        ("孙丽总价8600 付了一半", 8600, 4300),
        ("孙丽总共870 给了500 还欠370", 870, 500),
        ("孙丽说橱柜台面要换石英石 加2800 一共77600", 77600, None),
        ("孙丽老婆说灯也让我们配 加2万 总价40万", 400000, None),
        ("孙丽加一个书桌 2000 总价变成59000", 59000, None),
        ("孙丽追加了一批螺丝3200 总共8600", 8600, None),
    ],
)
def test_a_total_is_told_again(text: str, yuan: int, paid: int | None) -> None:
    assert order_totals.restated(text, NOW, "孙丽") == yuan * 100
    assert order_totals.account(text, NOW, "孙丽") == ((yuan * 100, paid * 100) if paid is not None else None)
    part = deposits.of_order(text, NOW, "孙丽")
    assert (part.fen if part is not None else None) == (paid * 100 if paid is not None else None)


@pytest.mark.parametrize(
    "text",
    [
        "孙丽可乐20提 雪碧10提 一共1040 付了500 还剩540",
        "孙丽买了沙发 一共8000 付了3000",
        "孙丽一共8000 没付3000",
        "孙丽一共8000 没收到3000定金",
        "孙丽一共8000 明天付3000",
        "孙丽一共8000 答应付3000",
        "孙丽一共8000 安装完付5000",
        "孙丽总价80000 先付30% 月底付",
        "孙丽合同总价80000 付款30天",
        "孙丽一共8000 付了300%",
        "孙丽介绍王总8000 付了3000",
        "孙丽加湿器3000 净水器2000 总共5000",
        "孙丽加油卡一共5000",
        "孙丽参加培训 一共2000",
        "孙丽下单 一共2880 已付1880",
        "孙丽加20箱 每箱50 一共1000",
        "孙丽加急 一共8000",
        "孙丽一共2880",
        "孙丽问总价5万能不能付了定金就做",
        "孙丽今年总共买了3次",
        "孙丽报价一共8万 付了样品费500",
        "孙丽退了2000 一共付了8000",
        "备注：孙丽一共8000 付了3000",
    ],
)
def test_goods_a_purchase_or_an_offer_is_no_total_told_again(text: str) -> None:
    assert order_totals.restated(text, NOW, "孙丽") is None
