"""A person with a phone, as tests and the page play one."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from emulator.author import Author
from emulator.bot import Bot, CallbackAnswer
from emulator.chat import Chat
from emulator.message import Json, Message
from emulator.world import World

PATIENCE = 10.0

Found = TypeVar("Found")


class Silence(AssertionError):
    """What was waited for did not come; the words say what was there instead."""


class NoSuchButton(AssertionError):
    """The message shows no such button now; the words list those it shows."""


class Person(Author):
    """One user's side of the chats with one bot: sends, presses buttons and reads."""

    def __init__(self, world: World, bot: Bot, user: Json) -> None:
        super().__init__(world, bot, user)
        self._taken: dict[int, int] = {}
        self._seen_edits: dict[tuple[int, int], int] = {}

    # buttons

    async def press(
        self,
        message: Message,
        label: str | None = None,
        *,
        data: str | None = None,
        wait: bool = True,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - part of the API for tests
    ) -> CallbackAnswer:
        """The button is pressed; answers what the bot said to it (nothing yet without `wait`).

        By `label` the button must be there now; by `data` it may be gone, as on a screen that is not up to date.
        Raises: NoSuchButton; Silence when the bot does not answer in time.
        """
        chat, live = self._live(message)
        if data is None:
            button = _button(live, label)
            if "copy_text" in button:
                return CallbackAnswer(copied=str(button["copy_text"]["text"]))
            if "callback_data" not in button:
                return CallbackAnswer(url=button.get("url"))
            data = str(button["callback_data"])
        query = self._bot.new_query(self.user_id, chat, message.message_id)
        gone = {"message_id": message.message_id, "chat": chat.face, "date": 0}
        update = {"id": query.query_id, "from": self.user, "message": live if live is not None else gone}
        self._bot.deliveries.add("callback_query", update | {"chat_instance": str(chat.chat_id), "data": data})
        if not wait:
            return CallbackAnswer()
        done, _ = await asyncio.wait((query.answer,), timeout=timeout)
        if not done:
            raise Silence(f"no answer to the button {label or data!r} within {timeout} s; {_shown(chat)}")
        return query.answer.result()

    # reading

    async def next_message(
        self,
        chat: Chat | int | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - part of the API for tests
    ) -> Message:
        """The bot's first message in the chat that was not taken yet. Raises: Silence after `timeout` seconds."""
        place = self._chat(chat)

        def untaken() -> Message | None:
            at = self._taken.get(place.chat_id, 0)
            while at < len(place.from_bots):
                message, at = place.from_bots[at], at + 1
                if message["from"]["id"] == self._bot.user_id and not message.deleted:
                    self._taken[place.chat_id] = at
                    return message
            return None

        message = await _until(place, timeout, untaken)
        if message is None:
            raise Silence(f"no new message from the bot within {timeout} s; {_shown(place)}")
        return self._noted(message)

    async def wait_edit(
        self,
        message: Message,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - part of the API for tests
    ) -> Message:
        """The bot's message as it is after an edit this person has not seen yet. Raises: Silence."""
        chat, live = self._live(message)
        seen = max(message.edits, self._seen_edits.get((chat.chat_id, message.message_id), 0))
        if live is None:
            raise Silence(f"the message was deleted; {_shown(chat)}")
        current = live
        edited = await _until(chat, timeout, lambda: current if current.edits > seen else None)
        if edited is None:
            raise Silence(f"message {message.message_id} was not edited within {timeout} s; {_shown(chat)}")
        return self._noted(edited)

    def messages(self, chat: Chat | int | None = None) -> list[Message]:
        """All messages of the chat as they stand, his own included."""
        return [message.snapshot() for message in self._chat(chat).messages.values()]

    def _noted(self, message: Message) -> Message:
        self._seen_edits[message.chat_id, message.message_id] = message.edits
        return message.snapshot()


async def _until(chat: Chat, seconds: float, ready: Callable[[], Found | None]) -> Found | None:
    """What `ready` finds, tried again whenever something happens in the chat; None after `seconds`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while (found := ready()) is None:
        if not await chat.changed.wait(deadline - loop.time()):
            return ready()
    return found


def _button(message: Message | None, label: str | None) -> Json:
    rows = message.rows if message is not None else []
    for row in rows:
        for button in row:
            if button["text"] == label:
                return button
    labels = [[button["text"] for button in row] for row in rows]
    raise NoSuchButton(f"no button {label!r}; the message shows {labels}: {message.text if message else 'deleted'!r}")


def _shown(chat: Chat) -> str:
    lines = [
        f"  {message['from']['first_name']}: {message.text[:200] or sorted(message.keys())} {message.buttons or ''}"
        for message in chat.last_messages(6)
    ]
    return "the chat shows:\n" + "\n".join(lines) if lines else "the chat is empty"
