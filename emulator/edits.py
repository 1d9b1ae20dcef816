"""Editing messages in place."""

from emulator import content, markup, media, parameters
from emulator.call import Call
from emulator.chat import Chat
from emulator.message import Json, Message
from emulator.parameters import Check, Method
from emulator.refusals import bad_request

_UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_MEDIA = ("photo", "document", "has_media_spoiler", *_CAPTION)


def _target(call: Call) -> tuple[Chat, Message]:
    """The bot's own message that the call names. Raises: Refusal 400."""
    if call.args.get("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    if "chat_id" not in call.args:
        raise bad_request("chat_id is empty")
    if "message_id" not in call.args:
        raise bad_request("message identifier is not specified")
    chat = call.chat()
    message = chat.messages.get(call.args["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != call.bot.user_id:
        raise bad_request("message can't be edited")
    return chat, message


def _change(call: Call, chat: Chat, message: Message, fields: tuple[str, ...], new: Json) -> Message:
    """The fields are replaced, and so is the keyboard. Raises: Refusal 400 when all is as before."""
    keyboard = markup.echoed(call.args.get("reply_markup"))
    if keyboard is not None:
        new = {**new, "reply_markup": keyboard}
    fields = (*fields, "reply_markup")
    if all(message.get(field) == new.get(field) for field in fields):
        raise bad_request(_UNCHANGED)
    for field in fields:
        message.pop(field, None)
    message.update(new)
    call.world.edit(chat, message)
    return message


def edit_text(call: Call) -> Message:
    """The message has a new text and keyboard."""
    chat, message = _target(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    written = content.text(call)
    if options := call.args.get("link_preview_options"):
        written["link_preview_options"] = options
    return _change(call, chat, message, _TEXT, written)


def edit_caption(call: Call) -> Message:
    """The picture or file has a new caption and keyboard."""
    chat, message = _target(call)
    if "photo" not in message and "document" not in message:
        raise bad_request("there is no caption in the message to edit")
    written = content.caption(call, call.args)
    if call.args.get("show_caption_above_media"):
        written["show_caption_above_media"] = True
    return _change(call, chat, message, _CAPTION, written)


def edit_markup(call: Call) -> Message:
    """The message has a new keyboard, or none."""
    chat, message = _target(call)
    return _change(call, chat, message, (), {})


def edit_media(call: Call) -> Message:
    """The message has a new picture or file, with its caption, and a new keyboard."""
    chat, message = _target(call)
    if "media_group_id" in message and call.args["media"]["type"] not in message:
        raise bad_request("can't change media type in the album")
    if "media_group_id" not in message and not {"photo", "document", "text"} & message.keys():
        raise bad_request("message can't be edited")
    return _change(call, chat, message, (*_MEDIA, *_TEXT), media.media_content(call, call.args["media"]))


_TARGET: dict[str, Check] = {
    "business_connection_id": parameters.string,
    "chat_id": parameters.chat_id,
    "message_id": parameters.integer,
    "inline_message_id": parameters.string,
    "reply_markup": markup.inline_markup,
}
METHODS = {
    "editMessageText": Method(
        edit_text,
        {
            **_TARGET,
            "text": parameters.string,
            "parse_mode": parameters.string,
            "entities": content.entity_list,
            "link_preview_options": content.link_preview_options,
        },
        ("text",),
    ),
    "editMessageCaption": Method(edit_caption, {**_TARGET, **content.CAPTION}),
    "editMessageReplyMarkup": Method(edit_markup, _TARGET),
    "editMessageMedia": Method(edit_media, {**_TARGET, "media": media.INPUT_MEDIA}, ("media",), attaches=True),
}
