"""A question or complaint about an order, and a return put right, never make another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_changes import notes, stored
from tests.chat.test_order_corrections import two_customers, typed

if TYPE_CHECKING:
    from tests.chat.conftest import Office

office = prepared.office_after(two_customers)


def sums(office: Office) -> list[float]:
    return [row[1] for row in stored(office)]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("何秀英的订单撤了那个3万的", [3200]),
        ("何秀英的单子3200那笔是对的 3万那笔删了", [3200]),
        ("把何秀英今天的单子全撤了 只留3200", [3200]),
        ("何秀英那个3万不是订单 是商机金额 撤掉", [3200]),
        ("何秀英的合同不是3万 是2.8万", [3200, 28000]),
        ("何秀英的订单30000不对 应该是8000", [3200, 8000]),
        ("把何秀英3万那单撤了 她退款了", [3200]),
    ],
)
async def test_the_order_that_is_clear_is_changed(office: Office, text: str, after: list[float]) -> None:
    await typed(office, "何秀英签了3200", "何秀英签了3万")
    await said(office.rep, text)
    assert sums(office) == after
    assert notes(office) == ([text] if "退款" in text else [])


@pytest.mark.parametrize(
    ("text", "button", "after"),
    [
        ("何秀英那个3万的订单是不是录错了", "撤销 1", []),
        ("何秀英签的3000是不是录成30000了", "改 1", [3000]),
        ("何秀英 签了3万 记重了", "撤销 1", []),
        ("保额3万不是订单金额哈", "撤销 1", []),
    ],
)
async def test_what_is_only_doubted_offers_the_order(
    office: Office, text: str, button: str, after: list[float]
) -> None:
    await typed(office, "何秀英签了3万")
    question = await said(office.rep, text)
    assert sums(office) == [30000]
    assert not any("是订单" in label for label in labels(question)), question.text
    await pressed(office.rep, question, button)
    assert sums(office) == after


async def test_the_last_order_goes_by_the_word_before_the_name(office: Office) -> None:
    await typed(office, "何秀英签了3200")
    assert (await said(office.rep, "撤单 何秀英")).text.startswith("↩️ 已撤销")
    assert (sums(office), notes(office)) == ([], [])


@pytest.mark.parametrize(
    "text", ["何秀英 2000那笔退款是1000", "何秀英退的不是2000是1000", "何秀英退的不是12节是10节 1000"]
)
async def test_a_return_put_right_is_not_added_again(office: Office, text: str) -> None:
    await typed(office, "何秀英签了5000")
    await said(office.rep, "何秀英退卡 退2000")
    assert sums(office) == [5000, -2000]
    await said(office.rep, text)
    assert sums(office) == [5000, -1000]
