"""首付6万已付 二期8万4月底 尾款6万验收后: each part with a day becomes a debt by one tap, and no part a sale."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored
from tests.chat.test_several_tasks import cards_of

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_parts_of_a_contract_are_told_and_booked_beside_its_one_order(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13911114444 上海美达")
    card = await said(office.rep, "王总合同20万 首付6万已付 二期8万4月底 尾款6万验收后")
    card = await pressed(office.rep, card, "王建国 上海美达")
    assert stored(office) == [(200_000_00, None)]
    assert card.text.endswith(
        "💰 分 3 笔：\n· 首付 ¥60,000，已付，记进回款了\n· 二期 ¥80,000，4月30日到期\n"
        "· 尾款 ¥60,000，验收后，没写日期，先不记"
    )
    booked = await pressed(office.rep, card, "记下 1 笔")
    assert "欠款 ¥140,000，已回 ¥60,000，还欠 ¥80,000" in booked.text
    today = date(2026, 3, 18)
    made = [("debt", 60_000_00, today), ("payment", 60_000_00, today), ("debt", 80_000_00, date(2026, 4, 30))]
    assert sorted(entries(office)) == sorted(made)
    again = await said(office.rep, "王建国合同20万 首付6万已付 二期8万4月底 尾款6万验收后")
    assert stored(office) == [(200_000_00, None)]
    assert "二期 ¥80,000，账上已有" in again.text
    assert "记下" not in str(labels(again))


async def test_equal_parts_are_debts_of_their_days_and_taken_back_together(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")
    card = await said(office.rep, "尾款分两次 月底3万 下月底2万")
    assert (card.text.startswith("✅ 已记到 何敏"), labels(card)[0]) == (True, "记下全部 2 笔")
    card = await said(office.rep, "何敏分三期付 每期2万 4月1号 5月1号 6月1号")
    assert card.text.startswith("✅ 已记到 何敏")
    assert (labels(card)[0], stored(office), entries(office)) == ("记下全部 3 笔", [], [])
    await office.at(office.now + timedelta(minutes=1))
    booked = await pressed(office.rep, card, "记下全部 3 笔")
    assert [on for _, _, on in entries(office)] == [date(2026, month, 1) for month in (4, 5, 6)]
    gone = await pressed(office.rep, booked, "全部撤销")
    assert entries(office) == []
    await pressed(office.rep, gone, "恢复")
    assert len(entries(office)) == 3
    assert (await said(office.rep, "撤销")).text.startswith("↩️ 已撤销：欠款 ¥20,000")
    assert entries(office) == []


async def test_a_plan_told_twice_is_booked_once_and_what_else_is_to_be_done_stays(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")
    plan = "何敏分三期付，4月20日10000，5月20日10000，6月20日10000"
    first = await said(office.rep, f"{plan}，明天下午三点给她寄样品")
    assert "⏰ 给她寄样品：明天（3月19日 周四） 15:00" in first.text
    second = await said(office.rep, plan)
    await office.at(office.now + timedelta(minutes=1))
    await pressed(office.rep, first, "记下全部 3 笔")
    await office.rep.press(second, "记下全部 3 笔")
    assert "已经处理过" in (await office.rep.next_message()).text
    assert [on for _, _, on in entries(office)] == [date(2026, month, 20) for month in (4, 5, 6)]


async def test_payment_at_the_end_of_the_month_said_on_its_last_day_is_due_today(office: Office) -> None:
    await said(office.rep, "加客户 何敏 13911115555 上海美达")
    await office.at(office.now.replace(day=31))
    await office.idle()
    card = (await cards_of(office, "何敏月底付五百"))[-1]
    assert card.text.startswith("✅ 已记到 何敏")
    assert "⏰ 何敏付五百：今天" in card.text
