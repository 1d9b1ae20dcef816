"""Small steps of a conversation, for the tests of this folder."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm.tables import Note, Task
from emulator.message import Message
from emulator.person import Person

if TYPE_CHECKING:
    from tests.chat.conftest import Office


PATIENCE_OF_WORK = 60.0  # seconds for what a worker process reckons; on a busy machine clusters took eleven


async def said(person: Person, text: str) -> Message:
    """The bot's answer to the text."""
    await person.send(text)
    return await person.next_message()


async def told(office: Office, *texts: str) -> str:
    """What the bot says to the last of the rep's messages, sent a minute apart."""
    text = ""
    for one in texts:
        await office.at(office.now + timedelta(minutes=1))
        text = (await said(office.rep, one)).text
    return text


async def replied(office: Office, person: Person, card: Message, text: str) -> Message:
    """The bot's answer to a reply to its card, once it has written down which message that is: no thumb is faster."""
    await office.idle()
    await person.send(text, reply_to=card)
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


async def asked(office: Office, person: Person, text: str) -> str:
    """The answer to the text with its buttons; no note and no task was made of it."""

    def count(db: Session) -> list[int | None]:
        return [db.scalar(select(func.count()).select_from(table)) for table in (Note, Task)]

    before = office.database.read_now(count)
    await person.send(text)
    await office.idle()
    assert office.database.read_now(count) == before, text
    message = person.messages()[-1]
    return "\n".join([message.text, *labels(message)])
