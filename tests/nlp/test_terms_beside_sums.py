"""Terms of trade beside a sum (交期 5 周, 质保 2 年, 48 点位) are never added to it, and figures are no money."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import reader
from nlp.reader import Known

NOW = datetime(2026, 3, 18, 10, 30, tzinfo=timezone(timedelta(hours=8)))
KNOWN = [Known(1, "王建国", "上海美达", None, None, ()), Known(2, "吴越", None, None, None, ())]

_TERMS = (
    "交期",
    "交货期",
    "质保",
    "账期",
    "工期",
    "货期",
    "保修",
    "供货周期",
    "调试",
    "培训",
    "免费维护",
    "提前",
    "lead time",
)
_UNITS = ("周", "天", "个月", "年", "小时", "个工作日", "weeks", "次", "人")
_TOLD = (("王建国下单 {}，¥14,850{}", 14850), ("王建国签了 {} 14850 元{}", 14850), ("王建国订单 {} 6.72 万{}", 67200))


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(_TOLD),
    st.sampled_from(("FX5U-64MT 3 台", "FX5U-64MT", "伺服电机", "伺服 400W 10 台")),
    st.sampled_from(_TERMS),
    st.integers(1, 99),
    st.sampled_from(("", " ")),
    st.sampled_from(_UNITS),
)
def test_length_beside_a_sum_is_never_added_to_it(
    told: tuple[str, int], goods: str, term: str, number: int, space: str, unit: str
) -> None:
    text, yuan = told
    found = reader.read(text.format(goods, f"，{term} {number}{space}{unit}"), NOW, KNOWN)
    assert found.action == "order"
    assert found.amount_fen in (None, yuan * 100)


@pytest.mark.parametrize("term", ["数量 3", "48 点位", "3 个点位", "功率 400W", "库存 20", "5 件备件", "3 天内发货"])
def test_number_beside_a_sum_is_never_added_to_it(term: str) -> None:
    for text, yuan in (("王建国下单 控制柜，{}，¥14,850", 14850), ("王建国下单 控制柜 14850 元，{}", 14850)):
        assert reader.read(text.format(term), NOW, KNOWN).amount_fen == yuan * 100


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("王建国下单 垫片 300 螺丝 500 交期 3 周", 800),
        ("王建国下单 垫片 300 把手 500", 800),
        ("王建国下单 月饼 300 年糕 500", 800),
    ],
)
def test_goods_with_a_sum_each_are_still_added(text: str, yuan: int) -> None:
    assert reader.read(text, NOW, KNOWN).amount_fen == yuan * 100


@pytest.mark.parametrize(
    "text",
    [
        "吴越 教学台样机到货 HMI屏不亮 24V接反烧了一块",
        "吴越 上线首周dau 1.2k 他挺满意",
        "吴越 粉丝涨到1.2万 直播间热闹",
        "吴越 公众号阅读量破3万",
        "吴越 屏幕摔坏了两块 他说自己赔",
    ],
)
def test_figures_and_what_broke_are_no_sums(text: str) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.ask) == ("note", None)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("吴越头一批货签收了零食方便面火腿肠合起来一千九百四十二块五", 194250),
        ("吴越今天的货签收了 大米20袋 食用油10桶 一共3860", 386000),
        ("吴越拿了10盒面膜和5瓶精华 合起来两千三", 230000),
    ],
)
def test_goods_signed_for_with_the_sum_of_all_are_an_order(text: str, fen: int) -> None:
    found = reader.read(text, NOW, KNOWN)
    assert (found.action, found.amount_fen, found.ask) == ("order", fen, None)


@pytest.mark.parametrize("text", ["吴越对账单签收了 一共5万", "吴越说货签收了 一共三箱坏了", "吴越发票签收了"])
def test_papers_signed_for_are_no_order(text: str) -> None:
    assert reader.read(text, NOW, KNOWN).action == "note"


def test_points_are_no_goods() -> None:
    for text, name in product(("王建国{}签约，48 点位，合同总价 6.72 万",), ("温湿度项目", "门禁系统")):
        assert (reader.read(text.format(name), NOW, KNOWN).product or "").startswith(name[:3])
