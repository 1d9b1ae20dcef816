"""The command menus by scope.

Source: Bot API, BotCommandScope, "Determining list of commands": the narrowest scope that has commands wins, in
each the user's language before none.
"""

import re

from emulator import parameters
from emulator.bot import Bot
from emulator.call import Call
from emulator.chat import Chat, Standing
from emulator.message import Json
from emulator.parameters import Method, Shape
from emulator.refusals import bad_request

MOST_COMMANDS = 100
DESCRIPTION_LENGTH = 256
SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)
_NAME = re.compile(r"/?[a-z0-9_]{1,32}")

_command = Shape(
    "BotCommand",
    {"command": parameters.string, "description": parameters.string},
    ("command", "description"),
)
_scope = Shape(
    "BotCommandScope",
    {"type": parameters.string, "chat_id": parameters.chat_id, "user_id": parameters.integer},
    ("type",),
)


def _key(call: Call) -> tuple[str, str]:
    """The scope and language the call names. Raises: Refusal 400 for an unknown scope, chat or member."""
    scope = call.args.get("scope") or {"type": "default"}
    if scope["type"] not in SCOPES:
        raise bad_request("unsupported type specified")
    words = [scope["type"]]
    if scope["type"].startswith("chat"):
        if "chat_id" not in scope:
            raise bad_request("chat_id is empty")
        words.append(str(call.world.known_chat(call.bot, scope["chat_id"]).chat_id))
    if scope["type"] == "chat_member":
        if scope.get("user_id") not in call.world.users:
            raise bad_request("invalid user_id specified")
        words.append(str(scope["user_id"]))
    return ":".join(words), call.args.get("language_code", "")


def set_my_commands(call: Call) -> bool:
    """The menu of this scope and language shows these commands."""
    key = _key(call)
    commands = call.args["commands"]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _NAME.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"].strip()) <= DESCRIPTION_LENGTH:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    call.bot.commands[key] = [{**c, "command": c["command"].removeprefix("/")} for c in commands]
    call.world.tell(None, "commands", {})
    return True


def get_my_commands(call: Call) -> list[Json]:
    """The menu set for exactly this scope and language."""
    return call.bot.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> bool:
    """This scope and language has no menu of its own."""
    call.bot.commands.pop(_key(call), None)
    call.world.tell(None, "commands", {})
    return True


def menu(bot: Bot, chat: Chat, user_id: int, language: str = "zh") -> list[Json]:
    """The commands this person sees in this chat."""
    for scope in _narrowest_first(chat, user_id):
        for wanted in (language, ""):
            if bot.commands.get((scope, wanted)):
                return bot.commands[scope, wanted]
    return []


def _narrowest_first(chat: Chat, user_id: int) -> list[str]:
    own = f"{chat.chat_id}"
    if chat.private:
        return [f"chat:{own}", "all_private_chats", "default"]
    leads = chat.standing(user_id) in (Standing.OWNER, Standing.ADMINISTRATOR)
    administrators = [f"chat_administrators:{own}"] if leads else []
    all_administrators = ["all_chat_administrators"] if leads else []
    return [
        f"chat_member:{own}:{user_id}",
        *administrators,
        f"chat:{own}",
        *all_administrators,
        "all_group_chats",
        "default",
    ]


METHODS = {
    "setMyCommands": Method(
        set_my_commands,
        {
            "commands": parameters.array_of(_command),
            "scope": _scope,
            "language_code": parameters.string,
        },
        ("commands",),
    ),
    "getMyCommands": Method(get_my_commands, {"scope": _scope, "language_code": parameters.string}),
    "deleteMyCommands": Method(delete_my_commands, {"scope": _scope, "language_code": parameters.string}),
}
