"""Sums that new users' weeks booked wrongly: fewer pieces, models, settled debts, the same order typed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_words import stored
from tests.chat.test_payments import booked

if TYPE_CHECKING:
    from tests.chat.conftest import Office

SUN, LI, WANG = "加客户 孙丽 13911112222 海天机床", "加客户 李娜 13900139002", "加客户 王芳 13800138003 建华汽配"


async def test_fewer_pieces_and_a_model_change_the_order_that_stands(office: Office) -> None:
    for text in (SUN, "孙丽37.5万定了 两台850加工中心"):
        await said(office.rep, text)
    asked = await said(office.rep, "孙丽不要两台了 先要一台 187500")
    assert labels(asked) == ["改 1", "是另一单 ¥187,500", "只记到 孙丽", "都不动"]
    assert [fen for fen, _ in stored(office)] == [375_000_00]
    await pressed(office.rep, asked, "改 1")
    assert [fen for fen, _ in stored(office)] == [187_500_00]
    named = await said(office.rep, "刚才那个订单是850加工中心一台")
    assert "📦 850加工中心 ×1" in named.text
    assert stored(office) == [(187_500_00, "850加工中心")]
    await said(office.rep, "孙丽那台降到178000 再送一套刀具")
    assert len(stored(office)) == 1, "a price that came down is no second sale"
    await said(office.rep, LI)
    await said(office.rep, "李娜下单850 10个ER32夹头")
    changed = await pressed(office.rep, await said(office.rep, "李娜改成要8个夹头 680"), "改 1")
    assert "ER32夹头 ×8" in changed.text
    assert [fen for fen, _ in stored(office)] == [187_500_00, 680_00]


async def test_fewer_pieces_without_an_order_are_asked_about(office: Office) -> None:
    await said(office.rep, SUN)
    asked = await said(office.rep, "孙丽不要两台了 先要一台 187500")
    assert {"是订单 ¥187,500", "记到 孙丽"} <= set(labels(asked))
    assert stored(office) == []


async def test_what_settles_debts_is_a_payment(office: Office) -> None:
    for text in (SUN, WANG, LI):
        await said(office.rep, text)
    await pressed(office.rep, await said(office.rep, "王芳今天又打了5万"), "是回款 ¥50,000")
    ordered = await said(office.rep, "王芳一共13万6 已付7万 还差66000 3月31号提货付")
    owed = await pressed(office.rep, ordered, "记欠款 ¥66,000（3月31日到期）")
    assert "还欠 ¥66,000" in owed.text, "what was booked before is not taken off a second time"
    more = await said(office.rep, "王芳提货 1800付清")
    assert labels(more)[:2] == ["是回款 ¥1,800", "是订单 ¥1,800"], "other goods may be meant"
    settled = await said(office.rep, "建华来提货了 66000付清")
    assert settled.text.startswith("✅ 记下回款 ¥66,000")
    assert "还欠 ¥0" in settled.text
    await said(office.rep, "欠款 李娜 320")
    both = await said(office.rep, "李娜把上次那320和这次的一起转了 840")
    assert labels(both) == ["是回款 ¥840", "只记一笔", "不保存"]
    part = await said(office.rep, "孙丽20万打了15万 剩5万下周五")
    assert labels(part)[:2] == ["是回款 ¥150,000", "是订单 ¥200,000"]
    taken = await said(office.rep, "孙丽6800扣款成功 续期缴了")
    assert labels(taken)[:2] == ["是回款 ¥6,800", "是订单 ¥6,800"]
    assert [fen for fen, _ in stored(office)] == [136_000_00]
    of_order = [("payment", 50_000_00), ("debt", 20_000_00), ("payment", 20_000_00), ("debt", 116_000_00)]
    assert booked(office)[:5] == [*of_order, ("payment", 66_000_00)]


async def test_what_is_wished_or_lies_in_a_bank_is_no_order_and_the_same_one_twice_is_warned_of(office: Office) -> None:
    for text in (SUN, "孙丽今天又存了3800 扣款成功了"):
        await said(office.rep, text)
    wish = await said(office.rep, "孙丽店里要买雇主责任险 12个员工 每人180 一共2160 明天去收资料")
    assert [label for label in labels(wish) if "记到" in label or "只记" in label]
    assert "⏰ 去收资料：明天" in (await pressed(office.rep, wish, next(x for x in labels(wish) if "记" in x))).text
    assert "订单" not in " ".join(labels(await said(office.rep, "保证金2万今天打过去了")))
    parts = await said(office.rep, "孙丽又要5个ER32 85 另外铣刀3把 120一把 月结")
    assert "ER32 5个，¥85 是单价还是总价？" in parts.text
    assert stored(office) == []
    await said(office.rep, "孙丽转了3520 车险出单了")
    again = await said(office.rep, "孙丽转了3520 车险出单了")
    assert "⚠️ 10:30 刚记过一模一样的一单" in again.text
    await pressed(office.rep, again, "撤销")
    await office.at(office.now + timedelta(minutes=30))
    later = await said(office.rep, "孙丽转了3520 车险出单了")
    assert "⚠️" not in later.text
