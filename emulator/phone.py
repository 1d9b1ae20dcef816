"""The user side over HTTP: what the web page and other processes use to be a person with a phone.

All bodies and answers are JSON (upload is multipart), without authentication, on 127.0.0.1 only. `user` is a
person's id, `chat` a chat id as that person sees it: the private chat with the bot has the person's own id, groups
have negative ids. A refusal answers 400 `{"error": "…"}`.

    GET  /phone/people             [{user_id, name, username, description}]
    POST /phone/people             {name, description?, user_id?} -> the person
    GET  /phone/chats?user=        [{chat_id, type, title, is_forum, topics: [{thread_id, name}], last_text,
                                   last_date, unread}], the private chat with the bot first, then groups;
                                   fetching messages makes them read
    GET  /phone/messages?user=&chat=&thread=&after=
                                   [message] oldest first, the last 200; thread: absent = all, 0 = the general
                                   topic; after = a message_id, only later ones
    POST /phone/send               {user, chat, text, reply_to?, thread?} -> message
    POST /phone/edit               {user, chat, message_id, text} -> message
    POST /phone/press              {user, chat, message_id, data} -> {text?, show_alert?}; waits up to 10 s for
                                   the bot's answer
    POST /phone/contact            {user, chat, phone, first_name, last_name?, vcard?} -> message
    POST /phone/upload             multipart: user, chat, kind = photo | document, caption?, reply_to?, thread?,
                                   file -> message
    POST /phone/start              {user, payload?} -> message ("/start payload" in the private chat)
    POST /phone/forward            {user, chat, message_id, from_chat?} -> message
    POST /phone/block, /unblock    {user} -> {}
    GET  /phone/file?file_id=      the bytes; pictures with their Content-Type, the rest as a download
    GET  /phone/commands?user=&chat=
                                   [{command, description}]: the menu as the scopes resolve for this person here
    GET  /phone/clock              {now: ISO 8601 with offset, version, frozen}
    POST /phone/clock              {now: ISO} or {advance_seconds: n} or {to: "tomorrow_morning"} (08:00 next day,
                                   Asia/Shanghai)
    GET  /phone/bot                {user_id, username, name}: the bot these chats are with
    WS   /phone/events?user=       one JSON object per event, see below

A message is a Bot API Message object (from, chat, date, text, entities, caption, photo, document, contact,
reply_markup with inline_keyboard, reply_to_message, edit_date, message_thread_id, pinned_message, new_chat_members,
migrate_to_chat_id, …) with two additions: `outgoing`: true when this user sent it, and `reply_keyboard`: the
ReplyKeyboardMarkup, ReplyKeyboardRemove or ForceReply object sent with it, if any (Telegram echoes only inline
keyboards). Offsets and lengths of entities count UTF-16 units, which are JavaScript's.

Events:
    {"type": "message", "chat_id", "message"}         a new message, the user's own included
    {"type": "edited", "chat_id", "message"}          the whole message after the edit
    {"type": "deleted", "chat_id", "message_id"}
    {"type": "callback_answer", "chat_id", "message_id", "text", "show_alert"}
    {"type": "chat_action", "chat_id", "action"}      "typing", "upload_document", …
    {"type": "commands"}                              the command menu changed: fetch it again
    {"type": "clock", "now", "version", "frozen"}
    {"type": "chats"}                                 the list of chats changed: fetch it again
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
from aiohttp import BodyPartReader, web

from emulator import commands, events
from emulator.bot import Bot
from emulator.chat import Chat
from emulator.events import Events
from emulator.message import Json, Message
from emulator.person import Person, Silence
from emulator.refusals import Refusal, bad_request
from emulator.world import World

LAST_MESSAGES = 200

Handler = Callable[[Json], Awaitable[Any]]


class Phone:
    """Answers everything under /phone/ for people who chat with one bot."""

    def __init__(self, world: World, bot: Bot) -> None:
        self._world = world
        self._bot = bot
        self._events = Events(world)
        self._get: dict[str, Handler] = {
            "people": self._list_people,
            "chats": self._list_chats,
            "messages": self._list_messages,
            "commands": self._menu,
            "clock": self._tell_clock,
            "bot": self._tell_bot,
        }
        self._post: dict[str, Handler] = {
            "people": self._add_person,
            "send": self._send,
            "edit": self._edit,
            "press": self._press,
            "contact": self._contact,
            "upload": self._upload,
            "start": self._start,
            "forward": self._forward,
            "block": self._block,
            "unblock": self._unblock,
            "clock": self._move_clock,
        }

    async def answer(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """The answer to one request under /phone/."""
        name = path.removeprefix("/phone/")
        if name == "events":
            return await self._events.answer(request)
        if name == "file":
            return self._file(request)
        handler = (self._get if request.method == "GET" else self._post).get(name)
        if handler is None:
            return _json({"error": f"no such address: {request.method} {path}"}, 404)
        try:
            given = dict(request.query) if request.method == "GET" else await _body(request)
            return _json(await handler(given))
        except (Refusal, Silence) as error:
            return _json({"error": error.description if isinstance(error, Refusal) else str(error)}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)

    async def close(self) -> None:
        """All event streams are closed."""
        await self._events.close()

    # asking

    async def _list_people(self, given: Json) -> list[Json]:
        return [self._shown(user) for user in self._world.users.values() if not user["is_bot"]]

    async def _list_chats(self, given: Json) -> list[Json]:
        person = self._person(given)
        groups = [g for g in self._world.groups.values() if g.has(person.user_id) and g.migrated_to is None]
        return [self._summary(chat, person.user_id) for chat in (person.chat, *groups)]

    async def _list_messages(self, given: Json) -> list[Json]:
        person, chat = self._person(given), self._chat(given)
        thread = int(given["thread"]) if given.get("thread") not in (None, "") else None
        messages = chat.last_messages(LAST_MESSAGES, int(given.get("after") or 0), thread)
        if chat.messages:
            chat.read_up_to[person.user_id] = next(reversed(chat.messages))
        return [events.for_phone(message, person.user_id) for message in messages]

    async def _menu(self, given: Json) -> list[Json]:
        return commands.menu(self._bot, self._chat(given), self._person(given).user_id)

    async def _tell_clock(self, given: Json) -> Json:
        return self._world.clock.as_json()

    async def _tell_bot(self, given: Json) -> Json:
        return self._shown(self._bot.user)

    # doing

    async def _add_person(self, given: Json) -> Json:
        user_id = int(given["user_id"]) if given.get("user_id") else None
        user = self._world.person(str(given["name"]), user_id)
        if given.get("description"):
            self._world.descriptions[user["id"]] = str(given["description"])
        return self._shown(user)

    async def _send(self, given: Json) -> Json:
        person = self._person(given)
        message = await person.send(
            str(given["text"]), int(given["chat"]), _number(given, "reply_to"), _number(given, "thread")
        )
        return events.for_phone(message, person.user_id)

    async def _edit(self, given: Json) -> Json:
        person = self._person(given)
        return events.for_phone(await person.edit(self._message(given, "chat"), str(given["text"])), person.user_id)

    async def _press(self, given: Json) -> Json:
        message_id = int(given["message_id"])
        chat = self._chat(given)
        message = chat.messages.get(message_id) or Message({"message_id": message_id, "chat": chat.face})
        answer = await self._person(given).press(message, data=str(given["data"]))
        return {"text": answer.text, "show_alert": answer.show_alert} if answer.text else {}

    async def _contact(self, given: Json) -> Json:
        person = self._person(given)
        names = str(given["first_name"]), given.get("last_name"), given.get("vcard")
        return events.for_phone(await person.contact(str(given["phone"]), *names, int(given["chat"])), person.user_id)

    async def _upload(self, given: Json) -> Json:
        person, (name, content, mime) = self._person(given), given["file"]
        place = int(given["chat"]), _number(given, "reply_to"), _number(given, "thread")
        if given.get("kind") == "photo":
            message = await person.photo(content, given.get("caption"), *place)
        else:
            message = await person.document(name, content, given.get("caption"), mime, *place)
        return events.for_phone(message, person.user_id)

    async def _start(self, given: Json) -> Json:
        person = self._person(given)
        return events.for_phone(await person.start(str(given.get("payload") or "")), person.user_id)

    async def _forward(self, given: Json) -> Json:
        person = self._person(given)
        source = "from_chat" if given.get("from_chat") else "chat"
        return events.for_phone(await person.forward(self._message(given, source), int(given["chat"])), person.user_id)

    async def _block(self, given: Json) -> Json:
        await self._person(given).block()
        return {}

    async def _unblock(self, given: Json) -> Json:
        await self._person(given).unblock()
        return {}

    async def _move_clock(self, given: Json) -> Json:
        clock = self._world.clock
        if "now" in given:
            await clock.move_to(datetime.fromisoformat(given["now"]))
        elif "advance_seconds" in given:
            await clock.advance(timedelta(seconds=float(given["advance_seconds"])))
        elif given.get("to") == "tomorrow_morning":
            await clock.move_to_tomorrow_morning()
        else:
            raise bad_request('the clock takes {"now"}, {"advance_seconds"} or {"to": "tomorrow_morning"}')
        return clock.as_json()

    # finding

    def _person(self, given: Json) -> Person:
        user = self._world.users.get(int(given["user"]))
        if user is None or user["is_bot"]:
            raise bad_request("no such person")
        return Person(self._world, self._bot, user)

    def _chat(self, given: Json, key: str = "chat") -> Chat:
        return self._world.chat_for_person(self._bot, self._person(given).user_id, int(given[key]))

    def _message(self, given: Json, key: str) -> Message:
        message = self._chat(given, key).messages.get(int(given["message_id"]))
        if message is None:
            raise bad_request("message not found")
        return message

    def _shown(self, user: Json) -> Json:
        description = self._world.descriptions.get(user["id"], "")
        name = {"name": user["first_name"], "username": user.get("username"), "description": description}
        return {"user_id": user["id"], **name}

    def _summary(self, chat: Chat, user_id: int) -> Json:
        last = next(reversed(chat.messages.values()), None)
        read = chat.read_up_to.get(user_id, 0)
        unread = sum(m.message_id > read and m["from"]["id"] != user_id for m in chat.last_messages(100))
        return {
            "chat_id": chat.chat_id,
            "type": chat.kind,
            "title": self._bot.user["first_name"] if chat.private else chat.title,
            "is_forum": chat.is_forum,
            "topics": [{"thread_id": thread_id, "name": name} for thread_id, name in chat.topics.items()],
            "last_text": last.text if last is not None else None,
            "last_date": last["date"] if last is not None else None,
            "unread": unread,
        }

    def _file(self, request: web.BaseRequest) -> web.Response:
        stored = self._world.files.find(request.query.get("file_id", ""))
        if stored is None:
            return _json({"error": "no such file"}, 404)
        # Only pictures are shown by the browser itself: a page someone uploads must not run here.
        shown = stored.mime if stored.kind == "photo" or stored.mime in _SAFE else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=stored.content, content_type=shown, headers=headers)


_SAFE = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/ogg", "application/pdf", "text/csv")


def _number(given: Json, key: str) -> int | None:
    return int(given[key]) if given.get(key) else None


def _json(data: object, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(data), status=status, content_type="application/json")


async def _body(request: web.BaseRequest) -> Json:
    if not request.headers.get("Content-Type", "").startswith("multipart/"):
        given = orjson.loads(await request.read() or b"{}")
        if not isinstance(given, dict):
            raise TypeError("a JSON object is expected")
        return given
    fields: Json = {}
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if isinstance(part, BodyPartReader) and part.name:
            content = bytes(await part.read(decode=True))
            kind = part.headers.get("Content-Type", "")
            fields[part.name] = (part.filename, content, kind) if part.filename else content.decode()
    return fields
