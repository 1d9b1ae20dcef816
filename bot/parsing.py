"""An update as python-telegram-bot's object.

Most updates are a plain text. The library looks for a hundred fields that such a message does not have, and asks at
each of them whether the object is frozen yet, which takes longer than all the rest of reading it. So a plain text is
put together from the fields that it has, by classes that do not ask.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import orjson
from telegram import Bot, Chat, Message, MessageEntity, Update, User

_UPDATE = {"update_id", "message"}
_ALWAYS = {"message_id", "date", "chat", "from", "text"}
_PLAIN = _ALWAYS | {"entities"}


class _Unfrozen:
    """Sets attributes without the library's question whether that is still allowed."""

    __slots__ = ()
    __setattr__ = object.__setattr__


class _Update(_Unfrozen, Update):
    __slots__ = ()


class _Message(_Unfrozen, Message):
    __slots__ = ()


class _Chat(_Unfrozen, Chat):
    __slots__ = ()


class _User(_Unfrozen, User):
    __slots__ = ()


class _MessageEntity(_Unfrozen, MessageEntity):
    __slots__ = ()


def update_of(raw: str, bot: Bot) -> Update:
    """The update that was stored as this JSON: equal to what `Update.de_json` makes of it."""
    data = orjson.loads(raw)
    if data.keys() == _UPDATE and _ALWAYS <= data["message"].keys() <= _PLAIN:
        return _plain(data, bot)
    return Update.de_json(data, bot)


def _plain(data: dict[str, Any], bot: Bot) -> Update:
    given = data["message"]
    message = _Message(
        message_id=given["message_id"],
        date=datetime.fromtimestamp(given["date"], UTC),
        chat=_Chat.de_json(given["chat"], bot),
        from_user=_User.de_json(given["from"], bot),
        text=given["text"],
        entities=_MessageEntity.de_list(given.get("entities", ()), bot),
    )
    message.set_bot(bot)
    update = _Update(data["update_id"], message=message)
    update.set_bot(bot)
    return update
