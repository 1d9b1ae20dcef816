"""拜访计划: planned by area, building and name, listed by place, results by button, left over, the week, tasks once."""

from __future__ import annotations

from sqlalchemy import select, update

from crm.tables import Customer, Note, Task, Visit
from emulator.message import Message
from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at, born, change, texts_of


async def people(office: Office, **addresses: str) -> dict[str, int]:
    """Customers of the rep at these addresses."""
    ids = {}
    for name, address in addresses.items():
        ids[name] = await born(office, name, "")
        await change(
            office, update(Customer).where(Customer.name == name).values(address=address, company=None, title=None)
        )
    return ids


def stored(office: Office) -> list[tuple[int | None, str, int, str | None]]:
    """Customer, place, day of March, result of every visit."""
    rows = office.database.read_now(lambda db: list(db.scalars(select(Visit).order_by(Visit.visit_id))))
    return [(row.customer_id, row.place, row.planned_on.day, row.outcome) for row in rows]


async def sent(office: Office, text: str) -> Message:
    """The last answer to the text, whatever the clock sent before."""
    await office.rep.send(text)
    await office.idle()
    return office.rep.messages()[-1]


async def test_a_day_in_a_building_and_what_is_left_over(office: Office) -> None:
    tower = "浦东新区世纪大道88号金茂大厦12楼"
    ids = await people(office, 张伟=tower, 李娜=tower, 王强="浦东新区张杨路5号", 陈静="苏州工业园区星湖街1号")
    offered = await talk.said(office.rep, "扫楼 金茂大厦")
    assert "金茂大厦 可拜访 2 位" in offered.text
    assert "排好今天" in (await talk.pressed(office.rep, offered, "今天去这 2 位")).text
    offered = await talk.said(office.rep, "拜访计划 今天 浦东")
    assert "浦东 可拜访 1 位" in offered.text
    await talk.pressed(office.rep, offered, "＋王强")
    assert "排好明天（3月19日 周四）：陈静" in (await talk.said(office.rep, "拜访计划 明天 陈静")).text
    listed = await talk.said(office.rep, "/visits")
    assert "今天（3月18日 周三）要拜访 3 位" in listed.text
    assert listed.text.index("📍 浦东（1）") < listed.text.index("📍 金茂大厦（2）")
    assert "🚗 今天拜访 3 位：金茂大厦 2、浦东 1" in (await talk.said(office.rep, "今天")).text
    card = await talk.pressed(office.rep, listed, "1 王强")
    done = await talk.pressed(office.rep, card, "有意向")
    assert "🎯 有意向：王强" in done.text
    assert "今天还剩 2 位" in done.text
    noted = await talk.replied(office, office.rep, done, "嫌价格高，要样品")
    assert "记到 王强" in noted.text
    assert office.database.read_now(lambda db: db.scalar(select(Note.customer_id))) == ids["王强"]
    listed = await talk.pressed(office.rep, done, "清单")
    nobody = await talk.pressed(office.rep, await talk.pressed(office.rep, listed, "1 张伟"), "没人")
    moved = await talk.pressed(office.rep, nobody, "明天再去")
    assert "改到明天（3月19日 周四）" in moved.text
    listed = await talk.pressed(office.rep, moved, "清单")
    assert "今天已拜访：有意向 1、没人 1" in listed.text
    await left_over(office)


async def left_over(office: Office) -> None:
    """The next morning, and the manager's week of it."""
    await office.at(at(3, 19, 9))
    assert "🚗 今天拜访 3 位" in [text for text in texts_of(office, office.rep) if "早上好" in text][-1]
    await office.rep.send("拜访清单")
    await office.idle()
    today = texts_of(office, office.rep)[-1]
    assert "要拜访 3 位" in today
    assert "李娜 上海（3月18日剩下）" in today
    assert "陈静" in today
    # Planned in the week: 张伟 twice, 李娜, 王强, 陈静; met 1 of 2 visits made; 张伟, 李娜, 陈静 are open.
    week = await talk.said(office.manager, "拜访计划")
    assert "小李：排 5，见到 1（有意向 1），没人 1，剩 3，见到率 50%" in week.text
    definition = await talk.pressed(office.manager, week, "口径")
    for words in ("周一到周日", "见到 ÷（见到 + 没人）", "截止到现在"):
        assert words in definition.text
    assert (
        "这一周没有拜访记录"
        in (await talk.pressed(office.manager, await talk.pressed(office.manager, definition, "返回"), "上一周")).text
    )


async def test_a_task_that_is_a_visit_is_told_once(office: Office) -> None:
    ids = await people(office, 张伟="")
    await talk.said(office.rep, "提醒 明天 拜访张伟")
    await office.at(at(3, 19, 9))
    card = [text for text in texts_of(office, office.rep) if "早上好" in text][-1]
    assert "1 件待办" in card
    assert "🚗" not in card
    listed = await sent(office, "/visits")
    assert "要拜访 1 位" in listed.text
    assert "张伟 上海 ⏰拜访张伟" in listed.text
    day = await sent(office, "今天")
    assert "🚗 今天拜访 1 位" in day.text
    assert "完成 1" not in talk.labels(day)
    choice = await talk.pressed(office.rep, await talk.pressed(office.rep, listed, "1 张伟"), "改天 ▸")
    moved = await talk.pressed(office.rep, choice, "明天")
    assert "待办一起改了" in moved.text
    task = office.database.read_now(lambda db: db.scalar(select(Task)))
    assert task is not None
    assert task.due_at.astimezone(office.now.tzinfo).day == 20
    await office.at(at(3, 20, 9))
    card = [text for text in texts_of(office, office.rep) if "早上好" in text][-1]
    assert "🚗 今天拜访 1 位" in card
    assert "件待办" not in card
    listed = await sent(office, "/visits")
    done = await talk.pressed(office.rep, await talk.pressed(office.rep, listed, "1 张伟"), "见到了")
    assert "待办「" in done.text
    assert office.database.read_now(lambda db: db.scalar(select(Task.done_at))) is not None
    again = await talk.pressed(office.rep, done, "撤销")
    assert "见到了" in talk.labels(again)
    assert office.database.read_now(lambda db: db.scalar(select(Task.done_at))) is None
    assert [(row[0], *row[2:]) for row in stored(office)] == [(ids["张伟"], 20, None)]


async def test_a_cold_building_bad_days_and_notes(office: Office) -> None:
    await people(office, 张伟="")
    offered = await talk.said(office.rep, "扫楼环球中心")
    assert "还没有可排的客户" in offered.text
    await talk.pressed(office.rep, offered, "今天去扫一遍")
    assert stored(office) == [(None, "环球中心", 18, None)]
    assert "只能排在今天到一年以内" in (await talk.said(office.rep, "拜访计划 昨天 张伟")).text
    listed = await talk.said(office.rep, "/visits")
    done = await talk.pressed(office.rep, await talk.pressed(office.rep, listed, "1 扫楼"), "见到了")
    assert "加客户 王总" in done.text
    for typed in ("扫楼遇到张伟，他想要样品", "扫楼遇到张伟的同事", "走访 张伟说下个月要扩产线需要加两台设备"):
        assert "记到 张伟" in (await talk.said(office.rep, typed)).text, typed
    assert len(stored(office)) == 1


async def test_foreigners_learn_nothing_of_visits(office: Office) -> None:
    ids = await people(office, 张伟="金茂大厦")
    await talk.said(office.rep, "拜访计划 张伟")
    for person in (office.rep2, office.outsider):
        assert "还没有可排的客户" in (await talk.said(person, "扫楼 金茂大厦")).text
        assert "没有排拜访" in (await talk.said(person, "拜访清单 今天")).text
        page = await talk.said(person, "/help")
        for data in ("Vs:1", "Vr:1:met", "Vp:1:tomorrow", "Vu:1"):
            assert "找不到这次拜访" in (await talk.press_foreign(person, page, data)).text, data
        data = f"Vy:1:0:{ids['张伟']}:{at(3, 18).toordinal()}"
        assert "张伟" not in (await talk.press_foreign(person, page, data)).text
    assert stored(office)[0][2:] == (18, None)


async def test_what_was_left_over_is_called_so_for_a_week_and_not_on_a_day_off(office: Office) -> None:
    await people(office, 张伟="")
    await talk.said(office.rep, "拜访计划 今天 张伟")
    await talk.said(office.rep, "提醒 3月21日 交房租")

    async def card_of(day: int) -> str:
        before = len(texts_of(office, office.rep))
        await office.at(at(3, day, 9))
        return next(text for text in texts_of(office, office.rep)[before:] if "早上好" in text)

    assert "🚗 之前没去成的 1 位" in await card_of(19)
    saturday = await card_of(21)
    assert "交房租" in saturday
    assert "🚗" not in saturday
    assert "🚗 之前没去成的 1 位" in await card_of(24)
    assert "🚗" not in await card_of(26)
    assert "🚗 之前没去成的 1 位" in (await sent(office, "今天")).text
