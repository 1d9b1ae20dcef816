"""收了第一期900, 60天账期, 续卡8000 beside 精华 680一支: money of one kind is not booked as another."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.chat import prepared
from tests.chat.talk import labels, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")


office = prepared.office_after(set_up)


@pytest.mark.parametrize("text", ["何敏收了第一期900", "收到何敏第一期900", "何敏收到第二期款900"])
async def test_an_instalment_that_came_in_is_asked_about_as_a_payment(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert stored(office) == []
    assert "是回款 ¥900" in labels(card)


async def test_a_deposit_that_came_in_is_put_right_in_words(office: Office) -> None:
    await said(office.rep, "何敏定金83400收到了")
    await office.at(office.now + timedelta(minutes=1))
    await said(office.rep, "首付是90000 不是83400")
    assert [(kind, fen) for kind, fen, _ in entries(office)] == [("payment", 90_000_00)]
    assert stored(office) == []


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("何敏昨天拿了2万4的货 月结 60天账期", "记欠款 ¥24,000（5月30日到期）"),
        ("何敏下单24000 账期30天", "记欠款 ¥24,000（4月17日到期）"),
        ("何敏昨天拿了2万4的货 月结", "记欠款 ¥24,000（3月31日到期）"),
    ],
)
async def test_the_days_of_credit_tell_when_it_is_due(office: Office, text: str, button: str) -> None:
    assert button in labels(await said(office.rep, text))


async def test_a_card_filled_beside_goods_counts_both(office: Office) -> None:
    await said(office.rep, "何敏续卡8000 送1200 还拿了两支精华 680一支")
    assert [fen for fen, _ in stored(office)] == [9360_00]


async def test_a_part_paid_today_is_no_day_for_the_rest(office: Office) -> None:
    card = await said(office.rep, "何敏当场办了2980的卡 分两次付 今天先付1500")
    assert [fen for fen, _ in stored(office)] == [2980_00]
    assert "已付 ¥1,500（已记回款）" in card.text
    assert "记欠款 ¥1,480" in labels(card)


@pytest.mark.parametrize("text", ["这个月卖了几台车", "这个月卖了几台", "本月我卖了几辆"])
async def test_how_many_cars_were_sold_is_a_question_and_no_note(office: Office, text: str) -> None:
    await said(office.rep, "何敏下单12000 螺栓")
    card = await said(office.rep, text)
    assert "¥12,000" in card.text
    assert "已记到" not in card.text


async def test_a_manager_asks_how_many_a_colleague_sold(empty_office: Office) -> None:
    card = await said(empty_office.manager, "小李这个月卖了几台")
    assert "小李的签单 · 本月" in card.text
