"""Strict checking of parameters: every method has a table, made once, of what it takes and of which type.

A check gets the value as it came (text from a form, or a JSON value) and answers the value to use, or raises
Refusal 400. Telegram itself ignores parameters it does not know; here they are refused, because they are always
somebody's mistake.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from emulator.refusals import Refusal, bad_request

Check = Callable[[Any, str], Any]

_INTEGER = re.compile(r"[+-]?\d{1,19}")
_TRUE = frozenset({"true", "1", "yes", "t", "y"})
_FALSE = frozenset({"false", "0", "no", "f", "n"})
_USERNAME = re.compile(r"@[A-Za-z]\w{3,31}")


def _mistyped(name: str, wanted: str) -> Refusal:
    return bad_request(f'Field "{name}" must be of type {wanted}')


def integer(value: Any, name: str) -> int:
    """A whole number, written as such or as text."""
    if type(value) is int:
        return value
    if isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        return int(value)
    raise _mistyped(name, "Number")


def number(value: Any, name: str) -> float:
    """Any number, written as such or as text."""
    try:
        if not isinstance(value, bool):
            return float(value)
    except (TypeError, ValueError):
        pass
    raise _mistyped(name, "Number")


def string(value: Any, name: str) -> str:
    """Text."""
    if type(value) is str:
        return value
    raise _mistyped(name, "String")


def boolean(value: Any, name: str) -> bool:
    """True or false, or a word for it."""
    if type(value) is bool:
        return value
    word = value.strip().lower() if isinstance(value, str) else ""
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise _mistyped(name, "Boolean")


def chat_id(value: Any, name: str) -> int | str:
    """The number of a chat, or @username."""
    if type(value) is int:
        found: int | str = value
    elif isinstance(value, str) and _INTEGER.fullmatch(value.strip()):
        found = int(value)
    elif isinstance(value, str) and (not value or _USERNAME.fullmatch(value)):
        found = value
    elif isinstance(value, str):
        raise bad_request("chat not found")
    else:
        raise _mistyped(name, "Number")
    if not found:
        raise bad_request(f"{name} is empty")
    return found


def anything(value: Any, name: str) -> Any:
    """Taken as it is."""
    return value


def one_of(*words: str) -> Check:
    """One of these words."""

    def check(value: Any, name: str) -> str:
        if string(value, name) not in words:
            raise bad_request(f"wrong parameter {name} in request")
        return str(value)

    return check


def json_value(value: Any, name: str) -> Any:
    """The value, read from JSON text where it came as text."""
    if isinstance(value, str):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None
    return value


def array_of(item: Check, most: int = 10_000) -> Check:
    """A list of such items."""

    def check(value: Any, name: str) -> list[Any]:
        value = json_value(value, name)
        if not isinstance(value, list):
            raise bad_request(f"expected an Array of {name.replace('_', ' ')}")
        if len(value) > most:
            raise bad_request(f"too many {name.replace('_', ' ')}, at most {most} are allowed")
        return [item(entry, name) for entry in value]

    return check


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON object with these fields and no others; callable as a check."""

    title: str
    fields: Mapping[str, Check]
    required: tuple[str, ...] = ()
    also: Callable[[dict[str, Any]], None] | None = None

    def __call__(self, value: Any, name: str) -> dict[str, Any]:
        """The object with checked values. Raises: Refusal 400 naming the field."""
        value = json_value(value, name)
        if not isinstance(value, dict):
            raise bad_request(f"can't parse {self.title}: expected an Object")
        for field_name in self.required:
            if value.get(field_name) is None:
                raise bad_request(f"can't parse {self.title}: Can't find field \"{field_name}\"")
        known = {}
        for field_name, content in value.items():
            check = self.fields.get(field_name)
            if check is None:
                raise bad_request(f'can\'t parse {self.title}: Field "{field_name}" is unknown')
            if content is not None:
                known[field_name] = self._checked(check, content, field_name)
        if self.also is not None:
            self.also(known)
        return known

    def _checked(self, check: Check, content: Any, field_name: str) -> Any:
        try:
            return check(content, field_name)
        except Refusal as refusal:
            words = refusal.description.removeprefix("Bad Request: ")
            if words.startswith("Field ") or words.startswith("expected "):
                raise bad_request(f"can't parse {self.title}: {words}") from None
            raise


MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "message_id": "message identifier is not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "user_id": "invalid user_id specified",
    "file_id": "file_id not specified",
    "media": "object expected as a media",
    "action": "wrong parameter action in request",
}


@dataclass(frozen=True, slots=True)
class Method:
    """A method of the API: what runs, what it takes; `uploads` are the parameters that may come as a file."""

    run: Callable[..., Any]
    takes: Mapping[str, Check]
    required: tuple[str, ...] = ()
    uploads: tuple[str, ...] = ()
    waits: bool = False
    attaches: bool = field(default=False)

    def checked(self, given: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
        """The parameters, each checked; empty ones count as absent. Raises: Refusal 400."""
        takes = self.takes
        values = {}
        for name, value in given.items():
            check = takes.get(name)
            if check is None:
                raise bad_request(f'unknown parameter "{name}" specified')
            if value is not None and (value != "" or check is string or check is chat_id):
                values[name] = check(value, name)
        for name in self.required:
            if name not in values and not (name in self.uploads and name in files):
                raise bad_request(MISSING.get(name, f'parameter "{name}" is required'))
        if files and not self.attaches:
            raise bad_request(f'unknown parameter "{next(iter(files))}" specified')
        return values
