"""What bots can ask and do about chats and their members."""

from typing import Any

from emulator import parameters
from emulator.call import Call
from emulator.chat import PRESENT, Chat, Standing, member_json
from emulator.message import Json
from emulator.parameters import Check, Method
from emulator.refusals import bad_request

_NO_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
)
_PERMISSIONS = dict.fromkeys(("can_send_messages", "can_send_photos", "can_send_documents", "can_invite_users"), True)


def _asked(call: Call) -> Chat:
    return call.world.known_chat(call.bot, call.args["chat_id"])


def get_chat(call: Call) -> Json:
    """The ChatFullInfo object of the chat."""
    chat = _asked(call)
    info = {**chat.face, "accent_color_id": 1, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    if chat.pinned is not None:
        info["pinned_message"] = chat.pinned.quoted()
    if not chat.private:
        info["permissions"] = _PERMISSIONS
    return info


def get_chat_member(call: Call) -> dict[str, Any]:
    """The ChatMember object of a person or bot. Raises: Refusal 400 when nobody has this id."""
    chat = _asked(call)
    user = call.world.users.get(call.args["user_id"])
    if user is None:
        raise bad_request("invalid user_id specified")
    if user["id"] not in chat.members and chat.private:
        raise bad_request("member not found")
    return member_json(user, chat.standing(user["id"]))


def get_chat_administrators(call: Call) -> list[dict[str, Any]]:
    """The owner and the administrators who are people, or bots too if asked."""
    chat = _asked(call)
    if chat.private:
        raise bad_request("there are no administrators in the private chat")
    leading = [(user_id, standing) for user_id, standing in chat.members.items() if standing in PRESENT[:2]]
    members = [member_json(call.world.users[user_id], standing) for user_id, standing in leading]
    return [member for member in members if not member["user"]["is_bot"] or call.args.get("return_bots")]


def get_chat_member_count(call: Call) -> int:
    """How many people and bots are in the chat."""
    return len(_asked(call).present())


def _check_may_pin(call: Call, chat: Chat) -> None:
    if not chat.private and chat.kind == "supergroup" and chat.standing(call.bot.user_id) is not Standing.ADMINISTRATOR:
        raise bad_request("not enough rights to manage pinned messages in the chat")


def pin_chat_message(call: Call) -> bool:
    """The message is pinned and a service message says so. Raises: Refusal 400 without the right or the message."""
    chat = call.chat()
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to pin not found")
    _check_may_pin(call, chat)
    if chat.pinned is not message:
        chat.pinned = message
        call.world.service(chat, call.bot.user, {"pinned_message": message.quoted()})
    return True


def unpin_chat_message(call: Call) -> bool:
    """Nothing is pinned. Raises: Refusal 400 without the right, or when nothing was."""
    chat = call.chat()
    _check_may_pin(call, chat)
    wanted = call.args.get("message_id")
    if wanted is not None and (chat.pinned is None or chat.pinned.message_id != wanted):
        raise bad_request("message to unpin not found")
    chat.pinned = None
    return True


def leave_chat(call: Call) -> bool:
    """The bot is no longer in the group. Raises: Refusal 400 in a private chat."""
    chat = call.chat()
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    call.world.service(chat, call.bot.user, {"left_chat_member": call.bot.user})
    call.world.membership(call.bot, chat, call.bot.user, Standing.LEFT)
    return True


_CHAT: dict[str, Check] = {"chat_id": parameters.chat_id}
_MESSAGE: dict[str, Check] = {
    **_CHAT,
    "business_connection_id": parameters.string,
    "message_id": parameters.integer,
}
METHODS = {
    "getChat": Method(get_chat, _CHAT, ("chat_id",)),
    "getChatMember": Method(get_chat_member, {**_CHAT, "user_id": parameters.integer}, ("chat_id", "user_id")),
    "getChatAdministrators": Method(
        get_chat_administrators, {**_CHAT, "return_bots": parameters.boolean}, ("chat_id",)
    ),
    "getChatMemberCount": Method(get_chat_member_count, _CHAT, ("chat_id",)),
    "pinChatMessage": Method(
        pin_chat_message, {**_MESSAGE, "disable_notification": parameters.boolean}, ("chat_id", "message_id")
    ),
    "unpinChatMessage": Method(unpin_chat_message, _MESSAGE, ("chat_id",)),
    "leaveChat": Method(leave_chat, _CHAT, ("chat_id",)),
}
