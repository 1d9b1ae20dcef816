"""An update goes to the handler that would be found if all were asked in their order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, MessageEntity, Update

from handlers import menus, registration
from handlers.fallbacks import refuse_press
from handlers.registry import Pressed, Said

DISPATCH = registration.dispatch()
LETTERS = sorted(
    {char for handler in DISPATCH.handlers if isinstance(handler, Said) for char in handler.pattern.pattern}
)
CODES = [handler.code for handler in DISPATCH.handlers if isinstance(handler, Pressed)]
CASES = Path(__file__).parents[1] / "nlp" / "cases"
ME = {"id": 7, "is_bot": False, "first_name": "小李"}
MEMBER = {
    "old_chat_member": {"status": "left", "user": ME},
    "new_chat_member": {"status": "member", "user": ME},
}


class NamedBot(Bot):
    """Knows its name without asking for it."""

    @property
    def username(self) -> str:
        """As in @sales_bot."""
        return "sales_bot"


BOT = NamedBot("1:token")


def update(**parts: Any) -> Update:
    """An update that has these parts."""
    made = Update.de_json({"update_id": 1, **parts}, BOT)
    assert made is not None
    return made


def message(text: str | None, chat: str = "private", **more: Any) -> dict[str, Any]:
    """A message of a chat of that type; /command is marked as the service marks it."""
    written = {
        "message_id": 1,
        "date": 0,
        "chat": {"id": 7, "type": chat, "title": "群"},
        "from": ME,
        "text": text,
        **more,
    }
    if text and text.startswith("/"):
        length = len(text.split(maxsplit=1)[0])
        written["entities"] = [{"type": MessageEntity.BOT_COMMAND, "offset": 0, "length": length}]
    return written


def asked_one_by_one(one: Update) -> Any:
    """The handler, when each is asked."""
    for handler in DISPATCH.handlers:
        check = handler.check_update(one)
        if check is not None and check is not False:
            return handler
    raise AssertionError("the last handler takes all")


def assert_same(one: Update) -> None:
    """Dispatch finds that handler."""
    found = DISPATCH.check_update(one)
    assert found is not None
    assert found[0] is asked_one_by_one(one)


@given(st.text(st.sampled_from(LETTERS), min_size=1, max_size=20), st.sampled_from(["private", "group", "supergroup"]))
def test_any_text(text: str, chat: str) -> None:
    assert_same(update(message=message(text, chat)))
    assert_same(update(edited_message=message(text, chat)))


def test_every_command_and_word() -> None:
    for word in (word for command in menus.COMMANDS for word in (f"/{command.name}", *command.words)):
        for text in (word, f"{word.upper()}@sales_bot 王总", f" {word}"):
            assert_same(update(message=message(text)))
        assert_same(update(message=message(word, "group")))


def press(data: str) -> Update:
    """A press of the button with that data."""
    return update(callback_query={"id": "1", "from": ME, "chat_instance": "1", "data": data, "message": message("卡")})


def test_every_press() -> None:
    for code in CODES:
        assert_same(press(f"{code}:1:2"))
    for data in (CODES[0], f"{CODES[0]}x", "nothing", ":"):
        assert_same(press(data))


def test_a_press_without_data_is_nobodys() -> None:
    assert DISPATCH.check_update(press("")) == (next(h for h in DISPATCH.handlers if h.callback is refuse_press), True)


def test_messages_of_reps() -> None:
    for row in map(json.loads, (CASES / "messages.jsonl").read_text(encoding="utf-8").splitlines()):
        assert_same(update(message=message(row["text"])))


@pytest.mark.parametrize(
    "more",
    [
        {"contact": {"phone_number": "13800000000", "first_name": "王五"}},
        {"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}], "caption": "名片"},
        {"document": {"file_id": "1", "file_unique_id": "1", "file_name": "客户.xlsx"}},
        {"migrate_to_chat_id": 9},
        {"new_chat_title": "新"},
    ],
)
def test_what_has_no_text(more: dict[str, Any]) -> None:
    assert_same(update(message=message(None, **more)))
    assert_same(update(message=message(None, "group", **more)))


def test_what_is_no_message() -> None:
    assert_same(update())
    assert_same(
        update(my_chat_member={"chat": {"id": 7, "type": "group", "title": "群"}, "from": ME, "date": 0, **MEMBER})
    )
