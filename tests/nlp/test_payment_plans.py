"""首付6万已付 二期8万4月底 尾款6万验收后: which messages tell a plan of payments, and what its parts are."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from nlp import reader
from nlp.reader import Known, payment_plans

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
HE = Known(1, "何敏")

Told = tuple[int, str]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("何敏合同20万 首付6万已付 二期8万4月底 尾款6万验收后", [(60000, "paid"), (80000, "4-30"), (60000, "验收后")]),
        ("何敏合同20万首付6万已付二期8万4月底尾款6万验收后", [(60000, "paid"), (80000, "4-30"), (60000, "验收后")]),
        ("何敏合同20万，首付30%已付，4月底付40%，尾款验收后", [(60000, "paid"), (80000, "4-30"), (60000, "验收后")]),
        ("何敏分三期付 每期2万 4月1号 5月1号 6月1号", [(20000, "4-1"), (20000, "5-1"), (20000, "6-1")]),
        ("何敏6万分三期付 4月1号 5月1号 6月1号", [(20000, "4-1"), (20000, "5-1"), (20000, "6-1")]),
        ("何敏分3期 每月10号付2000", [(2000, "4-10"), (2000, "5-10"), (2000, "6-10")]),
        ("何敏分4期 每季度10号付2000", [(2000, "4-10"), (2000, "7-10"), (2000, "10-10"), (2000, "1-10")]),
        ("何敏分两期 每半年付6000 从4月1号开始", [(6000, "4-1"), (6000, "10-1")]),
        (
            "何敏成交了荣放 20万8 今天付8万 4月10号8万 5月10号4万8",
            [(80000, "3-18"), (80000, "4-10"), (48000, "5-10")],
        ),
        (
            "何敏订了荣放 20万8 三次付清 今天付了8万 4月10号8万 剩下的5月10号",
            [(80000, "paid"), (80000, "4-10"), (48000, "5-10")],
        ),
        ("何敏尾款分两次 月底3万 下月底2万", [(30000, "3-31"), (20000, "4-30")]),
        ("何敏尾款5万分两次付 月底3万 下月底2万", [(30000, "3-31"), (20000, "4-30")]),
        ("何敏分3次 3万本月底 2万下月底 1万6月底", [(30000, "3-31"), (20000, "4-30"), (10000, "6-30")]),
        (
            "何敏第一期2万4月1号付，第二期2万5月1号付，第三期1万6月1号付",
            [(20000, "4-1"), (20000, "5-1"), (10000, "6-1")],
        ),
        ("何敏那单12万 定金2万已收 发货前付5万 余款4月20号付清", [(20000, "paid"), (50000, "发货前"), (50000, "4-20")]),
        ("何敏定金2000已付 尾款8000月底", [(2000, "paid"), (8000, "3-31")]),
        ("何敏首付2万 二期8万 4月底 尾款5万 验收后付", [(20000, ""), (80000, "4-30"), (50000, "验收后")]),
        (
            "何敏设备款30万 先付10万已到账 其余分4个月付清 每月15号5万",
            [(100000, "paid"), (50000, "4-15"), (50000, "5-15"), (50000, "6-15"), (50000, "7-15")],
        ),
    ],
)
def test_each_part_has_its_sum_and_its_day_or_what_it_waits_for(text: str, parts: list[Told]) -> None:
    plan = payment_plans.told(text, NOW, "何敏")
    assert plan is not None
    told = [(one.fen // 100, "paid" if one.is_paid else _day(one) if one.on else one.until) for one in plan.parts]
    assert told == parts


def _day(part: payment_plans.Part) -> str:
    assert part.on is not None
    return f"{part.on.month}-{part.on.day}"


@pytest.mark.parametrize(
    "text",
    [
        "何敏想分三期付 每期2万 4月1号 5月1号 6月1号",
        "何敏能不能分两次 月底3万 下月底2万",
        "何敏分三次付",
        "何敏8000的课分三次付 今天付了3000",
        "何敏下单8000 先付了3000 剩下的月底付",
        "何敏今天买了 一共2880 已付1880 剩下的下月10号付",
        "何敏 今天买了 304不锈钢板 6张 480 一共2880 已付1880 剩下的下月10号付",
        "何敏尾款8000周五付",
        "何敏一笔5000 二笔3000 都付了",
        "何敏二期电池2万没货",
        "何敏合同5万 首付6万 尾款6万",
        "何敏订了4500的货 3月20号发500 3月25号发800",
        "何敏下单3000 上周2000 昨天1000",
    ],
)
def test_what_is_wished_for_or_one_debt_is_no_plan(text: str) -> None:
    assert payment_plans.told(text, NOW, "何敏") is None


@pytest.mark.parametrize(
    ("text", "action", "yuan"),
    [
        ("何敏合同20万 首付6万已付 二期8万4月底 尾款6万验收后", "order", 200000),
        ("何敏下单12万 分三期 4月1号4万 5月1号4万 6月1号4万", "order", 120000),
        ("何敏成交了荣放 20万8 今天付8万 4月10号8万 5月10号4万8", "order", 208000),
        ("何敏分三期付 每期2万 4月1号 5月1号 6月1号", "note", None),
        ("何敏尾款分两次 月底3万 下月底2万", "note", None),
        ("何敏首付3万收到了 二期3万4月15号 三期2万5月15号", "note", None),
    ],
)
def test_only_the_whole_of_a_contract_is_an_order(text: str, action: str, yuan: int | None) -> None:
    reading = reader.read(text, NOW, [HE])
    assert (reading.action, reading.ask, reading.customer) == (action, None, HE)
    assert reading.amount_fen == (yuan * 100 if yuan is not None else None)
