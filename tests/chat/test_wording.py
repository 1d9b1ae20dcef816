"""What cards say and offer where a person would stumble: shared and odd numbers, names twice, pictures, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from crm.tables import Customer, CustomerPhone, Note
from tests.chat.talk import labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office


def names(office: Office) -> list[str]:
    living = select(Customer.name).where(Customer.deleted_at.is_(None)).order_by(Customer.customer_id)
    return office.database.read_now(lambda db: list(db.scalars(living)))


async def test_two_people_may_share_a_number(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    known = await said(office.rep, "加客户 李强 13911112222")
    assert "这个号码是 林静怡（无锡新民五金）的" in known.text
    assert labels(known) == ["记到这位客户名下", "新建李强", "查看客户", "不保存"]
    await pressed(office.rep, known, "新建李强")
    assert names(office) == ["林静怡", "李强"]


async def test_a_colleagues_number_is_not_shared(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222")
    known = await said(office.rep2, "加客户 李强 13911112222")
    assert "同事" in known.text
    await office.rep2.press(known, data="dy:1")
    await office.idle()
    assert names(office) == ["林静怡"]


async def test_an_odd_number_is_pointed_out(office: Office) -> None:
    card = await said(office.rep, "加客户 孙悦 1380013800a")
    assert "已保存" in card.text
    assert "1380013800a 不像号码" in card.text
    await pressed(office.rep, card, "改电话")
    assert "电话：空 → 138 0013 8000" in (await said(office.rep, "13800138000")).text


async def test_a_successor_does_not_take_the_number_over(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    sentence = "林静怡离职了，换了新采购小林接手 13733334444"
    noted = await said(office.rep, sentence)
    assert "已记到 林静怡" in noted.text
    numbers = select(CustomerPhone.phone)
    assert office.database.read_now(lambda db: list(db.scalars(numbers))) == ["13911112222"]
    assert office.database.read_now(lambda db: list(db.scalars(select(Note.text)))) == [sentence]
    made = await pressed(office.rep, noted, "新建联系人")
    assert "137 3333 4444" in made.text
    assert names(office) == ["林静怡", "小林"]


async def test_name_and_company_find_the_one(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13911112222 上海美达 总经理")
    await said(office.rep, "加客户 王小明 13911113333 宁波远航 总经理")
    await said(office.rep, "加客户 李四 13911114444 上海美达")
    assert "139 1111 2222" in (await said(office.rep, "查 王总 上海美达")).text
    assert "符合的客户 0 位" in (await said(office.rep, "找 行业=模具 地区=宁波")).text


async def test_namesakes_of_two_reps_are_told_apart(office: Office) -> None:
    await said(office.rep, "加客户 周明 13911112222")
    await said(office.rep2, "加客户 周明 13911113333")
    hits = await said(office.manager, "查 周明")
    assert sorted(labels(hits)) == ["周明 · 小周", "周明 · 小李"]


async def test_a_card_says_nothing_twice_and_nothing_unkind(office: Office) -> None:
    await said(office.rep, "加客户 张经理 13911112222 上海美达")
    await said(office.rep, "张经理" + "嫌交期太慢，要求加急发货。" * 12)
    card = await said(office.rep, "查 张经理")
    assert "无价值" not in card.text
    assert "· 经理" not in card.text
    note = next(line for line in card.text.splitlines() if line.startswith("📝"))
    assert len(note) < 110
    assert "…" in note


async def test_a_picture_without_a_word_is_kept(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13911112222")
    await office.rep.photo(b"x")
    asked = await office.rep.next_message()
    assert "是谁的" in asked.text
    assert "已记到 张伟" in (await pressed(office.rep, asked, "张伟")).text


async def test_soon_is_one_tap_away(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13911112222")
    asked = await said(office.rep, "等会儿提醒我给张伟打电话")
    assert "11:30" in (await pressed(office.rep, asked, "1 小时后")).text


async def test_a_command_for_another_bot_is_called_so(office: Office) -> None:
    answer = await said(office.rep, "/today@other_bot")
    assert "别的机器人" in answer.text
    assert "您是要" not in answer.text
