"""One call of a method: who calls, with what, in which world."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from emulator.bot import Bot
from emulator.chat import Chat
from emulator.files import Upload
from emulator.rates import Rates
from emulator.webhooks import Webhooks
from emulator.world import World


@dataclass(slots=True)
class Call:
    """The checked parameters of one request, and the server's parts that methods work on."""

    bot: Bot
    args: dict[str, Any]
    files: Mapping[str, Upload]
    world: World
    rates: Rates
    webhooks: Webhooks

    def chat(self) -> Chat:
        """The chat the bot writes to. Raises: Refusal 400, 403."""
        return self.world.chat_for_bot(self.bot, self.args["chat_id"])
