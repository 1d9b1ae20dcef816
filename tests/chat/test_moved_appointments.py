"""An appointment that its customer puts off is moved to the new time, never told a second time nor left on the old."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Note, Task
from tests.chat.conftest import SHANGHAI
from tests.chat.talk import said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

CASES = [
    ("张姐", "周五下午做护理", "张姐打电话说周五那个护理改到这周日下午三点了哈", "护理", "03-22 15:00"),
    ("张姐", "周五下午做护理", "张姐的护理改到周日下午3点", "护理", "03-22 15:00"),
    ("吴姐", "明天十点来做脸", "吴姐改约 明天十点改到后天下午四点", "见面", "03-20 16:00"),
    ("李明亮", "周五下午两点半试驾", "李明亮试架改到周六上午10点", "试架", "03-21 10:00"),
    ("何太", "周五下午4点半上课", "何太話改去星期六上晝十一點", "见面", "03-21 11:00"),
    ("王美丽", "明天上午十点做小气泡", "王美丽改约周一上午十点", "见面", "03-23 10:00"),
]


def open_tasks(office: Office) -> list[tuple[str, str]]:
    mine = select(Task).where(Task.cancelled_at.is_(None)).order_by(Task.task_id)
    rows = office.database.read_now(lambda db: list(db.scalars(mine)))
    return [(row.what, f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}") for row in rows]


@pytest.mark.parametrize(("who", "planned", "text", "what", "then"), CASES)
async def test_the_appointment_there_is_is_moved(
    office: Office, who: str, planned: str, text: str, what: str, then: str
) -> None:
    await said(office.rep, f"加客户 {who} 13800138001")
    await said(office.rep, f"提醒我{planned[:2]}{planned[2:]} {who}")
    ((title, _),) = open_tasks(office)
    await said(office.rep, text)
    assert open_tasks(office) == [(title, then)]


@pytest.mark.parametrize(("who", "planned", "text", "what", "then"), CASES)
async def test_without_one_it_is_set_for_the_new_time_under_its_own_name(
    office: Office, who: str, planned: str, text: str, what: str, then: str
) -> None:
    await said(office.rep, f"加客户 {who} 13800138001")
    await said(office.rep, text)
    assert open_tasks(office) == [(what, then)]
    await said(office.rep, text)
    assert open_tasks(office) == [(what, then)], "told again it is no second one"


async def test_what_is_told_before_it_is_no_part_of_its_name(office: Office) -> None:
    await said(office.rep, "加客户 李太太 13800138001")
    await said(office.rep, "提醒我周六下午两点李太太来上体验课")
    await said(office.rep, "李太太女儿朵朵感冒了 周六体验课来不了 改下周六同一时间")
    assert [then for _, then in open_tasks(office)] == ["03-28 14:00"]


async def test_why_it_is_put_off_is_no_name_of_it(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13800138001")
    await said(office.rep, "王建国来不了了 说腿摔了 改约周六下午三点")
    assert open_tasks(office) == [("见面", "03-21 15:00")]


async def test_another_thing_of_the_customer_is_not_what_is_moved(office: Office) -> None:
    await said(office.rep, "加客户 孙丽 13800138001")
    await said(office.rep, "提醒我周五下午三点给孙丽寄合同")
    await said(office.rep, "孙丽明天的飞机改到后天")
    assert open_tasks(office)[0] == ("给孙丽寄合同", "03-20 15:00")


async def test_to_do_something_again_moves_nothing_and_does_not_speak_of_a_move(office: Office) -> None:
    await said(office.rep, "加客户 吴磊 13800138001")
    assert "没找到" not in (await said(office.rep, "明天上午十点再打给吴磊")).text
    assert [then for _, then in open_tasks(office)] == ["03-19 10:00"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("孙丽 约改到后天上午10点 地点改在二店", "二店"),
        ("孙丽改到后天上午10点 见面地点换成万达", "万达"),
        ("孙丽 看房改到后天上午10点 改在万达店", "万达店"),
        ("孙丽 约改到后天上午10点，地点改在二店", "二店"),
    ],
)
async def test_another_place_beside_another_time_moves_the_same_task(office: Office, text: str, place: str) -> None:
    await said(office.rep, "加客户 孙丽 13911112222")
    await said(office.rep, "孙丽 明天下午来看房")
    await office.rep.send(text)
    await office.idle()
    assert [due for _, due in open_tasks(office)] == ["03-20 10:00"]
    kept = office.database.read_now(lambda db: [note.text for note in db.scalars(select(Note))])
    assert any(place in note for note in kept), "the place is not lost"


@pytest.mark.parametrize("text", ["孙丽 看房时间改到后天上午10点 地点不变", "孙丽改到后天上午10点 地点还是老地方"])
async def test_the_same_place_is_no_other_task(office: Office, text: str) -> None:
    await said(office.rep, "加客户 孙丽 13911112222")
    await said(office.rep, "孙丽 明天下午来看房")
    await office.rep.send(text)
    await office.idle()
    assert [due for _, due in open_tasks(office)] == ["03-20 10:00"]
