"""Money that falls due stands in the day of whose customer owes it: on the day, for a week, then folded until paid."""

from __future__ import annotations

import pytest

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, texts_of


async def _card_of(office: Office, day: int, month: int = 4) -> str:
    """The rep's morning card of a day of April."""
    before = len(texts_of(office, office.rep))
    await office.at(at(month, day))
    return "\n".join(text for text in texts_of(office, office.rep)[before:] if "早上好" in text)


async def test_a_debt_is_told_on_its_day_and_for_a_week(office: Office) -> None:
    await talk.said(office.rep, "加客户 王建国 13900001111")
    await talk.said(office.rep, "欠款 王建国 231000 4月7日")
    assert "欠款" not in await _card_of(office, 3)
    card = await _card_of(office, 7)
    assert "1 笔款到期" in card
    assert "💰 王建国 欠款 ¥231,000 今天到期" in card
    assert "4月7日到期，已过 2 天" in await _card_of(office, 9)
    assert "💰 逾期没收：王建国 ¥231,000" not in card
    await talk.said(office.rep, "/remind 4月15日 寄样品")
    assert "💰 逾期没收：王建国 ¥231,000" in await _card_of(office, 15)
    await talk.said(office.rep, "回款 王建国 231000")
    assert "💰" not in await _card_of(office, 16)


async def test_what_falls_due_where_nobody_works_is_told_on_the_next_working_day(office: Office) -> None:
    await talk.said(office.rep, "加客户 陶丽华 13900001111")
    await talk.said(office.rep, "加客户 宋海涛 13900002222")
    await talk.said(office.rep, "欠款 陶丽华 8000 5月2日")
    await talk.said(office.rep, "欠款 宋海涛 6000 4月17日")
    for hour in range(10, 16):
        await talk.said(office.rep, f"/remind 5月6日 {hour}:00 第{hour}件事")
    assert await _card_of(office, 2, 5) == "", "a day off"
    card = await _card_of(office, 6, 5)
    assert "6 件待办、1 笔款到期" in card
    assert "· 💰 陶丽华 欠款 ¥8,000 5月2日到期，已过 4 天" in card
    assert "💰 逾期没收：宋海涛 ¥6,000" in card
    assert "笔款到期" not in await _card_of(office, 7, 5)


async def test_what_is_paid_is_not_told(office: Office) -> None:
    await talk.said(office.rep, "加客户 王建国 13900001111")
    await talk.said(office.rep, "欠款 王建国 2000 3月2日")
    await talk.said(office.rep, "欠款 王建国 231000 4月7日")
    await talk.said(office.rep, "回款 王建国 200000")
    card = await _card_of(office, 7)
    assert "欠款 ¥33,000 今天到期" in card
    await talk.said(office.rep, "回款 王建国 33000")
    assert "💰" not in (await talk.said(office.rep, "今天")).text


@pytest.mark.parametrize("who", ["rep2", "outsider"])
async def test_the_day_of_another_rep_says_nothing_of_it(office: Office, who: str) -> None:
    await talk.said(office.rep, "加客户 王建国 13900001111")
    await talk.said(office.rep, "欠款 王建国 5000 3月18日")
    card = await talk.said(office.rep, "今天")
    assert "💰 王建国 欠款 ¥5,000 今天到期" in card.text
    assert "王建国" not in (await talk.said(getattr(office, who), "今天")).text
    assert "王建国" in (await talk.pressed(office.rep, card, "看账 1")).text


async def test_what_falls_due_today_is_not_called_overdue_for_want_of_room(office: Office) -> None:
    for number in range(14):
        name = f"王{'大小建国明红丽军伟强芳敏静平'[number]}山"
        await talk.said(office.rep, f"加客户 {name} 139000011{number:02}")
        await talk.said(office.rep, f"欠款 {name} {number + 1}000 4月7日")
    card = await _card_of(office, 7)
    assert "今天还有 2 件，点 [更多]。" in card
    assert "逾期" not in card
