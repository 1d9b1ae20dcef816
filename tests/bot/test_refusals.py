"""What is sent instead of a message that Telegram refused."""

from datetime import UTC, datetime

from bot import refusals
from bot.telegram_api import Refused
from crm.database import Database
from crm.outbox import Letter


def test_what_cannot_replace_a_picture_is_sent_as_a_message(any_database: Database) -> None:
    """A button below a picture or a file: there is no text to change, and nobody is left without an answer."""
    letter = Letter(1, 7, "editMessageText", {"chat_id": 7, "message_id": 3, "text": "已撤销", "parse_mode": "HTML"})
    refused = Refused(400, "Bad Request: there is no text in the message to edit", {})
    mended = any_database.write_now(lambda db: refusals.mend(db, letter, refused, datetime(2026, 3, 18, tzinfo=UTC)))
    assert mended == Letter(1, 7, "sendMessage", {"chat_id": 7, "text": "已撤销", "parse_mode": "HTML"})
