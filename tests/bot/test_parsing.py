"""A plain text is read as the library reads it, and everything else by the library."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from telegram import TelegramObject, Update
from telegram.ext import ExtBot

from bot import parsing

PERSON = {"id": 7, "is_bot": False, "first_name": "李", "language_code": "zh-hans", "is_premium": True}
CHAT = {"id": 7, "type": "private", "first_name": "李"}
TEXT = {"message_id": 3, "date": 1_763_000_000, "chat": CHAT, "from": PERSON, "text": "/help 导出"}
COMMAND = {**TEXT, "entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
NEWER = {**PERSON, "is_a_field_of_next_year": True}
GROUP = {"id": -9, "type": "supergroup", "title": "销售群", "is_forum": True}

UPDATES = (
    {"message": TEXT},
    {"message": COMMAND},
    {"message": {**TEXT, "from": NEWER}},
    {"message": {**TEXT, "chat": GROUP}},
    {"message": {**TEXT, "reply_to_message": COMMAND}},
    {"message": {**COMMAND, "quoted_by_a_field_of_next_year": 1}},
    {"message": {**{key: value for key, value in TEXT.items() if key != "text"}, "caption": "王总"}},
    {"edited_message": {**TEXT, "edit_date": 1_763_000_009}},
    {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "2", "data": "x", "message": TEXT}},
)


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_is_what_the_library_makes_of_it(update: dict[str, Any]) -> None:
    data, bot = {"update_id": 5, **update}, ExtBot("1:a")
    read, by_library = parsing.update_of(orjson.dumps(data).decode(), bot), Update.de_json(data, bot)
    assert read == by_library
    assert read.to_dict() == by_library.to_dict()
    assert _fields(read) == _fields(by_library)
    assert read.get_bot() is bot


def _fields(value: Any) -> Any:
    """All fields, those that are not sent back included, however deep."""
    if isinstance(value, tuple):
        return [_fields(one) for one in value]
    if not isinstance(value, TelegramObject):
        return value
    names = {name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ()) if name != "__dict__"}
    return {name: _fields(getattr(value, name, None)) for name in names}
