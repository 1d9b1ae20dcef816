"""/kpi and /team through the chat: bands, causes, drill-down, pictures, digests, and who sees what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm import customers, groups, indicators, notes, promises, settings
from crm.customers import Origin, Profile
from crm.promises import Todo
from crm.tables import Note, Order, Outbox, Team
from tests.chat.conftest import SHANGHAI
from tests.crm import people

if TYPE_CHECKING:
    from crm.members import Actor
    from emulator.message import Message
    from emulator.person import Person
    from tests.chat.conftest import Office

YESTERDAY = date(2026, 3, 17)


def sell(db: Session, rep: Actor, customer_id: int, days: Sequence[tuple[date, int]], fen: int, product: str) -> None:
    """So many orders on each day."""
    at = db.get_one(Team, rep.team_id).created_at
    made = {"team_id": rep.team_id, "customer_id": customer_id, "product": product, "amount_fen": fen, "created_at": at}
    db.add_all([Order(**made, ordered_on=day) for day, number in days for _ in range(number)])


@pytest.fixture
async def business(office: Office) -> dict[str, int]:
    """小李 sold 20 to 22 a day of 螺栓 for 40 days, yesterday two; 小周 one or two of 螺母 all along."""
    rep, rep2, now = office.actor(office.rep), office.actor(office.rep2), office.app.clock.now()
    worked = [day for day, _ in indicators._earlier(indicators.span("day", rep.today(now)))][-40:]

    def fill(db: Session) -> dict[str, int]:
        db.get_one(Team, rep.team_id).settings = {}
        mine = customers.add(db, rep, Profile("螺<先生"), now).customer_id
        other = customers.add(db, rep2, Profile("周客户"), now).customer_id
        sell(db, rep, mine, [*((day, 20 + at % 3) for at, day in enumerate(worked)), (YESTERDAY, 2)], 100_00, "螺栓")
        sell(db, rep2, other, [*((day, 1 + at % 2) for at, day in enumerate(worked)), (YESTERDAY, 1)], 50_00, "螺母")
        return {"mine": mine, "other": other}

    return office.database.write_now(fill)


async def answer(person: Person, text: str, part: str) -> Message:
    """The first answer that says `part`; alerts may come before it."""
    await person.send(text)
    while part not in str((message := await person.next_message()).text):
        pass
    return message


async def pressed(person: Person, card: Message, label: str) -> Message:
    """The card after a press."""
    await person.press(card, label)
    return await person.wait_edit(card)


async def test_the_manager_goes_from_what_is_odd_to_the_customers_behind_it(
    office: Office, business: dict[str, int]
) -> None:
    card = await answer(office.manager, "指标", "指标 · ")
    assert "美好五金销售部 指标 · 上个工作日（3月17日 周二）\n不在平常范围\n🔴↓ 销售净额 ¥250（平常 ¥" in card.text
    assert "🔴↓ 订单 3 单（平常 10–38）\n　多半因为：小李 2 单（平时 21）；螺栓 2 单（平时 21）" in card.text
    picture = await office.manager.next_message()
    assert picture["photo"]
    assert "销售净额" in picture["caption"]
    opened = await pressed(office.manager, card, "订单 ▸")
    assert "3 单，平常 10–38（前 40 天）→ 低于平常" in opened.text
    assert "按销售：小李 2 单（平时 21）；小周 1 单（平时 1.5）" in opened.text
    defined = await pressed(office.manager, opened, "口径")
    assert "退货不算" in defined.text
    assert "算到：当天结束" in defined.text
    opened = await pressed(office.manager, defined, "返回")
    behind = await pressed(office.manager, opened, "背后的客户")
    assert "1. 螺<先生 2 单 · 小李\n2. 周客户 1 单 · 小周" in behind.text
    opened = await pressed(office.manager, behind, "返回")
    await office.manager.press(opened, "趋势图")
    assert (await office.manager.next_message())["photo"]
    board = await pressed(office.manager, opened, "返回")
    await office.manager.press(board, "口径")
    assert "平均 ± 2.66 × 平均移动极差" in (await office.manager.wait_edit(board)).text
    await office.manager.press(board, data="Ia:week")
    week = await office.manager.wait_edit(board)
    assert "历史还不够（要满 12 周）\n销售净额 ¥1.1万；订单 113 单" in week.text
    await office.manager.press(week, data="Ib:week:0")
    picked = await office.manager.wait_edit(week)
    assert sum(len(row) for row in picked.buttons) <= 8
    await office.manager.press(picked, data="Ic:nonsense:week")
    await office.idle()
    assert "按钮已过期" in office.manager.messages()[-1].text
    assert "按产品：螺栓" in (await answer(office.manager, "指标 上周 订单", "📈 订单")).text
    assert "可以发 指标、指标 今天" in (await answer(office.manager, "/kpi 火星", "没听懂")).text
    assert "可以发 团队表现 本周" in (await answer(office.manager, "/team 火星", "没听懂")).text


async def test_a_rep_sees_his_own_a_group_no_name_a_foreigner_nothing(office: Office, business: dict[str, int]) -> None:
    own = await answer(office.rep2, "指标", "指标 · ")
    assert "小周 指标" in own.text
    assert "小李" not in own.text
    assert "订单 1 单（" in own.text
    await office.rep2.press(own, data="Ic:orders:day")
    assert "小李" not in (await office.rep2.wait_edit(own)).text
    await office.rep2.press(own, data="Ie:orders:day:0")
    assert "螺<先生" not in (await office.rep2.wait_edit(own)).text
    await office.manager.send("/kpi", chat=office.group)
    said = await office.manager.next_message(office.group)
    assert "🔴↓ 订单 3 单" in said.text
    assert "小李" not in said.text
    assert "螺栓" not in said.text
    assert said.buttons == []
    await office.rep.send("/kpi", chat=office.group)
    await office.idle()
    assert "🔴" not in office.rep.messages(office.group)[-1].text
    assert "老钱的团队 还没有记录" in (await answer(office.outsider, "KPI", "还没有记录")).text
    assert "受邀" in (await answer(office.stranger, "/kpi", "受邀")).text


async def test_a_note_that_holds_the_words_stays_a_note(office: Office, business: dict[str, int]) -> None:
    await office.rep2.send("周客户说他们今年指标没完成，要晚点下单")
    await office.rep2.send("周客户那边团队表现不错，想扩产")
    await office.idle()
    count = select(func.count()).select_from(Note)
    assert office.database.read_now(lambda db: db.scalar(count)) == 2


async def test_the_evening_digest_tells_what_is_odd_and_managers_why(office: Office, business: dict[str, int]) -> None:
    await office.at(datetime(2026, 3, 18, 18, 0, tzinfo=SHANGHAI))
    digest = next(m for m in office.manager.messages(office.group) if "日报" in m.text)
    assert "📉 上个工作日（3月17日 周二）偏低\n🔴↓ 销售净额 ¥250" in digest.text
    assert "小李" not in digest.text
    told = next(m for m in office.manager.messages() if "有指标不在平常范围" in m.text)
    assert told["photo"]
    assert "多半因为：小李 2 单（平时 21）" in told.text
    assert ["销售净额 ▸", "订单 ▸"] in told.buttons
    assert not any("指标" in m.text for m in office.rep.messages())

    def change(db: Session) -> None:
        settings.change(db, office.actor(office.admin), "weekly_report", "off")
        settings.change(db, office.actor(office.admin), "kpi_hour", 10)

    office.database.write_now(change)
    await office.at(datetime(2026, 3, 23, 10, 0, tzinfo=SHANGHAI))
    week = next(m for m in office.manager.messages() if "指标周报" in m.text)
    assert "上周（3月16日–3月22日）" in week.text
    assert any("指标周报" in m.text for m in office.manager.messages(office.group))
    kpi = select(func.count()).where(Outbox.push == "kpi", Outbox.state == "sent")
    assert office.database.read_now(lambda db: db.scalar(kpi)) == 3, "two who lead and the group, once"
    office.database.write_now(lambda db: groups.close(db, office.group.chat_id, office.app.clock.now()))
    await office.at(datetime(2026, 3, 23, 18, 0, tzinfo=SHANGHAI))
    own = next(m for m in office.manager.messages() if "日报 · 3月23日" in m.text)
    assert "📉 上个工作日（3月20日 周五）偏低\n🔴↓ 销售净额 ¥0" in own.text
    assert ["全部指标", "口径"] in own.buttons
    assert sum("有指标不在平常范围" in m.text for m in office.manager.messages()) == 1, "nothing twice"


async def test_the_team_sees_lines_and_a_rep_his_own_with_the_mean(office: Office, business: dict[str, int]) -> None:
    rep, now = office.actor(office.rep), office.app.clock.now()

    def work(db: Session) -> None:
        for _ in range(3):
            notes.add(db, rep, business["mine"], "回访", people.tags(), now, Origin())
        for done in (now, None):
            todo = promises.add(db, rep, business["mine"], None, Todo("寄样", now, False), "promise", now)
            todo.done_at = done

    office.database.write_now(work)
    card = await answer(office.manager, "团队表现", "团队表现 · ")
    assert "本月（3月1日–3月18日）" in card.text
    assert "1. 小李：跟进 3 · ¥2.3万（233 单） · 转化 0%（0/1）* · 承诺 50%（1/2）*" in card.text
    assert "人均：跟进 1.5 · ¥1.2万（125.5 单） · 转化 0% · 承诺 50%\n* 不到 5 个，别急着比" in card.text
    picture = await office.manager.next_message()
    assert "金额榜" in picture["caption"]
    await office.manager.press(card, "跟进榜")
    assert "跟进榜" in (await office.manager.next_message())["caption"]
    week = await pressed(office.manager, card, "上周")
    assert "上周（3月9日–3月15日）" in week.text
    await office.manager.press(week, "口径")
    assert "转化：这段时间新来的线索里" in (await office.manager.wait_edit(week)).text
    own = await answer(office.rep2, "我的表现", "我的表现 · ")
    assert "我：跟进 0 · ¥900（18 单）" in own.text
    assert "人均：跟进 1.5" in own.text
    assert "小李" not in own.text
    await office.rep2.press(own, data="Ii:this_month:fen")
    await office.idle()
    assert not any(m.get("photo") for m in office.rep2.messages())
    await office.rep2.press(own, data="Ih:never")
    await office.rep.send("/team", chat=office.group)
    await office.idle()
    assert "小周" not in " ".join(m.text for m in office.rep.messages(office.group))
    assert "小李" not in (await answer(office.outsider, "/team", "团队表现")).text
