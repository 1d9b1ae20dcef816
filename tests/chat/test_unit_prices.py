"""One number beside pieces: where it may be the price of one, both sums are offered; the tapped one is booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import data_of, labels, press_foreign, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

FENG = "加客户 冯刚 13911112222"


async def set_up(office: Office) -> None:
    await said(office.rep, FENG)


office = prepared.office_after(set_up)


@pytest.mark.parametrize(("tapped", "fen"), [("单价 ¥22，一共 ¥1,100", 1100_00), ("一共 ¥22", 22_00), ("不保存", None)])
async def test_price_of_one_or_of_all_is_booked_as_tapped(office: Office, tapped: str, fen: int | None) -> None:
    card = await said(office.rep, "冯刚 下单 6308ZZ轴承 50套 22元 含税")
    assert "50套，¥22 是单价还是总价？" in card.text
    assert stored(office) == []
    await pressed(office.rep, card, tapped)
    assert [one for one, _ in stored(office)] == ([] if fen is None else [fen])


async def test_number_that_was_the_price_of_one_before_is_asked_about(office: Office) -> None:
    assert "订单已记下" in (await said(office.rep, "冯刚下单 切削液 10桶 2400")).text
    card = await said(office.rep, "冯刚又下单 切削液 8桶 240")
    assert labels(card)[:2] == ["单价 ¥240，一共 ¥1,920", "一共 ¥240"]


@pytest.mark.parametrize(
    "before", ["冯刚要了2箱鸡腿190一箱", "冯刚 鸡腿2箱190一箱,面粉5袋85一袋,月结", "冯刚 鸡腿1箱 185 月结"]
)
async def test_number_about_what_one_cost_before_is_asked_about(office: Office, before: str) -> None:
    assert "订单已记下" in (await said(office.rep, before)).text
    card = await said(office.rep, "冯刚又要3箱鸡腿198")
    assert labels(card)[:2] == ["单价 ¥198，一共 ¥594", "一共 ¥198"]


async def test_number_that_fits_as_the_sum_of_all_is_that(office: Office) -> None:
    await said(office.rep, "冯刚 鸡腿2箱190一箱,面粉5袋85一袋,月结")
    assert "¥570" in (await said(office.rep, "冯刚又要3箱鸡腿570")).text
    assert "¥260" in (await said(office.rep, "冯刚又要2箱鸡爪260")).text


@pytest.mark.parametrize(
    ("answer", "fen"),
    [("总价", 22_00), ("单价", 1100_00), ("1100", 1100_00), ("每套22", 1100_00), ("一共22", 22_00), ("第二个", 22_00)],
)
async def test_question_hears_words(office: Office, answer: str, fen: int) -> None:
    await said(office.rep, "冯刚 下单 6308ZZ轴承 50套 22元 含税")
    assert (await said(office.rep, answer)).text.startswith("✅ 订单已记下")
    assert [one for one, _ in stored(office)] == [fen]


@pytest.mark.parametrize(("first", "fens"), [("不保存", []), ("单价 ¥22，一共 ¥1,150", [1150_00])])
async def test_one_answer_closes_the_other(office: Office, first: str, fens: list[int]) -> None:
    card = await said(office.rep, "冯刚 下单 6308ZZ轴承 50套 22元 运费50")
    both = [data_of(card, label) for label in ("单价 ¥22，一共 ¥1,150", "一共 ¥72")]
    await pressed(office.rep, card, first)
    for data in both:
        assert "已经处理过了" in (await press_foreign(office.rep, card, data)).text
    assert [one for one, _ in stored(office)] == fens


@pytest.mark.parametrize(("tapped", "fen"), [("一年 ¥3,600", 3600_00), ("只记首月 ¥300", 300_00), ("不保存", None)])
async def test_what_is_paid_each_month_is_of_a_year_or_once(office: Office, tapped: str, fen: int | None) -> None:
    card = await said(office.rep, "冯刚 月缴300的母婴险 今天签了 先交一年")
    assert "每月 ¥300：按一年 ¥3,600 记，还是只记首月 ¥300？" in card.text
    assert stored(office) == []
    await pressed(office.rep, card, tapped)
    assert [one for one, _ in stored(office)] == ([] if fen is None else [fen])


@pytest.mark.parametrize("typed", ["冯刚签了 年缴3600 合每月300", "冯刚下单3600 12月交货", "冯刚买了月饼 300"])
async def test_a_whole_sum_beside_a_month_is_not_asked_about(office: Office, typed: str) -> None:
    await said(office.rep, typed)
    assert len(stored(office)) == 1
