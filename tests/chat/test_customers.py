"""Adding customers in one message, changing and taking them back, and who hears what of a number known already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from crm import customers
from crm.tables import Customer, Draft, Note, Task
from tests.chat.talk import data_of, labels, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

LINE = "加客户 王总 13800138000 上海美达 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访"
SHORT = "加客户 张伟 13911112222 上海宏达科技"


def living(office: Office) -> list[str]:
    """The names of all customers that are not taken back."""
    names = select(Customer.name).where(Customer.deleted_at.is_(None)).order_by(Customer.customer_id)
    return office.database.read_now(lambda db: list(db.scalars(names)))


async def test_one_message_becomes_one_card_with_every_field(office: Office) -> None:
    card = await said(office.rep, LINE)
    for part in (
        "已保存",
        "王总",
        "138 0013 8000",
        "上海美达",
        "采购经理",
        "农历八月十五",
        "9月25日",
        "展会",
        "嫌交期慢",
        "回访：下周三（3月25日）",
    ):
        assert part in card.text
    assert card.buttons[0] == ["撤销", "修改", "不是他"]


@pytest.mark.parametrize(
    "text",
    [
        "/add 王总 13800138000",
        "新客户 王总 13800138000",
        "13800138000 王总 上海美达 采购经理",
        "加客户：王总，13800138000",
    ],
)
async def test_any_order_and_any_word_adds(office: Office, text: str) -> None:
    card = await said(office.rep, text)
    assert "已保存" in card.text
    assert "王总" in card.text
    assert "138 0013 8000" in card.text


async def test_undo_takes_everything_back_and_restore_brings_it_again(office: Office) -> None:
    card = await said(office.rep, LINE)
    undone = await pressed(office.rep, card, "撤销")
    assert "已撤销" in undone.text
    assert living(office) == []
    assert office.database.read_now(lambda db: db.scalar(select(Task.cancelled_at))) is not None
    back = await pressed(office.rep, undone, "恢复")
    assert "138 0013 8000" in back.text
    assert living(office) == ["王总"]


async def test_a_field_is_changed_by_button_and_next_text(office: Office) -> None:
    card = await said(office.rep, SHORT)
    fields = await pressed(office.rep, card, "修改")
    asked = await pressed(office.rep, fields, "电话")
    assert "新电话" in asked.text
    wrong = await said(office.rep, "138abc0000")
    assert "不像电话" in wrong.text
    right = await said(office.rep, "137 0000 9999")
    assert "电话已更新" in right.text
    assert "电话：139 1111 2222 → 137 0000 9999" in right.text
    back = await pressed(office.rep, right, "撤销")
    assert "电话：137 0000 9999 → 139 1111 2222" in back.text
    assert "📞 139 1111 2222" in (await said(office.rep, "查 张伟")).text


async def test_an_impossible_birthday_is_said_and_the_rest_saved(office: Office) -> None:
    card = await said(office.rep, "加客户 张伟 13911112222 生日2月30日 上海宏达科技")
    assert "已保存" in card.text
    assert "日历上没有" in card.text
    assert "139 1111 2222" in card.text
    typed = office.database.read_now(lambda db: list(db.scalars(select(Note.text))))
    assert any("2月30" in text for text in typed)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("张伟 生日 闰十三月初一", "日历上没有这一天"),
        ("张伟生日改成2月30日", "日历上没有这一天"),
        ("张伟生日2030年3月1日", "还没到"),
    ],
)
async def test_a_birthday_that_cannot_be_is_refused_when_it_is_typed(office: Office, typed: str, told: str) -> None:
    await said(office.rep, "加客户 张伟 13911112222 3月19日生日")
    assert told in (await said(office.rep, typed)).text
    assert "🎂 3月19日" in (await said(office.rep, "查 张伟")).text


async def test_29_february_without_a_year_says_when_it_is_kept(office: Office) -> None:
    card = await said(office.rep, "加客户 张伟 13911112222 2月29日生日")
    assert "🎂 2月29日（平年没有，在2月28日过），下次 2027年2月28日" in card.text


async def test_own_number_again_offers_to_save_the_text_as_a_note(office: Office) -> None:
    await said(office.rep, SHORT)
    known = await said(office.rep, "加客户 小张 13911112222 想要样品")
    assert "这个号码是" in known.text
    assert "张伟" in known.text
    saved = await pressed(office.rep, known, "记到这位客户名下")
    assert "已记到 张伟" in saved.text
    assert living(office) == ["张伟"]
    await office.rep.press(known, data=data_of(known, "记到这位客户名下"))
    again = await office.rep.next_message()
    assert "已经处理过" in again.text


async def test_a_colleagues_number_says_so_and_no_more(office: Office) -> None:
    await said(office.rep, SHORT)
    answer = await said(office.rep2, "加客户 小张 13911112222 想要样品")
    assert answer.text == "这个号码已有同事在跟进，请联系主管。"
    assert answer.buttons == []
    drafts = office.database.read_now(lambda db: list(db.scalars(select(Draft.text))))
    assert drafts == ["小张 13911112222 想要样品"]
    manager = await said(office.manager, "加客户 小张 13911112222 想要样品")
    assert "负责人 小李" in manager.text
    outsider = await said(office.outsider, "加客户 小张 13911112222")
    assert "已保存" in outsider.text


async def test_a_namesake_is_saved_with_a_warning_and_can_be_the_same_person(office: Office) -> None:
    await said(office.rep, SHORT)
    twin = await said(office.rep, "加客户 张伟 13766665555 北京鸿远贸易 要报价")
    assert "已有同名或相近的客户" in twin.text
    label = next(label for row in twin.buttons for label in row if label.startswith("是同一个人"))
    merged = await pressed(office.rep, twin, label)
    assert "已并到 张伟" in merged.text
    assert living(office) == ["张伟"]
    card = await said(office.rep, "查 张伟")
    assert "137 6666 5555" in card.text
    assert "139 1111 2222" in card.text
    assert "要报价" in card.text


async def test_not_him_gives_the_entry_to_the_right_person(office: Office) -> None:
    await said(office.rep, "加客户 王建国 13911113333 上海美达")
    card = await said(office.rep, "加客户 王总 上海美达 嫌交期慢")
    choice = await pressed(office.rep, card, "不是他")
    merged = await pressed(office.rep, choice, "王建国 上海美达")
    assert "已并到 王建国" in merged.text
    assert living(office) == ["王建国"]


async def test_without_a_name_the_name_is_asked_and_nothing_is_lost(office: Office) -> None:
    asked = await said(office.rep, "加客户 13700001111")
    assert "姓名" in asked.text
    card = await said(office.rep, "赵六")
    assert "赵六" in card.text
    assert "137 0000 1111" in card.text


async def test_an_empty_command_says_how(office: Office) -> None:
    assert "例如" in (await said(office.rep, "/add")).text


@pytest.mark.parametrize("label", ["撤销", "修改", "不是他"])
async def test_a_foreign_customers_button_does_nothing_and_tells_nothing(office: Office, label: str) -> None:
    card = await said(office.rep, SHORT)
    own = await said(office.rep2, "加客户 李娜 13766665555")
    foreign = await said(office.outsider, "加客户 李娜 13766665555")
    for person, message in ((office.rep2, own), (office.outsider, foreign)):
        await person.press(message, data=data_of(card, label))
        answer = await person.next_message()
        assert "找不到这位客户" in answer.text
        assert "张伟" not in answer.text
        assert "宏达" not in answer.text
    assert "张伟" in living(office)


async def test_second_undo_changes_nothing(office: Office) -> None:
    card = await said(office.rep, SHORT)
    data = data_of(card, "撤销")
    await pressed(office.rep, card, "撤销")
    await office.rep.press(card, data=data)
    await office.idle()
    assert living(office) == []


async def test_odd_names_are_shown_as_text(office: Office) -> None:
    made = await said(office.rep, "加客户 李四 13700001111")
    await pressed(office.rep, await pressed(office.rep, made, "修改"), "姓名")
    card = await said(office.rep, "<b>李&四</b>😀")
    assert "<b>李&四</b>😀" in card.text
    assert living(office) == ["<b>李&四</b>😀"]


async def test_an_edited_message_changes_customer_and_card(office: Office) -> None:
    typed = await office.rep.send("加客户 张伟 13911112222 上海宏达科技 要报价")
    card = await office.rep.next_message()
    await office.rep.edit(typed, "加客户 张维 13911113333 上海宏达科技 要样品")
    changed = await office.rep.wait_edit(card)
    assert "张维" in changed.text
    assert "139 1111 3333" in changed.text
    assert "要样品" in changed.text
    assert living(office) == ["张维"]


async def test_an_edited_message_leaves_what_was_added_later(office: Office) -> None:
    typed = await office.rep.send("加客户 张伟 13911112222 上海宏达科技")
    card = await office.rep.next_message()
    await office.rep.send("张伟 微信 zhangwei85 座机 021-55556666")
    await office.rep.next_message()
    await office.rep.edit(typed, "加客户 张维 13911113333 上海宏达科技")
    await office.rep.wait_edit(card)

    def look(db: Session) -> list[tuple[str, str | None, list[str]]]:
        return [(row.name, row.wechat, customers.phones(db, row.customer_id)) for row in db.scalars(select(Customer))]

    assert office.database.read_now(look) == [("张维", "zhangwei85", ["02155556666", "13911113333"])]


async def test_a_customer_added_in_a_group_is_masked(office: Office) -> None:
    await office.rep.send("/add@sales_helper_bot 张伟 13911112222 上海宏达科技", chat=office.group)
    answer = await office.rep.next_message(chat=office.group)
    assert "张*" in answer.text
    assert "*******2222" in answer.text
    assert "张伟" not in answer.text
    assert living(office) == ["张伟"]


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("孙丽电话改成13900001111", "139 1111 2222 → 139 0000 1111"),
        ("孙丽升采购总监了", "空 → 采购总监"),
        ("孙丽微信是sunli_88", "空 → sunli_88"),
        ("孙丽公司改成无锡宏达机电", "无锡新民五金 → 无锡宏达机电"),
        ("孙丽生日5月20", "空 → 5月20日"),
    ],
)
async def test_changed_field_is_answered_with_the_change_alone(office: Office, text: str, becomes: str) -> None:
    await said(office.rep, "加客户 孙丽 13911112222 无锡新民五金")
    await said(office.rep, "孙丽嫌交期慢")
    answer = await said(office.rep, text)
    assert becomes in answer.text
    assert answer.text.startswith("✏️ 孙丽 ")
    assert len(answer.text.splitlines()) <= 3
    assert labels(answer) == ["撤销", "查看客户"]
    assert "嫌交期慢" in (await pressed(office.rep, answer, "查看客户")).text
