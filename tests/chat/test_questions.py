"""Free questions about figures through the chat, and texts that only look like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Note
from tests.chat import prepared
from tests.crm import asked_shop

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


async def set_up(office: Office) -> None:
    """The office with the shop of asked_shop; alerts of the first tick are gone."""
    rep, rep2 = office.actor(office.rep), office.actor(office.rep2)
    office.database.write_now(lambda db: asked_shop.fill(db, rep, rep2))
    await office.app.ticks.plan()
    await office.idle()


shop = prepared.office_after(set_up)


async def asked(office: Office, person: Person, text: str) -> str:
    """The answer to the text."""
    await person.send(text)
    await office.idle()
    return str(person.messages()[-1].text)


async def test_a_manager_asks_who_and_opens_what_is_behind(shop: Office) -> None:
    assert "小周 3 件" in await asked(shop, shop.manager, "这个月投诉最多的是谁的客户")
    card = shop.manager.messages()[-1]
    await shop.manager.press(card, "小周的客户")
    listed = await shop.manager.wait_edit(card)
    for name in ("孙悦", "何平", "吴用"):
        assert name in listed.text
    await shop.manager.press(listed, "返回")
    back = await shop.manager.wait_edit(listed)
    await shop.manager.press(back, "口径")
    defined = await shop.manager.wait_edit(back)
    assert "投诉 = 这段时间里开的投诉单" in defined.text
    assert "3月1日–3月18日" in defined.text
    await shop.manager.press(defined, "返回")
    assert "小周 3 件" in (await shop.manager.wait_edit(defined)).text


async def test_a_number_of_customers_opens_into_their_names(shop: Office) -> None:
    assert "3 位" in await asked(shop, shop.manager, "五金行业有多少客户")
    card = shop.manager.messages()[-1]
    await shop.manager.press(card, "看名单")
    listed = await shop.manager.wait_edit(card)
    for name in ("陈刚", "林芳", "钱多"):
        assert name in listed.text
    await shop.manager.press(listed, "陈刚")
    await shop.idle()
    assert "陈刚" in shop.manager.messages()[-1].text


async def test_a_rep_hears_of_his_own_and_presses_nobody_elses(shop: Office) -> None:
    answer = await asked(shop, shop.rep, "这个月投诉最多的是谁的客户")
    assert "只能看您自己的客户" in answer
    assert "小周" not in answer
    assert "螺栓 ¥3.8万" in await asked(shop, shop.rep, "哪个产品卖得最好")
    assert "没有" in await asked(shop, shop.outsider, "哪个产品卖得最好")
    await asked(shop, shop.manager, "谁手上快流失的客户最多")
    card = shop.manager.messages()[-1]
    data = str(card["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
    await shop.rep.press(shop.rep.messages()[-1], data=data)
    await shop.idle()
    assert "孙悦" not in " ".join(message.text for message in shop.rep.messages())


async def test_a_note_with_a_question_in_it_stays_a_note(shop: Office) -> None:
    for text in ("陈刚问什么时候到货", "陈刚说哪个产品卖得最好他就订哪个", "赵云想知道这个月谁签单最多，有没有返点"):
        await asked(shop, shop.rep, text)
    notes = shop.database.read_now(lambda db: db.scalar(select(func.count()).select_from(Note)))
    assert notes == len(asked_shop.NOTES) + 3


async def test_what_fits_no_pattern_gets_three_examples(shop: Office) -> None:
    for text in ("哪个业务员最能喝", "今天天气怎么样"):
        answer = await asked(shop, shop.manager, text)
        assert "没有当成记录" in answer, answer
        for example in ("这个月谁签单最多", "高价值客户最近抱怨什么", "哪个来源转化最好"):
            assert example in answer
    assert "小李 2 单" in await asked(shop, shop.manager, "这个月谁签单最多")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("这个月收了多少钱", "回款 · 本月（3月1日–3月18日）：¥2,000（1 笔）"),
        ("今天收了多少款", "回款 · 今天（3月18日）：¥2,000（1 笔）"),
        ("本周收回来多少货款", "回款 · 本周（3月16日–3月18日）：¥2,000（1 笔）"),
        ("昨天进账多少", "回款 · 昨天（3月17日）：¥0（0 笔）"),
        ("这个月卖了多少", "净额 ¥6,800"),
    ],
)
async def test_money_that_came_in_is_not_what_was_sold(office: Office, text: str, part: str) -> None:
    for line in ("加客户 孙丽 13911112222 无锡新民五金", "孙丽今天下单6800", "欠款 孙丽 5000", "孙丽付了2000"):
        await asked(office, office.rep, line)
    assert part in await asked(office, office.rep, text)


@pytest.mark.parametrize(
    "text", ["小李和小周比一下", "小李跟小周谁卖得多", "对比小李和小周", "小李小周业绩对比", "小李和小周pk一下"]
)
async def test_two_colleagues_are_compared_for_a_manager_alone(office: Office, text: str) -> None:
    for line in ("加客户 孙丽 13911112222 无锡新民五金", "加客户 李娜 13911113333 苏州恒锐精密", "孙丽今天下单6800"):
        await asked(office, office.rep, line)
    answer = await asked(office, office.manager, text)
    assert "1. 小李 ¥6,800\n2. 小周 ¥0" in answer
    assert "只能看您自己的客户" in await asked(office, office.rep, text)
    assert "记到 李娜" not in str(office.rep.messages()[-1].buttons), "小李 is a colleague, no customer Li"


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("这个月比上个月怎么样", "本月比上月同期：多 ¥6,800"),
        ("这周跟上周比卖了多少", "本周比上周同期：多 ¥6,800"),
        ("上周卖了多少 这周卖了多少", "本周比上周同期：多 ¥6,800"),
        ("昨天业绩多少今天业绩多少", "今天比昨天：多 ¥6,800"),
        ("这个月谁还没付款", "没到期的 1 位，共 ¥5,000"),
        ("有没有快到期的欠款", "没到期的 1 位，共 ¥5,000"),
        ("哪些客户的货款逾期了", "没到期的 1 位，共 ¥5,000"),
        ("谁的账快到期了", "没到期的 1 位，共 ¥5,000"),
        ("这个礼拜谁欠的最多", "没到期的 1 位，共 ¥5,000"),
        ("孙姐逾期几天了", "还欠 ¥5,000"),
        ("孙丽欠的钱啥时候给啊", "还欠 ¥5,000"),
        ("帮我看看谁该回访了", "今天 3月18日"),
        ("哪些客户该拜访了", "今天 3月18日"),
        ("昨天干了啥", "3月17日"),
        ("孙丽要的报价发了没", "👤 孙丽"),
        ("孙姐要的样品寄了吗", "👤 孙丽"),
    ],
)
async def test_everyday_question_is_answered_as_it_is_meant(office: Office, text: str, part: str) -> None:
    for line in ("加客户 孙丽 13911112222 无锡新民五金", "孙丽今天下单6800", "欠款 孙丽 5000"):
        await asked(office, office.rep, line)
    assert part in await asked(office, office.rep, text)
