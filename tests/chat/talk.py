"""Small steps of a conversation, for the tests of this folder."""

from __future__ import annotations

from emulator.message import Message
from emulator.person import Person


async def said(person: Person, text: str, reply_to: Message | None = None) -> Message:
    """The bot's answer to the text."""
    await person.send(text, reply_to=reply_to)
    return await person.next_message()


async def pressed(person: Person, message: Message, label: str) -> Message:
    """The message as it is after the press."""
    await person.press(message, label)
    return await person.wait_edit(message)


def labels(message: Message) -> list[str]:
    """The labels of all buttons, row by row."""
    return [label for row in message.buttons for label in row]


def data_of(message: Message, label: str) -> str:
    """The callback data below a label."""
    return next(str(b["callback_data"]) for row in message.rows for b in row if b["text"] == label)


async def press_foreign(person: Person, own: Message, data: str) -> Message:
    """The bot's message after the person pressed a button that was made for somebody else."""
    await person.press(own, data=data)
    return await person.next_message()
