"""What a person can send from a phone."""

from emulator import entities, pictures
from emulator.bot import Bot
from emulator.chat import Chat, Standing
from emulator.files import Upload
from emulator.message import Json, Message
from emulator.refusals import bad_request, migrated
from emulator.world import World

TEXT_LENGTH = 4096  # apps split longer texts into several messages
_FORWARDED = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "photo",
    "document",
    "contact",
    "sticker",
    "voice",
    "location",
)


class Author:
    """The writing half of a person; everything sent goes to the private chat unless `chat` says where."""

    def __init__(self, world: World, bot: Bot, user: Json) -> None:
        self.user = user
        self.user_id = int(user["id"])
        self.name = str(user["first_name"])
        self._world = world
        self._bot = bot

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._world.private_chat(self._bot, self.user_id)

    # sending

    async def send(
        self,
        text: str,
        chat: Chat | int | None = None,
        reply_to: Message | int | None = None,
        thread: int | str | None = None,
    ) -> Message:
        """The text stands in the chat, split as the apps do over 4096 characters; answers the last part.

        Raises: Refusal 400 when it is empty.
        """
        if not text.strip():
            raise bad_request("message text is empty")
        for start in range(0, len(text), TEXT_LENGTH):
            plain = text[start : start + TEXT_LENGTH].strip()
            found = entities.find(plain)
            message = self._post({"text": plain} | ({"entities": found} if found else {}), chat, reply_to, thread)
        return message

    async def start(self, payload: str = "") -> Message:
        """He has opened the bot, by a deep link if there is a payload."""
        await self.unblock()
        return await self.send(f"/start {payload}".strip())

    async def contact(
        self,
        phone: str,
        first_name: str,
        last_name: str | None = None,
        vcard: str | None = None,
        chat: Chat | int | None = None,
        *,
        user_id: int | None = None,
    ) -> Message:
        """He has shared a contact from his phone; `user_id` when it is somebody on Telegram."""
        contact: Json = {"phone_number": phone, "first_name": first_name}
        given = {"last_name": last_name, "vcard": vcard, "user_id": user_id}
        return self._post({"contact": contact | {key: value for key, value in given.items() if value}}, chat)

    async def document(
        self,
        name: str,
        content: bytes,
        caption: str | None = None,
        mime: str | None = None,
        chat: Chat | int | None = None,
        reply_to: Message | int | None = None,
        thread: int | str | None = None,
    ) -> Message:
        """He has sent a file."""
        stored = self._world.files.add("document", Upload(name, content, mime or ""))
        shown = {"document": {**stored.as_json(), "file_name": name, "mime_type": stored.mime}}
        return self._post(shown | _caption(caption), chat, reply_to, thread)

    async def photo(
        self,
        content: bytes,
        caption: str | None = None,
        chat: Chat | int | None = None,
        reply_to: Message | int | None = None,
        thread: int | str | None = None,
    ) -> Message:
        """He has sent a picture."""
        width, height = pictures.size(content) or (640, 480)
        stored = self._world.files.add("photo", Upload("photo.jpg", content, pictures.mime(content)), width, height)
        shown = {"photo": [{**stored.as_json(), "width": width, "height": height}]}
        return self._post(shown | _caption(caption), chat, reply_to, thread)

    async def sticker(self, emoji: str = "👍", chat: Chat | int | None = None) -> Message:
        """He has sent a sticker."""
        stored = self._world.files.add("sticker", Upload("sticker.webp", b"RIFF", "image/webp"))
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._post({"sticker": {**stored.as_json(), **shape, "emoji": emoji}}, chat)

    async def location(
        self, latitude: float = 31.23, longitude: float = 121.47, chat: Chat | int | None = None
    ) -> Message:
        """He has sent a place."""
        return self._post({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def voice(self, content: bytes = b"OggS", duration: int = 3, chat: Chat | int | None = None) -> Message:
        """He has spoken a message of `duration` seconds."""
        stored = self._world.files.add("voice", Upload("voice.oga", content, "audio/ogg"))
        return self._post({"voice": {**stored.as_json(), "duration": duration, "mime_type": "audio/ogg"}}, chat)

    async def forward(self, message: Message, chat: Chat | int | None = None) -> Message:
        """He has forwarded a message, by default to the bot."""
        origin = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        content = {key: message[key] for key in _FORWARDED if key in message}
        return self._post({**content, "forward_origin": message.get("forward_origin", origin)}, chat)

    async def edit(self, message: Message, text: str) -> Message:
        """His own message has a new text (or caption). Raises: Refusal 400."""
        chat, live = self._live(message)
        if live is None or live["from"]["id"] != self.user_id:
            raise bad_request("message can't be edited")
        field = "text" if "text" in live else "caption"
        found = entities.find(text.strip())
        key = "entities" if field == "text" else "caption_entities"
        live.pop(key, None)
        live.update({field: text.strip()} | ({key: found} if found else {}))
        self._world.edit(chat, live)
        return live.snapshot()

    async def delete(self, message: Message) -> None:
        """The message is gone; bots hear nothing of it."""
        chat, live = self._live(message)
        if live is not None:
            self._world.delete(chat, live)

    def _post(
        self,
        content: Json,
        chat: Chat | int | None,
        reply_to: Message | int | None = None,
        thread: int | str | None = None,
    ) -> Message:
        place = self._chat(chat)
        if place.migrated_to is not None:
            raise migrated(place.migrated_to)
        if place.private and self.user_id in self._bot.blocked_by:
            raise bad_request("the bot is blocked, unblock it first")
        wanted = reply_to if isinstance(reply_to, int) or reply_to is None else reply_to.message_id
        answered = place.messages.get(wanted) if wanted is not None else None
        if wanted is not None and answered is None:
            raise bad_request("message to be replied not found")
        thread_id = _thread_id(place, thread) or (answered.get("message_thread_id") if answered else None)
        fields = dict(content)
        if thread_id:
            fields |= {"message_thread_id": thread_id, "is_topic_message": True}
            answered = answered or place.messages.get(thread_id)
        if answered is not None:
            fields["reply_to_message"] = answered.quoted()
        return self._world.post(place, self.user, fields).snapshot()

    # the bot

    async def block(self) -> None:
        """The bot cannot write to him and has been told."""
        if self.user_id not in self._bot.blocked_by:
            self._bot.blocked_by.add(self.user_id)
            self._world.membership(self._bot, self.chat, self.user, Standing.KICKED)

    async def unblock(self) -> None:
        """The bot can write to him again and has been told."""
        if self.user_id in self._bot.blocked_by:
            self._bot.blocked_by.discard(self.user_id)
            self._world.membership(self._bot, self.chat, self.user, Standing.MEMBER)

    def _chat(self, chat: Chat | int | None) -> Chat:
        if chat is None:
            return self.chat
        chat_id = chat if isinstance(chat, int) else chat.chat_id
        return self._world.chat_for_person(self._bot, self.user_id, chat_id)

    def _live(self, message: Message) -> tuple[Chat, Message | None]:
        """The chat of the message and the message as it is now, None if it was deleted."""
        chat = self._chat(message.chat_id)
        return chat, chat.messages.get(message.message_id)


def _caption(caption: str | None) -> Json:
    if not caption:
        return {}
    found = entities.find(caption)
    return {"caption": caption} | ({"caption_entities": found} if found else {})


def _thread_id(chat: Chat, thread: int | str | None) -> int | None:
    if isinstance(thread, str):
        thread = next((thread_id for thread_id, name in chat.topics.items() if name == thread), -1)
    if thread and thread not in chat.topics:
        raise bad_request("message thread not found")
    return thread or None
