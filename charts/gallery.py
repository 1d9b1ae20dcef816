"""Every kind of picture once, with made-up records: what docs/charts.md shows and the benchmark draws."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from charts import funnel, heat_map, leaderboard, pages, pareto, segments, trend
from charts.funnel import FunnelStage
from charts.heat_map import HeatBlock
from charts.leaderboard import LeaderRow
from charts.pages import Page, Part, Tile
from charts.pareto import Layer
from charts.segments import SegmentBar

COLOURS = 64  # of a stored picture: flat colours and their soft edges
WEEKS = (11.8, 12.5, 9.9, 13.1, 12.1, 11.6, 14.7, 12.3, 11.9, 12.8, 13.3, 10.4, 12.2, 11.1, 12.9, 6.1)


def five_groups() -> bytes:
    """The value × churn groups of a team with their money."""
    bars = [
        SegmentBar("高价值稳定", 38, 126_345_600, at_risk=False),
        SegmentBar("高价值易流失", 12, 45_612_000, at_risk=True),
        SegmentBar("低价值稳定", 121, 31_100_000, at_risk=False),
        SegmentBar("低价值易流失", 64, 9_800_000, at_risk=True),
        SegmentBar("无价值", 58, 0, at_risk=False),
    ]
    return segments.segments(bars, title="12 位高价值客户正在变冷，牵动 ¥45.6万", subtitle="近 365 天净额（已减退货）")


def weeks_with_band() -> bytes:
    """Sixteen weekly amounts beside their normal band; the last one is out of it."""
    points = [(date(2026, 7, 6) + timedelta(weeks=week), 10_000 * wan) for week, wan in enumerate(WEEKS)]
    return trend.trend(points, title="上周净额跌出正常范围", unit="元", band=(85_000, 155_000), subtitle="每周净额")


def stages() -> bytes:
    """A funnel of five stages with its leak."""
    counts = {"线索": (412, None), "已联系": (300, None), "有意向": (96, 182), "报价": (61, 117), "成交": (23, 46)}
    reached = [FunnelStage(name, count, wan and wan * 1_000_000) for name, (count, wan) in counts.items()]
    return funnel.funnel(reached, title="联系到的客户只有三成有意向", subtitle="近 90 天建的线索")


def ten_reps() -> bytes:
    """Ten reps with their amounts; the last two are behind their target."""
    names = ("张伟", "李娜", "王芳", "刘洋", "陈静", "杨帆", "赵磊", "黄敏", "周杰", "吴倩")
    rows = [
        LeaderRow(name, 400_000.0 - 30_000 * index, f"目标 {126 - 9 * index}%", behind=index >= 8)
        for index, name in enumerate(names)
    ]
    return leaderboard.leaderboard(rows, title="张伟领跑，最后两位没到目标六成", unit="元", subtitle="本月净额")


def few_and_many() -> bytes:
    """The 80/20 curve of three hundred customers."""
    layers = [Layer(1, int(10_000_000 / (place + 1) ** 1.1)) for place in range(300)]
    return pareto.pareto(layers, title="前两成客户带来八成的钱", subtitle="近 365 天净额（已减退货）")


def topics() -> bytes:
    """Eight topics by product and by month."""
    names = ("质量", "交付", "价格", "服务", "产品", "账务", "培训支持", "样品试用")
    products = ("内六角螺栓M8", "垫圈", "自攻钉", "其他产品", "没提产品")
    months = tuple(f"{month}月" for month in range(6, 12))
    by_product = [[max(0, 14 - 2 * row - 3 * at + 5 * (at == 4)) for at in range(5)] for row in range(8)]
    by_month = [[max(0, 9 - row + (at * 3 + row * 2) % 5) for at in range(6)] for row in range(8)]
    blocks = [
        HeatBlock("主题 × 产品", names, products, by_product, columns_aside=1),
        HeatBlock("主题 × 月份", names, months, by_month),
    ]
    return heat_map.heat_map(
        blocks, title="说得最多的是质量", subtitle="近 30 天 需求 42、投诉 12", note="橙框：最多的一格"
    )


def report_page() -> bytes:
    """The first page of a weekly report."""
    tiles = [
        Tile("销售净额", "¥6.1万", "平常 ¥8.5万–¥15.5万", look=True),
        Tile("订单", "23 单", "平常 18–41"),
        Tile("新客户", "12 位", "平常 6–15"),
        Tile("新投诉", "3 件", "平常 0–4"),
    ]
    told = [
        "净额 ¥6.1万，比前一周降 53%，低于平常。多半因为：小李 ¥9,000（平时 ¥4.1万）。",
        "3 位客户转为易流失，近一年净额 ¥11.4万。",
    ]
    todo = ["先联系还没安排的高价值易流失客户：孙悦、吴用，牵动 ¥9万。", "结掉 3 件未结投诉，最早的是 3月9日。"]
    parts = [Part("发生了什么", told), Part("这周先做", todo, is_numbered=True)]
    page = Page("上周销售净额低于平常", "美好五金销售部 · 周报 · 3月9日–3月15日", tiles, parts=parts)
    return pages.pngs([page], foot="美好五金销售部 · 周报")[0]


PICTURES: dict[str, Callable[[], bytes]] = {
    "segments": five_groups,
    "trend": weeks_with_band,
    "funnel": stages,
    "leaderboard": ten_reps,
    "pareto": few_and_many,
    "report": report_page,
    "heat_map": topics,
}


def write(folder: Path) -> list[Path]:
    """Each picture is a small PNG of that folder; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, draw in PICTURES.items():
        path = folder / f"{name}.png"
        path.write_bytes(small(draw()))
        written.append(path)
    return written


def small(png: bytes) -> bytes:
    """The picture with few colours: a quarter of the bytes, and nothing to see of it."""
    from PIL import Image

    target = BytesIO()
    with Image.open(BytesIO(png)) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, "PNG", optimize=True)
    return target.getvalue()
