"""The stream of events to phones that are open: one WebSocket each."""

import asyncio

import orjson
from aiohttp import WSMsgType, web

from emulator.chat import Chat
from emulator.message import Json, Message
from emulator.world import World

HELD = 1_000


class Events:
    """The open streams."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sockets: set[web.WebSocketResponse] = set()

    async def close(self) -> None:
        """All streams are closed."""
        await asyncio.gather(*(socket.close() for socket in list(self._sockets)))

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """The stream for the person named by `user`, open until the phone leaves."""
        user_id = int(request.query["user"])
        waiting: asyncio.Queue[bytes] = asyncio.Queue(HELD)

        def listen(chat: Chat | None, kind: str, payload: Json) -> None:
            event = _event(chat, kind, payload, user_id)
            if event is not None and not waiting.full():
                waiting.put_nowait(orjson.dumps(event))

        socket = web.WebSocketResponse(heartbeat=20)
        self._world.listeners.append(listen)
        pump = None
        try:
            await socket.prepare(request)
            self._sockets.add(socket)
            pump = asyncio.get_running_loop().create_task(_pump(socket, waiting))
            async for incoming in socket:
                if incoming.type is WSMsgType.ERROR:
                    break
        finally:
            self._world.listeners.remove(listen)
            self._sockets.discard(socket)
            if pump is not None:
                pump.cancel()
        return socket


async def _pump(socket: web.WebSocketResponse, waiting: asyncio.Queue[bytes]) -> None:
    while True:
        await socket.send_str((await waiting.get()).decode())


def _event(chat: Chat | None, kind: str, payload: Json, user_id: int) -> Json | None:
    """The event for this user's phone; None when it is no business of his."""
    if chat is None:
        return {"type": kind, **payload}
    if not chat.has(user_id):
        return None
    event: Json = {"type": kind, "chat_id": chat.chat_id}
    if isinstance(payload, Message):
        if kind == "deleted":
            return event | {"message_id": payload.message_id}
        return event | {"message": for_phone(payload, user_id)}
    if payload.get("user_id", user_id) != user_id:
        return None
    return event | {key: value for key, value in payload.items() if key != "user_id"}


def for_phone(message: Message, user_id: int) -> Json:
    """The message as this person's phone gets it."""
    shown = {**message, "outgoing": message["from"]["id"] == user_id}
    if message.reply_keyboard is not None:
        shown["reply_keyboard"] = message.reply_keyboard
    return shown
