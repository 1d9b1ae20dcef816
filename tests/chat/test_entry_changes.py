"""Debts, payments and returns are put right and taken back in words; never is a second one booked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.chat import prepared
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN = "加客户 孙丽 13911112222 无锡新民五金"


def booked(office: Office) -> list[tuple[str, int]]:
    """Kind and fen of all that is owed and paid."""
    return [(kind, fen) for kind, fen, _ in entries(office)]


async def set_up(office: Office) -> None:
    await said(office.rep, SUN)


office = prepared.office_after(set_up)


async def test_sum_of_a_debt_is_put_right_and_back(office: Office) -> None:
    await said(office.rep, "欠款 孙丽 3000")
    await office.at(office.now + timedelta(minutes=1))
    card = await said(office.rep, "孙丽欠款改成2500")
    assert "¥3,000 → ¥2,500" in card.text
    assert booked(office) == [("debt", 2500_00)]
    assert "已改回" in (await pressed(office.rep, card, "改回")).text
    assert booked(office) == [("debt", 3000_00)]
    await said(office.rep, "刚才那笔3000的欠款记错了 是500")
    assert booked(office) == [("debt", 500_00)]
    assert "已改回" in (await said(office.rep, "撤销")).text
    assert booked(office) == [("debt", 3000_00)]


async def test_of_several_debts_it_is_asked_which(office: Office) -> None:
    for line in ("欠款 孙丽 3000", "欠款 孙丽 800", "孙丽付了200"):
        await said(office.rep, line)
    card = await said(office.rep, "孙丽的欠款改成2500")
    assert [label.split("（")[0] for label in labels(card)] == ["改 ¥800", "改 ¥3,000", "只记一笔", "都不动"]
    await pressed(office.rep, card, labels(card)[1])
    assert sorted(booked(office)) == [("debt", 800_00), ("debt", 2500_00), ("payment", 200_00)]
    await said(office.rep, "孙丽800的欠款改成900")
    await said(office.rep, "孙丽的回款200删掉")
    assert sorted(booked(office)) == [("debt", 900_00), ("debt", 2500_00)]


async def test_what_is_not_there_is_not_booked(office: Office) -> None:
    for text in ("孙丽欠款改成2500", "孙丽的退货改成1200", "孙丽的回款200删掉"):
        card = await said(office.rep, text)
        assert "没有改动" in card.text
        assert labels(card) == ["只记一笔", "都不动"]
    assert (booked(office), stored(office)) == ([], [])


async def test_return_is_put_right(office: Office) -> None:
    await said(office.rep, "孙丽 退了2箱膨胀螺丝 退款270")
    card = await said(office.rep, "刚才那个退货应该是3箱 405")
    assert card.text.startswith("✏️ 退货已改")
    assert stored(office) == [(-405_00, "膨胀螺丝")]
    await said(office.rep, "孙丽的退货改成300")
    assert stored(office) == [(-300_00, "膨胀螺丝")]
    assert "已撤销" in (await said(office.rep, "孙丽的退货300删掉")).text
    assert stored(office) == []


async def test_new_debts_are_booked_as_before(office: Office) -> None:
    await said(office.rep, "孙丽欠款3000")
    await said(office.rep, "孙丽欠款800")
    assert booked(office) == [("debt", 3000_00), ("debt", 800_00)]
