"""Pages of a report: of one size, legible, nothing overlaps or leaves the page, and together a PDF."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image

from charts import canvas, gallery, leaderboard, pages, palette
from charts.leaderboard import LeaderRow
from charts.pages import Page, Part, Tile

LONG = "特别长的一句话没有标点" * 20
ROWS = [LeaderRow(f"销售{n}", 90_000 - n * 7_000, "3 单") for n in range(5)]
FULL = Page(
    "上周净额低于平常，多半因为小李",
    "美好五金销售部 · 周报",
    [Tile("净额", "¥6.1万", "平常 ¥8.5万–¥15.5万", look=True), Tile(LONG, LONG, LONG), Tile("投诉", "3 件")],
    parts=[Part("发生了什么", ["净额 ¥6.1万。", LONG]), Part(LONG, ["先联系孙悦"], is_numbered=True), Part("空", [])],
)
DRAWN = Page(
    "", draw=partial(leaderboard.leaderboard, ROWS, title="小李领跑", unit="元"), parts=[Part("还要留意", ["🎉 $x^2$"])]
)


def test_all_pages_are_of_one_size_and_a_pdf() -> None:
    made = [Image.open(BytesIO(png)) for png in pages.pngs([FULL, DRAWN], foot="周报")]
    assert {page.size for page in made} == {made[0].size}
    assert made[0].width == canvas.WIDTH
    assert made[0].height >= pages.HEIGHT
    content = pages.pdf([FULL, DRAWN], foot="周报", title="周报")
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == 2 or content.count(b"/Type /Page ") + content.count(b"/Type/Page") >= 2
    assert len(content) < 1_000_000


@pytest.mark.parametrize("page", [FULL, DRAWN], ids=["full", "drawn"])
def test_texts_are_legible_and_apart(page: Page) -> None:
    planned = pages.Planned(page, None)
    sheet = planned.sheet(max(pages.HEIGHT, planned.height), LONG, "1/5")
    for words in sheet.words:
        assert words.size >= canvas.LEAST
        assert min(palette.contrast(words.colour, ground) for ground in (palette.PAPER, palette.WARM)) >= 4.5
        assert min(words.left, words.top) >= 0
        assert words.right <= canvas.WIDTH, words
        assert words.bottom <= sheet.height, words
    filled = [words for words in sheet.words if words.text.strip()]
    for one, other in combinations(filled, 2):
        beside = one.right <= other.left or other.right <= one.left
        assert beside or one.bottom <= other.top or other.bottom <= one.top, (one, other)


def test_texts_stand_out_from_the_ground_of_a_tile() -> None:
    assert palette.contrast(palette.MUTED, palette.TRACK) >= 4.5
    assert palette.contrast(palette.STABLE, palette.TRACK) >= 4.5
    assert palette.contrast(palette.AT_RISK, palette.WARM) >= 4.5
    assert palette.contrast(palette.MUTED, palette.WARM) >= 4.5


def test_the_page_of_the_gallery_is_a_picture() -> None:
    assert Image.open(BytesIO(gallery.report_page())).width == canvas.WIDTH
