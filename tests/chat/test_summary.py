"""/summary and /risk through the chat, and the alerts that the clock sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm.tables import Customer, RiskEpisode, Team
from tests.chat import prepared
from tests.crm import trade

if TYPE_CHECKING:
    from emulator.person import Person
    from tests.chat.conftest import Office


PARTS = {"steady": "稳先生", "late": "晚<先生", "other": "周客户"}


async def set_up(office: Office) -> None:
    """小李 has a steady and a late customer, 小周 another late one; both have had their alert."""
    rep, rep2, now = office.actor(office.rep), office.actor(office.rep2), office.app.clock.now()

    def fill(db: Session) -> None:
        db.get_one(Team, rep.team_id).settings = {}
        trade.buyer(db, rep, PARTS["steady"], range(5, 300, 15), 100_00, now)
        trade.buyer(db, rep, PARTS["late"], range(250, 360, 15), 900_00, now)
        trade.buyer(db, rep2, PARTS["other"], range(250, 360, 15), 800_00, now)

    office.database.write_now(fill)
    await office.app.ticks.plan()
    await office.idle()


office = prepared.office_after(set_up)


@pytest.fixture
def business(office: Office) -> dict[str, int]:
    """The keys of the three customers."""
    keys = office.database.read_now(
        lambda db: dict(db.execute(select(Customer.name, Customer.customer_id)).tuples().all())
    )
    return {part: keys[name] for part, name in PARTS.items()}


async def asked(person: Person, text: str, part: str = "") -> str:
    """The first answer that says `part`; alerts may come before it."""
    await person.send(text)
    while part not in (said := str((await person.next_message()).text)):
        pass
    return said


async def test_the_manager_sees_five_groups_and_a_picture(office: Office, business: dict[str, int]) -> None:
    text = await asked(office.manager, "/summary")
    for part in (
        "美好五金销售部",
        "3 位客户",
        "高价值易流失：1 位",
        "低价值易流失：1 位",
        "低价值稳定：1 位",
        "无价值：0 位",
    ):
        assert part in text
    picture = await office.manager.next_message()
    assert picture["photo"]
    assert len(picture["caption"]) <= 1024


async def test_a_rep_sees_his_own_and_the_outsider_nothing(office: Office, business: dict[str, int]) -> None:
    assert "2 位客户" in await asked(office.rep, "汇总", "客户，")
    assert "周客户" not in await asked(office.rep, "风险", "⚠️ 可能流失")
    assert "暂无订单" in await asked(office.outsider, "/summary")
    assert "受邀" in await asked(office.stranger, "/summary")


async def test_a_group_opens_into_its_customers_and_the_definitions_are_there(
    office: Office, business: dict[str, int]
) -> None:
    await office.manager.send("/summary")
    card = await office.manager.next_message()
    await office.manager.press(card, "🔴 高价值易流失")
    opened = await office.manager.wait_edit(card)
    assert "晚<先生" in opened.text
    assert "小李" in opened.text
    await office.manager.press(opened, "返回")
    back = await office.manager.wait_edit(opened)
    assert "3 位客户" in back.text
    await office.manager.press(back, "口径")
    defined = await office.manager.wait_edit(back)
    for part in ("近 365 天净额 ≥ ¥7,200", "≥ 50%", "730 天"):
        assert part in defined.text


async def test_a_foreign_group_button_shows_only_ones_own(office: Office, business: dict[str, int]) -> None:
    await office.rep2.next_message()
    await office.rep2.send("/summary")
    card = await office.rep2.next_message()
    await office.rep2.press(card, data="sg:high_at_risk:0")
    assert "晚" not in (await office.rep2.wait_edit(card)).text
    await office.rep2.press(card, data="sg:nonsense:0")
    await office.idle()
    assert "按钮已过期" in office.rep2.messages()[-1].text


async def test_the_group_chat_gets_figures_without_names(office: Office, business: dict[str, int]) -> None:
    await office.manager.send("/summary", chat=office.group)
    answer = await office.manager.next_message(office.group)
    assert "高价值易流失" in answer.text
    assert answer.buttons == []
    await office.rep.send("/risk", chat=office.group)
    await office.idle()
    shown = " ".join(message.text for message in office.rep.messages(office.group))
    assert "晚" not in shown


@pytest.mark.parametrize("words", ["汇总 本月", "这个月业绩多少", "/summary 本月"])
async def test_what_was_sold_this_month(office: Office, business: dict[str, int], words: str) -> None:
    said = await asked(office.rep, words, "本月")
    assert "小李 · 本月（3月1日–3月18日）" in said
    assert "1 单，1 位客户，净额 ¥100" in said
    team = await asked(office.manager, words, "本月")
    assert "美好五金销售部" in team
    assert "小李 ¥100" in team
    assert "还没有订单" in await asked(office.outsider, words, "本月")


async def test_what_was_sold_today(office: Office, business: dict[str, int]) -> None:
    await asked(office.rep, "订单 稳先生 50000 大单", "已记下")
    assert "1 单，1 位客户，净额 ¥50,000" in await asked(office.rep, "今天卖了多少", "今天（3月18日）")
    assert "还没有订单" in await asked(office.rep2, "今天卖了多少", "今天（3月18日）")


async def test_in_the_group_only_a_manager_asks_for_money(office: Office, business: dict[str, int]) -> None:
    for words in ("/summary", "/summary 本月"):
        await office.rep.send(words, chat=office.group)
        assert "¥" not in (await office.rep.next_message(office.group)).text
    await office.manager.send("/summary 本月", chat=office.group)
    await office.idle()
    said = office.manager.messages(office.group)[-1].text
    assert "净额 ¥100" in said
    assert "小李" not in said


async def test_an_order_is_in_the_next_summary(office: Office, business: dict[str, int]) -> None:
    assert "高价值稳定：0 位" in await asked(office.rep, "汇总", "高价值稳定")
    await asked(office.rep, "订单 稳先生 50000 大单", "已记下")
    assert "高价值稳定：1 位" in await asked(office.rep, "汇总", "高价值稳定")


async def test_risk_names_reasons_in_chinese(office: Office, business: dict[str, int]) -> None:
    await office.manager.send("/risk")
    card = await office.manager.next_message()
    assert "可能流失 2 位" in card.text
    assert "平均 15 天一单，已 250 天没下单" in card.text
    await office.manager.press(card, "口径")
    defined = await office.manager.wait_edit(card)
    assert "概率" in defined.text
    await office.manager.press(defined, "返回")
    listed = await office.manager.wait_edit(defined)
    await office.manager.press(listed, "晚<先生")
    assert "流失风险" in (await office.manager.wait_edit(listed)).text


async def test_an_alert_comes_once_and_its_verdict_stands(office: Office, business: dict[str, int]) -> None:
    alert = await office.rep.next_message()
    assert "晚<先生 可能流失" in alert.text
    assert "平均 15 天一单" in alert.text
    await office.rep.press(alert, "已联系")
    assert "已记下您联系过了" in (await office.rep.wait_edit(alert)).text
    episode = office.database.read_now(
        lambda db: db.scalars(select(RiskEpisode).where(RiskEpisode.customer_id == business["late"])).one()
    )
    assert episode.verdict == "contacted"
    await office.rep.press(alert, data=f"rv:{episode.risk_episode_id}:wrong")
    assert "之前已选「已联系」" in (await office.rep.wait_edit(alert)).text
    await office.rep2.press(await office.rep2.next_message(), data=f"rv:{episode.risk_episode_id}:wrong")
    await office.idle()
    assert "已失效" in " ".join(message.text for message in office.rep2.messages())


async def test_without_orders_the_stages_are_shown(empty_office: Office) -> None:
    await asked(empty_office.rep, "加客户 王总 13800138000 上海美达")
    text = await asked(empty_office.manager, "/summary")
    assert "暂无订单" in text
    assert "线索 1" in text


async def test_long_lists_go_on_with_more(empty_office: Office) -> None:
    rep, now = empty_office.actor(empty_office.rep), empty_office.app.clock.now()

    def fill(db: Session) -> None:
        db.get_one(Team, rep.team_id).settings = {}
        for at in range(14):
            trade.buyer(db, rep, f"客户{at:02d}号", range(250, 360, 15), (50 - at) * 100_00, now)

    empty_office.database.write_now(fill)
    await empty_office.app.ticks.plan()
    await empty_office.idle()
    shown = [message.text for message in empty_office.rep.messages()]
    assert sum("可能流失（" in text for text in shown) == 3, "three alerts a day"
    assert any("另外还有可能流失的" in text and "11 位" in text for text in shown)
    await empty_office.manager.send("/risk")
    card = await empty_office.manager.next_message()
    assert "客户00号" in card.text
    await empty_office.manager.press(card, "更多")
    second = await empty_office.manager.wait_edit(card)
    assert "6. 客户05号" in second.text
    await empty_office.manager.press(second, "更多")
    third = await empty_office.manager.wait_edit(second)
    assert "14. 客户13号" in third.text
    assert "更多" not in [label for row in third.buttons for label in row]
    await empty_office.manager.send("/summary")
    summary = await empty_office.manager.next_message()
    await empty_office.manager.press(summary, "🟠 低价值易流失")
    group = await empty_office.manager.wait_edit(summary)
    assert sum(len(row) for row in group.buttons) <= 8
    await empty_office.manager.press(group, "更多")
    assert "6. " in (await empty_office.manager.wait_edit(group)).text
