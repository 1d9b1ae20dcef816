"""A message as the Bot API shows it, with what only its reader's phone knows."""

from typing import Any

Json = dict[str, Any]


class Message(dict[str, Any]):
    """A Bot API Message object.

    `edits` counts its edits; `reply_keyboard` is the keyboard sent with it that the API does not echo.
    """

    __slots__ = ("deleted", "edits", "reply_keyboard")

    def __init__(self, content: Json) -> None:
        super().__init__(content)
        self.edits = 0
        self.deleted = False
        self.reply_keyboard: Json | None = None

    @property
    def message_id(self) -> int:
        return int(self["message_id"])

    @property
    def chat_id(self) -> int:
        return int(self["chat"]["id"])

    @property
    def text(self) -> str:
        """The text, or the caption of a picture or file; empty without one."""
        return str(self.get("text") or self.get("caption") or "")

    @property
    def rows(self) -> list[list[Json]]:
        """The rows of inline buttons."""
        return list(self.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the inline buttons, row by row."""
        return [[str(button["text"]) for button in row] for row in self.rows]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard sent with it, row by row."""
        rows = (self.reply_keyboard or {}).get("keyboard", [])
        return [[button if isinstance(button, str) else str(button["text"]) for button in row] for row in rows]

    @property
    def raw(self) -> Json:
        """The object as plain data."""
        return dict(self)

    def snapshot(self) -> "Message":
        """A copy that later edits leave alone."""
        copy = Message(self)
        copy.edits = self.edits
        copy.deleted = self.deleted
        copy.reply_keyboard = self.reply_keyboard
        return copy

    def quoted(self) -> Json:
        """The form in which an answer carries the message it answers."""
        return {key: value for key, value in self.items() if key != "reply_to_message"}
