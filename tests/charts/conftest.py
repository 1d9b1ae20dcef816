"""Pictures with ordinary and with extreme records."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from charts import funnel, heat_map, leaderboard, pareto, segments, trend
from charts.canvas import Canvas
from charts.funnel import FunnelStage
from charts.heat_map import HeatBlock
from charts.leaderboard import LeaderRow
from charts.pareto import Layer
from charts.segments import SegmentBar

LONG = "特别长的名字" * 9
DAYS = [date(2026, 9, 7) + timedelta(days=7 * week) for week in range(12)]
VALUES = [118000.0, 125000, 99000, 131000, 121000, 116000, 147000, 123000, 119500, 128000, 133000, 61000]


def five_groups(scale: int = 1) -> list[SegmentBar]:
    return [
        SegmentBar("高价值稳定", 38 * scale, 126_345_600 * scale, at_risk=False),
        SegmentBar("高价值易流失", 12 * scale, 45_612_000 * scale, at_risk=True),
        SegmentBar("低价值稳定", 121 * scale, 31_100_000 * scale, at_risk=False),
        SegmentBar("低价值易流失", 64 * scale, 9_800_000 * scale, at_risk=True),
        SegmentBar("无价值", 58 * scale, 0, at_risk=False),
    ]


def stages(scale: int = 1, name: str = "") -> list[FunnelStage]:
    counts = {"线索": 412, "已联系": 300, "有意向": 96, "报价": 61, "成交": 23}
    return [FunnelStage(name or key, count * scale, count * 100_000 * scale) for key, count in counts.items()]


TOPICS = ["质量", "价格", "交付", "服务", "产品", "账务", "培训支持", "样品试用"]


def topics(columns: list[str], scale: int = 1) -> HeatBlock:
    values = [[scale * ((row * 5 + at * 3) % 11) for at in range(len(columns))] for row in range(len(TOPICS))]
    return HeatBlock("主题 × 产品", TOPICS, columns, values, rows_aside=1)


SHEETS: dict[str, Callable[[], Canvas]] = {
    "heat map": lambda: heat_map.sheet(
        [topics(["螺栓M8", "垫圈", "自攻钉", "其他", "没提产品"]), topics([f"{month}月" for month in range(6, 12)])],
        title="质量和交付被说得最多",
        subtitle="近 90 天 需求 42、投诉 12",
        note="橙框是最多的一格",
    ),
    "heat map, huge": lambda: heat_map.sheet(
        [HeatBlock(LONG * 3, [LONG] * 9, [LONG] * 6, [[9e9] * 6] * 9)], title=LONG, subtitle=LONG * 3, note=LONG * 9
    ),
    "heat map, empty": lambda: heat_map.sheet([HeatBlock("主题 × 产品", [], [], [])], title="还没有", subtitle=""),
    "heat map, hostile": lambda: heat_map.sheet([HeatBlock("$", ["<b>"], ["🎉$x^2$"], [[-1.0]])], title="🎉"),
    "segments": lambda: segments.sheet(five_groups(), title="12 位高价值客户正在变冷", subtitle="近 365 天净额"),
    "segments, huge": lambda: segments.sheet(five_groups(3000), title=LONG, subtitle=LONG * 3),
    "segments, empty": lambda: segments.sheet([SegmentBar("无价值", 0, 0, False)], title="暂无订单", subtitle=""),
    "segments, returns": lambda: segments.sheet([SegmentBar(LONG, 3, -5_000, True)], title="退货", subtitle="近一年"),
    "trend": lambda: trend.sheet(
        list(zip(DAYS, VALUES, strict=True)), title="本周回款跌出正常范围", unit="元", band=(85000, 155000)
    ),
    "trend, one point": lambda: trend.sheet([(DAYS[0], 7.5)], title="第一天", unit="条", band=(1, 5)),
    "trend, all equal": lambda: trend.sheet([(day, 0.0) for day in DAYS], title="没有变化", unit="单"),
    "trend, negative": lambda: trend.sheet(list(zip(DAYS[:2], (-5.0, 3), strict=True)), title="净增", unit="位"),
    "trend, huge": lambda: trend.sheet([(day, 9e12) for day in DAYS], title=LONG, unit="元", band=(1e12, 8e12)),
    "funnel": lambda: funnel.sheet(stages(), title="联系到的客户只有三成有意向，卡在第二步", subtitle="近 90 天"),
    "funnel, huge": lambda: funnel.sheet(stages(9000, LONG), title=LONG, subtitle=LONG),
    "funnel, empty": lambda: funnel.sheet([FunnelStage("线索", 0), FunnelStage("成交", 0)], title="还没有线索"),
    "leaderboard": lambda: leaderboard.sheet(
        [LeaderRow("张伟", 345600, "目标 115%"), LeaderRow("王芳", 99000, "目标 40%", behind=True)],
        title="张伟本月领跑",
        unit="元",
    ),
    "leaderboard, huge": lambda: leaderboard.sheet(
        [LeaderRow(LONG, 1e11, LONG) for _ in range(14)], title=LONG, unit="元", subtitle=LONG
    ),
    "leaderboard, hostile": lambda: leaderboard.sheet(
        [LeaderRow("<b>$x^2$ & \\frac 🎉\n张", -3, "$"), LeaderRow("", 0)], title="🎉🎉", unit="单"
    ),
    "pareto": lambda: pareto.sheet([Layer(1, 9_000 // place) for place in range(1, 60)], title="前两成带来七成的钱"),
    "pareto, huge": lambda: pareto.sheet([Layer(9_000_000, 10**15)], title=LONG, subtitle=LONG),
    "pareto, one pays": lambda: pareto.sheet([Layer(1, 5), Layer(9_999, 0), Layer(1, -7)], title="只有一位付钱"),
}


@pytest.fixture(params=SHEETS, ids=lambda name: str(name).replace(", ", "-"))
def sheet(request: pytest.FixtureRequest) -> Canvas:
    return SHEETS[request.param]()
