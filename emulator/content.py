"""What a message is made of on the bot's side: text or caption with entities, the message it answers, its topic,
its keyboard."""

from typing import Any

from emulator import entities, html, markup, parameters
from emulator.call import Call
from emulator.chat import Chat
from emulator.message import Json
from emulator.parameters import Check, Shape
from emulator.refusals import bad_request

TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
MOST_ENTITIES = 100

_user = Shape(
    "user",
    dict.fromkeys(("id", "is_bot", "first_name", "last_name", "username", "language_code"), parameters.anything),
)
_entity = Shape(
    "message entity",
    {
        "type": parameters.string,
        "offset": parameters.integer,
        "length": parameters.integer,
        "url": parameters.string,
        "user": _user,
        "language": parameters.string,
        "custom_emoji_id": parameters.string,
        "unix_time": parameters.integer,
        "date_time_format": parameters.string,
    },
    ("type", "offset", "length"),
)
entity_list = parameters.array_of(_entity)
reply_parameters = Shape(
    "reply parameters",
    {
        "message_id": parameters.integer,
        "chat_id": parameters.chat_id,
        "allow_sending_without_reply": parameters.boolean,
        "quote": parameters.string,
        "quote_parse_mode": parameters.string,
        "quote_entities": entity_list,
        "quote_position": parameters.integer,
        "checklist_task_id": parameters.integer,
        "poll_option_id": parameters.string,
    },
    ("message_id",),
)
link_preview_options = Shape(
    "link preview options",
    {
        "is_disabled": parameters.boolean,
        "url": parameters.string,
        "prefer_small_media": parameters.boolean,
        "prefer_large_media": parameters.boolean,
        "show_above_text": parameters.boolean,
    },
)
SENDING: dict[str, Check] = {
    "business_connection_id": parameters.string,
    "chat_id": parameters.chat_id,
    "message_thread_id": parameters.integer,
    "direct_messages_topic_id": parameters.integer,
    "disable_notification": parameters.boolean,
    "protect_content": parameters.boolean,
    "allow_paid_broadcast": parameters.boolean,
    "message_effect_id": parameters.string,
    "suggested_post_parameters": parameters.anything,
    "reply_parameters": reply_parameters,
    "reply_markup": markup.any_markup,
}
CAPTION: dict[str, Check] = {
    "caption": parameters.string,
    "parse_mode": parameters.string,
    "caption_entities": entity_list,
    "show_caption_above_media": parameters.boolean,
}


def text(call: Call) -> Json:
    """The text of a message with its entities. Raises: Refusal 400 when it is empty, too long or broken HTML."""
    args = call.args
    return _formatted(call, args.get("text", ""), args.get("parse_mode"), args.get("entities"), "text")


def caption(call: Call, args: Json) -> Json:
    """The caption in these parameters, `{}` without one. Raises: Refusal 400."""
    given = args.get("caption")
    return _formatted(call, given, args.get("parse_mode"), args.get("caption_entities"), "caption") if given else {}


def _formatted(call: Call, source: str, parse_mode: str | None, given: list[Json] | None, field: str) -> Json:
    if parse_mode:
        plain, found = _parsed(source, parse_mode)
        found = [kept for entity in found if (kept := _resolved(call, entity)) is not None]
    else:
        plain, found = source.replace("\r", ""), given or []
        _check_bounds(plain, found)
    plain, found = entities.trimmed(plain, found)
    if not plain:
        if field == "text":
            raise bad_request("message text is empty")
        return {}
    if len(plain) > (TEXT_LENGTH if field == "text" else CAPTION_LENGTH):
        raise bad_request("message is too long" if field == "text" else "message caption is too long")
    found = entities.merged(found, plain)[:MOST_ENTITIES]
    if not found:
        return {field: plain}
    return {field: plain, "entities" if field == "text" else "caption_entities": found}


def _parsed(source: str, parse_mode: str) -> tuple[str, list[Json]]:
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return html.parse(source.replace("\r", ""))
    except html.HtmlError as error:
        raise bad_request(f"can't parse entities: {error}") from None


def _resolved(call: Call, entity: Json) -> Json | None:
    """A link to a person becomes a mention; one to nobody, or to nothing, is dropped as Telegram drops it."""
    url = entity.get("url")
    if url is None:
        return entity
    if url.startswith("tg://user?id="):
        user = call.world.users.get(int(url[13:])) if url[13:].isdecimal() else None
        place = {"offset": entity["offset"], "length": entity["length"]}
        return {"type": "text_mention", **place, "user": user} if user else None
    return entity if "." in url or "://" in url else None


def _check_bounds(plain: str, given: list[Json]) -> None:
    if not given:
        return
    length = html.utf16(plain)
    for entity in given:
        if entity["offset"] < 0 or entity["length"] <= 0 or entity["offset"] + entity["length"] > length:
            words = f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text"
            raise bad_request(f"can't parse entities: {words} at UTF-16 offset {entity['offset'] + entity['length']}")


def place(call: Call, chat: Chat) -> Json:
    """The topic and the answered message, as fields of the message. Raises: Refusal 400 when one is not there."""
    args = call.args
    fields: Json = {}
    reply = args.get("reply_parameters")
    answered = chat.messages.get(reply["message_id"]) if reply else None
    if reply and answered is None and not reply.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    thread_id = args.get("message_thread_id") or (answered.get("message_thread_id") if answered else None)
    if thread_id:
        if thread_id not in chat.topics:
            raise bad_request("message thread not found")
        fields |= {"message_thread_id": thread_id, "is_topic_message": True}
    if answered is None and thread_id:
        answered = chat.messages.get(thread_id)
    if answered is not None:
        fields["reply_to_message"] = answered.quoted()
    if args.get("protect_content"):
        fields["has_protected_content"] = True
    return fields


def keyboards(args: Json) -> tuple[Json, Json | None]:
    """The inline keyboard as a field of the message, and the reply keyboard that only phones see."""
    given = args.get("reply_markup")
    if not given:
        return {}, None
    shown: Any = markup.echoed(given)
    if shown is not None:
        return {"reply_markup": shown}, None
    return {}, None if "inline_keyboard" in given else given
