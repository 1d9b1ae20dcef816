"""The palette is readable and its meanings stay apart for every kind of colour vision."""

import doctest
from itertools import combinations, pairwise, product

import pytest

from charts import canvas, figures, palette, pareto


@pytest.mark.parametrize(("text", "ground"), list(product(palette.TEXTS, (palette.PAPER,))))
def test_texts_stand_out_from_paper(text: str, ground: str) -> None:
    assert palette.contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("colour", "ground"), list(product(palette.SERIES, (palette.TRACK, palette.BAND, palette.WARM)))
)
def test_bars_stand_out_from_their_ground(colour: str, ground: str) -> None:
    assert palette.contrast(colour, ground) >= 3.0  # WCAG 2.2, 1.4.11 for graphics


@pytest.mark.parametrize("ground", [palette.WARM, palette.BAND])
@pytest.mark.parametrize("text", [palette.INK, palette.MUTED])
def test_texts_stand_out_from_tinted_grounds(text: str, ground: str) -> None:
    assert palette.contrast(text, ground) >= 4.5


@pytest.mark.parametrize("ground", palette.HEAT)
def test_numbers_stand_out_from_every_cell(ground: str) -> None:
    assert palette.contrast(palette.INK, ground) >= 4.5


@pytest.mark.parametrize("deuteranopia", [False, True])
def test_the_steps_of_heat_are_apart(deuteranopia: bool) -> None:
    for one, other in pairwise(palette.HEAT):
        assert palette.distance(one, other, deuteranopia=deuteranopia) >= 6
        assert palette.contrast(one, palette.PAPER) < palette.contrast(other, palette.PAPER)


@pytest.mark.parametrize(("one", "other"), list(combinations(palette.SERIES, 2)))
@pytest.mark.parametrize("deuteranopia", [False, True])
def test_meanings_stay_apart(one: str, other: str, deuteranopia: bool) -> None:
    assert palette.distance(one, other, deuteranopia=deuteranopia) >= 20


def test_the_measure_knows_red_and_green_are_close_with_deuteranopia() -> None:
    red, green = "#B03A2E", "#6E7A1F"
    assert palette.distance(red, green) > 2 * palette.distance(red, green, deuteranopia=True)


def test_known_contrasts() -> None:
    assert palette.contrast("#FFFFFF", "#777777") == 4.48  # the well-known grey that just fails
    assert palette.contrast("#123456", "#123456") == 1.0


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "¥0"), (49, "¥0"), (-49, "¥0"), (123_400, "¥1,234"), (999_949, "¥9,999"), (999_950, "¥1万"),
        (1_000_000, "¥1万"), (12_345_600, "¥12.3万"), (9_999_000_000, "¥9999万"), (9_999_960_000, "¥1亿"),
        (12_345_678_900, "¥1.23亿"),
        (-1_234_567, "-¥1.2万"),
    ],
)  # fmt: skip
def test_money_is_short(fen: int, words: str) -> None:
    assert figures.yuan(fen) == words


def test_shares() -> None:
    assert [figures.share(part, 200) for part in (0, 1, 2, 50, 200)] == ["0%", "＜1%", "1%", "25%", "100%"]
    assert figures.share(-5, 100) == "0%"


def test_lines_break_after_a_clause_and_never_inside_a_sum() -> None:
    assert canvas.lines("12 位高价值客户正在变冷，牵动 ¥45.6万", 56)[1] == "牵动 ¥45.6万"
    for width in range(200, 700, 20):
        broken = canvas.lines("上周新签合同总额是¥1234567.89，比去年好", 40, width, 9)
        assert any("¥1234567.89" in line for line in broken) or width < 260


def test_what_does_not_fit_ends_in_dots() -> None:
    (only,) = canvas.lines("很长很长很长很长很长", 40, 200, 1)
    assert only.endswith("…")
    assert canvas.breadth(only, 40) <= 200


def test_examples_hold() -> None:
    assert [doctest.testmod(module).failed for module in (figures, palette, pareto)] == [0, 0, 0]
