"""Reply markup: inline keyboards, reply keyboards, their removal and forced replies, checked as Telegram checks
them."""

import re
from typing import Any

import orjson

from emulator.message import Json
from emulator.parameters import Shape, anything, array_of, boolean, json_value, string
from emulator.refusals import bad_request

DATA_BYTES = 64
COPY_LENGTH = 256
MOST_INLINE = 100
MOST_REPLY = 300
MARKUP_BYTES = 10_240
STYLES = ("danger", "success", "primary")

_URL = re.compile(r"(?:https?|tg|tonsite)://[^\s/]|[\w-]+(?:\.[\w-]+)+|tg:")
_LOCAL = re.compile(r"https?://(?:localhost|127\.|\[::1\])")
_PLAIN = frozenset({"text", "icon_custom_emoji_id", "style"})

_web_app = Shape("web app info", {"url": string}, ("url",))
_copy_text = Shape("copy text button", {"text": string}, ("text",))


def _check_style(button: Json) -> None:
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")


def _check_inline_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in button if name not in _PLAIN]
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_style(button)
    _check_action(actions[0], button[actions[0]], button)


def _check_action(action: str, value: Any, button: Json) -> None:
    if action == "callback_data" and not 1 <= len(value.encode()) <= DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text" and not 1 <= len(value["text"]) <= COPY_LENGTH:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if action == "url" and (not _URL.match(value) or _LOCAL.match(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "web_app" and not value["url"].startswith("https://"):
        words = f"inline keyboard button Web App URL '{value['url']}' is invalid: Only HTTPS links are allowed"
        raise bad_request(words)


_inline_button = Shape(
    "inline keyboard button",
    {
        "text": string,
        "icon_custom_emoji_id": string,
        "style": string,
        "url": string,
        "callback_data": string,
        "web_app": _web_app,
        "login_url": anything,
        "switch_inline_query": string,
        "switch_inline_query_current_chat": string,
        "switch_inline_query_chosen_chat": anything,
        "copy_text": _copy_text,
        "callback_game": anything,
        "pay": boolean,
    },
    ("text",),
    _check_inline_button,
)


def _check_reply_button(button: Json) -> None:
    if len([name for name in button if name not in _PLAIN]) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    _check_style(button)


_reply_button_shape = Shape(
    "keyboard button",
    {
        "text": string,
        "icon_custom_emoji_id": string,
        "style": string,
        "request_users": anything,
        "request_chat": anything,
        "request_managed_bot": anything,
        "request_contact": boolean,
        "request_location": boolean,
        "request_poll": anything,
        "web_app": _web_app,
    },
    ("text",),
    _check_reply_button,
)


def _reply_button(value: Any, name: str) -> Json:
    return {"text": value} if isinstance(value, str) else _reply_button_shape(value, name)


_inline = Shape("inline keyboard", {"inline_keyboard": array_of(array_of(_inline_button))}, ("inline_keyboard",))
_reply = Shape(
    "reply keyboard markup",
    {
        "keyboard": array_of(array_of(_reply_button)),
        "is_persistent": boolean,
        "resize_keyboard": boolean,
        "one_time_keyboard": boolean,
        "input_field_placeholder": string,
        "selective": boolean,
    },
    ("keyboard",),
)
_remove = Shape("reply keyboard removal", {"remove_keyboard": boolean, "selective": boolean}, ("remove_keyboard",))
_force = Shape(
    "forced reply",
    {"force_reply": boolean, "input_field_placeholder": string, "selective": boolean},
    ("force_reply",),
)
_SHAPES = {"inline_keyboard": _inline, "keyboard": _reply, "remove_keyboard": _remove, "force_reply": _force}


def any_markup(value: Any, name: str) -> Json:
    """One of the four kinds of reply markup, checked. Raises: Refusal 400."""
    markup = _object(value)
    for key, shape in _SHAPES.items():
        if key in markup:
            checked = shape(markup, name)
            _check_size(checked)
            return checked
    raise bad_request("object expected as reply markup")


def inline_markup(value: Any, name: str) -> Json:
    """An inline keyboard, checked. Raises: Refusal 400."""
    markup = _object(value)
    if "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    checked = _inline(markup, name)
    _check_size(checked)
    return checked


def echoed(markup: Json | None) -> Json | None:
    """The part of the markup that messages show: an inline keyboard with at least one button, without empty rows."""
    rows = [row for row in (markup or {}).get("inline_keyboard", ()) if row]
    return {"inline_keyboard": rows} if rows else None


def _object(value: Any) -> Json:
    if isinstance(value, str):
        value = json_value(value, "reply keyboard markup")
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    return value


def _check_size(markup: Json) -> None:
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or ()
    most = MOST_INLINE if "inline_keyboard" in markup else MOST_REPLY
    if sum(map(len, rows)) > most:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    if len(rows) > 1 and len(orjson.dumps(markup)) > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
