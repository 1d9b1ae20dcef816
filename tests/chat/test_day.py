"""One whole working day of a team, as its people live it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from crm.tables import Note, Order, TagCorrection, Task
from emulator.person import Person
from tests import spec_traffic
from tests.chat.conftest import Office

LEAD = "王总 13800138000 上海美达 采购经理 3月19日生日 展会认识 嫌交期慢 下周三回访"


async def _invite_and_join(office: Office, newcomer: Person) -> None:
    await office.admin.send("/invite")
    asked = await office.admin.next_message()
    await office.admin.press(asked, "销售")
    invitation = await office.admin.next_message()
    code = invitation.text.partition("?start=")[2].split()[0]
    await newcomer.start(code)
    welcome = await newcomer.next_message()
    assert "小吴" in welcome.text


async def _add_lead(office: Office) -> None:
    await office.rep.send(LEAD)
    card = await office.rep.next_message()
    for part in ("王总", "138 0013 8000", "上海美达", "采购经理", "展会", "3月19日", "交期慢", "回访", "3月25日"):
        assert part in card.text, part
    assert "撤销" in card.buttons[0]


async def _note_and_correct(office: Office) -> None:
    await office.rep.send("王总说上批螺栓有十几个滑牙，很生气，让我们给个说法")
    card = await office.rep.next_message()
    assert "王总" in card.text
    assert "投诉" in card.text
    await office.rep.press(card, "改标签")
    choosing = await office.rep.wait_edit(card)
    await office.rep.press(choosing, "购买意向")
    assert "✅ 购买意向" in (await office.rep.wait_edit(choosing)).buttons[1]
    corrections = office.database.read_now(lambda db: list(db.scalars(select(TagCorrection))))
    assert [(c.label, c.holds) for c in corrections] == [("buying", True)]


async def _order_and_remind(office: Office) -> None:
    await office.rep.send("/order 王总 12000 螺栓M8")
    assert "¥12,000" in (await office.rep.next_message()).text
    order = office.database.read_now(lambda db: db.scalars(select(Order)).one())
    assert (order.amount_fen, order.product) == (1_200_000, "螺栓M8")
    await office.rep.send("/remind 明天下午3点 给王总寄样品")
    assert "3月19日 周四 15:00" in (await office.rep.next_message()).text


async def test_a_whole_day(office: Office) -> None:
    newcomer = office.emulator.person("小吴", 1077)
    await _invite_and_join(office, newcomer)
    await _add_lead(office)
    await office.rep.send("加客户 李姐 13900139000 3月19日生日")
    assert "李姐" in (await office.rep.next_message()).text
    await _note_and_correct(office)
    await _order_and_remind(office)

    await office.at((office.now + timedelta(days=1)).replace(hour=8, minute=0))
    card, birthday = await office.rep.next_message(), await office.rep.next_message()
    assert "早上好" in card.text
    assert "🤫 生日没提醒：王总（投诉未结）" in card.text  # 王总 complains: nothing cheerful
    greeting = (await office.rep.press(birthday, "复制")).copied
    assert greeting is not None
    assert "李姐" in greeting

    await office.at(office.now.replace(hour=8, minute=30))
    assert "高价值客户可能流失" in (await office.manager.next_message()).text

    await office.at(office.now.replace(hour=15, minute=0))
    afternoon = [(await office.rep.next_message()).text for _ in range(2)]
    assert any("给王总寄样品" in text for text in afternoon)
    assert any("王总" in text and "可能流失" in text and "投诉未结" in text for text in afternoon)

    await office.at(office.now.replace(hour=18, minute=0))
    digest = await office.rep.next_message(office.group)
    assert "13800138000" not in digest.text
    assert "王总" not in digest.text

    await office.manager.send("/summary")
    text, picture = await office.manager.next_message(), await office.manager.next_message()
    assert "低价值稳定" in text.text or "高价值稳定" in text.text
    assert picture["photo"]
    counts = office.database.read_now(
        lambda db: (len(list(db.scalars(select(Note)))), len(list(db.scalars(select(Task)))))
    )
    assert counts == (2, 2)
    assert spec_traffic.findings(office.emulator.traffic) == []
