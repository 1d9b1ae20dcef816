"""A wholesaler's day: a post as the subject, lines of an order put right, orders on credit, goods that come back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from crm.tables import Note
from tests.chat.talk import labels, pressed, said
from tests.chat.test_credit import entries
from tests.chat.test_order_words import stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ENTERED = (
    "加客户 陈记小炒 老板娘 13611112222",
    "加客户 小胖 小胖烧烤 13722223333",
    "加客户 陈姐 13900001111",
)


async def entered(office: Office) -> None:
    """Three customers, the last one shown; some minutes later."""
    for text in ENTERED:
        await said(office.rep, text)
    await office.at(office.now + timedelta(minutes=15))


async def test_post_names_the_one_who_has_it(office: Office) -> None:
    await entered(office)
    card = await said(office.rep, "老板娘要10箱生抽 5桶油 还有两袋面粉 明天送")
    assert card.text.startswith("✅ 已记到 陈记小炒")
    card = await said(office.rep, "陈姐说可乐太甜")
    assert card.text.startswith("✅ 已记到 陈姐")
    await said(office.rep, "小胖说羊肉不错")
    card = await said(office.rep, "不是陈姐 是陈记小炒的老板娘")
    assert card.text.startswith("✅ 已改记到 陈记小炒")
    await said(office.rep, "查 小胖")  # a shop, and its people are not known
    card = await said(office.rep, "老板娘说下个月涨价要提前跟她说")
    assert labels(card)[:2] == ["陈记小炒", "小胖"]
    card = await pressed(office.rep, card, "陈记小炒")
    assert card.text.startswith("✅ 已记到 陈记小炒")
    await said(office.rep, "加客户 李芳 老板娘 13711110000")
    await said(office.rep, "查 陈姐")
    card = await said(office.rep, "老板娘说太贵了")
    assert labels(card)[:2] == ["陈记小炒", "李芳"]
    texts = office.database.read_now(lambda db: [note.text for note in db.query(Note)])
    assert "老板娘说太贵了" not in texts


async def test_lines_of_the_last_order_are_put_right(office: Office) -> None:
    await entered(office)
    card = await said(office.rep, "陈记的10箱生抽 每箱68 5桶油每桶60 两袋面粉一袋85 记订单")
    assert "📦 生抽10箱、油5桶、面粉2袋\n" in card.text
    assert "💰 ¥1,190\n" in (await said(office.rep, "生抽改成72一箱")).text
    await said(office.rep, "陈姐下单20提可乐每提35 10提雪碧每提34 月底结")
    card = await said(office.rep, "陈姐刚刚又说雪碧不要了 可乐加到25提")
    assert card.text.startswith("✏️ 订单已改\n👤 陈姐\n💰 ¥875\n📦 可乐 ×25")
    assert "📝 这句话也记到了 陈姐" in card.text
    await said(office.rep, "陈姐说周五对账")
    card = await said(office.rep, "陈记的油不要了")
    assert "💰 ¥890\n📦 生抽10箱、面粉2袋\n" in card.text
    await pressed(office.rep, card, "改回")
    assert [fen for fen, _ in stored(office)] == [1190_00, 875_00]
    card = await said(office.rep, "陈姐可乐不要了")  # nothing else was ordered
    assert any(label.startswith("撤销 3月18日那单") for label in labels(card))
    card = await said(office.rep, "陈姐的雪碧不要了")  # no order has it any more
    assert card.text.startswith("✅ 已记到 陈姐")


async def test_what_an_order_leaves_owed_and_what_comes_back(office: Office) -> None:
    await entered(office)
    card = await said(office.rep, "陈记订了鸡腿20箱每箱128 月底结")
    card = await pressed(office.rep, card, "记欠款 ¥2,560（3月31日到期）")
    assert "欠款 ¥2,560" in card.text
    card = await said(office.rep, "退陈记鸡腿2箱")
    assert "流失" not in card.text
    card = await said(office.rep, "鸡腿有2箱化了 陈记要退 一箱128")
    card = await pressed(office.rep, card, "退货 ¥256")
    assert card.text.startswith("↩️ 退货已记下\n👤 陈记小炒\n💰 -¥256\n📦 鸡腿2箱")
    assert stored(office)[-1] == (-256_00, "鸡腿2箱")
    taken_back, card = await said(office.rep, "不是投诉 就是退2箱鸡腿 从账里扣256"), await office.rep.next_message()
    assert "不算投诉，立案已撤回" in taken_back.text
    assert "投诉" not in card.text
    card = await pressed(office.rep, card, "欠款减 ¥256")
    assert card.text.startswith("✏️ 欠款已改：¥2,560 → ¥2,304")
    await pressed(office.rep, card, "改回")
    card = await said(office.rep, "陈记欠款减256")
    assert card.text.startswith("✏️ 欠款已改：¥2,560 → ¥2,304")
    assert [fen for _, fen, _ in entries(office)] == [2304_00]
    assert "还欠 ¥2,304" in (await said(office.rep, "陈记小炒的账")).text
