"""What holds for every picture: size, legibility, nothing overlaps, every glyph exists. Warnings are errors."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image

from charts import canvas, font, funnel, gallery, heat_map, leaderboard, palette, pareto, segments, trend
from charts.canvas import Canvas, TextTooSmall
from charts.font import NoChineseFont
from charts.funnel import FunnelStage
from charts.heat_map import HeatBlock
from charts.leaderboard import LeaderRow
from charts.pareto import Layer
from charts.segments import SegmentBar
from charts.trend import NothingToDraw


def test_png_is_1080_wide_and_as_high_as_the_sheet(sheet: Canvas) -> None:
    picture = Image.open(BytesIO(sheet.png()))
    assert picture.format == "PNG"
    assert picture.size == (1080, sheet.height)
    assert sheet.height <= 4 * canvas.WIDTH


def test_every_text_is_large_enough_and_in_a_readable_colour(sheet: Canvas) -> None:
    assert sheet.words
    for words in sheet.words:
        assert words.size >= 33
        assert min(palette.contrast(words.colour, ground) for ground in (palette.PAPER, palette.WARM)) >= 4.5


def test_no_text_leaves_the_sheet(sheet: Canvas) -> None:
    for words in sheet.words:
        assert words.left >= 0, words
        assert words.right <= canvas.WIDTH, words
        assert words.top >= 0, words
        assert words.bottom <= sheet.height, words


def test_no_two_texts_overlap(sheet: Canvas) -> None:
    filled = [words for words in sheet.words if words.text.strip()]
    for one, other in combinations(filled, 2):
        beside = one.right <= other.left or other.right <= one.left
        above = one.bottom <= other.top or other.bottom <= one.top
        assert beside or above, (one, other)


def test_measured_text_is_as_broad_as_the_drawn_one() -> None:
    sheet = Canvas(200)
    sheet.text(100, 100, "高价值 ¥12.3万", 40)
    picture = Image.open(BytesIO(sheet.png())).convert("L").point(lambda value: 255 if value < 128 else 0)
    box = picture.getbbox()
    assert box is not None
    assert box[0] == pytest.approx(100, abs=5)
    assert box[2] == pytest.approx(sheet.words[0].right, abs=5)


def test_too_small_text_is_refused() -> None:
    with pytest.raises(TextTooSmall):
        Canvas(100).text(0, 50, "小", 32)


def test_emoji_are_left_out_and_chinese_stays() -> None:
    assert font.shown("王芳🎉 & <李娜> ¥3万·≥") == "王芳 & <李娜> ¥3万·≥"


def test_the_simplified_face_is_taken() -> None:
    from matplotlib.font_manager import get_font

    assert get_font(font.properties().get_file()).family_name == "Noto Sans CJK SC"


def test_a_font_path_is_used_for_all_measures_and_texts() -> None:
    import noto_cjk_sans_otc

    path = Path(str(noto_cjk_sans_otc.FONT_PATH))
    bars = [SegmentBar("高价值", 3, 500_000, True)]
    given = segments.segments(bars, title="标题", subtitle="说明", font_path=path)
    assert given == segments.segments(bars, title="标题", subtitle="说明")


def test_pictures_drawn_in_four_threads_at_once_are_the_same_as_alone() -> None:
    def drawn(_: int) -> bytes:
        return segments.segments([SegmentBar("高价值易流失", 3, 500_000, True)], title="标题", subtitle="说明")

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(drawn, range(12))) == {drawn(0)}


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoChineseFont, match="nothing"):
        segments.segments([], title="标题", subtitle="", font_path=tmp_path / "nothing.ttf")


def test_a_font_without_chinese_is_refused() -> None:
    import matplotlib as mpl

    path = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    with pytest.raises(NoChineseFont):
        Canvas(100, path).text(0, 50, "汉", 40)


def test_a_trend_without_points_is_refused() -> None:
    with pytest.raises(NothingToDraw):
        trend.trend([], title="回款", unit="元")


def test_the_callout_adds_up_what_is_at_risk() -> None:
    bars = [
        SegmentBar("稳", 5, 7_500_000, False),
        SegmentBar("险", 2, 1_500_000, True),
        SegmentBar("危", 1, 1_000_000, True),
    ]
    texts = [words.text for words in segments.sheet(bars, title="标题", subtitle="").words]
    assert "¥2.5万" in texts
    assert "可能流失，占总额 25%" in texts
    assert "来自 3 位易流失客户" in texts


def test_a_bar_is_as_long_as_its_share_of_the_largest() -> None:
    bars = [SegmentBar("大", 1, 1_000_000, False), SegmentBar("小", 1, 250_000, False)]
    picture = Image.open(BytesIO(segments.segments(bars, title="标题", subtitle=""))).convert("RGB")
    blue = tuple(int(palette.STABLE[at : at + 2], 16) for at in (1, 3, 5))
    rows = [sum(picture.getpixel((x, y)) == blue for x in range(canvas.WIDTH)) for y in range(picture.height)]
    lengths = sorted({length for length in rows if length >= 200 and rows.count(length) >= 10})
    assert lengths == pytest.approx([240, 960], abs=2)


def test_the_step_that_keeps_the_least_is_named() -> None:
    stages = [FunnelStage("线索", 100), FunnelStage("意向", 20), FunnelStage("报价", 18), FunnelStage("成交", 9)]
    assert funnel.leakiest(stages) == 1
    orange = [words.text for words in funnel.sheet(stages, title="漏斗").words if words.colour == palette.AT_RISK]
    assert orange == ["↓ 20% 进入下一步，留下最少（少了 80）"]
    assert funnel.leakiest([FunnelStage("线索", 0), FunnelStage("意向", 0)]) is None


def test_equal_values_share_a_place() -> None:
    rows = [LeaderRow("甲", 5), LeaderRow("乙", 9), LeaderRow("丙", 5), LeaderRow("丁", 1)]
    texts = [words.text for words in leaderboard.sheet(rows, title="榜", unit="单", most=3).words]
    assert [text for text in texts if text in {"1", "2", "3", "4"}] == ["1", "2", "2"]
    assert texts[-1] == "另有 1 位未列出"


def test_points_outside_the_band_are_said_to_be_outside() -> None:
    high = trend.sheet([(date(2026, 11, 1), 4.0), (date(2026, 11, 2), 9.0)], title="线索", unit="条", band=(2, 6))
    inside = trend.sheet([(date(2026, 11, 1), 9.0), (date(2026, 11, 2), 4.0)], title="线索", unit="条", band=(2, 6))
    assert "高于正常范围" in [words.text for words in high.words]
    assert "在正常范围内" in [words.text for words in inside.words]
    assert [words.text for words in inside.words if words.colour == palette.AT_RISK] == ["9 条"]


def test_the_curve_of_few_and_many_by_hand() -> None:
    layers = [Layer(1, 10), Layer(1, 60), Layer(2, 30), Layer(6, 0), Layer(0, 99)]  # a tenth of the people: 60 of 100
    points = pareto.curve(layers)
    assert [(round(people, 9), money) for people, money in points] == [
        (0, 0),
        (0.1, 0.6),
        (0.3, 0.9),
        (0.4, 1),
        (1, 1),
    ]
    assert pareto.share_of(points, 0.2) == pytest.approx(0.75)
    assert pareto.needed_for(points, 0.9) == pytest.approx(0.3)
    texts = [words.text for words in pareto.sheet(layers, title="标题").words]
    assert "75%" in texts
    assert "一半的钱来自 1 位，共 10 位" in texts
    with pytest.raises(NothingToDraw):
        pareto.sheet([Layer(3, 0), Layer(1, -5)], title="没有钱")


def test_the_gallery_holds_every_kind_of_picture_in_small_files(tmp_path: Path) -> None:
    written = gallery.write(tmp_path)
    assert {path.stem for path in written} == set(gallery.PICTURES)
    assert all(path.stat().st_size < 80_000 for path in written)
    assert {Image.open(BytesIO(path.read_bytes())).width for path in written} == {canvas.WIDTH}


def test_nothing_heavy_is_imported_before_the_first_picture() -> None:
    rooms = "charts.gallery, charts.pareto"
    code = f"import sys, {rooms}; print('matplotlib' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "False"


def test_the_most_of_a_heat_map_is_framed_and_the_rest_stands_aside() -> None:
    block = HeatBlock("主题 × 产品", ["质量", "没分主题"], ["螺栓", "没提产品"], [[3, 50], [40, 99]], 1, 1)
    picture = Image.open(BytesIO(heat_map.heat_map([block], title="标题"))).convert("RGB")
    colours = {colour for _, colour in picture.getcolors(1_000_000) or ()}
    wanted = {name: tuple(int(name[at : at + 2], 16) for at in (1, 3, 5)) for name in (*palette.HEAT, palette.AT_RISK)}
    assert {name for name, colour in wanted.items() if colour in colours} == {
        palette.HEAT[0], palette.HEAT[-1], palette.AT_RISK,
    }  # fmt: skip
    assert heat_map.shade(1, 100) == palette.HEAT[1], "something is never shown as nothing"


def test_more_columns_than_can_be_read_are_refused() -> None:
    with pytest.raises(heat_map.TooManyColumns):
        heat_map.sheet([HeatBlock("宽", ["一"], list("1234567"), [[1.0] * 7])], title="标题")
