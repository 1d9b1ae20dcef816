"""How long a picture takes, cold (with the import of matplotlib) and warm, and how heavy it is.

Run: python -m benchmarks.charts
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

from charts import funnel, leaderboard, segments, trend
from charts.funnel import FunnelStage
from charts.leaderboard import LeaderRow
from charts.segments import SegmentBar

LIMIT_SECONDS = 0.5


def main() -> None:
    """Prints the figures."""
    print(f"## Charts: seconds for one picture of 1080 px (limit {LIMIT_SECONDS} warm)")
    cold = seconds(PICTURES["segments"])
    print(f"{'first, with imports and the font':34} {cold:.3f}")
    for name, draw in PICTURES.items():
        print(f"{name:34} {median(seconds(draw) for _ in range(11)):.3f}  {len(draw()) / 1024:.0f} kB")


def seconds(draw: Callable[[], bytes]) -> float:
    """How long one call takes, in seconds."""
    start = time.perf_counter()
    draw()
    return time.perf_counter() - start


def five_groups() -> bytes:
    """A team's five groups."""
    bars = [
        SegmentBar("高价值稳定", 38, 126_345_600, at_risk=False),
        SegmentBar("高价值易流失", 12, 45_612_000, at_risk=True),
        SegmentBar("低价值稳定", 121, 31_100_000, at_risk=False),
        SegmentBar("低价值易流失", 64, 9_800_000, at_risk=True),
        SegmentBar("无价值", 58, 0, at_risk=False),
    ]
    return segments.segments(bars, title="12 位高价值客户正在变冷，牵动 ¥45.6万", subtitle="近 365 天净额")


def a_year_of_weeks() -> bytes:
    """Fifty-two weekly amounts."""
    points = [(date(2026, 1, 5) + timedelta(weeks=week), 100_000.0 + 9_000 * (week * 7 % 5)) for week in range(52)]
    return trend.trend(points, title="每周回款平稳", unit="元", band=(90_000, 150_000))


def stages() -> bytes:
    """A funnel of five stages."""
    names = ("线索", "已联系", "有意向", "报价", "成交")
    counts = (412, 300, 96, 61, 23)
    reached = [FunnelStage(name, count) for name, count in zip(names, counts, strict=True)]
    return funnel.funnel(reached, title="联系到的客户只有三成有意向")


def ten_reps() -> bytes:
    """Ten reps with their amounts."""
    rows = [LeaderRow(f"销售{index}", 400_000.0 - 30_000 * index, f"目标 {120 - 9 * index}%") for index in range(10)]
    return leaderboard.leaderboard(rows, title="本月净回款", unit="元")


PICTURES: dict[str, Callable[[], bytes]] = {
    "segments": five_groups,
    "trend, 52 points": a_year_of_weeks,
    "funnel, 5 stages": stages,
    "leaderboard, 10 reps": ten_reps,
}

if __name__ == "__main__":
    main()
