"""Sending and deleting messages."""

from emulator import content, parameters
from emulator.call import Call
from emulator.chat import Chat, Standing
from emulator.message import Message
from emulator.parameters import Method
from emulator.refusals import bad_request

DELETABLE_SECONDS = 48 * 3600
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def send_message(call: Call) -> Message:
    """The text stands in the chat."""
    chat = call.chat()
    written = content.text(call)
    written |= content.place(call, chat)
    inline, keyboard = content.keyboards(call.args)
    call.rates.spend(chat.chat_id)
    if options := call.args.get("link_preview_options"):
        written["link_preview_options"] = options
    return call.world.post(chat, call.bot.user, written | inline, keyboard)


def send_chat_action(call: Call) -> bool:
    """Phones show what the bot is doing."""
    chat = call.chat()
    call.world.tell(chat, "chat_action", {"action": call.args["action"]})
    return True


def delete_message(call: Call) -> bool:
    """The message is gone. Raises: Refusal 400 when there is none, or the bot may not, or it is over 48 hours old."""
    chat = call.chat()
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    _check_deletable(call, chat, message)
    call.world.delete(chat, message)
    return True


def delete_messages(call: Call) -> bool:
    """Those of the messages that exist and may be deleted are gone."""
    chat = call.chat()
    for message_id in call.args["message_ids"]:
        message = chat.messages.get(message_id)
        if message is not None:
            _check_deletable(call, chat, message)
            call.world.delete(chat, message)
    return True


def _check_deletable(call: Call, chat: Chat, message: Message) -> None:
    own = message["from"]["id"] == call.bot.user_id
    if not own and not chat.private and chat.standing(call.bot.user_id) is not Standing.ADMINISTRATOR:
        raise bad_request("message can't be deleted")
    if call.world.clock.unix() - message["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")


METHODS = {
    "sendMessage": Method(
        send_message,
        {
            **content.SENDING,
            "text": parameters.string,
            "parse_mode": parameters.string,
            "entities": content.entity_list,
            "link_preview_options": content.link_preview_options,
        },
        ("chat_id", "text"),
    ),
    "sendChatAction": Method(
        send_chat_action,
        {
            "business_connection_id": parameters.string,
            "chat_id": parameters.chat_id,
            "message_thread_id": parameters.integer,
            "action": parameters.one_of(*ACTIONS),
        },
        ("chat_id", "action"),
    ),
    "deleteMessage": Method(
        delete_message,
        {"chat_id": parameters.chat_id, "message_id": parameters.integer},
        ("chat_id", "message_id"),
    ),
    "deleteMessages": Method(
        delete_messages,
        {"chat_id": parameters.chat_id, "message_ids": parameters.array_of(parameters.integer, 100)},
        ("chat_id", "message_ids"),
    ),
}
