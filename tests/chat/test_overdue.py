"""The day's list in the hands of somebody who is behind: putting off, and clearing up what is overdue."""

from __future__ import annotations

from tests.chat import talk
from tests.chat.conftest import Office
from tests.chat.played import at


async def test_a_task_is_put_off_from_the_list(office: Office) -> None:
    await office.rep.send("/remind 今天下午4点 寄合同")
    await office.rep.next_message()
    await office.rep.send("/today")
    page = await office.rep.next_message()
    await office.rep.press(page, "推迟 ▸")
    choosing = await office.rep.wait_edit(page)
    assert talk.labels(choosing) == ["推迟 1", "返回"]
    await office.rep.press(choosing, "推迟 1")
    when = await office.rep.wait_edit(choosing)
    assert talk.labels(when) == ["1 小时", "明早", "下周", "转给 ▸", "返回"]
    await office.rep.press(when, "明早")
    after = await office.rep.wait_edit(when)
    assert "已推迟：寄合同 · 3月19日 周四 09:00（明天）" in after.text
    assert "没有要办的事" in after.text


async def test_overdue_tasks_are_cleared_up_one_by_one(office: Office) -> None:
    for number in range(1, 6):
        await office.rep.send(f"/remind 明天 整理{number}号柜")
        await office.rep.next_message()
    await office.at(at(3, 23, 10))
    await office.rep.send("/today")
    await office.idle()
    page = next(m for m in reversed(office.rep.messages()) if "📋" in m.text)
    assert "另有 3 件拖了" in page.text
    assert "件待办" not in page.text, "what is overdue is not what today is about"
    await office.rep.press(page, "清一清")
    clearing = await office.rep.wait_edit(page)
    assert talk.labels(clearing) == ["完成 1", "推迟到明天", "不做了", "完成 2", "推迟到明天", "不做了", "更多", "返回"]
    await office.rep.press(clearing, "不做了")
    after = await office.rep.wait_edit(clearing)
    assert "不做了：整理1号柜" in after.text
    assert "拖着的事 · 4 件" in after.text
    await office.rep.press(after, "撤销")
    back = await office.rep.wait_edit(after)
    assert "拖着的事 · 5 件" in back.text
    await office.rep.press(back, "完成 1")
    done = await office.rep.wait_edit(back)
    assert "已完成：整理1号柜" in done.text
    await office.rep.press(done, "返回")
    assert "另有 2 件拖了" in (await office.rep.wait_edit(done)).text
