"""A message that put an order, a debt or a payment right, edited: the correction follows, or the truth is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, pressed
from tests.chat.test_credit import entries
from tests.chat.test_order_changes import stored
from tests.chat.test_order_corrections import two_customers, typed

if TYPE_CHECKING:
    from tests.chat.conftest import Office

office = prepared.office_after(two_customers)


def sums(office: Office) -> list[object]:
    return [row[1] for row in stored(office)]


@pytest.mark.parametrize(
    ("order", "first", "then", "yuan"),
    [
        ("何秀英下单 毛巾 100条 单价80", "改成150条", "改成200条", 16000),
        ("何秀英下单 毛巾 3600元", "不对 是4200", "不对 是4500", 4500),
        ("何秀英下单 毛巾 3600元", "何秀英那单改成4200", "何秀英那单改成4,500", 4500),
        ("何秀英下单 毛巾 3600元", "何秀英那单写错了应该是4200", "何秀英那单写错了应该是3600", 3600),
    ],
)
async def test_an_edited_correction_is_the_correction(
    office: Office, order: str, first: str, then: str, yuan: int
) -> None:
    await typed(office, order)
    sent = await office.rep.send(first)
    card = await office.rep.next_message()
    assert labels(card)[0] == "改回"
    await office.rep.edit(sent, then)
    changed = await office.rep.wait_edit(card)
    assert f"¥{yuan:,}" in changed.text
    assert sums(office) == [yuan]


async def test_an_edited_correction_can_be_edited_and_undone_again(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 100条 单价80")
    sent = await office.rep.send("改成150条")
    card = await office.rep.next_message()
    await office.rep.edit(sent, "改成200条")
    card = await office.rep.wait_edit(card)
    await office.rep.edit(sent, "改成120条")
    card = await office.rep.wait_edit(card)
    assert sums(office) == [9600]
    await office.rep.press(card, "改回")
    await office.rep.wait_edit(card)
    assert sums(office) == [8000]


async def test_an_edit_that_is_no_correction_changes_nothing_and_says_so(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 3600元")
    sent = await office.rep.send("不对 是4200")
    await office.rep.next_message()
    await office.rep.edit(sent, "她说货很好")
    assert "没有动" in (await office.rep.next_message()).text
    assert sums(office) == [4200]


async def test_an_edited_correction_of_an_order_changed_since_stays(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 3600元")
    sent = await office.rep.send("不对 是4200")
    await office.rep.next_message()
    await typed(office, "何秀英那单改成5000")
    await office.rep.edit(sent, "不对 是4500")
    assert "后来又改动过" in (await office.rep.next_message()).text
    assert sums(office) == [5000]


async def test_the_question_which_order_follows_its_message(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 500元", "何秀英下单 浴袍 3600元", "陶志刚下单 100元")
    sent = await office.rep.send("何秀英那单改成700")
    question = await office.rep.next_message()
    assert labels(question)[:2] == ["改 1", "改 2"]
    await office.rep.edit(sent, "何秀英那单改成800")
    question = await office.rep.wait_edit(question)
    assert "¥800" in question.text
    await pressed(office.rep, question, "改 1")
    assert sums(office) == [500, 800, 100]


async def test_an_edited_correction_of_a_debt_is_the_correction(office: Office) -> None:
    await typed(office, "欠款 何秀英 2500")
    sent = await office.rep.send("何秀英欠款改成3500")
    card = await office.rep.next_message()
    await office.rep.edit(sent, "何秀英欠款改成3000")
    assert "¥3,000" in (await office.rep.wait_edit(card)).text
    assert [fen for _, fen, _ in entries(office)] == [3000_00]


async def test_an_edited_payment_is_the_payment(office: Office) -> None:
    await typed(office, "欠款 何秀英 5000")
    sent = await office.rep.send("何秀英转来2580")
    card = await office.rep.next_message()
    assert "回款 ¥2,580" in card.text
    await office.rep.edit(sent, "何秀英转来2850")
    card = await office.rep.wait_edit(card)
    assert "回款已改：¥2,580 → ¥2,850" in card.text
    await office.rep.edit(sent, "何秀英转来2950")
    card = await office.rep.wait_edit(card)
    assert [fen for _, fen, _ in entries(office)] == [5000_00, 2950_00]
    await office.rep.press(card, "改回")
    await office.rep.wait_edit(card)
    assert [fen for _, fen, _ in entries(office)] == [5000_00, 2580_00]
    sent = await office.rep.send("欠款 何秀英 700")  # a debt follows, too; what tells no sum of it does not
    card = await office.rep.next_message()
    await office.rep.edit(sent, "欠款 何秀英 800")
    assert "欠款已改：¥700 → ¥800" in (await office.rep.wait_edit(card)).text
    sent = await office.rep.send("何秀英转来9000")  # more than is owed: asked, pressed, and then it follows, too
    card = await office.rep.next_message()
    card = await pressed(office.rep, card, "是回款 ¥9,000")
    await office.rep.edit(sent, "何秀英付了9500")
    assert "回款已改：¥9,000 → ¥9,500" in (await office.rep.wait_edit(card)).text
    await office.rep.edit(sent, "她说货很好")
    assert "没有动" in (await office.rep.next_message()).text
    assert [fen for _, fen, _ in entries(office)] == [5000_00, 2580_00, 800_00, 9500_00]


async def test_an_edited_cancellation_brings_back_or_asks(office: Office) -> None:
    await typed(office, "何秀英下单 毛巾 3600元")
    sent = await office.rep.send("何秀英那单删了")
    await office.rep.next_message()
    assert sums(office) == []
    await office.rep.edit(sent, "何秀英那单撤销吧")
    assert "撤销" in (await office.rep.next_message()).text
    assert sums(office) == []
    await office.rep.edit(sent, "何秀英说货很好")
    asked = await office.rep.next_message()
    assert "要恢复吗" in asked.text
    await pressed(office.rep, asked, "恢复")
    assert sums(office) == [3600]
    sent = await office.rep.send("撤单")
    await office.rep.next_message()
    assert sums(office) == []
    await office.rep.edit(sent, "何秀英那单改成4200")
    await office.rep.next_message()
    assert sums(office) == [4200]
    await typed(office, "商机 何秀英 8万 浴袍 5月底")
    sent = await office.rep.send("何秀英商机丢了")
    await office.rep.next_message()
    await office.rep.edit(sent, "何秀英商机有戏")
    asked = await office.rep.next_message()
    assert "记成流失了，要撤销吗" in asked.text
    assert labels(asked) == ["撤销"]
