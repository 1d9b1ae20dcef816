"""Everyone and everything the emulator knows: people, bots, chats, messages."""

from collections.abc import Callable
from typing import Any

from emulator import privacy
from emulator.bot import Bot
from emulator.chat import Chat, Standing, member_json
from emulator.clock import Clock
from emulator.deliveries import Deliveries
from emulator.faults import Faults
from emulator.files import Files
from emulator.message import Json, Message
from emulator.numbers import Numbers
from emulator.refusals import bad_request, forbidden, migrated

Listener = Callable[[Chat | None, str, Json], None]

LARGEST_ID = 2**52 - 1


class World:
    """Keeps the chats and brings every message to phones and bots."""

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self.clock = clock
        self.faults = faults
        clock.listeners.append(self._tell_clock)
        self.files = Files(clock)
        self.users: dict[int, Json] = {}
        self.descriptions: dict[int, str] = {}
        self.bots: dict[str, Bot] = {}
        self.groups: dict[int, Chat] = {}
        self.private: dict[tuple[int, int], Chat] = {}
        self.listeners: list[Listener] = []
        self._message_ids = Numbers(1)
        self._user_ids = Numbers(5_000_000_001)
        self.album_ids = Numbers(13_000_000_000_001)

    # people and bots

    def add_bot(self, token: str, username: str, name: str) -> Bot:
        """The bot exists and its token is valid."""
        user_id = int(token.partition(":")[0])
        user = {"id": user_id, "is_bot": True, "first_name": name, "username": username}
        bot = Bot(token, user, Deliveries(self.faults))
        self.bots[token] = bot
        self.users[user_id] = user
        return bot

    def person(self, name: str, user_id: int | None = None, username: str | None = None) -> Json:
        """The User object of the person with this id (or this name, without an id), who exists from now on.

        Raises: ValueError for an id that is not positive or over 52 bits.
        """
        if user_id is None:
            known = [user for user in self.users.values() if user["first_name"] == name and not user["is_bot"]]
            if known:
                return known[0]
            user_id = next(self._user_ids)
        if not 0 < user_id <= LARGEST_ID:
            raise ValueError(f"user_id must be 1..2^52-1, got {user_id}")
        user = self.users.get(user_id)
        if user is None:
            user = {"id": user_id, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
            if username:
                user["username"] = username
            self.users[user_id] = user
            self.tell(None, "chats", {})
        return user

    # chats

    def private_chat(self, bot: Bot, user_id: int) -> Chat:
        """The chat of this person with this bot."""
        chat = self.private.get((bot.user_id, user_id))
        if chat is None:
            user = self.users[user_id]
            face = {"id": user_id, "type": "private", "first_name": user["first_name"]}
            if "username" in user:
                face["username"] = user["username"]
            members = {user_id: Standing.MEMBER, bot.user_id: Standing.MEMBER}
            chat = self.private[bot.user_id, user_id] = Chat(user_id, face, members)
        return chat

    def chat_for_person(self, bot: Bot, user_id: int, chat_id: int) -> Chat:
        """The chat as a person sees it. Raises: Refusal 400 when there is none."""
        if chat_id == user_id:
            return self.private_chat(bot, user_id)
        chat = self.groups.get(chat_id)
        if chat is None or not chat.has(user_id):
            raise bad_request("chat not found")
        return chat

    def chat_for_bot(self, bot: Bot, chat_id: int | str) -> Chat:
        """The chat a bot names. Raises: Refusal 400, 403 when the bot cannot write there."""
        if isinstance(chat_id, str):
            chat_id = self._id_of_username(chat_id)
        if chat_id > 0:
            chat = self.private.get((bot.user_id, chat_id))
            if chat is not None and chat.started and chat_id not in bot.blocked_by:
                return chat
            raise self._closed(bot, chat_id)
        group = self.groups.get(chat_id)
        if group is None or bot.user_id not in group.members:
            raise bad_request("chat not found")
        if group.migrated_to is not None:
            raise migrated(group.migrated_to)
        if not group.has(bot.user_id):
            kicked = group.standing(bot.user_id) is Standing.KICKED
            raise forbidden(f"bot {'was kicked from' if kicked else 'is not a member of'} the {group.kind} chat")
        return group

    def known_chat(self, bot: Bot, chat_id: int | str) -> Chat:
        """The chat a bot asks about: one with a person who blocked it counts. Raises: Refusal 400, 403."""
        chat = self.private.get((bot.user_id, chat_id)) if isinstance(chat_id, int) else None
        return chat if chat is not None and chat.started else self.chat_for_bot(bot, chat_id)

    def _closed(self, bot: Bot, user_id: int) -> Exception:
        user = self.users.get(user_id)
        if user is None:
            return bad_request("chat not found")
        if user_id in bot.blocked_by:
            return forbidden("bot was blocked by the user")
        if user["is_bot"]:
            return forbidden("bot can't send messages to bots")
        return forbidden("bot can't initiate conversation with a user")

    def _id_of_username(self, name: str) -> int:
        wanted = name.removeprefix("@").lower()
        for chat in self.groups.values():
            if str(chat.face.get("username", "")).lower() == wanted:
                return chat.chat_id
        raise bad_request("chat not found")

    # messages

    def post(self, chat: Chat, sender: Json, content: Json, keyboard: Json | None = None) -> Message:
        """The message stands in the chat, phones show it, and the bots that may see it get it."""
        message = Message({"message_id": self._new_message_id(chat), "from": sender, "chat": chat.face})
        message["date"] = self.clock.unix()
        message.update(content)
        message.reply_keyboard = keyboard
        chat.messages[message["message_id"]] = message
        if sender["is_bot"]:
            chat.from_bots.append(message)
        else:
            chat.started = True
            self._deliver(chat, "message", message)
        chat.changed.fire()
        if self.listeners:
            self.tell(chat, "message", message)
        return message

    def edit(self, chat: Chat, message: Message) -> None:
        """The message, changed by its author, is shown anew and delivered as edited."""
        message["edit_date"] = max(self.clock.unix(), message["date"] + 1)
        message.edits += 1
        if not message["from"]["is_bot"]:
            self._deliver(chat, "edited_message", message)
        chat.changed.fire()
        if self.listeners:
            self.tell(chat, "edited", message)

    def delete(self, chat: Chat, message: Message) -> None:
        """The message is gone from the chat."""
        del chat.messages[message.message_id]
        message.deleted = True
        chat.changed.fire()
        self.tell(chat, "deleted", message)

    def service(self, chat: Chat, sender: Json, content: Json) -> Message:
        """A message about the chat itself stands in it; all bots there get it, but for their own deeds."""
        message = self.post(chat, sender, content)
        if sender["is_bot"]:
            chat.from_bots.remove(message)
        return message

    def _new_message_id(self, chat: Chat) -> int:
        if chat.kind == "supergroup":
            chat.last_message_id += 1
            return chat.last_message_id
        return next(self._message_ids)

    def _deliver(self, chat: Chat, kind: str, message: Message) -> None:
        for bot in self.bots_in(chat):
            if privacy.reaches(bot, chat, message):
                bot.deliveries.add(kind, message)

    def bots_in(self, chat: Chat) -> list[Bot]:
        """The bots that are in the chat."""
        return [bot for bot in self.bots.values() if chat.has(bot.user_id)]

    def membership(self, bot: Bot, chat: Chat, by: Json, new: Standing) -> None:
        """The bot has a new standing in the chat and gets my_chat_member about it."""
        old = chat.standing(bot.user_id)
        chat.members[bot.user_id] = new
        update: dict[str, Any] = {"chat": chat.face, "from": by, "date": self.clock.unix()}
        update["old_chat_member"] = member_json(bot.user, old)
        update["new_chat_member"] = member_json(bot.user, new)
        bot.deliveries.add("my_chat_member", update)

    def tell(self, chat: Chat | None, kind: str, payload: Json) -> None:
        """Phones that listen hear of it; chat None means everyone."""
        for listener in list(self.listeners):
            listener(chat, kind, payload)

    def _tell_clock(self) -> None:
        self.tell(None, "clock", self.clock.as_json())
