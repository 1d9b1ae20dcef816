"""A message that moved a task, edited; and all tasks called off at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.chat.talk import labels, pressed, said
from tests.chat.test_task_changes import at, notes_of, set_up, stored

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_an_edited_move_changes_the_same_task(office: Office) -> None:
    await set_up(office)
    typed = await office.rep.send("孙丽出差了，拜访改到下周三")
    card = await office.rep.next_message()
    await office.rep.edit(typed, "孙丽出差了，拜访改到下周四")
    assert "3月26日 周四 15:00" in (await office.rep.wait_edit(card)).text
    assert stored(office) == [("拜访孙丽", at(26, 15), True), ("给王强打电话", at(19, 10), True)]
    assert notes_of(office) == [("孙丽", "孙丽出差了，拜访改到下周四")]
    await office.rep.edit(typed, "孙丽出差了")
    assert "待办没有动" in (await office.rep.next_message()).text
    typed = await office.rep.send("孙丽下周四的航班取消了")
    question = await office.rep.next_message()
    assert labels(question) == ["取消 1", "都不动"]
    await office.rep.edit(typed, "王强明天的飞机取消了")
    await office.rep.wait_edit(question)
    assert len(stored(office)) == 2
    assert notes_of(office)[-1] == ("王强", "王强明天的飞机取消了")


async def test_all_are_called_off_with_one_button_and_come_back(office: Office) -> None:
    await set_up(office)
    question = await said(office.rep, "取消所有提醒")
    assert labels(question)[0] == "全部取消（2）"
    card = await pressed(office.rep, question, "全部取消（2）")
    assert "已取消 2 件" in card.text
    assert stored(office) == []
    assert "已恢复 2 件" in (await pressed(office.rep, card, "全部恢复")).text
    assert [due for _, due, _ in stored(office)] == [at(19, 15), at(19, 10)]
