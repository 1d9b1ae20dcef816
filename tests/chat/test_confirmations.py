"""One tap where the bot is unsure: the answer holds, is kept as a word of the member, and the question goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import Complaint, NoteTag, TagCorrection
from tests.chat.talk import data_of, labels, press_foreign, pressed, said

if TYPE_CHECKING:
    from emulator.message import Message
    from tests.chat.conftest import Office

DOUBTFUL = "包装比上次好多了，张伟很满意，就是上次的破损还没处理"


async def asked(office: Office) -> Message:
    """A card that asks whether the note is a complaint."""
    await said(office.rep, "加客户 张伟 13911112222 上海宏达科技")
    for text in (DOUBTFUL, *(f"张伟说{mood}，不过{fault}" for mood in MOODS for fault in FAULTS)):
        card = await said(office.rep, text)
        if "像是投诉，对吗" in card.text:
            return card
    pytest.fail("the bot is never unsure")


MOODS = ("这次服务不错", "东西挺好", "总体满意", "质量很好")
FAULTS = ("上回的货有点慢", "价格还是高了点", "包装上次有破损", "之前等了很久")


def words(office: Office) -> list[tuple[str, bool]]:
    """What members said of labels."""
    rows = select(TagCorrection.label, TagCorrection.holds).order_by(TagCorrection.tag_correction_id)
    return office.database.read_now(lambda db: [(label, holds) for label, holds in db.execute(rows)])


def cases(office: Office) -> int:
    """How many open cases there are."""
    wanted = select(Complaint.complaint_id).where(Complaint.closed_at.is_(None))
    return office.database.read_now(lambda db: len(list(db.scalars(wanted))))


async def test_yes_sets_the_tag_and_opens_the_case(office: Office) -> None:
    card = await asked(office)
    assert labels(card)[:2] == ["对", "不是"]
    before = cases(office)
    answered = await pressed(office.rep, card, "对")
    assert "记住了，已记到 张伟" in answered.text
    assert "投诉" in answered.text
    assert "对吗" not in answered.text
    assert words(office) == [("complaint", True)]
    assert cases(office) == before + 1


async def test_no_is_kept_though_nothing_changes_on_the_card(office: Office) -> None:
    card = await asked(office)
    before = cases(office)
    answered = await pressed(office.rep, card, "不是")
    assert "投诉" not in answered.text
    assert words(office) == [("complaint", False)]
    assert cases(office) == before
    present = select(NoteTag.label).where(NoteTag.label == "complaint", NoteTag.removed_at.is_(None))
    assert office.database.read_now(lambda db: len(list(db.scalars(present)))) == before


async def test_the_same_answer_twice_is_one_word_and_another_one_counts(office: Office) -> None:
    card = await asked(office)
    no, yes = data_of(card, "不是"), data_of(card, "对")
    await pressed(office.rep, card, "不是")
    await office.rep.press(card, data=no)
    await office.idle()
    assert words(office) == [("complaint", False)]
    await office.rep.press(card, data=yes)
    await office.idle()
    assert words(office) == [("complaint", False), ("complaint", True)]


async def test_a_label_that_is_none_is_a_stale_button(office: Office) -> None:
    card = await asked(office)
    await office.rep.press(card, data=data_of(card, "对").replace("complaint", "weather"))
    assert (await office.rep.next_message()).text
    assert words(office) == []


async def test_foreign_people_answer_nothing(office: Office) -> None:
    card = await asked(office)
    data = data_of(card, "对")
    await said(office.outsider, "加客户 钱大宝 13911114444")
    for person in (office.rep2, office.outsider):
        told = await press_foreign(person, await said(person, "/help"), data)
        assert "找不到这条记录" in told.text
    assert words(office) == []
