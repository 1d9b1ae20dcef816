"""Callback data ↔ dataclasses: each button of the bot is a frozen dataclass of this package, with a short unique code.

Data is `code:field:field…`, at most 64 bytes (Bot API, InlineKeyboardButton.callback_data). Fields are int, bool, or
str without a colon.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

MAX_BYTES = 64
LARGEST_ID = 2**63 - 1  # a database integer: data that a foreign client made up must not reach a query
_BY_CODE: dict[str, type[Press]] = {}


class Press:
    """Base of all buttons."""

    code: ClassVar[str]


class StaleButton(ValueError):
    """The data belongs to no button of this version."""


P = TypeVar("P", bound=Press)


@dataclass_transform(frozen_default=True)
def button(code: str) -> Callable[[type[P]], type[P]]:
    """The class is a frozen dataclass registered under `code`."""

    def register(cls: type[P]) -> type[P]:
        made = dataclasses.dataclass(frozen=True, slots=False)(cls)
        if code in _BY_CODE:
            raise ValueError(f"two buttons with the code {code}")
        made.code = code
        _BY_CODE[code] = made
        return made

    return register


def encode(press: Press) -> str:
    """The callback data of a press.

    Raises: ValueError when it does not fit 64 bytes or a text holds a colon.
    """
    values = [getattr(press, f.name) for f in dataclasses.fields(press)]  # type: ignore[arg-type]  # all are dataclasses
    parts = [str(int(value)) if isinstance(value, bool | int) else str(value) for value in values]
    data = ":".join([press.code, *parts])
    if len(data.encode()) > MAX_BYTES or any(":" in part for part in parts):
        raise ValueError(f"callback data does not fit: {data}")
    return data


def decode(data: str) -> Press:
    """The press behind callback data.

    Raises: StaleButton for an unknown code or fields that do not fit.
    """
    code, *parts = data.split(":")
    cls = _BY_CODE.get(code)
    fields = dataclasses.fields(cls) if cls else ()  # type: ignore[arg-type]  # all are dataclasses
    if cls is None or len(parts) != len(fields):
        raise StaleButton(data)
    hints = get_type_hints(cls)
    try:
        return cls(*(_read(part, hints[f.name]) for part, f in zip(parts, fields, strict=True)))
    except ValueError as error:
        raise StaleButton(data) from error


def _read(part: str, kind: Any) -> int | str | bool:
    if kind is bool:
        return part == "1"
    if kind is not int:
        return part
    number = int(part)
    if abs(number) > LARGEST_ID:
        raise ValueError(part)
    return number


def kinds() -> tuple[type[Press], ...]:
    """Every kind of button there is, in the order of their codes."""
    return tuple(cls for _, cls in sorted(_BY_CODE.items()))


def pattern(cls: type[Press]) -> str:
    """The regular expression for python-telegram-bot's CallbackQueryHandler."""
    return f"^{cls.code}(:|$)"
