"""What the bot says: text with buttons, a picture or a file. `texts` builds these; the context queues them."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from crm.outbox import About
from handlers import buttons

# Signs that turn the writing round or that no phone shows: in a name they would spoil the whole message.
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f]")


def seen(text: str) -> str:
    """The text without signs that are not seen but change what is.

    >>> seen(chr(0x202E) + "张伟")
    '张伟'
    """
    return _UNSEEN.sub("", text)


def esc(text: str) -> str:
    """What a person typed, as text within Telegram's HTML.

    >>> esc("<b>张伟")
    '&lt;b&gt;张伟'
    """
    return html.escape(seen(text))


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
            return {"text": seen(self.label), "callback_data": buttons.encode(self.press)}
        if self.copy is not None:
            return {"text": seen(self.label), "copy_text": {"text": seen(self.copy)[:256]}}
        return {"text": seen(self.label), "url": self.url}


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
