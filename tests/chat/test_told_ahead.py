"""What a task tells ahead of its day: moved by button or words it is never said to be in a year, nor told twice."""

from __future__ import annotations

from sqlalchemy import select

from crm.tables import Task
from tests.chat import talk
from tests.chat.conftest import SHANGHAI, Office
from tests.chat.played import at, texts_of

VISIT = "4月1日上午10点拜访宋海涛 提前一天提醒我"


async def _last_said(office: Office, text: str) -> str:
    await office.rep.send(text)
    await office.idle()
    return texts_of(office, office.rep)[-1]


async def test_put_off_to_its_own_day_it_is_of_that_day(office: Office) -> None:
    await talk.said(office.rep, "加客户 宋海涛 13900002222")
    await talk.said(office.rep, VISIT)
    await office.at(at(3, 31, 9))
    today = await talk.said(office.rep, "今天")
    until = await talk.pressed(office.rep, await talk.pressed(office.rep, today, "推迟 ▸"), "推迟 1")
    await talk.pressed(office.rep, until, "明早")
    await office.at(at(4, 1, 8))
    today_text = await _last_said(office, "今天")
    assert "拜访宋海涛（4月1日 10:00） · 宋海涛 · 09:00 提醒 · 今天 10:00" in today_text
    await office.at(at(4, 1, 11))
    assert "天后" not in await _last_said(office, "今天")


async def test_what_is_overdue_and_told_of_today_is_in_no_list_of_what_is_left(office: Office) -> None:
    await talk.said(office.rep, "加客户 何立秋 13900002222")
    await talk.said(office.rep, "4月1日上午9点半去何立秋厂里验货 提前一天提醒我")
    for what in ("写报告", "看库存", "理柜子"):
        await talk.said(office.rep, f"/remind 3月30日 {what}")
    await office.at(at(4, 1, 8))
    today = await talk.said(office.rep, "今天")
    assert "· 今天 09:30" in today.text
    assert "另有 1 件拖了" in today.text
    left = await talk.pressed(office.rep, today, "清一清")
    assert "写报告" in left.text
    assert "验货" not in left.text


async def test_it_is_a_visit_of_its_own_day_only(office: Office) -> None:
    await talk.said(office.rep, "加客户 宋海涛 13900002222")
    await talk.said(office.rep, VISIT)
    await office.at(at(3, 31, 9))
    assert "宋海涛" not in await _last_said(office, "/visits")
    await office.at(at(4, 1, 8))
    assert "宋海涛" in await _last_said(office, "/visits")
    today = await _last_said(office, "今天")
    assert "· 今天 10:00" in today
    assert "🚗" not in today, "the list tells it with its hour"


async def test_the_title_goes_with_what_is_moved_by_words_and_comes_back(office: Office) -> None:
    await talk.said(office.rep, "加客户 苗春雨 13900002222")
    await talk.said(office.rep, "4月10日上午10点去苗春雨店里安装 提前一天提醒我")
    moved = await talk.said(office.rep, "去苗春雨店里安装改到4月12日上午11点")
    mine = select(Task)

    def stood() -> tuple[str, str]:
        row = office.database.read_now(lambda db: db.scalars(mine).one())
        return row.what, f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}"

    assert stood() == ("去苗春雨店里安装", "04-12 11:00")
    await talk.pressed(office.rep, moved, "改回")
    assert stood()[0] == "去苗春雨店里安装（4月10日 10:00）"
    await talk.said(office.rep, "去苗春雨店里安装改到4月10日上午9点")
    assert stood() == ("去苗春雨店里安装（4月10日 10:00）", "04-10 09:00"), (
        "before its hour it may be the reminder alone"
    )


async def test_within_a_week_it_is_counted_once(office: Office) -> None:
    await talk.said(office.rep, "加客户 宋海涛 13900002222")
    await talk.said(office.rep, VISIT)
    await office.at(at(3, 31, 9))
    week = await _last_said(office, "这周有什么安排")
    assert "1 件待办" in week
    assert week.count("拜访宋海涛") == 1


async def test_the_hour_at_which_it_reminds_is_told_and_is_its_place(office: Office) -> None:
    await talk.said(office.rep, "加客户 江水清 13900002222")
    await talk.said(office.rep, "3月25日下午2点半去江水清店里签约 提前一天提醒我")
    await talk.said(office.rep, "去江水清店里签约改到3月20日16:00")
    await talk.said(office.rep, "/remind 3月20日 17:00 写日报")
    await office.at(at(3, 20, 8))
    lines = (await _last_said(office, "今天")).splitlines()
    assert "1. " in lines[1]
    assert "（3月25日 14:30） · 江水清 · 16:00 提醒 · 5天后 14:30" in lines[1]
