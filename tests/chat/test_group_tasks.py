"""给这组建任务 through the chat: proposed, made, told to each owner once, taken back; and the 80/20 curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.tables import Task
from tests.chat import prepared
from tests.crm import asked_shop

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    """The office with the shop of asked_shop: 吴用 has a task already, but not one of this week."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: asked_shop.fill(db, rep, rep2))


shop = prepared.office_after(set_up)


def open_tasks(office: Office, what: str) -> int:
    """How many open tasks of these words there are."""
    mine = (Task.what == what, Task.cancelled_at.is_(None), Task.done_at.is_(None))
    return int(office.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Task).where(*mine))) or 0)


async def test_a_group_gets_tasks_its_owners_hear_of_once_and_all_is_taken_back(shop: Office) -> None:
    await shop.manager.send("/summary")
    card = await shop.manager.next_message()
    await shop.manager.press(card, "⚪️ 无价值")
    opened = await shop.manager.wait_edit(card)
    await shop.manager.press(opened, "给这组建任务")
    await shop.idle()
    proposed = shop.manager.messages()[-1]
    for part in ("给「无价值」的 2 位客户", "问问近况，看有没有需求", "小李 1", "小周 1", "明天（3月19日 周四）"):
        assert part in proposed.text
    assert open_tasks(shop, "问问近况，看有没有需求") == 0
    await shop.manager.press(proposed, "建任务")
    made = await shop.manager.wait_edit(proposed)
    assert "建了 2 个任务" in made.text
    await shop.at(shop.now)
    told = [message.text for message in shop.rep.messages() if "给您建了" in message.text]
    assert len(told) == 1
    assert "林芳" in told[0]
    assert "钱多" not in told[0]
    assert open_tasks(shop, "问问近况，看有没有需求") == 2

    await shop.manager.press(opened, "给这组建任务")
    await shop.idle()
    assert "都已有任务" in shop.manager.messages()[-1].text
    await shop.manager.press(made, "撤销")
    assert "已撤回 2 个任务" in (await shop.manager.wait_edit(made)).text
    await shop.manager.press(made, data=made["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await shop.at(shop.now)
    assert "之前已经撤回" in " ".join(message.text for message in shop.manager.messages())
    assert open_tasks(shop, "问问近况，看有没有需求") == 0
    assert "撤回了刚才给您建的 1 个任务" in shop.rep2.messages()[-1].text


async def test_a_foreign_press_makes_nothing_and_a_rep_gives_his_own(shop: Office) -> None:
    await shop.manager.send("/summary")
    card = await shop.manager.next_message()
    await shop.manager.press(card, data="Ra:no_value")
    await shop.idle()
    draft = shop.manager.messages()[-1]["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    await shop.rep.send("/summary")
    own = await shop.rep.next_message()
    await shop.rep.press(own, data=draft)
    await shop.rep.press(own, data="Rc:" + draft.split(":")[1])
    await shop.rep.press(own, data="Ra:nonsense")
    await shop.idle()
    assert open_tasks(shop, "问问近况，看有没有需求") == 0
    await shop.rep.press(own, data="Ra:no_value")
    await shop.idle()
    assert "1 位客户" in shop.rep.messages()[-1].text
    await shop.rep.press(shop.rep.messages()[-1], "算了")
    await shop.idle()
    assert "没有建任务" in shop.rep.messages()[-1].text
    assert open_tasks(shop, "问问近况，看有没有需求") == 0


async def test_the_curve_of_few_and_many(shop: Office) -> None:
    await shop.manager.send("/summary")
    card = await shop.manager.next_message()
    await shop.manager.press(card, "二八曲线")
    await shop.idle()
    picture = shop.manager.messages()[-1]
    assert picture["photo"]
    assert "一半的钱来自 2 位客户" in picture["caption"]  # 50 + 40 of 164 thousand
    await shop.outsider.send("/summary")
    theirs = await shop.outsider.next_message()
    await shop.outsider.press(theirs, data="sp")
    await shop.idle()
    assert "画不出二八曲线" in shop.outsider.messages()[-1].text
