"""Notes: whose they are, their tags and corrections, undo, promises, edits, and everything that is passed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Complaint, CustomerSummary, Note, NoteTag, TagCorrection, Task
from tests.chat.talk import data_of, labels, press_foreign, pressed, replied, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHANG = "加客户 张伟 13911112222 上海宏达科技"
LI = "加客户 李娜 13911113333 杭州云栖网络"
COMPLAINT = "张伟说上批螺栓质量太差，很生气，要投诉我们"


def notes(office: Office) -> list[str]:
    """The texts of all notes that are not taken back."""
    texts = select(Note.text).where(Note.deleted_at.is_(None)).order_by(Note.note_id)
    return office.database.read_now(lambda db: list(db.scalars(texts)))


def open_complaints(office: Office) -> list[int]:
    """The open complaints of each customer."""
    return office.database.read_now(lambda db: list(db.scalars(select(CustomerSummary.open_complaints))))


async def test_a_note_by_name_is_saved_with_tags_and_the_words_that_caused_them(office: Office) -> None:
    await said(office.rep, ZHANG)
    card = await said(office.rep, COMPLAINT)
    assert "已记到 张伟（上海宏达科技）" in card.text
    assert "投诉" in card.text
    assert "』→" in card.text
    assert "😟 不满" in card.text
    assert card.buttons[-1] == ["撤销", "改标签", "查看客户"]
    assert notes(office) == [COMPLAINT]
    assert open_complaints(office) == [1]


@pytest.mark.parametrize("command", ["/note 张伟 已签收", "记 张伟 已签收", "记录：张伟 已签收"])
async def test_a_note_by_command(office: Office, command: str) -> None:
    await said(office.rep, ZHANG)
    assert "已记到 张伟" in (await said(office.rep, command)).text
    assert notes(office) == ["张伟 已签收"]


async def test_a_reply_to_a_card_is_about_its_customer(office: Office) -> None:
    card = await said(office.rep, ZHANG)
    await said(office.rep, LI)
    answer = await replied(office, office.rep, card, "今天去看了样品，挺满意")
    assert "已记到 张伟" in answer.text


async def test_the_customer_shown_last_is_meant_for_ten_minutes(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "已记到 张伟" in (await said(office.rep, "今天去看了样品，挺满意")).text
    later = office.now.replace(hour=10, minute=41)
    await office.at(later)
    asked = await said(office.rep, "今天又去看了样品，很满意")
    assert "没认出是哪位客户" in asked.text


async def test_two_of_one_name_are_asked_about_and_the_draft_is_saved_once(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.rep, "加客户 张伟 13766665555 北京鸿远贸易")
    asked = await said(office.rep, "张伟说质量太差，要退货")
    assert "这条记到谁名下" in asked.text
    assert notes(office) == []
    label = next(label for row in asked.buttons for label in row if "宏达" in label)
    data = data_of(asked, label)
    saved = await pressed(office.rep, asked, label)
    assert "已记到 张伟（上海宏达科技）" in saved.text
    await office.rep.press(asked, data=data)
    assert "已经处理过" in (await office.rep.next_message()).text
    assert notes(office) == ["张伟说质量太差，要退货"]


async def test_an_unknown_person_is_asked_about(office: Office) -> None:
    asked = await said(office.rep, "刘洋今天来电说想换供应商")
    assert "新客户" in asked.buttons[0]
    dropped = await pressed(office.rep, asked, "不保存")
    assert "没有保存" in dropped.text
    assert notes(office) == []


async def test_an_unknown_person_becomes_a_customer_by_button(office: Office) -> None:
    asked = await said(office.rep, "刘洋今天来电说想换供应商")
    saved = await pressed(office.rep, asked, "新客户")
    assert "刘洋" in saved.text


async def test_undo_and_restore(office: Office) -> None:
    await said(office.rep, ZHANG)
    card = await said(office.rep, COMPLAINT)
    undone = await pressed(office.rep, card, "撤销")
    assert "已撤销" in undone.text
    assert open_complaints(office) == [0]
    back = await pressed(office.rep, undone, "恢复")
    assert "投诉" in back.text
    assert open_complaints(office) == [1]


async def test_a_note_taken_back_can_go_to_a_namesake(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.rep, "加客户 张伟 13766665555 北京鸿远贸易")
    card = await said(office.rep, "宏达张伟质量太差要投诉")
    undone = await pressed(office.rep, card, "撤销")
    assert "改记到 张伟 北京鸿远贸易" in labels(undone)
    moved = await pressed(office.rep, undone, "改记到 张伟 北京鸿远贸易")
    assert "已记到 张伟（北京鸿远贸易）" in moved.text
    assert open_complaints(office) == [0, 1]


async def test_one_tap_corrects_a_tag_and_is_remembered(office: Office) -> None:
    await said(office.rep, ZHANG)
    card = await said(office.rep, COMPLAINT)
    toggles = await pressed(office.rep, card, "改标签")
    corrected = await pressed(office.rep, toggles, "✅ 投诉")
    assert "投诉" in corrected.buttons[0]
    assert open_complaints(office) == [0]
    more = await pressed(office.rep, corrected, "更多标签")
    await pressed(office.rep, more, "价格" if "价格" in labels(more) else "✅ 价格")
    done = await pressed(office.rep, more, "完成")
    assert "已记到 张伟" in done.text
    said_so = office.database.read_now(lambda db: [(c.label, c.holds) for c in db.scalars(select(TagCorrection))])
    assert said_so[0] == ("complaint", False)
    assert len(said_so) == 2
    removed = select(NoteTag.removed_at).where(NoteTag.label == "complaint")
    assert office.database.read_now(lambda db: db.scalar(removed)) is not None


async def test_a_promise_with_a_day_is_a_task_and_without_one_is_asked(office: Office) -> None:
    await said(office.rep, ZHANG)
    dated = await said(office.rep, "张伟要报价，我下周三给他报价")
    assert "3月25日" in dated.text
    asked = await said(office.rep, "张伟要样品，答应尽快寄给他")
    if "什么时候办" in asked.text:
        answered = await pressed(office.rep, asked, "下周一")
        assert "3月23日" in answered.text
        due = office.database.read_now(lambda db: list(db.scalars(select(Task.due_at).order_by(Task.task_id))))
        assert len(due) == 2


async def test_an_edited_note_changes_its_record_and_its_card(office: Office) -> None:
    await said(office.rep, ZHANG)
    typed = await office.rep.send(COMPLAINT)
    card = await office.rep.next_message()
    await office.idle()
    await office.rep.edit(typed, "张伟说这批货很满意，谢谢我们")
    changed = await office.rep.wait_edit(card)
    assert "已按您改的更新" in changed.text
    assert "投诉" not in changed.text
    assert notes(office) == ["张伟说这批货很满意，谢谢我们"]
    assert open_complaints(office) == [0]


async def test_an_edited_message_without_a_record_is_told_so(office: Office) -> None:
    typed = await office.rep.send("/help")
    await office.rep.next_message()
    await office.rep.edit(typed, "/help 2")
    assert "重新发一条" in (await office.rep.next_message()).text


async def test_what_is_forwarded_or_has_a_caption_is_a_note(office: Office) -> None:
    await said(office.rep, ZHANG)
    original = await office.rep2.send("张伟下单12000 M8螺栓")
    await office.rep2.next_message()
    await office.rep.forward(original)
    assert "已记到 张伟" in (await office.rep.next_message()).text
    await office.rep.photo(b"\x89PNG", caption="张伟 合同已签")
    assert "已记到 张伟" in (await office.rep.next_message()).text
    await office.rep.document("合同.pdf", b"%PDF", caption="张伟 合同扫描件")
    assert "已记到 张伟" in (await office.rep.next_message()).text
    await office.rep.photo(b"\x89PNG")
    assert "配一句说明" in (await office.rep.next_message()).text
    assert notes(office) == ["张伟下单12000 M8螺栓", "张伟 合同已签", "张伟 合同扫描件"]


async def test_a_colleagues_customer_is_nobody(office: Office) -> None:
    await said(office.rep, ZHANG)
    for person in (office.rep2, office.outsider):
        asked = await said(person, COMPLAINT)
        assert "宏达" not in asked.text
        assert "记到 张伟" not in asked.text
    assert notes(office) == []


@pytest.mark.parametrize("label", ["撤销", "改标签", "查看客户"])
async def test_a_foreign_notes_buttons_do_nothing_and_tell_nothing(office: Office, label: str) -> None:
    await said(office.rep, ZHANG)
    card = await said(office.rep, COMPLAINT)
    own = await said(office.rep2, LI)
    answer = await press_foreign(office.rep2, own, data_of(card, label))
    assert "找不到" in answer.text
    assert "张伟" not in answer.text
    assert notes(office) == [COMPLAINT]


async def test_nothing_to_note_says_how(office: Office) -> None:
    assert "例如" in (await said(office.rep, "/note")).text
    await said(office.rep, ZHANG)
    asked = await said(office.rep, "/note")
    assert "给 张伟 记什么" in asked.text
    assert "已记到 张伟" in (await said(office.rep, "王总也来了，谈得不错")).text


async def test_five_thousand_characters_are_kept(office: Office) -> None:
    await said(office.rep, ZHANG)
    await office.rep.send("记 张伟 " + "嫌交期太慢。" * 900)
    first, second = await office.rep.next_message(), await office.rep.next_message()
    assert "已记到 张伟" in first.text
    assert "已记到 张伟" in second.text
    assert sum(map(len, notes(office))) >= 5000


async def test_complaints_are_listed_closed_and_opened_again(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.rep, COMPLAINT)
    listed = await said(office.rep, "/complaints")
    assert "张伟" in listed.text
    case = await pressed(office.rep, listed, "1 张伟")
    closed = await pressed(office.rep, await pressed(office.rep, case, "已解决"), "已告诉客户，结案")
    assert "已结案" in closed.text
    assert open_complaints(office) == [0]
    assert "没有未结的投诉" in (await said(office.rep, "投诉")).text
    await pressed(office.rep, closed, "重新打开")
    assert "小李" in (await said(office.manager, "/complaints")).text
    assert "没有未结的投诉" in (await said(office.rep2, "/complaints")).text
    complaint_id = office.database.read_now(lambda db: db.scalar(select(Complaint.complaint_id)))
    own = await said(office.rep2, LI)
    answer = await press_foreign(office.rep2, own, f"ks:{complaint_id}")
    assert "找不到这件投诉" in answer.text
    assert open_complaints(office)[0] == 1


async def test_a_text_that_begins_with_the_word_complaint_is_a_note(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "已记到 张伟" in (await said(office.rep, "投诉：张伟说交期太慢")).text


async def test_a_person_named_but_unknown_is_never_the_customer_shown_last(office: Office) -> None:
    await said(office.rep, ZHANG)
    for text in ("王五说交期太慢要退货", "刘洋嫌价格太贵不考虑"):
        asked = await said(office.rep, text)
        assert "要新建客户吗" in asked.text
        assert ["新客户", "不保存"] in asked.buttons
        assert "张伟" not in labels(asked)
    assert notes(office) == []


async def test_in_a_group_the_customer_shown_last_is_never_meant(office: Office) -> None:
    await said(office.rep, ZHANG)
    await office.rep.send("/note@sales_helper_bot 今天去看了样品很满意", chat=office.group)
    assert "请私聊我" in (await office.rep.next_message(chat=office.group)).text
    await office.rep.send("/note@sales_helper_bot", chat=office.group)
    assert "张" not in (await office.rep.next_message(chat=office.group)).text.replace("张伟 嫌交期慢", "")
    assert notes(office) == []


async def test_a_command_edited_in_a_group_runs_once(office: Office) -> None:
    await said(office.rep, ZHANG)
    typed = await office.rep.send("/note@sales_helper_bot 张伟 嫌贵", chat=office.group)
    await office.rep.next_message(chat=office.group)
    await office.rep.edit(typed, "/note@sales_helper_bot 张伟 嫌太贵")
    await office.idle()
    assert notes(office) == ["张伟 嫌贵"]


async def test_a_note_in_a_group_is_saved_and_masked(office: Office) -> None:
    await said(office.rep, ZHANG)
    await office.rep.send("/note@sales_helper_bot 张伟 嫌贵", chat=office.group)
    answer = await office.rep.next_message(chat=office.group)
    assert "张*" in answer.text
    assert "张伟" not in answer.text
    assert notes(office) == ["张伟 嫌贵"]


async def test_a_promise_is_due_on_the_day_that_the_note_names(office: Office) -> None:
    await said(office.rep, "加客户 张伟 13800138000 上海美达 下周三 跟宏达张伟不是一个人")
    card = await said(office.rep, "张伟很生气，说交期一拖再拖，让我们今天必须给个说法")
    assert "什么时候" not in card.text
    rows = select(Task.what, Task.due_at).order_by(Task.task_id)
    made = office.database.read_now(lambda db: [(what, at.isoformat()[:10]) for what, at in db.execute(rows)])
    assert made == [("跟进", "2026-03-25"), ("给个说法", "2026-03-18")]


async def test_a_note_that_names_somebody_else_does_not_go_to_the_customer_shown_last(office: Office) -> None:
    await said(office.rep, "加客户 林静怡 13911112222 无锡新民五金")
    asked = await said(office.rep, "刚和老孙吃饭，他说要降价")
    assert "已记到" not in asked.text
    assert "记到谁名下" in asked.text
    later = await said(office.rep, "他还想要下个月的排期")
    assert "已记到" not in later.text
    assert "已记到 林静怡" in (await pressed(office.rep, asked, "林静怡")).text
    assert "已记到 林静怡" in (await said(office.rep, "她说和老板商量一下再定")).text
