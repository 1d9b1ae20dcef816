"""The office of the chat tests, for everything that asks who may do what."""

from tests.chat.conftest import heavy, office, seated_file

__all__ = ["heavy", "office", "seated_file"]
