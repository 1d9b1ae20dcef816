"""Money for an order that nobody noted as a debt: it stands against no later debt, and told again it is asked about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from crm import settling
from tests.chat import prepared
from tests.chat.played import texts_of
from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored
from tests.chat.test_payments import booked

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHANG = "加客户 张无忌 13911112222"


async def later(office: Office, **after: float) -> None:
    """Time goes on, as between two messages of one person."""
    await office.at(office.now + timedelta(**(after or {"minutes": 2})))


async def told(office: Office, *texts: str) -> None:
    """The texts of the rep, one after the other."""
    for text in texts:
        await said(office.rep, text)
        await later(office)


async def set_up(office: Office) -> None:
    await told(office, ZHANG)


office = prepared.office_after(set_up)


async def test_a_cash_order_leaves_the_next_debt_whole(office: Office) -> None:
    await told(office, "张无忌 订了柜子 9000", "张无忌 9000付清了")
    assert booked(office) == [("debt", 9000_00), ("payment", 9000_00)]
    card = await said(office.rep, "张无忌 又订了床 6000 先欠着 今天付")
    label = next(one for one in labels(card) if one.startswith("记欠款 ¥6,000"))
    assert "还欠 ¥6,000" in (await pressed(office.rep, card, label)).text
    await later(office, days=1)
    await office.rep.send("谁欠我钱")
    await office.idle()
    morning, listed = texts_of(office, office.rep)[-2:]
    assert "张无忌 欠款 ¥6,000 3月18日到期" in morning
    assert "张无忌 ¥6,000" in listed


async def test_a_debt_told_in_words_stands_after_a_paid_order(office: Office) -> None:
    await told(office, "张无忌下单 雅阁 17万1", "张无忌尾款17万1到账")
    assert "还欠 ¥100,000" in (await said(office.rep, "欠款 张无忌 10万")).text


async def test_payment_and_debt_of_an_order_are_taken_back_and_brought_back_together(office: Office) -> None:
    await told(office, "张无忌 订了柜子 9000")
    card = await said(office.rep, "张无忌 尾款9000付清了")
    assert card.text.startswith("✅ 记下回款 ¥9,000")
    assert "一并记欠款 ¥9,000 抵掉" in card.text
    card = await pressed(office.rep, card, "撤销")
    assert booked(office) == []
    await pressed(office.rep, card, "恢复")
    assert booked(office) == [("debt", 9000_00), ("payment", 9000_00)]
    await said(office.rep, "撤销")
    assert booked(office) == []


@pytest.mark.parametrize("text", ["张无忌回款5000记错了 删掉", "撤销"])
async def test_a_payment_called_off_in_words_takes_its_debt_along(office: Office, text: str) -> None:
    await told(office, "张无忌 订了柜子 9000", "张无忌 货款5000收到了")
    card = await said(office.rep, text)
    assert booked(office) == []
    await pressed(office.rep, card, "恢复")
    assert booked(office) == [("debt", 5000_00), ("payment", 5000_00)]


async def test_the_debt_of_a_paid_order_follows_the_payment_put_right(office: Office) -> None:
    await told(office, "张无忌 订了柜子 9000", "张无忌 货款5000收到了", "张无忌回款改成6000")
    assert booked(office) == [("debt", 6000_00), ("payment", 6000_00)]


async def test_deposit_in_the_ledger_is_settled_with_the_rest(office: Office) -> None:
    await told(office, "张无忌 订了柜子 9000", "回款 张无忌 2000", "张无忌 尾款7000到账")
    pairs = [("debt", 2000_00), ("debt", 7000_00), ("payment", 2000_00), ("payment", 7000_00)]
    assert sorted(booked(office)) == pairs


@pytest.mark.parametrize("again", ["张无忌把尾款5000付清了", "张无忌 货款5000收到了", "张无忌尾款5000到账"])
async def test_the_same_payment_told_again_is_asked_about(office: Office, again: str) -> None:
    await told(office, "张无忌 订了瓷砖 20000", "张无忌把尾款5000付清了")
    card = await said(office.rep, again)
    assert labels(card)[0] == "是回款 ¥5,000"
    assert "刚记过一笔回款 ¥5,000" in card.text
    assert booked(office) == [("debt", 5000_00), ("payment", 5000_00)]
    await pressed(office.rep, card, "是回款 ¥5,000")
    assert sorted(booked(office)) == [("debt", 5000_00)] * 2 + [("payment", 5000_00)] * 2


async def test_days_later_the_same_sum_is_asked_about_where_nothing_is_owed(office: Office) -> None:
    await told(office, "张无忌 订了瓷砖 20000", "张无忌把尾款5000付清了")
    await later(office, days=3)
    assert labels(await said(office.rep, "张无忌 货款5000收到了"))[0] == "是回款 ¥5,000"


@pytest.mark.parametrize("again", ["张无忌 货款5000收到了", "张无忌 尾款5000到账", "张无忌转来5000"])
async def test_the_same_part_of_a_debt_told_again_is_asked_about(office: Office, again: str) -> None:
    await told(office, "欠款 张无忌 20000", "张无忌付了5000")
    assert "刚记过一笔" in (await said(office.rep, again)).text
    assert sorted(booked(office)) == [("debt", 20000_00), ("payment", 5000_00)]


async def test_one_more_of_that_sum_is_booked(office: Office) -> None:
    await told(office, "欠款 张无忌 20000", "张无忌付了5000", "张无忌又付了5000")
    await later(office, days=1)
    await office.rep.send("张无忌付了5000")
    await office.idle()
    assert "还欠 ¥5,000" in texts_of(office, office.rep)[-1]


async def test_orders_that_were_debts_are_not_paid_a_second_time(office: Office) -> None:
    await told(office, "张无忌 订了瓷砖 20000", "欠款 张无忌 20000", "张无忌付了20000")
    assert labels(await said(office.rep, "张无忌 货款6000收到了"))[0] == "是回款 ¥6,000"
    assert len(booked(office)) == 2


async def test_nothing_is_left_to_book_once_the_rest_was_paid(office: Office) -> None:
    card = await said(office.rep, "张无忌 订了沙发 3万 付了5000定金")
    await later(office)
    await told(office, "张无忌 尾款25000到账")
    card = await pressed(office.rep, card, "记欠款 ¥25,000")
    assert "已经记过到账，没再记欠款" in card.text
    paid = [("debt", 5000_00), ("debt", 25000_00), ("payment", 5000_00), ("payment", 25000_00)]
    assert sorted(booked(office)) == paid


@pytest.mark.parametrize(
    ("text", "owed"),
    [("张无忌 尾款10000到账", "15,000"), ("回款 张无忌 10000", "15,000"), ("回款 张无忌 5000", "25,000")],
)
async def test_what_is_left_after_a_part_was_paid_is_booked(office: Office, text: str, owed: str) -> None:
    card = await said(office.rep, "张无忌 订了沙发 3万 付了5000定金")
    await later(office)
    await told(office, text)
    assert f"还欠 ¥{owed}" in (await pressed(office.rep, card, "记欠款 ¥25,000")).text


async def test_of_an_order_paid_by_halves_the_other_half_is_the_rest(office: Office) -> None:
    card = await said(office.rep, "张无忌 订了沙发 1万 付了一半")
    await later(office)
    await told(office, "张无忌 尾款5000到账")
    await pressed(office.rep, card, "记欠款 ¥5,000")
    assert sorted(booked(office)) == [("debt", 5000_00)] * 2 + [("payment", 5000_00)] * 2


async def test_another_order_paid_in_cash_leaves_the_rest_of_the_first(office: Office) -> None:
    card = await said(office.rep, "张无忌 订了沙发 3万 付了5000定金")
    await later(office)
    await told(office, "张无忌 订了床 9000", "张无忌 货款9000收到了")
    assert "还欠 ¥25,000" in (await pressed(office.rep, card, "记欠款 ¥25,000")).text


@pytest.mark.parametrize(
    "text", ["张无忌 尾款 5000 到账", "张无忌尾款5000到账了", "张无忌付清尾款5000", "张无忌余款5000已收"]
)
async def test_a_rest_of_who_neither_owes_nor_ordered_is_asked_about(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert labels(card)[0] == "是回款 ¥5,000"
    assert (booked(office), stored(office)) == ([], [])
    await pressed(office.rep, card, "是回款 ¥5,000")
    assert booked(office) == [("payment", 5000_00)]


async def test_a_rest_of_who_owes_is_booked_at_once(office: Office) -> None:
    await told(office, "欠款 张无忌 8000")
    assert "还欠 ¥3,000" in (await said(office.rep, "张无忌 尾款 5000 到账")).text


async def test_an_imported_order_is_not_what_money_of_its_sum_pays(office: Office) -> None:
    await told(office, "张无忌 订了床 6000")
    await office.rep.document("单.csv", "客户,日期,金额,产品\n张无忌,2026-03-01,1200,柜子\n".encode())
    dry = await pressed(office.rep, await office.rep.next_message(), "检查")
    await pressed(office.rep, dry, next(label for label in labels(dry) if label.startswith("导入")))
    today = office.now.date()
    assert office.database.read_now(lambda db: settling.stands(db, 1, 6000_00, today))
    assert not office.database.read_now(lambda db: settling.stands(db, 1, 1200_00, today))
