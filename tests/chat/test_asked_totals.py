"""The sum that was asked for: what is hardly one is asked about once more, and no telephone number is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

UNSUMMED = "黄队长下单 录像机2台 1200 硬盘4块 3400 2600"


async def _ask(office: Office) -> None:
    await said(office.rep, "加客户 黄队长 13911113333")
    assert "请写总数" in (await said(office.rep, UNSUMMED)).text


@pytest.mark.parametrize(("text", "sum_told"), [("20", "¥20"), ("34210500", "¥34,210,500")])
async def test_a_bare_number_that_is_hardly_a_sum_waits_for_a_tap(office: Office, text: str, sum_told: str) -> None:
    await _ask(office)
    asked = await said(office.rep, text)
    assert "黄队长" in asked.text
    assert labels(asked) == [f"是订单 {sum_told}", "不保存"]
    assert stored(office) == []
    card = await pressed(office.rep, asked, f"是订单 {sum_told}")
    assert sum_told in card.text
    assert len(stored(office)) == 1


async def test_a_sum_far_beyond_all_sold_waits_for_a_tap(office: Office) -> None:
    await said(office.rep, "加客户 贺军 13911112222")
    for n in range(2, 12):
        await said(office.rep, f"贺军 订了摄像机{n}台 {n}000")
    await _ask(office)
    asked = await said(office.rep, "一共342105")
    assert "没看错吧" in asked.text
    assert len(stored(office)) == 10


async def test_a_telephone_number_answers_no_question(office: Office) -> None:
    await _ask(office)
    found = await said(office.rep, "13911113333")
    assert "黄队长" in found.text
    assert "金额要大于 0" not in found.text
    assert stored(office) == []


async def test_what_is_no_sum_leaves_the_question_open(office: Office) -> None:
    await _ask(office)
    assert "金额要大于 0" not in (await said(office.rep, "一二")).text
    assert stored(office) == []
    await said(office.rep, "总共7200")
    assert [fen for fen, _ in stored(office)] == [7200_00]
