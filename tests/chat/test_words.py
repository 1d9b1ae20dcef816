"""The team's words: an admin adds, sees and removes them in chat, and notes are tagged by them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from crm.tables import TeamWord
from handlers import words
from tests.chat.talk import data_of, labels, press_foreign, pressed, said

if TYPE_CHECKING:
    from tests.chat.conftest import Office

ZHANG = "加客户 张伟 13911112222 上海宏达科技"
ABOUT_RIVAL = "张伟桌上放着澜峤的册子"


def stored(office: Office) -> list[tuple[str, str]]:
    """(kind, name) of every team."""
    rows = select(TeamWord.kind, TeamWord.word).order_by(TeamWord.team_word_id)
    return office.database.read_now(lambda db: [(kind, word) for kind, word in db.execute(rows)])


async def test_a_rival_added_in_chat_is_a_competitor_in_the_next_note(office: Office) -> None:
    await said(office.rep, ZHANG)
    assert "竞品" not in (await said(office.rep, ABOUT_RIVAL)).text.partition("❓")[0]
    added = await said(office.admin, "词表 加 竞品 澜峤")
    assert "已加到竞品：澜峤" in added.text
    assert "1 条" in added.text
    card = await said(office.rep, ABOUT_RIVAL)
    assert "澜峤" in card.text.partition("竞品")[0]
    assert "竞品" in card.text.partition("❓")[0]


async def test_our_own_brand_is_never_a_competitor(office: Office) -> None:
    await said(office.rep, ZHANG)
    await said(office.admin, "/words 加 竞品 鼎盛")
    assert "竞品" in (await said(office.rep, "张伟说鼎盛的货不错")).text
    await said(office.admin, "/words 加 品牌 鼎盛")
    assert stored(office) == [("brand", "鼎盛")]
    assert "竞品" not in (await said(office.rep, "张伟说鼎盛的货不错")).text


async def test_another_teams_words_do_not_count(office: Office) -> None:
    await said(office.admin, "词表 加 竞品 澜峤")
    await said(office.outsider, ZHANG)
    assert "竞品" not in (await said(office.outsider, ABOUT_RIVAL)).text.partition("❓")[0]
    assert "澜峤" not in (await said(office.outsider, "词表")).text


async def test_several_names_and_what_the_list_shows(office: Office) -> None:
    await said(office.admin, "词表 加 竞品 澜峤、坚朗，ABC Tools")
    await said(office.admin, "词表加产品 抗震支架")
    assert [word for _, word in stored(office)] == ["澜峤", "坚朗", "ABC Tools", "抗震支架"]
    card = await said(office.admin, "/words")
    assert "竞品：澜峤、坚朗、ABC Tools" in card.text
    assert "产品：抗震支架" in card.text
    assert len(labels(card)) <= 8
    assert "✕ 澜峤" in labels(card)


async def test_a_name_without_its_kind_is_asked_about(office: Office) -> None:
    asked = await said(office.admin, "词表 澜峤")
    assert labels(asked) == ["竞品", "我们的品牌", "产品"]
    assert "已加到竞品" in (await pressed(office.admin, asked, "竞品")).text
    assert stored(office) == [("rival", "澜峤")]


async def test_names_are_asked_for_below_the_list(office: Office) -> None:
    card = await said(office.admin, "词表")
    assert "还是空的" in card.text
    await office.admin.press(card, "加竞品")
    await office.admin.next_message()
    assert "已加到竞品：澜峤、坚朗" in (await said(office.admin, "澜峤 坚朗")).text


@pytest.mark.parametrize("typed", ["加竞品 澜峤", "词表澜峤是竞品", "词表：竞品 澜峤", "词表加竞品澜峤"])
async def test_sloppy_ways_to_add(office: Office, typed: str) -> None:
    assert "已加到竞品：澜峤" in (await said(office.admin, typed)).text


@pytest.mark.parametrize("typed", ["词表怎么改", "词表 加 竞品", "词表 有什么用？"])
async def test_questions_show_the_list(office: Office, typed: str) -> None:
    assert "还是空的" in (await said(office.admin, typed)).text


async def test_a_note_is_not_taken_for_a_name(office: Office) -> None:
    await said(office.admin, ZHANG)
    await office.admin.press(await said(office.admin, "词表"), "加竞品")
    await office.admin.next_message()
    assert "已记到 张伟" in (await said(office.admin, "张伟说交期太慢")).text
    assert stored(office) == []


async def test_names_are_removed_by_word_and_by_button(office: Office) -> None:
    await said(office.admin, "词表 加 竞品 澜峤 坚朗")
    gone = await said(office.admin, "词表 删 澜峤")
    assert "已删：澜峤" in gone.text
    assert "词表 加 竞品 澜峤" in gone.text
    left = await pressed(office.admin, gone, "✕ 坚朗")
    assert "还是空的" in left.text
    assert stored(office) == []
    await office.admin.press(gone, data=data_of(gone, "✕ 坚朗"))
    assert "词表里没有这个词" in (await office.admin.next_message()).text


async def test_pages_of_a_long_list(office: Office) -> None:
    await said(office.admin, "词表 加 产品 " + " ".join(f"型号甲{n}号" for n in "一二三四五六七八九"))
    card = await said(office.admin, "词表")
    assert len(labels(card)) <= 8
    second = await pressed(office.admin, card, "更多")
    assert "✕ 型号甲五号" in labels(second)
    assert "✕ 型号甲一号" not in labels(second)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("词表 加 竞品 永", "太短"),
        ("词表 加 竞品 " + "长" * 41, "最长 40"),
        ("词表 删 没有的", "词表里没有"),
    ],
)
async def test_bad_input_is_answered_by_one_sentence(office: Office, typed: str, answer: str) -> None:
    assert answer in (await said(office.admin, typed)).text
    assert stored(office) == []


async def test_two_hundred_names_are_enough(office: Office) -> None:
    for page in range(5):
        await said(office.admin, "词表 加 产品 " + "、".join(f"甲{page}乙{n}型" for n in range(40)))
    assert len(stored(office)) == 200
    assert "最多 200 个" in (await said(office.admin, "词表 加 竞品 澜峤")).text


async def test_an_ordinary_word_is_warned_of(office: Office) -> None:
    await said(office.rep, ZHANG)
    for n in range(45):
        await said(office.rep, f"张伟问样品第{n}次")
    assert "像是常用词" in (await said(office.admin, "词表 加 竞品 样品")).text


async def test_reps_managers_and_others_are_refused(office: Office) -> None:
    own = await said(office.admin, "词表 加 竞品 澜峤")
    data = data_of(own, "✕ 澜峤")
    for person in (office.rep, office.manager):
        assert "管理员" in (await said(person, "词表 加 竞品 坚朗")).text
        assert "管理员" in (await said(person, "/words")).text
        for foreign in (data, "wl:0", "wa:rival"):
            assert "管理员" in (await press_foreign(person, await said(person, "/help"), foreign)).text
    card = await said(office.outsider, "词表")
    assert "词表里没有这个词" in (await press_foreign(office.outsider, card, data)).text
    assert stored(office) == [("rival", "澜峤")]


@pytest.mark.parametrize(
    ("typed", "kind", "names"),
    [
        ("加 竞品 澜峤、坚朗", "rival", ("澜峤", "坚朗")),
        ("加竞品澜峤", "rival", ("澜峤",)),
        ("竞品：澜峤", "rival", ("澜峤",)),
        ("澜峤是竞品", "rival", ("澜峤",)),
        ("鼎盛是我们的品牌", "brand", ("鼎盛",)),
        ("添加 品牌 鼎盛，ABC Tools", "brand", ("鼎盛", "ABC Tools")),
        ("加 产品 M8 螺栓", "product", ("M8", "螺栓")),
        ("澜峤", None, ("澜峤",)),
        ("", None, ()),
    ],
)
def test_wishes_are_read_in_many_ways(typed: str, kind: str | None, names: tuple[str, ...]) -> None:
    assert words.wish(typed) == words.Wish(False, kind, names)


async def test_hundreds_of_names_fit_a_message(office: Office) -> None:
    names = "、".join(f"第{number}号特别长的一个竞争对手的名字{'长' * 20}" for number in range(100))
    asked = await said(office.admin, f"词表 加 {names}")
    assert asked.text.endswith("等 100 个 是什么？")
    await office.admin.press(asked, "竞品")
    await office.idle()
    listed = await said(office.admin, "词表")
    assert "（100 个）" in listed.text
    refused = [one.body for one in office.emulator.traffic if one.status >= 400]
    assert refused == []
