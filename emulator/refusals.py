"""What the Bot API says no with."""

from typing import Any


class Refusal(Exception):
    """A method is refused: the error code, Telegram's words and, for some, parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> Refusal:
    """A refusal with code 400."""
    return Refusal(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refusal:
    """A refusal with code 403."""
    return Refusal(403, f"Forbidden: {words}")


def conflict(words: str) -> Refusal:
    """A refusal with code 409."""
    return Refusal(409, f"Conflict: {words}")


def too_many(retry_after: int) -> Refusal:
    """A refusal with code 429; `retry_after` in seconds."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def migrated(chat_id: int) -> Refusal:
    """The refusal of a group that lives on as the supergroup `chat_id`."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, words, migrate_to_chat_id=chat_id)
