"""What the bot says: text with buttons, a picture or a file. `texts` builds these; the context queues them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from crm.outbox import About
from handlers import buttons

esc = html.escape


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: a press of ours, a text to copy (at most 256 characters) or a link."""

    label: str
    press: buttons.Press | None = None
    copy: str | None = None
    url: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The Bot API's InlineKeyboardButton."""
        if self.press is not None:
            return {"text": self.label, "callback_data": buttons.encode(self.press)}
        if self.copy is not None:
            return {"text": self.label, "copy_text": {"text": self.copy[:256]}}
        return {"text": self.label, "url": self.url}


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Say:
    """One message. `text` is Telegram HTML: everything a person typed goes through `esc`."""

    text: str
    rows: Rows = ()
    photo: bytes | None = None
    document: tuple[str, bytes] | None = None  # file name, bytes
    about: About = field(default_factory=About)

    def markup(self) -> dict[str, Any]:
        """The Bot API's InlineKeyboardMarkup; empty rows take an old keyboard away on an edit."""
        return {"inline_keyboard": [[button.as_json() for button in row] for row in self.rows]}


@dataclass(frozen=True, slots=True)
class Skip:
    """A push that is not sent after all; the reason is kept in the ledger, worded in Chinese."""

    reason: str
