"""Control from other processes: faults, rates, traffic, groups.

All JSON, on 127.0.0.1 only; what goes wrong answers 400 `{"error": "…"}`.

    POST /control/fault         {kind, method?, times?, chat_id?, seconds?, retry_after?, description?} -> {}
    GET  /control/faults        [the faults still waiting];  POST /control/clear_faults -> {}
    POST /control/rates         {enforce: bool} -> {enforce, refused}
    GET  /control/traffic       ?after=n -> {counted, records}: records as in Traffic.to_jsonl, after the n-th exchange
    POST /control/clear_traffic -> {}
    POST /control/group         {title, members: [user ids], kind?, topics?, bot_is_admin?} -> {chat_id, topics}
    POST /control/migrate       {chat_id} -> {chat_id of the supergroup}
    POST /control/block, /control/unblock   {user} -> {}
    GET  /control/state         {pending, webhook_url, users, groups, token, now}
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import orjson
from aiohttp import web

from emulator import groups
from emulator.bot import Bot
from emulator.chat import Standing
from emulator.faults import Faults
from emulator.message import Json
from emulator.person import Person
from emulator.rates import Rates
from emulator.refusals import Refusal
from emulator.traffic import Traffic
from emulator.world import World


class Control:
    """Answers everything under /control/."""

    def __init__(self, world: World, bot: Bot, faults: Faults, rates: Rates, traffic: Traffic) -> None:
        self._world = world
        self._bot = bot
        self._faults = faults
        self._rates = rates
        self._traffic = traffic
        self._deeds: dict[str, Callable[[Json], Any]] = {
            "fault": self._add_fault,
            "faults": self._list_faults,
            "clear_faults": self._clear_faults,
            "rates": self._set_rates,
            "traffic": self._read_traffic,
            "clear_traffic": self._clear_traffic,
            "group": self._found_group,
            "migrate": self._migrate,
            "state": self._tell_state,
        }

    async def answer(self, request: web.BaseRequest, path: str) -> web.Response:
        """The answer to one request under /control/."""
        name = path.removeprefix("/control/")
        try:
            given = dict(request.query) if request.method == "GET" else orjson.loads(await request.read() or b"{}")
            if name in ("block", "unblock"):
                await self._block(name, given)
                return _json({})
            deed = self._deeds.get(name)
            if deed is None:
                return _json({"error": f"no such address: {path}"}, 404)
            return _json(deed(given))
        except Refusal as refusal:
            return _json({"error": refusal.description}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"{type(error).__name__}: {error}"}, 400)

    def _add_fault(self, given: Json) -> Json:
        self._faults.add(**given)
        return {}

    def _list_faults(self, given: Json) -> list[Json]:
        return [asdict(fault) for fault in self._faults.waiting()]

    def _clear_faults(self, given: Json) -> Json:
        self._faults.clear()
        return {}

    def _set_rates(self, given: Json) -> Json:
        self._rates.enforce = bool(given["enforce"])
        return {"enforce": self._rates.enforce, "refused": self._rates.refused}

    def _read_traffic(self, given: Json) -> Json:
        records = self._traffic.records(int(given.get("after") or 0))
        return {"counted": self._traffic.counted, "records": list(records)}

    def _clear_traffic(self, given: Json) -> Json:
        self._traffic.clear()
        return {}

    def _found_group(self, given: Json) -> Json:
        people = [self._world.users[int(user_id)] for user_id in given["members"]]
        chat = groups.found(
            self._world, str(given["title"]), people, given.get("kind", "supergroup"), given.get("topics", ())
        )
        standing = Standing.ADMINISTRATOR if given.get("bot_is_admin") else Standing.MEMBER
        groups.add_bot(self._world, chat, self._bot, people[0] if people else self._bot.user, standing)
        return {"chat_id": chat.chat_id, "topics": {name: thread_id for thread_id, name in chat.topics.items()}}

    def _migrate(self, given: Json) -> Json:
        return {"chat_id": groups.migrate(self._world, self._world.groups[int(given["chat_id"])]).chat_id}

    async def _block(self, name: str, given: Json) -> None:
        person = Person(self._world, self._bot, self._world.users[int(given["user"])])
        await (person.block() if name == "block" else person.unblock())

    def _tell_state(self, given: Json) -> Json:
        return {
            "pending": len(self._bot.deliveries),
            "webhook_url": self._bot.deliveries.webhook_url,
            "users": [user_id for user_id, user in self._world.users.items() if not user["is_bot"]],
            "groups": list(self._world.groups),
            "token": self._bot.token,
            "now": self._world.clock.now().isoformat(),
        }


def _json(data: object, status: int = 200) -> web.Response:
    return web.Response(body=orjson.dumps(data), status=status, content_type="application/json")
