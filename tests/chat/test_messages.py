"""Free text: routed to the right noun, asked about when unclear, never met with silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from crm.tables import Customer, Note, Order
from tests.chat.talk import pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHANG = "加客户 张伟 13911112222 上海宏达科技"


def counts(office: Office) -> tuple[int, int, int]:
    """Customers, notes and orders stored."""
    tables = (Customer, Note, Order)
    return office.database.read_now(
        lambda db: tuple(db.scalar(select(func.count()).select_from(table)) or 0 for table in tables)  # type: ignore[return-value]  # three of them
    )


@pytest.mark.parametrize(
    "text", ["你好", "<b>&", "😀😀😀", "。。。", "1", "asdfghjkl", "\u200b\u200bx", "=1+1", "/", "长" * 3000, "‮反过来‬"]
)
async def test_what_is_not_understood_gets_an_answer_and_writes_nothing(office: Office, text: str) -> None:
    await said(office.rep, ZHANG)
    await office.at(office.now.replace(hour=11))
    assert (await said(office.rep, text)).text
    assert counts(office) == (1, 0, 0)


async def test_small_talk_is_no_note(office: Office) -> None:
    await said(office.rep, ZHANG)
    for text in ("好的", "你好呀"):
        assert "直接发客户情况" in (await said(office.rep, text)).text
    assert "不客气" in (await said(office.rep, "谢谢")).text
    assert counts(office) == (1, 0, 0)


async def test_a_spoken_sentence_is_kept_whole(office: Office) -> None:
    spoken = "我今天在展会上认识了一个做灯具的老板叫钟国强中山古镇的电话是13715550824他说让我下周五之前把样册寄过去"
    card = await said(office.rep, spoken)
    for part in ("钟国强", "137 1555 0824", "灯具", "展会", "3月27日", spoken):
        assert part in card.text


async def test_a_number_of_a_known_customer_is_updated_not_doubled(office: Office) -> None:
    await said(office.rep, ZHANG)
    changed = await said(office.rep, "张伟手机换成13922223333了")
    assert "电话已更新" in changed.text
    assert "139 2222 3333" in changed.text
    assert "电话：139 1111 2222 → 139 2222 3333" in changed.text
    beside = await said(office.rep, "张伟座机 021-88365512 之前没登")
    assert "02188365512" in beside.text
    assert "139 2222 3333" in beside.text
    assert counts(office) == (1, 0, 0)


async def test_another_number_of_the_same_name_is_asked_about(office: Office) -> None:
    await said(office.rep, ZHANG)
    asked = await said(office.rep, "张伟 13922223333")
    assert "老客户" in asked.text or "已更新" in asked.text or "同名" in asked.text
    if "老客户" in asked.text:
        assert asked.buttons[0] == ["更新张伟"]
        assert "139 2222 3333" in (await pressed(office.rep, asked, "更新张伟")).text


async def test_a_colleagues_number_is_not_put_on_another_customer(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.rep2, "加客户 李娜 13766665555")
    answer = await said(office.rep2, "李娜手机换成13911112222了")
    assert "已有客户在用" in answer.text
    assert "张伟" not in answer.text


async def test_complaints_are_asked_for_in_words(office: Office) -> None:
    assert "没有未结的投诉" in (await said(office.rep, "客诉处理到哪了 都列出来")).text


async def test_an_order_in_words(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "12,000" in (await said(office.rep, "张伟今天下单12000 M8螺栓")).text
    assert counts(office) == (1, 0, 1)


async def test_stickers_places_voices_get_one_line(office: Office) -> None:
    await office.rep.sticker()
    assert (await office.rep.next_message()).text
    await office.rep.location()
    assert (await office.rep.next_message()).text
    await office.rep.voice()
    assert "语音" in (await office.rep.next_message()).text


async def test_free_talk_in_a_group_is_not_answered(office: Office) -> None:
    await office.rep.send("张伟说交期太慢", chat=office.group)
    await office.idle()
    assert [m for m in office.group.messages.values() if m["from"]["is_bot"]] == []


async def test_a_plain_note_is_no_value_of_the_field_that_was_asked_for(office: Office) -> None:
    card = await said(office.rep, ZHANG)
    fields = await pressed(office.rep, card, "修改")
    await pressed(office.rep, fields, "公司")
    assert "已记到 张伟" in (await said(office.rep, "张伟说交期太慢，要退货")).text
    assert "公司已更新" in (await said(office.rep, "上海宏达新材料科技有限公司")).text


async def test_a_question_left_open_does_not_swallow_a_command(office: Office) -> None:
    card = await said(office.rep, ZHANG)
    fields = await pressed(office.rep, card, "修改")
    await pressed(office.rep, fields, "公司")
    assert "139 1111 2222" in (await said(office.rep, "/c 张伟")).text
    noted = await said(office.rep, "张伟说交期太慢")
    assert "已记到 张伟" in noted.text
