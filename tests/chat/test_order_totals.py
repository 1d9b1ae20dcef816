"""What all of an order costs, told once more: of a stored order it is asked about, and never a second one by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.chat.talk import labels, pressed, said
from tests.chat.test_order_changes import notes, stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_a_total_told_again_asks_which_order_it_is(office: Office) -> None:
    for text in ("加客户 何秀英 13800138001", "加客户 李娜 13900139002", "何秀英下单 衣柜 57000元"):
        await said(office.rep, text)
        await office.at(office.now + timedelta(minutes=1))
    asked = await said(office.rep, "何秀英加一个书桌 2000 总价变成59000")
    assert asked.text.startswith("¥59,000 是哪一单现在的总价？")
    assert "¥57,000 · 衣柜 · 今天（3月18日 周三） → ¥59,000" in asked.text
    assert labels(asked) == ["改 1", "是另一单 ¥59,000", "只记到 何秀英", "都不动"]
    await pressed(office.rep, asked, "改 1")
    assert [row[:3] for row in stored(office)] == [("何秀英", 59000, "衣柜")]
    paid = await said(office.rep, "何秀英合计59000 已收33000 还剩26000")
    assert "¥26,000" in " ".join(labels(paid)), "the rest may be booked as owed"
    assert len(stored(office)) == 1
    assert notes(office) == ["何秀英加一个书桌 2000 总价变成59000", "何秀英合计59000 已收33000 还剩26000"]
    other = await said(office.rep, "何秀英的账 一共61500 付了49000 还剩12500")
    changed = await pressed(office.rep, other, "改 1")
    assert "记欠款 ¥12,500" in labels(changed), changed.text
    third = await said(office.rep, "何秀英的账 一共71500 付了49000")
    await pressed(office.rep, third, "是另一单 ¥71,500")
    assert [row[1] for row in stored(office)] == [61500, 71500]
    await said(office.rep, "李娜一共8000 付了3000")
    assert stored(office)[-1][:2] == ("李娜", 8000), "who has no order yet has a new one"
