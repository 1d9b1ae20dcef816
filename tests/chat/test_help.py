"""/help by role, and that it agrees with what the bot really listens to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram import Update
from telegram.ext import CommandHandler

from emulator import commands
from handlers import menus
from handlers.dispatch import dispatch_of
from tests.chat import talk

if TYPE_CHECKING:
    from tests.chat.conftest import Office


async def test_help_shows_each_role_its_own_commands(office: Office) -> None:
    said = {}
    for name, person in (("rep", office.rep), ("manager", office.manager), ("admin", office.admin)):
        await person.send("帮助")
        page = await person.next_message()
        pages = [page.text]
        for topic in [label for row in page.buttons for label in row]:
            await person.press(page, topic)
            page = await person.wait_edit(page)
            pages.append(page.text)
        assert max(map(len, pages)) < 1100, "a screen or two of a phone"
        said[name] = "\n".join(pages)
    assert "/note 记、记录" in said["rep"]
    assert "加客户 王总 13800138000" in said["rep"]
    assert "/summary" not in said["rep"]
    assert "/summary 汇总" in said["manager"]
    assert "/settings" not in said["manager"]
    assert "/settings 设置" in said["admin"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("导入", ("直接发给我（20 MB 以内）", "负责人", "单位：万元")),
        ("客户当场付现金怎么记", ("算已收款，计进回款", "微信收了", "没收款")),
        ("表格怎么导入", ("直接发给我（20 MB 以内）",)),
        ("提醒", ("每月农历初一提醒我", "每周一 到5月底为止提醒我")),
        ("请假", ("请假不在我这里记",)),
    ],
)
async def test_help_says_how_what_no_command_does_is_done(office: Office, wanted: str, told: tuple[str, ...]) -> None:
    answer = (await talk.said(office.rep, f"/help {wanted}")).text
    assert [words for words in told if words not in answer] == []


async def test_a_long_question_to_help_is_answered(office: Office) -> None:
    await office.rep.send("/help " + "昨天怎么导出" * 680)
    assert "昨天怎么导出昨天怎么导出" in (await office.rep.next_message()).text


async def test_repetitions_that_help_names_are_understood(office: Office) -> None:
    assert "🔁 每月农历初一" in (await talk.said(office.rep, "每月农历初一提醒我盘点")).text
    assert "🔁 每周一，到2026年5月31日" in (await talk.said(office.rep, "每周一 到5月底为止提醒我发周报")).text


def test_every_command_has_its_place_on_one_page() -> None:
    assert sorted(" ".join(menus.TOPICS.values()).split()) == sorted(command.name for command in menus.COMMANDS)


async def test_every_listed_command_exists_and_every_command_is_listed(office: Office) -> None:
    handlers = dispatch_of(office.app.application).handlers
    heard = {name for h in handlers if isinstance(h, CommandHandler) for name in h.commands}
    assert heard == {c.name for c in menus.COMMANDS}


async def test_every_listed_chinese_word_does_what_its_command_does(office: Office) -> None:
    handlers = dispatch_of(office.app.application).handlers
    for command in menus.COMMANDS:
        does = next(h.callback for h in handlers if isinstance(h, CommandHandler) and command.name in h.commands)
        for word in command.words:
            update = typed(office, word)
            assert next(dispatch_of(office.app.application).fitting(update))[0].callback == does, word


def typed(office: Office, text: str) -> Update:
    """The update that a rep's message makes."""
    chat = {"id": office.rep.user_id, "type": "private"}
    message = {"message_id": 1, "date": 0, "chat": chat, "from": office.rep.user, "text": text}
    return Update.de_json({"update_id": 1, "message": message}, office.app.application.bot)


async def test_groups_and_strangers_have_small_menus(office: Office) -> None:
    await office.rep.send("/help")  # answered by a bot that has set its menus
    await office.rep.next_message()
    shown = commands.menu(office.emulator.bot, office.group, office.rep.user_id)
    assert [c["command"] for c in shown] == [c.name for c in menus.for_groups()]
    shown = commands.menu(office.emulator.bot, office.stranger.chat, office.stranger.user_id)
    assert [c["command"] for c in shown] == ["help", "start"]
